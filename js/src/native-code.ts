// Code for C functions whose type is known only at run time: small WebAssembly modules, made once per type, that unpack
// slots for a call through the module's table, or pack the arguments of a C call into slots and call the runtime. Where
// the host forbids making modules, calls go through JavaScript and callbacks cannot be made.
//
// A type is an ABI text (leanclr.h, bind_function): one letter per value, the result first; v void, i 32 bits, l 64 bits,
// f float, d double.

import type { HostCalls } from './exports.js';
import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { kSlotBytes } from './slots.js';
import { readCString } from './text.js';

type NativeCalls = Pick<HostCalls, 'bind_function' | 'call_function' | 'make_callbacks'>;
type Code = readonly (number | Code)[];

const kOtherType = 0xffff0000;
/** bind_function's answer for one of Instance.scripts. */
const kHostFunction = 0xffff8000;
/** What is left of a script's address. */
const kScript = 0x7fffffff;
/** Functions of more parameters are not asked for their type. */
const kMostTried = 4;

const kI32 = 0x7f;
const kGlobalGet = 0x23;
const kGlobalSet = 0x24;
const kLocalGet = 0x20;
const kI32Const = 0x41;
const kI32Add = 0x6a;
const kCall = 0x10;

interface Letter {
  /** valtype */
  type: number;
  load: number;
  store: number;
  /** log2 of the size */
  align: number;
}

const letters: Record<string, Letter> = {
  i: { type: kI32, load: 0x28, store: 0x36, align: 2 },
  l: { type: 0x7e, load: 0x29, store: 0x37, align: 3 },
  f: { type: 0x7d, load: 0x2a, store: 0x38, align: 2 },
  d: { type: 0x7c, load: 0x2b, store: 0x39, align: 3 },
};

/** LEB128, signed where a constant may be negative. */
function leb(value: number, signed = false): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left = signed ? left >> 7 : left >>> 7) {
    const byte = left & 0x7f;
    if (signed ? (left >> 6 === 0 || left >> 6 === -1) : left < 0x80) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

const flat = (code: Code): number[] => (code as any).flat(Infinity); // the type of flat(Infinity) is beyond the compiler
const vector = (items: readonly Code[]): Code => [...leb(items.length), items];
const sized = (code: Code): Code => {
  const bytes = flat(code);
  return [...leb(bytes.length), bytes];
};
const section = (id: number, items: readonly Code[]): Code => [id, sized(vector(items))];
const name = (text: string): Code => vector(Array.from(text, (c) => [c.charCodeAt(0)]));
const functionType = (abi: string): Code =>
  [0x60, vector(Array.from(abi.slice(1), (letter) => [letters[letter].type])), vector(abi[0] === 'v' ? [] : [[letters[abi[0]].type]])];
const imported = (field: string, ...description: number[]): Code => [name(''), name(field), description];
const load = ({ load: op, align }: Letter, offset: number): Code => [op, align, leb(offset)];
const store = ({ store: op, align }: Letter, offset: number): Code => [op, align, leb(offset)];

const slotAccess = 'viii'; // of invokers (function, args, ret)
const callback = 'viiii';  // leanclr_callback (runtime, number, args, ret)
const memoryImport = imported('m', 2, 0, 0);
const magic: Code = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

function compile(...sections: Code[]): WebAssembly.Module {
  return new WebAssembly.Module(new Uint8Array(flat([magic, sections])));
}

/** (function, args, ret): loads the slots, calls through the table, stores the result. Imports one function of the type. */
function invokerModule(abi: string): WebAssembly.Module {
  const result = letters[abi[0]];
  const body: Code = [
    0, result ? [kLocalGet, 2] : [],
    Array.from(abi.slice(1), (letter, index) => [kLocalGet, 1, load(letters[letter], index * kSlotBytes)]),
    kLocalGet, 0, 0x11, 0, 0, result ? store(result, 0) : [], 0x0b,
  ];
  return compile(
    section(1, [functionType(abi), functionType(slotAccess)]),
    section(2, [memoryImport, imported('t', 1, 0x70, 0, 0), imported('f', 0, 0)]),
    section(3, [[1]]),
    section(7, [[name('f'), 0, 1]]),
    section(10, [sized(body)]),
  );
}

/** (arguments) → result: a JavaScript function as a function of the type, which can stand in a table. */
export function functionModule(abi: string): WebAssembly.Module {
  return compile(section(1, [functionType(abi)]), section(2, [imported('f', 0, 0)]), section(7, [[name('f'), 0, 0]]));
}

/** Whether a function of a module is of the type. */
export function isOfType(fn: unknown, abi: string): boolean {
  try {
    return new WebAssembly.Instance(functionModule(abi), { '': { f: fn } as WebAssembly.ModuleImports }) !== undefined;
  } catch {
    return false;
  }
}

/** The type that a function has, three bits for each letter, found by trying; 0: not found. */
function typeOf(fn: (...args: never[]) => unknown): number {
  const order = 'vilfd';
  const attempt = (abi: string, bits: number): number => {
    if (abi.length === fn.length + 1) return isOfType(fn, abi) ? bits : 0;
    let found = 0;
    for (let at = abi === '' ? 0 : 1; at < order.length && found === 0; at++) found = attempt(abi + order[at], bits | (at + 1) << 3 * abi.length);
    return found;
  };
  return fn.length > kMostTried ? 0 : attempt('', 0);
}

/**
 * `count` functions "0", "1", … of the type. Each hands its arguments and its index on to one that makes a frame of slots
 * on the C stack and calls back. Small: some browsers refuse more than 4 KB at once on a page's main thread.
 */
function callbackModule(abi: string, count: number): WebAssembly.Module {
  const parameters = Array.from(abi.slice(1));
  const result = letters[abi[0]];
  const index = parameters.length, base = index + 1; // locals after the parameters
  const ret = parameters.length * kSlotBytes;
  const frame = (parameters.length + 2) * kSlotBytes & -16;
  const moved = (bytes: number): Code => [kLocalGet, leb(base), kI32Const, leb(bytes, true), kI32Add];
  const enter = sized([
    1, 1, kI32, // one local
    kGlobalGet, 0, kI32Const, leb(-frame, true), kI32Add, 0x22, leb(base), kGlobalSet, 0,
    parameters.map((letter, at) => [kLocalGet, leb(base), kLocalGet, leb(at), store(letters[letter], at * kSlotBytes)]),
    kLocalGet, leb(base), 0x42, 0, store(letters.l, ret),
    kGlobalGet, 1, kGlobalGet, 2, kLocalGet, leb(index), kI32Add, kLocalGet, leb(base), moved(ret), kCall, 0,
    moved(frame), kGlobalSet, 0,
    result ? [kLocalGet, leb(base), load(result, ret)] : [], 0x0b,
  ]);
  const thunk = (at: number): Code => sized([0, parameters.map((_, local) => [kLocalGet, leb(local)]), kI32Const, leb(at, true), kCall, 1, 0x0b]);
  const all = Array.from({ length: count }, (_, at) => at);
  return compile(
    section(1, [functionType(abi), functionType(callback), functionType(`${abi}i`)]),
    section(2, [memoryImport, imported('s', 3, kI32, 1), imported('r', 3, kI32, 0), imported('n', 3, kI32, 0), imported('c', 0, 1)]),
    section(3, [[2], ...all.map(() => [0])]),
    section(7, all.map((at) => [name(String(at)), 0, leb(at + 2)])),
    section(10, [enter, ...all.map(thunk)]),
  );
}

/** The memory as values of a letter. */
function words(memory: Memory, letter: string): { [index: number]: unknown } {
  const { i32, i64, f32, f64 } = memory.live();
  return ({ i: i32, l: i64, f: f32, d: f64 } as Record<string, { [index: number]: unknown }>)[letter];
}

/** The part of leanclr_host that makes and calls code. */
export function nativeCalls(instance: () => Instance): NativeCalls {
  const invokers = new Map<string, { module: WebAssembly.Module; index: number }>();
  const callbacks = new Map<string, WebAssembly.Module>();

  const imports = (more: Record<string, unknown>) => {
    const { exports } = instance();
    return { '': { m: exports.memory, t: exports.__indirect_function_table, ...more } } as WebAssembly.Imports;
  };
  const append = (...functions: unknown[]): number => {
    const table = instance().exports.__indirect_function_table;
    const first = table.grow(functions.length);
    functions.forEach((fn, index) => table.set(first + index, fn));
    return first;
  };

  const bind = (fn: unknown, abi: string): number => {
    const known = invokers.get(abi);
    const module = known?.module ?? invokerModule(abi);
    // Instantiating compares the function's type with the text.
    const made = new WebAssembly.Instance(module, imports({ f: fn }));
    if (known) return known.index;
    const index = append(made.exports.f);
    invokers.set(abi, { module, index });
    return index;
  };

  return {
    bind_function: (_context, address, text) => {
      const { exports, memory, scripts } = instance();
      if (address < 0) return scripts[address & kScript] ? kHostFunction : kOtherType;
      const abi = readCString(memory, text);
      const table = exports.__indirect_function_table;
      const fn = address < table.length ? table.get(address) as ((...args: never[]) => unknown) | null : null;
      if (!fn) return kOtherType;
      if (fn.length !== abi.length - 1) return kOtherType | typeOf(fn);
      try {
        return bind(fn, abi);
      } catch (error) {
        return error instanceof WebAssembly.LinkError ? kOtherType | typeOf(fn) : 0;
      }
    },
    call_function: (_context, address, text, args, ret) => {
      const { exports, memory, scripts } = instance();
      if (address < 0) return scripts[address & kScript](text, args, ret);
      const abi = readCString(memory, text);
      const fn = exports.__indirect_function_table.get(address) as (...args: unknown[]) => unknown;
      const result = letters[abi[0]];
      try {
        const value = fn(...Array.from(abi.slice(1), (letter, index) => words(memory, letter)[(args + index * kSlotBytes) >>> letters[letter].align]));
        if (result) words(memory, abi[0])[ret >>> result.align] = value;
        return 0;
      } catch (error) {
        if (error instanceof TypeError) return 1; // a BigInt for a number, or the other way round
        throw error;
      }
    },
    make_callbacks: (_context, text, first, count) => {
      const { exports, memory, runtime } = instance();
      const abi = readCString(memory, text);
      try {
        const module = callbacks.get(abi) ?? callbackModule(abi, count);
        callbacks.set(abi, module);
        const constant = (value: number) => new WebAssembly.Global({ value: 'i32' }, value);
        const made = new WebAssembly.Instance(module, imports({
          s: exports.__stack_pointer, r: constant(runtime), n: constant(first), c: exports.leanclr_callback,
        }));
        return append(...Object.keys(made.exports).map((index) => made.exports[index]));
      } catch {
        return 0;
      }
    },
  };
}
