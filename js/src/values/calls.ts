// Calls with values of any type, in both directions: where the arguments lie in slots, what is read or written before the call
// and what goes back after it.

import type { Place } from '../marshal.js';
import { kDefault } from './defaults.js';
import { parametersOf } from './shapes.js';
import type { Incoming, Outgoing, Values } from './values.js';

export type AnyFunction = (...args: unknown[]) => unknown;
/** Reads arguments from slots, calls, writes the result. */
export type HostInvoker = (fn: AnyFunction, args: number, ret: number) => void;

interface Placed<T> {
  kind: T;
  /** Bytes from the first argument's slot. */
  offset: number;
}

/** A C# signature as JavaScript functions are called by it. `first` is where the arguments begin, in bytes. */
export function hostInvoker(values: Values, name: string, signature: string, first = 0, arraysAreViews = false): HostInvoker {
  const { memory, shapes, stack } = values;
  const [result, ...parameters] = parametersOf(signature);
  let offset = first;
  const incoming = parameters.map((parameter, index): Placed<Incoming> => {
    const placed = { kind: values.incoming(parameter, () => `${name}: parameter ${index + 1}`, arraysAreViews), offset };
    offset += shapes.slotBytesOf(parameter.type);
    return placed;
  });
  const place: Place = () => `${name}: return value`;
  const write = values.writer(result.type, place);
  const isScalar = result.type.length === 1;
  const bytes = shapes.slotBytesOf(result.type);
  const goesBack = incoming.some(({ kind }) => kind.back), ends = incoming.some(({ kind }) => kind.end);

  /** What is written piece by piece lies where the collector sees it until it is whole. */
  const writeResult = (ret: number, value: unknown) => {
    if (isScalar) return write(ret, value);
    const whole = stack.pushZeroed(bytes);
    try {
      write(whole, value);
      memory.live().u8.copyWithin(ret, whole, whole + bytes);
    } finally {
      stack.pop(whole);
    }
  };

  return (fn, args, ret) => {
    const given = incoming.map(({ kind, offset }) => kind.read(args + offset));
    try {
      const value = fn(...given);
      if (goesBack) incoming.forEach(({ kind, offset }, index) => kind.back?.(args + offset, given[index]));
      writeResult(ret, value);
    } finally {
      if (ends) incoming.forEach(({ kind }, index) => kind.end?.(given[index]));
    }
  };
}

export interface ManagedMethod {
  /** For messages. */
  name: string;
  method: number;
  signature: string;
  isInstance: boolean;
  isVirtual: boolean;
}

interface Layout {
  /** Of all that a call needs in slots: the result first, then the arguments. */
  bytes: number;
  resultBytes: number;
  /** The first argument that C# gets the address of JavaScript's memory for, or that changes with the call. */
  borrowed: number | undefined;
  write(ret: number, self: number, args: unknown[]): void;
  writeBack(ret: number, args: unknown[]): void;
  read(result: number): unknown;
}

/** How the arguments and the result of a C# method lie in slots. */
function layoutOf(values: Values, { name, signature, isInstance }: ManagedMethod): Layout {
  const { memory, shapes, loop } = values;
  const [result, ...parameters] = parametersOf(signature);
  const resultBytes = shapes.slotBytesOf(result.type);
  let offset = resultBytes + (isInstance ? 8 : 0);
  const outgoing = parameters.map((parameter, index): Placed<Outgoing> => {
    const placed = { kind: values.outgoing(parameter, () => `${name}: argument ${index + 1}`), offset };
    offset += shapes.slotBytesOf(parameter.type);
    return placed;
  });
  const scratches = outgoing.map(({ kind }) => {
    const at = offset;
    offset += kind.scratch;
    return at;
  });
  const goesBack = outgoing.some(({ kind }) => kind.back);
  const borrowed = outgoing.findIndex(({ kind }) => kind.back ?? kind.scratch > 0);
  return {
    bytes: offset, resultBytes, borrowed: borrowed < 0 ? undefined : borrowed, read: values.reader(result.type),
    write(ret, self, args) {
      if (isInstance) memory.live().u32[(ret + resultBytes) >>> 2] = self;
      outgoing.forEach(({ kind, offset }, index) => {
        if (args[index] !== kDefault) kind.write(ret + offset, args[index], ret + scratches[index]);
      });
      if (loop.idle) loop.wake();
    },
    writeBack(ret, args) {
      if (goesBack) outgoing.forEach(({ kind }, index) => { if (args[index] !== kDefault) kind.back?.(ret + scratches[index], args[index]); });
    },
  };
}

/** A C# method as a function of `this` (its address, 0 for static ones) and the arguments. */
export function managedCaller(values: Values, managed: ManagedMethod): (self: number, args: unknown[]) => unknown {
  const { instance, stack } = values;
  const { bytes, resultBytes, write, writeBack, read } = layoutOf(values, managed);
  const { name, method, isVirtual } = managed;
  const count = parametersOf(managed.signature).length - 1;
  return (self, args) => {
    instance.assertCallable();
    if (args.length !== count) throw new TypeError(`${name}: takes ${count} arguments, got ${args.length}`);
    const ret = stack.pushZeroed(bytes);
    try {
      write(ret, self, args);
      instance.call(method, ret + resultBytes, ret, isVirtual);
      writeBack(ret, args);
      return read(ret);
    } finally {
      stack.pop(ret);
    }
  };
}

/** The same for a method that may wait in its middle: the function then gives a promise. */
export function managedStarter(values: Values, managed: ManagedMethod): (self: number, args: unknown[]) => unknown {
  const { instance, stack, loop } = values;
  const { bytes, resultBytes, borrowed, write, read } = layoutOf(values, managed);
  const { name, method } = managed;
  const count = parametersOf(managed.signature).length - 1;
  if (borrowed !== undefined) throw new TypeError(`${name}: argument ${borrowed + 1} would have to last as long as the call: callAsync takes no ref, out and span`);
  const promised = (number: number) => new Promise((resolve, reject) => loop.await(number, {
    bytes: resultBytes,
    failed: reject,
    returned(result) {
      try {
        resolve(read(result));
      } catch (error) {
        reject(error);
      }
    },
  }));
  return (self, args) => {
    instance.assertCallable();
    if (args.length !== count) throw new TypeError(`${name}: takes ${count} arguments, got ${args.length}`);
    const ret = stack.pushZeroed(bytes);
    try {
      write(ret, self, args);
      const number = instance.begin(method, ret + resultBytes, ret);
      return number === 0 ? read(ret) : promised(number);
    } finally {
      stack.pop(ret);
    }
  };
}

/** What the runtime says of a method's signature. */
export function signatureOf({ instance, shapes }: Values, method: number): string {
  return shapes.text(instance.exports.leanclr_method_signature, method);
}

