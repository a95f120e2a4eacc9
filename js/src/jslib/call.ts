// Calls of a .jslib function as the C function that it stands for: numbers in, a number out, by an ABI text (leanclr.h,
// bind_function). Strings, structs and arrays are pointers by then; making those is the marshalling plan's work.

import type { ScriptFunction } from '../instance.js';
import type { LibraryContext } from '../libraries/index.js';
import { kSlotBytes } from '../slots.js';
import { readCString } from '../text.js';
import { toBigInt, type AnyFunction } from './environment.js';

type Read = (address: number) => unknown;
type Write = (address: number, value: unknown) => void;

/** `target` gives the function; `isSmall`: 64-bit integers come as numbers (`f__i53abi: true`). */
export function scriptFunction(key: string, target: () => AnyFunction, isSmall: boolean, { instance, functions }: LibraryContext): ScriptFunction {
  const { memory } = instance;
  const readers: Record<string, Read> = {
    i: (address) => memory.live().i32[address >>> 2],
    l: isSmall ? (address) => Number(memory.live().i64[address >>> 3]) : (address) => memory.live().i64[address >>> 3],
    f: (address) => memory.live().f32[address >>> 2],
    d: (address) => memory.live().f64[address >>> 3],
  };
  const number = (value: unknown): number => {
    if (typeof value === 'number') return value;
    if (value === undefined || value === null || typeof value === 'boolean') return Number(value ?? 0);
    const advice = typeof value === 'string' ? ' (a string is returned as the pointer that stringToNewUTF8 gives)' : value instanceof Promise ? ' (nobody waits for it: call back by makeDynCall)' : '';
    throw new TypeError(`${key}: the result: expected a number, got ${value instanceof Promise ? 'a promise' : `a ${typeof value}`}${advice}`);
  };
  const writers: Record<string, Write> = {
    v: () => {},
    i: (address, value) => { memory.live().i32[address >>> 2] = number(value); },
    l: (address, value) => { memory.live().i64[address >>> 3] = toBigInt(value, `${key}: the result`); },
    f: (address, value) => { memory.live().f32[address >>> 2] = number(value); },
    d: (address, value) => { memory.live().f64[address >>> 3] = number(value); },
  };
  const compose = (abi: string) => {
    const read = Array.from(abi.slice(1), (letter) => readers[letter]);
    const write = writers[abi[0]];
    const [first, second, third] = read;
    // `this` is what it is in sloppy code.
    switch (read.length) {
      case 0: return (_: number, ret: number) => write(ret, target().call(globalThis));
      case 1: return (args: number, ret: number) => write(ret, target().call(globalThis, first(args)));
      case 2: return (args: number, ret: number) => write(ret, target().call(globalThis, first(args), second(args + kSlotBytes)));
      case 3: return (args: number, ret: number) => write(ret, target().call(globalThis, first(args), second(args + kSlotBytes), third(args + 2 * kSlotBytes)));
      default: return (args: number, ret: number) => write(ret, target().apply(globalThis, read.map((one, index) => one(args + index * kSlotBytes))));
    }
  };
  const composed = new Map<number, (args: number, ret: number) => void>();
  let last = 0;
  let invoke: ((args: number, ret: number) => void) | undefined;
  return (abi, args, ret) => {
    try {
      if (abi !== last || !invoke) {
        last = abi;
        invoke = composed.get(abi);
        if (!invoke) composed.set(abi, invoke = compose(readCString(memory, abi)));
      }
      invoke(args, ret);
      return 0;
    } catch (error) {
      functions.report(error);
      return kThrown;
    }
  };
}

/** leanclr_host.call_function's answer. */
const kThrown = 2;
