// Arrays: of numbers as typed arrays, of everything else as JavaScript's arrays, copied either way.

import { mismatch, type Place, type Reader, type Writer } from '../marshal.js';
import type { TypedArray } from '../memory.js';
import { newObject } from './objects.js';
import type { Shape } from './shapes.js';
import type { Values } from './values.js';
import { MemoryView, typedArrays } from './views.js';

export const kArrayLength = 12;
export const kArrayData = 16;

/** Reads so many elements from an address on. */
export type ElementsReader = (address: number, count: number) => unknown;
/** Writes a value's elements from an address on; a wrong one is an error that names its index. */
export type ElementsWriter = (address: number, value: unknown, count: number) => void;

export function elementsReader(values: Values, type: string): ElementsReader {
  const { memory } = values;
  const arrayClass = typedArrays[type];
  if (arrayClass) return (address, count) => memory.copy(arrayClass, address, count);
  const size = values.shapes.sizeOf(type);
  let read: Reader | undefined; // composed late: a struct may have arrays of itself
  return (address, count) => {
    read ??= values.fieldReader(type);
    return Array.from({ length: count }, (_, index) => read!(address + index * size));
  };
}

export function elementsWriter(values: Values, type: string, place: Place): ElementsWriter {
  const { memory } = values;
  const arrayClass = typedArrays[type];
  const size = values.shapes.sizeOf(type);
  let index = 0;
  let write: Writer | undefined;
  const each: ElementsWriter = (address, value, count) => {
    write ??= values.fieldWriter(type, () => `${place()}[${index}]`);
    const outer = index;
    for (let i = 0; i < count; i++) {
      index = i;
      write(address + i * size, (value as ArrayLike<unknown>)[i]);
    }
    index = outer;
  };
  if (!arrayClass) return each;
  return (address, value, count) => {
    if (value instanceof arrayClass) (new arrayClass(memory.wasm.buffer, address, count) as Uint8Array).set(value as Uint8Array);
    else each(address, value, count);
  };
}

/** How many elements a value has that is to become an array of a type. */
export function lengthOf(value: unknown, type: string, place: Place, what: string): number {
  if (Array.isArray(value)) return value.length;
  const arrayClass = typedArrays[type];
  if (arrayClass && value instanceof arrayClass) return checkAttached(value, place).length;
  if (type === 'B' && value instanceof Uint8ClampedArray) return checkAttached(value, place).length;
  throw mismatch(place, `an array${arrayClass ? ` or ${arrayClass.name}` : ''} (${what})`, value);
}

/** The typed array, unless its buffer was given away: such a one has no elements, and would pass for an empty one. */
function checkAttached<T extends TypedArray>(value: T, place: Place): T {
  if (value.length > 0) return value;
  try {
    new Uint8Array(value.buffer);
  } catch {
    throw new TypeError(`${place()}: the typed array's buffer is detached`);
  }
  return value;
}

export function arrayReader(values: Values, shape: Shape): Reader {
  const { memory } = values;
  const read = elementsReader(values, shape.args[0]);
  return (address) => {
    const array = memory.live().u32[address >>> 2];
    return array === 0 ? null : read(array + kArrayData, memory.live().u32[(array + kArrayLength) >>> 2]);
  };
}

export function arrayWriter(values: Values, shape: Shape, place: Place): Writer {
  const { memory } = values;
  const [element] = shape.args;
  const write = elementsWriter(values, element, place);
  return (address, value) => {
    if (value === null) {
      memory.live().u32[address >>> 2] = 0;
      return;
    }
    const ref = values.refs.of(value);
    if (ref && values.holds(shape.type, values.addressOf(ref, place))) {
      memory.live().u32[address >>> 2] = ref.address;
      return;
    }
    const given = value instanceof MemoryView ? value.slice() : value;
    const count = lengthOf(given, element, place, shape.name);
    const array = newObject(values, shape.type, count);
    memory.live().u32[address >>> 2] = array; // from here on it is kept alive by whom it was written for
    write(array + kArrayData, given, count);
  };
}

/** Puts a value's elements back into the array that it was read from. */
export function arrayBack(values: Values, shape: Shape, place: Place): Writer {
  const { memory } = values;
  const [element] = shape.args;
  const write = elementsWriter(values, element, place);
  return (address, value) => {
    const array = memory.live().u32[address >>> 2];
    if (array === 0 || value === null) return;
    const count = memory.live().u32[(array + kArrayLength) >>> 2];
    if (lengthOf(value, element, place, shape.name) !== count) throw new RangeError(`${place()}: the array has ${count} elements and must keep them`);
    write(array + kArrayData, value, count);
  };
}

/** Copies an array's elements into the value that it was made from. */
export function arrayInto(values: Values, shape: Shape): Writer {
  const { memory } = values;
  const read = elementsReader(values, shape.args[0]);
  return (address, value) => {
    const array = memory.live().u32[address >>> 2];
    if (array === 0 || value === null || values.refs.of(value) || value instanceof MemoryView) return;
    const elements = read(array + kArrayData, memory.live().u32[(array + kArrayLength) >>> 2]) as unknown[];
    for (let i = 0; i < elements.length; i++) (value as unknown[])[i] = elements[i];
  };
}
