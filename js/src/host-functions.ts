// C# → JavaScript: the functions behind host entries of the P/Invoke registry. The runtime hands over an entry's id, the
// managed signature and the slots; an invoker composed once per entry and signature reads, calls and writes. The
// registry itself (keys, lookup order, ambiguities) is the runtime's: runtime/interop.

import { RuntimeFaultError, ownFrames, stackFrames } from './errors.js';
import { Status } from './exports.js';
import type { Instance } from './instance.js';
import { readerOf, writerOf, type Reader, type Writer } from './marshal.js';
import type { Memory } from './memory.js';
import { readCString, textOf } from './text.js';
import type { AnyFunction, HostInvoker } from './values/calls.js';
import type { Tracing } from './tracing.js';
import type { Bridge } from './values/index.js';

/** A JavaScript function as the target of an `extern` method: arguments and result by the managed signature. */
// `any`: so that both (a: number) => … and (a) => … fit; what arrives is decided by the C# declaration.
export type HostFunction = (...args: any[]) => unknown;

/** A target that wants to know the signature of each method that it serves. */
export const kBind = Symbol.for('leanclr.bind');
export interface BindableFunction extends HostFunction {
  /** The function for one signature: the key, and the types as letters (leanclr.h), the result first. */
  [kBind]?: (key: string, types: readonly string[]) => AnyFunction;
}

type Invoker = (args: number, ret: number) => void;

/** How a registered function gets its arguments. */
export interface PInvokeOptions {
  /** Arrays of numbers: a typed array of its own, copied back after the call; or the C# array itself as a MemoryView. */
  arrays?: 'copy' | 'view';
}

interface Entry {
  key: string;
  options: PInvokeOptions;
  fn: AnyFunction;
  /** Address of the signature that `invoke` is made for, the last one called; the runtime keeps one per method. */
  signature: number;
  invoke: Invoker;
  /** By address of signature: a short key may serve several overloads. */
  invokers: Map<number, Invoker>;
}

const kSlot = 8;
/** leanclr_host.call's id for a delegate that is a JavaScript function; the delegate is the first argument. Those below are tracing.ts's. */
const kDelegateCall = -1;

export class HostFunctions {
  readonly #entries: (Entry | undefined)[] = [];
  readonly #idOfKey = new Map<string, number>();
  readonly #instance: Instance;
  readonly #bridge: Bridge;
  /** By address of signature, of which each delegate type has its own. */
  readonly #delegateInvokers = new Map<number, HostInvoker>();

  readonly #tracing: Tracing | undefined;

  constructor(instance: Instance, bridge: Bridge, tracing: Tracing | undefined) {
    this.#instance = instance;
    this.#bridge = bridge;
    this.#tracing = tracing;
  }

  /** Whether a function was ever registered. */
  get any(): boolean {
    return this.#entries.length + this.#instance.scripts.length > 0;
  }

  register(key: string, fn: HostFunction, options: PInvokeOptions = {}): void {
    this.#add('leanclr_register_host_pinvoke', key, fn, options);
  }

  /** A C function, by its index in the table. */
  registerPointer(key: string, pointer: number): void {
    const { exports, runtime } = this.#instance;
    if (typeof key !== 'string' || key === '') throw new TypeError('A P/Invoke key is a text such as "Ns.Type::Method".');
    const { length } = exports.__indirect_function_table;
    if (!Number.isInteger(pointer) || pointer <= 0 || pointer >= length) throw new TypeError(`${key}: expected a C function pointer, a number below ${length}, got ${String(pointer)}`);
    this.#instance.withMemory([key], 0, (_, text) => {
      this.#instance.check(() => exports.leanclr_register_function(runtime, text, pointer));
    });
  }

  /** Puts a function in the place of the entry's target, of whatever kind that is; registers it where there is none. */
  replace(key: string, fn: HostFunction, options: PInvokeOptions = {}): void {
    this.#add('leanclr_replace_host_pinvoke', key, fn, options);
  }

  unregister(key: string): void {
    const { exports, runtime } = this.#instance;
    this.#instance.withMemory([key], 0, (_, text) => {
      this.#instance.check(() => exports.leanclr_unregister_pinvoke(runtime, text));
    });
    this.#forget(key);
  }

  /** Every registered key, of C++ functions too. */
  list(): string[] {
    const { exports, runtime, memory } = this.#instance;
    const lines = readCString(memory, this.#instance.enter(() => exports.leanclr_list_pinvokes(runtime)));
    return lines.split('\n').filter((line) => line !== '');
  }

  /** The lines of leanclr_list_externs. */
  externsOf(assembly: string): string {
    const { exports, runtime, memory } = this.#instance;
    return this.#instance.withMemory([assembly], 0, (_, name) => {
      const lines = this.#instance.enter(() => exports.leanclr_list_externs(runtime, name));
      if (lines === 0) throw this.#instance.error(Status.Error);
      return readCString(memory, lines);
    });
  }

  #add(into: 'leanclr_register_host_pinvoke' | 'leanclr_replace_host_pinvoke', key: string, fn: HostFunction, options: PInvokeOptions): void {
    if (typeof key !== 'string' || key === '') throw new TypeError('A P/Invoke key is a text such as "Ns.Type::Method".');
    if (typeof fn !== 'function') throw new TypeError(`${key}: expected a function, got ${typeof fn}`);
    if (!['copy', 'view', undefined].includes(options.arrays)) throw new TypeError(`${key}: arrays are 'copy' or 'view', got ${String(options.arrays)}`);
    const { exports, runtime } = this.#instance;
    const id = this.#entries.length;
    this.#instance.withMemory([key], 0, (_, text) => {
      this.#instance.check(() => exports[into](runtime, text, id));
    });
    this.#forget(key);
    const called = this.#tracing?.traced(key, fn as AnyFunction) ?? fn as AnyFunction;
    this.#entries[id] = { key, options, fn: called, signature: 0, invoke: neverBound, invokers: new Map() };
    this.#idOfKey.set(key, id);
  }

  #forget(key: string): void {
    const id = this.#idOfKey.get(key);
    if (id === undefined) return;
    this.#entries[id] = undefined;
    this.#idOfKey.delete(key);
  }

  /** leanclr_host.call. Throws only when the runtime is beyond saving. */
  call = (_context: number, id: number, signature: number, args: number, ret: number): number => {
    try {
      if (id < 0) {
        if (id === kDelegateCall) this.#callDelegate(signature, args, ret);
        else this.#tracing!.report(id, signature, args, ret);
        return 0;
      }
      const entry = this.#entries[id]!;
      if (entry.signature !== signature) this.#bind(entry, signature);
      entry.invoke(args, ret);
      return 0;
    } catch (error) {
      return this.report(error);
    }
  };

  #bind(entry: Entry, signature: number): void {
    const known = entry.invokers.get(signature);
    entry.invoke = known ?? this.#invoker(entry, readCString(this.#instance.memory, signature));
    entry.signature = signature;
    if (!known) entry.invokers.set(signature, entry.invoke);
  }

  #callDelegate(signature: number, args: number, ret: number): void {
    const { memory } = this.#instance;
    const { fn, name } = this.#bridge.delegateAt(memory.live().u32[args >>> 2]);
    let invoke = this.#delegateInvokers.get(signature);
    if (!invoke) this.#delegateInvokers.set(signature, invoke = this.#bridge.hostInvoker(name, readCString(memory, signature), kSlot));
    invoke(fn, args, ret);
  }

  #invoker({ key, options, fn: target }: Entry, signature: string): Invoker {
    const fn = (target as BindableFunction)[kBind]?.(key, signature.match(/t\d+;|\w/g)!) ?? target;
    const { memory } = this.#instance;
    if (signature.includes('t')) {
      const invoke = this.#bridge.hostInvoker(key, signature, 0, options.arrays === 'view');
      return (args, ret) => invoke(fn, args, ret);
    }
    const write = writerOf(signature[0], this.#instance, () => `${key}: return value`);
    if (/^.[in]{1,3}$/.test(signature)) return integerInvoker(fn, signature.length - 1, memory, write);
    const readers = Array.from(signature.slice(1), (letter) => readerOf(letter, memory));
    const [first, second, third] = readers;
    switch (readers.length) {
      case 0:
        return (_, ret) => write(ret, fn());
      case 1:
        return (args, ret) => write(ret, fn(first(args)));
      case 2:
        return (args, ret) => write(ret, fn(first(args), second(args + kSlot)));
      case 3:
        return (args, ret) => write(ret, fn(first(args), second(args + kSlot), third(args + 2 * kSlot)));
      default:
        return (args, ret) => write(ret, fn(...readAll(readers, args)));
    }
  }

  /** Makes an error the exception of the C# that calls. Throws only when the runtime is beyond saving. */
  report(error: unknown): number {
    const instance = this.#instance;
    if (error instanceof RuntimeFaultError && instance.faulted) throw error;
    try {
      this.#throw(error);
    } catch (failure) {
      if (instance.faulted) throw failure;
      this.#throwText(error); // out of memory, or stopped: the runtime makes what it can of it
    }
    return 1;
  }

  /** Throws in C#: the exception that the error came from, with the way that it has taken since, or a JSException. */
  #throw(error: unknown): void {
    const { exports, runtime } = this.#instance;
    const stack = error instanceof Error ? error.stack : '';
    const isManaged = this.#bridge.isManaged(error);
    const exception = this.#bridge.exceptionOf(error, ownFrames(stack));
    this.#instance.withMemory([isManaged ? stackFrames(stack) : ''], 0, (_, trace) => {
      this.#instance.enter(() => exports.leanclr_throw(runtime, exception, trace));
    });
  }

  #throwText(error: unknown): void {
    const instance = this.#instance;
    try {
      instance.withMemory([textOf(error)], 0, (_, message) => {
        instance.enter(() => instance.exports.leanclr_set_host_exception(instance.runtime, message, 0));
      });
    } catch (failure) {
      if (instance.faulted) throw failure; // the C# exception goes without a message
    }
  }
}

/** One to three signed 32-bit integers, the commonest signature by far: read without a call per argument. */
function integerInvoker(fn: AnyFunction, count: number, memory: Memory, write: Writer): Invoker {
  const stride = kSlot >>> 2;
  switch (count) {
    case 1:
      return (args, ret) => write(ret, fn(memory.live().i32[args >>> 2]));
    case 2:
      return (args, ret) => {
        const { i32 } = memory.live();
        const at = args >>> 2;
        write(ret, fn(i32[at], i32[at + stride]));
      };
    default:
      return (args, ret) => {
        const { i32 } = memory.live();
        const at = args >>> 2;
        write(ret, fn(i32[at], i32[at + stride], i32[at + 2 * stride]));
      };
  }
}

function readAll(readers: readonly Reader[], args: number): unknown[] {
  return readers.map((read, index) => read(args + index * kSlot));
}

function neverBound(): void {
  throw new Error('An entry is bound to a signature before it is invoked.');
}
