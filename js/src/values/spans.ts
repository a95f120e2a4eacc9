// Spans, memories and array segments. To JavaScript those of numbers go as MemoryViews, without a copy: a span's ends with
// its call, the others keep their array alive. Of characters, read-only ones are strings; all others are arrays, copied.
// To C# any array, typed array, view or (read-only, of characters) string will do.

import { mismatch, type Place, type Reader, type Writer } from '../marshal.js';
import { readChars, writeChars } from '../text.js';
import { elementsReader, elementsWriter, kArrayData, kArrayLength, lengthOf } from './arrays.js';
import { newObject } from './objects.js';
import { fieldOf, typeOfText, type Shape } from './shapes.js';
import type { Incoming, Outgoing, Values } from './values.js';
import { MemoryView, typedArrays } from './views.js';

const kCallIsOver = 'the call that it came with is over';
/** Bits of a Memory's index that are not its index. */
const kPinned = 0x80000000;

/** The names of the fields: what the elements are of, where they begin, how many there are. */
const layouts: Record<string, { target: string; index?: string; length: string; readOnly: boolean }> = {
  'System.Span`1': { target: '_reference', length: '_length', readOnly: false },
  'System.ReadOnlySpan`1': { target: '_reference', length: '_length', readOnly: true },
  'System.Memory`1': { target: '_object', index: '_index', length: '_length', readOnly: false },
  'System.ReadOnlyMemory`1': { target: '_object', index: '_index', length: '_length', readOnly: true },
  'System.ArraySegment`1': { target: '_array', index: '_offset', length: '_count', readOnly: false },
};

export function isSpan(shape: Shape): boolean {
  return shape.kind === 'V' && shape.definition in layouts;
}

/** What reading and writing of one such type need to know. */
function layoutOf({ shapes, memory }: Values, shape: Shape) {
  const { target, index, length, readOnly } = layouts[shape.definition];
  const at = { target: fieldOf(shape, target).offset, index: index === undefined ? 0 : fieldOf(shape, index).offset, length: fieldOf(shape, length).offset };
  const element = shapes.valueText(shape.args[0]);
  const size = shapes.sizeOf(element);
  /** Where a value's elements lie, and the object that they are in; 0 where nobody can tell (a span's). */
  const place = (address: number) => {
    const { u32 } = memory.live();
    const object = u32[(address + at.target) >>> 2], count = u32[(address + at.length) >>> 2];
    if (index === undefined || object === 0) return { object: 0, start: object, count };
    const { name, kind } = shapes.of(u32[object >>> 2]);
    const isString = name === 'System.String';
    if (kind !== 'A' && !isString) throw new TypeError(`${shape.name} over ${name} cannot cross to JavaScript: only arrays and strings`);
    const from = (u32[(address + at.index) >>> 2] & ~kPinned) * size;
    return { object, start: object + (isString ? 12 : kArrayData) + from, count };
  };
  const store = (address: number, object: number, start: number, count: number) => {
    memory.bytes(address, shape.size).fill(0);
    const { u32 } = memory.live();
    u32[(address + at.target) >>> 2] = index === undefined ? start : object;
    u32[(address + at.length) >>> 2] = count;
  };
  return { element, isSpan: index === undefined, isText: element === 'c' && readOnly, readOnly, place, store };
}

/** Reads a copy; a Memory or ArraySegment of numbers in place. */
export function spanReader(values: Values, shape: Shape): Reader {
  const { element, isSpan, isText, readOnly, place } = layoutOf(values, shape);
  if (isText) {
    return (address) => {
      const { start, count } = place(address);
      return readChars(values.memory, start, count);
    };
  }
  const arrayClass = typedArrays[element];
  const read = elementsReader(values, element);
  return (address) => {
    const { object, start, count } = place(address);
    if (!arrayClass || isSpan || object === 0) return read(start, count);
    const ref = values.refs.hold(object, 'memory');
    const view = new MemoryView(values.instance, arrayClass, start, count, readOnly, () => values.refs.release(ref));
    values.refs.attach(view, ref);
    return view;
  };
}

/** A parameter of a JavaScript function: a span of numbers is a view until the call ends. */
export function incomingSpan(values: Values, shape: Shape, where: Place): Incoming {
  const { element, isSpan, isText, readOnly, place } = layoutOf(values, shape);
  const arrayClass = typedArrays[element];
  if (isText || !isSpan) return { read: spanReader(values, shape) };
  if (arrayClass) {
    return {
      read: (address) => {
        const { start, count } = place(address);
        return new MemoryView(values.instance, arrayClass, start, count, readOnly);
      },
      end: (view) => (view as MemoryView).end(kCallIsOver),
    };
  }
  const read = spanReader(values, shape);
  const write = elementsWriter(values, element, where);
  return {
    read,
    back: readOnly ? undefined : (address, value) => {
      const { start, count } = place(address);
      if (lengthOf(value, element, where, shape.name) !== count) throw new RangeError(`${where()}: the span has ${count} elements and must keep them`);
      write(start, value, count);
    },
  };
}

/** An array of numbers in place, until the call ends. */
export function incomingArrayView({ instance, memory }: Values, shape: Shape, readOnly: boolean): Incoming {
  const arrayClass = typedArrays[shape.args[0]];
  return {
    read: (address) => {
      const array = memory.live().u32[address >>> 2];
      return array === 0 ? null : new MemoryView(instance, arrayClass, array + kArrayData, memory.live().u32[(array + kArrayLength) >>> 2], readOnly);
    },
    end: (view) => (view as MemoryView | null)?.end(kCallIsOver),
  };
}

/** A new array, or the memory that a value shows already. `keep` is where the array is kept alive meanwhile. */
function sourceOf(values: Values, shape: Shape, where: Place) {
  const { element, isText } = layoutOf(values, shape);
  const { memory } = values;
  const arrayClass = typedArrays[element];
  const write = elementsWriter(values, element, where);
  let type = 0;
  return (value: unknown, keep: number) => {
    const count = isText && typeof value === 'string' ? value.length : lengthOf(value, element, where, shape.name);
    type ||= values.shapes.arrayOf(typeOfText(shape.args[0]));
    const object = newObject(values, type, count);
    memory.live().u32[keep >>> 2] = object;
    const start = object + kArrayData;
    if (typeof value === 'string') writeChars(memory, start, value);
    else write(start, value, count);
    return { object, start, count, arrayClass };
  };
}

export function spanWriter(values: Values, shape: Shape, where: Place): Writer {
  const { isSpan, store } = layoutOf(values, shape);
  if (isSpan) throw new TypeError(`${where()}: a ${shape.name} cannot be made from a JavaScript value here`);
  const source = sourceOf(values, shape, where);
  return (address, value) => {
    if (value === null && shape.definition !== 'System.ArraySegment`1') throw mismatch(where, `an array (${shape.name})`, value);
    if (value === null) return store(address, 0, 0, 0);
    const { object, start, count } = source(value instanceof MemoryView ? value.slice() : value, address);
    store(address, object, start, count);
  };
}

/** A span argument of a C# method: of a copy, which goes back when the method may have written it. */
export function outgoingSpan(values: Values, shape: Shape, where: Place): Outgoing {
  const { element, isSpan, readOnly, store } = layoutOf(values, shape);
  if (!isSpan) return { write: spanWriter(values, shape, where), scratch: 0 };
  const source = sourceOf(values, shape, where);
  const read = elementsReader(values, element);
  return {
    scratch: 8,
    write: (address, value, scratch) => {
      const shown = value instanceof MemoryView ? value.place(typedArrays[element]) : undefined;
      if (shown && (readOnly || !(value as MemoryView).readOnly)) return store(address, 0, shown.address, shown.length);
      const { start, count } = source(value, scratch);
      store(address, 0, start, count);
    },
    back: readOnly ? undefined : (scratch, value) => {
      if (value instanceof MemoryView) return;
      const { u32 } = values.memory.live();
      const array = u32[scratch >>> 2];
      const count = u32[(array + kArrayLength) >>> 2]; // the value may have another length by now
      const elements = read(array + kArrayData, count) as unknown[];
      for (let i = 0; i < count; i++) (value as unknown[])[i] = elements[i];
    },
  };
}
