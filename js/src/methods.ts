// JavaScript → C#: static methods as JavaScript functions. A method is looked up once per key; its caller checks the
// number of arguments, writes them into slots, calls, and reads the result. Here with scalars and strings, which are the
// commonest and must be the fastest; values/calls.ts does the same with values of any type.

import type { EventLoop } from './event-loop.js';
import { Status } from './exports.js';
import type { Instance } from './instance.js';
import { readerOf, writerOf, type Reader } from './marshal.js';
import { kSlotBytes, type SlotStack } from './slots.js';
import { readCString } from './text.js';
import type { Bridge } from './values/index.js';

/** A static C# method as a JavaScript function. */
export type ManagedFunction = (...args: unknown[]) => unknown;

export class Methods {
  readonly #byKey = new Map<string, ManagedFunction>();
  readonly #starters = new Map<string, (args: unknown[]) => unknown>();
  readonly #instance: Instance;
  readonly #loop: EventLoop;
  readonly #bridge: Bridge;
  readonly #slots: SlotStack;

  constructor(instance: Instance, loop: EventLoop, bridge: Bridge) {
    this.#instance = instance;
    this.#loop = loop;
    this.#bridge = bridge;
    this.#slots = instance.slots;
  }

  /** The function for "[Assembly]Ns.Type::Method(System.Int32)"; assembly and parameter list may be left out. */
  find(key: string): ManagedFunction {
    const known = this.#byKey.get(key);
    if (known) return known;
    const found = this.#bind(key);
    this.#byKey.set(key, found);
    return found;
  }

  /** The same for a method that may wait in its middle. */
  findStarter(key: string): (args: unknown[]) => unknown {
    let found = this.#starters.get(key);
    if (!found) {
      const { method, signature } = this.#described(key);
      const start = this.#bridge.managedStarter({ name: key, method, signature, isInstance: false, isVirtual: false });
      this.#starters.set(key, found = (args) => start(0, args));
    }
    return found;
  }

  /** A method's address, the leanclr_method*. */
  addressOf(key: string): number {
    const { exports, memory, runtime } = this.#instance;
    return this.#instance.withMemory([key], 1, (out, text) => {
      this.#instance.check(() => exports.leanclr_find_method(runtime, text, out));
      return memory.live().u32[out >>> 2];
    });
  }

  #described(key: string): { method: number; signature: string } {
    const instance = this.#instance;
    const { exports, memory, runtime } = instance;
    const method = this.addressOf(key);
    const signature = instance.enter(() => exports.leanclr_method_signature(runtime, method));
    if (signature === 0) throw instance.error(Status.Error);
    return { method, signature: readCString(memory, signature) };
  }

  #bind(key: string): ManagedFunction {
    const { method, signature } = this.#described(key);
    return this.#caller(key, method, signature);
  }

  #caller(key: string, method: number, signature: string): ManagedFunction {
    const instance = this.#instance;
    if (signature.includes('t')) {
      const call = this.#bridge.managedCaller({ name: key, method, signature, isInstance: false, isVirtual: false });
      return (...args) => call(0, args);
    }
    const slots = this.#slots;
    const loop = this.#loop;
    const read = readerOf(signature[0], instance.memory);
    const writers = Array.from(signature.slice(1), (letter, index) =>
      writerOf(letter, instance, () => `${key}: argument ${index + 1}`));
    const count = writers.length;
    const bytes = (count + 1) * kSlotBytes;
    const general: ManagedFunction = (...args) => {
      instance.assertCallable();
      if (args.length !== count) throw new TypeError(`${key}: takes ${count} arguments, got ${args.length}`);
      const ret = slots.take(bytes);
      try {
        for (let i = 0; i < count; i++) writers[i](ret + (i + 1) * kSlotBytes, args[i]);
        if (loop.idle) loop.wake();
        instance.call(method, ret + kSlotBytes, ret);
        return read(ret);
      } finally {
        slots.drop(ret);
      }
    };
    return /^.i{1,3}$/.test(signature) ? this.#integerCaller(method, count, read, general) : general;
  }

  /** One to three 32-bit integers, the commonest signature: written without a call for each. `general` takes what is wrong. */
  #integerCaller(method: number, count: number, read: Reader, general: ManagedFunction): ManagedFunction {
    const instance = this.#instance;
    const { memory } = instance;
    const slots = this.#slots;
    const loop = this.#loop;
    const bytes = (count + 1) * kSlotBytes;
    const stride = kSlotBytes >>> 2;
    return function (a?: unknown, b?: unknown, c?: unknown) {
      const fits = arguments.length === count && isInt32(a) && (count < 2 || isInt32(b)) && (count < 3 || isInt32(c));
      if (!fits) return general(...arguments as unknown as unknown[]);
      instance.assertCallable();
      const ret = slots.take(bytes);
      const { i32 } = memory.live();
      const at = (ret >>> 2) + stride;
      i32[at] = a as number;
      if (count > 1) i32[at + stride] = b as number;
      if (count > 2) i32[at + 2 * stride] = c as number;
      try {
        if (loop.idle) loop.wake();
        instance.call(method, ret + kSlotBytes, ret);
        return read(ret);
      } finally {
        slots.drop(ret);
      }
    };
  }
}

function isInt32(value: unknown): boolean {
  return typeof value === 'number' && (value | 0) === value;
}
