// Values of any type between C# and JavaScript, by the shapes of their types: readers and writers are composed once per type
// and place out of those for its parts. Scalars and strings are marshal.ts's, each other kind of type has a file here.
//
// What is being written lies where the collector sees it: on the SlotStack, or in an object that is itself kept alive. So user
// code that runs in between (getters, iterators, proxies) may call C# at will. A writer of a reference stores it before it
// goes on.

import type { EventLoop } from '../event-loop.js';
import type { Instance } from '../instance.js';
import { bytesOf, mismatch, readerOf, writerOf, type Place, type Reader, type Writer } from '../marshal.js';
import type { Memory } from '../memory.js';
import type { SlotStack } from '../slots.js';
import { arrayBack, arrayInto, arrayReader, arrayWriter } from './arrays.js';
import { delegateReader, delegateWriter } from './delegates.js';
import { HostedValues, ManagedRefs } from './handles.js';
import { addressOf, objectReader, objectWriter } from './objects.js';
import { Shapes, type Parameter, type Shape } from './shapes.js';
import { incomingArrayView, incomingSpan, isSpan, outgoingSpan, spanReader, spanWriter } from './spans.js';
import { specials } from './special.js';
import { structReader, structWriter } from './structs.js';
import { isTask, taskReader, taskWriter } from './tasks.js';
import { typedArrays } from './views.js';

/** A parameter of a JavaScript function that C# calls. */
export interface Incoming {
  read: Reader;
  /** After a call that went well: puts what the function left back where the argument came from. */
  back?: Writer;
  /** After every call. */
  end?: (value: unknown) => void;
}

/** An argument of a C# method that JavaScript calls. */
export interface Outgoing {
  /** Bytes besides the slots that the argument needs while the call lasts. */
  scratch: number;
  write: (address: number, value: unknown, scratch: number) => void;
  /** After the call: puts what the method left into the value that the argument came from. */
  back?: (scratch: number, value: unknown) => void;
}

/** ref and out arguments: `value` goes in, what C# or JavaScript leaves there comes out. */
export interface Box<T = unknown> {
  value: T;
}

export interface ValuesOptions {
  camelCase: boolean;
  /** Handles know where they were made. */
  diagnostics: boolean;
}

export class Values {
  readonly instance: Instance;
  readonly memory: Memory;
  readonly loop: EventLoop;
  readonly stack: SlotStack;
  readonly shapes: Shapes;
  readonly refs: ManagedRefs;
  readonly hosted: HostedValues;
  /** delegates.ts's, by delegate type. */
  readonly delegateCallers = new Map<number, (self: number, args: unknown[]) => unknown>();
  /** The proxy for an object; types.ts's. */
  proxyOf: (address: number) => object = () => { throw new Error('There are no proxies yet.'); };

  readonly #camelCase: boolean;
  readonly #readers = new Map<string, Reader>();
  /** Eight aligned bytes for what is not. */
  #aligned = 0;

  constructor(instance: Instance, loop: EventLoop, { camelCase, diagnostics }: ValuesOptions) {
    this.instance = instance;
    this.memory = instance.memory;
    this.loop = loop;
    this.stack = instance.slots;
    this.shapes = new Shapes(instance);
    this.refs = new ManagedRefs(instance, diagnostics);
    this.hosted = new HostedValues(instance);
    this.#camelCase = camelCase;
  }

  /** A member's name in JavaScript. */
  jsName(name: string): string {
    return this.#camelCase ? name[0].toLowerCase() + name.slice(1) : name;
  }

  /** A CoreLib type's address. */
  named(name: string): number {
    return this.shapes.named(`[System.Private.CoreLib]${name}`);
  }

  /** Whether a `type` variable may hold the object at an address. */
  holds(type: number, object: number): boolean {
    return this.shapes.isAssignable(type, this.memory.live().u32[object >>> 2]);
  }

  addressOf = addressOf;

  /** How values of a type are read: from slots, or as they lie in fields and elements. */
  reader(text: string, inMemory = false): Reader {
    if (text.length === 1) return readerOf(text, this.memory, inMemory);
    let reader = this.#readers.get(text);
    if (!reader) this.#readers.set(text, reader = this.#readerOf(this.shapes.ofText(text)));
    return reader;
  }

  /** reader() in memory, where packed structs may have put the value at any address. */
  fieldReader(text: string): Reader {
    const read = this.reader(text, true);
    const bytes = bytesOf(text);
    if (text.length > 1 || bytes === 1) return read;
    return (address) => {
      if ((address & (bytes - 1)) === 0) return read(address);
      this.memory.live().u8.copyWithin(this.#scratch(), address, address + bytes);
      return read(this.#aligned);
    };
  }

  /** How they are written. */
  writer(text: string, place: Place, inMemory = false): Writer {
    if (text.length === 1) return writerOf(text, this.instance, place, inMemory);
    return this.#writerOf(this.shapes.ofText(text), place);
  }

  fieldWriter(text: string, place: Place): Writer {
    const write = this.writer(text, place, true);
    const bytes = bytesOf(text);
    if (text.length > 1 || bytes === 1) return write;
    return (address, value) => {
      if ((address & (bytes - 1)) === 0) return write(address, value);
      const aligned = this.#scratch();
      write(aligned, value);
      this.memory.live().u8.copyWithin(address, aligned, aligned + bytes);
    };
  }

  #scratch(): number {
    return this.#aligned ||= this.instance.alloc(8);
  }

  #readerOf(shape: Shape): Reader {
    switch (shape.kind) {
      case 'V':
        if (shape.definition in specials) return specials[shape.definition].reader(this, shape);
        if (isSpan(shape)) return spanReader(this, shape);
        return isTask(shape) ? taskReader(this, shape) : structReader(this, shape);
      case 'A':
        return arrayReader(this, shape);
      case 'D':
        return delegateReader(this);
      case '&': {
        const read = this.fieldReader(shape.args[0]);
        return (address) => read(this.memory.live().u32[address >>> 2]);
      }
      default:
        return isTask(shape) ? taskReader(this, shape) : objectReader(this);
    }
  }

  #writerOf(shape: Shape, place: Place): Writer {
    switch (shape.kind) {
      case 'V':
        if (shape.definition in specials) return specials[shape.definition].writer(this, shape, place);
        if (isSpan(shape)) return spanWriter(this, shape, place);
        return isTask(shape) ? taskWriter(this, shape, place) : structWriter(this, shape, place);
      case 'A':
        return arrayWriter(this, shape, place);
      case 'D':
        return delegateWriter(this, shape, place);
      case '&':
        throw new TypeError(`${place()}: a reference (${shape.name}) has no form that JavaScript could give`);
      default:
        return isTask(shape) ? taskWriter(this, shape, place) : objectWriter(this, shape, place);
    }
  }

  /** A parameter of a JavaScript function. */
  incoming(parameter: Parameter, place: Place, arraysAreViews: boolean): Incoming {
    const { type } = parameter;
    if (type.length === 1) return { read: this.reader(type) };
    const shape = this.shapes.ofText(type);
    if (shape.kind === '&') return this.#incomingReference(parameter, shape.args[0], place);
    if (isSpan(shape)) return incomingSpan(this, shape, place);
    const read = this.reader(type);
    if (shape.kind !== 'A') return { read };
    if (arraysAreViews && shape.args[0] in typedArrays) return incomingArrayView(this, shape, parameter.in && !parameter.out);
    // C's functions see the array itself, and so does JavaScript, as far as one can tell: what it writes is there afterwards.
    // Without an attribute that is true for numbers alone, as it is for C.
    const goesBack = parameter.out || (!parameter.in && shape.args[0] in typedArrays);
    return goesBack ? { read, back: arrayBack(this, shape, place) } : { read };
  }

  #incomingReference(parameter: Parameter, target: string, place: Place): Incoming {
    const { memory } = this;
    const at = (address: number) => memory.live().u32[address >>> 2];
    const read = this.fieldReader(target);
    const isOut = parameter.out && !parameter.in;
    const isIn = parameter.in && !parameter.out;
    const incoming: Incoming = { read: (address) => ({ value: isOut ? undefined : read(at(address)) }) };
    if (!isIn) {
      const write = this.fieldWriter(target, () => `${place()}.value`);
      incoming.back = (address, box) => write(at(address), (box as Box).value);
    }
    return incoming;
  }

  /** An argument of a C# method. */
  outgoing(parameter: Parameter, place: Place): Outgoing {
    const { type } = parameter;
    if (type.length === 1) return { write: this.writer(type, place), scratch: 0 };
    const shape = this.shapes.ofText(type);
    if (shape.kind === '&') return this.#outgoingReference(parameter, shape.args[0], place);
    if (isSpan(shape)) return outgoingSpan(this, shape, place);
    const write = this.writer(type, place);
    if (shape.kind !== 'A' || !parameter.out) return { write, scratch: 0 };
    const into = arrayInto(this, shape);
    return {
      scratch: 8,
      write: (address, value, scratch) => {
        write(scratch, value);
        this.memory.live().u32[address >>> 2] = this.memory.live().u32[scratch >>> 2];
      },
      back: into,
    };
  }

  #outgoingReference(parameter: Parameter, target: string, place: Place): Outgoing {
    const { memory } = this;
    const where = () => `${place()}.value`;
    const read = this.fieldReader(target), write = this.fieldWriter(target, where);
    const isOut = parameter.out && !parameter.in;
    const isIn = parameter.in && !parameter.out;
    return {
      scratch: this.shapes.slotBytesOf(target),
      write: (address, box, scratch) => {
        memory.live().u32[address >>> 2] = scratch;
        if (typeof box !== 'object' || box === null) throw mismatch(place, 'an object with a value (ref, out or in)', box);
        memory.bytes(scratch, this.shapes.slotBytesOf(target)).fill(0);
        if (!isOut) write(scratch, (box as Box).value);
      },
      back: isIn ? undefined : (scratch, box) => { (box as Box).value = read(scratch); },
    };
  }
}
