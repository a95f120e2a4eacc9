// JavaScript → C#: static methods as JavaScript functions. A method is looked up once per key; its caller checks the
// number of arguments, writes them into slots, calls, and reads the result. Here with scalars and strings, which are the
// commonest and must be the fastest; values/calls.ts does the same with values of any type.

import type { EventLoop } from './event-loop.js';
import { Status } from './exports.js';
import type { Instance } from './instance.js';
import { readerOf, writerOf } from './marshal.js';
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
    return (...args) => {
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
  }
}
