// Delegates. C#'s are functions in JavaScript, kept alive by a handle; JavaScript's functions are delegates of the declared
// type in C#, kept alive by those. Either way there and back gives the same function, or the same delegate.

import { mismatch, type Place, type Reader, type Writer } from '../marshal.js';
import { Status } from '../exports.js';
import { managedCaller } from './calls.js';
import { addressOf } from './objects.js';
import type { Shape } from './shapes.js';
import type { Values } from './values.js';

/** A C# delegate as a function. */
export interface DelegateFunction extends Disposable {
  (...args: unknown[]): unknown;
  /** Lets the delegate go; calls are a DisposedError from then on. Otherwise that happens when the function is collected. */
  dispose(): void;
}

export function delegateReader(values: Values): Reader {
  const { memory } = values;
  return (address) => {
    const delegate = memory.live().u32[address >>> 2];
    return delegate === 0 ? null : functionOf(values, delegate);
  };
}

/** The function for a delegate. */
export function functionOf(values: Values, delegate: number): unknown {
  return values.hosted.at(delegate) ?? values.refs.wrap(delegate, 'delegate', (ref) => {
    const shape = values.shapes.of(values.memory.live().u32[delegate >>> 2]);
    const call = callerOf(values, shape);
    const place = () => shape.name;
    const dispose = () => values.refs.release(ref);
    const fn = (...args: unknown[]) => call(addressOf(ref, place), args);
    return Object.assign(fn, { dispose, ...(Symbol.dispose && { [Symbol.dispose]: dispose }) }) as DelegateFunction;
  });
}

function callerOf(values: Values, { type, name, invoke }: Shape): (self: number, args: unknown[]) => unknown {
  let call = values.delegateCallers.get(type);
  if (!call) {
    call = managedCaller(values, { name, method: invoke!.method, signature: invoke!.signature, isInstance: true, isVirtual: false });
    values.delegateCallers.set(type, call);
  }
  return call;
}

export function delegateWriter(values: Values, shape: Shape, place: Place): Writer {
  const { memory, refs } = values;
  return (address, value) => {
    if (value !== null && typeof value !== 'function') throw mismatch(place, `a function or null (${shape.name})`, value);
    const delegate = value === null ? 0 : delegateOf(value as object);
    memory.live().u32[address >>> 2] = delegate; // only now: memory may have grown
  };
  function delegateOf(fn: object): number {
    const ref = refs.of(fn);
    if (ref && values.holds(shape.type, addressOf(ref, place))) return ref.address;
    return newDelegate(values, shape.type, fn);
  }
}

/** The delegate of a type that calls a function. */
export function newDelegate(values: Values, type: number, fn: object): number {
  const { exports, runtime } = values.instance;
  return values.hosted.addressOf(fn, type, () => {
    const delegate = values.instance.enter(() => exports.leanclr_new_host_delegate(runtime, type)) >>> 0;
    if (delegate === 0) throw values.instance.error(Status.Error);
    return delegate;
  });
}
