// Stand-alone modules: WebAssembly with a memory of its own. Its functions are called as JavaScript functions are, by the
// managed signature. Scalars go through; a text goes in as a UTF-8 copy and comes out of a char*; an array or span of
// numbers and a number by reference are copied in for the call and back after it, where C# wants that. A C# pointer means
// nothing over there: an error that names the parameter.

import { kBind, type BindableFunction } from '../host-functions.js';
import { Memory } from '../memory.js';
import { encodeCString, readCString } from '../text.js';
import { registerAll, type LibraryContext, type Loading } from './index.js';

type ModuleFunction = (...args: unknown[]) => unknown;

/** What functions of one module share while they are called. */
interface Other {
  name: string;
  memory: Memory | undefined;
  malloc: ((size: number) => number) | undefined;
  free: ((block: number) => void) | undefined;
  context: LibraryContext;
}

/** Writes a value into the other memory where that is needed; gives what to pass. */
type Passer = (value: unknown, after: (() => void)[]) => unknown;

export async function loadStandAlone({ name, module, imports }: Loading, context: LibraryContext): Promise<string[]> {
  const { ModuleError } = context;
  let memory: Memory | undefined;
  const system = context.systemImports(() => memory!, (fd, bytes) => context.write(fd, bytes));
  const given: WebAssembly.Imports = { ...system, env: { ...system.env, ...(imports as Record<string, WebAssembly.ImportValue>) } };
  const missing = WebAssembly.Module.imports(module)
    .filter(({ module: from, name: symbol }) => given[from]?.[symbol] === undefined)
    .map(({ module: from, name: symbol }) => `${from}.${symbol}`);
  if (missing.length > 0) throw new ModuleError(`loadLibrary("${name}"): nobody has ${missing.join(', ')}, which the module imports; supply functions: loadLibrary(name, source, { imports }).`);
  const { exports } = await WebAssembly.instantiate(module, given);
  if (exports.memory instanceof WebAssembly.Memory) memory = new Memory(exports.memory);
  const functionOf = (symbol: string) => (typeof exports[symbol] === 'function' ? exports[symbol] as ModuleFunction : undefined);
  functionOf('_initialize')?.();
  const other: Other = { name, memory, context, malloc: functionOf('malloc') as Other['malloc'], free: functionOf('free') as Other['free'] };
  const names = Object.keys(exports).filter((symbol) => typeof exports[symbol] === 'function' && symbol !== '_initialize');
  if (names.length === 0) throw new ModuleError(`loadLibrary("${name}"): the module exports no function.`);
  return registerAll(name, names, context, (key, symbol) => {
    const fn = exports[symbol] as ModuleFunction;
    const target: BindableFunction = () => {};
    target[kBind] = (method, parameters) => bind(other, method, fn, parameters);
    context.functions.register(key, target);
  });
}

/** The function that C# calls by one managed signature: `types` are its letters, the result first. */
function bind(other: Other, key: string, fn: ModuleFunction, types: readonly string[]): ModuleFunction {
  const passers = types.slice(1).map((type, index) => passerOf(other, type, `${key}: parameter ${index + 1}`));
  const give = giverOf(other, types[0], key);
  const abi = types.map(abiOf).join('');
  if (!other.context.isOfType(fn, abi)) {
    throw new TypeError(`${key}: C# declares ${abi}, the function of ${other.name} is of another type (the result, then the ${fn.length} parameters that it takes: v void, i 32 bits or a pointer, l 64 bits, f float, d double)`);
  }
  return (...args) => {
    const after: (() => void)[] = [];
    try {
      return give(fn(...passers.map((pass, index) => pass(args[index], after))));
    } finally {
      for (const end of after) end();
    }
  };
}

function abiOf(type: string): string {
  if (type === 'v' || type === 'f' || type === 'd') return type;
  return type === 'l' || type === 'L' ? 'l' : 'i';
}

function passerOf(other: Other, type: string, place: string): Passer {
  switch (type) {
    case 'z': return (value) => Number(value);
    case 'c': return (value) => (value as string).charCodeAt(0);
    case 's': return (value, after) => (value === null ? 0 : copyIn(other, encodeCString(value as string), place, after));
    case 'p': throw new TypeError(`${place}: a C# pointer means nothing to ${other.name}, which has a memory of its own; pass an array, a string, or an nint that ${other.name} gave`);
    default:
      if (type.length === 1) return (value) => value;
      return referencePasser(other, type, place) ?? ((value, after) => copyElements(other, value, place, after));
  }
}

/** What a ref, out or in parameter gives: its value, to be changed. */
interface Box {
  value: unknown;
}

/** A ref, out or in of a number. */
function referencePasser(other: Other, type: string, place: string): Passer | undefined {
  const { exports, runtime, memory } = other.context.instance;
  const address = Number(type.slice(1, -1));
  const [kind, , , , target] = readCString(memory, exports.leanclr_type_shape(runtime, address)).split('\n');
  if (kind !== '&') return undefined;
  const ArrayClass = elements[target];
  if (!ArrayClass) throw notCopied(other, place);
  return (given, after) => {
    const box = given as Box;
    const value = new ArrayClass(1);
    if (box.value !== undefined) value[0] = box.value as never; // undefined: out
    const passed = copyElements(other, value, place, after);
    after.push(() => { box.value = value[0]; });
    return passed;
  };
}

const elements: Record<string, new (length: number) => { [index: number]: number | bigint }> = {
  b: Int8Array, B: Uint8Array, h: Int16Array, H: Uint16Array, i: Int32Array, I: Uint32Array, n: Int32Array, N: Uint32Array,
  l: BigInt64Array, L: BigUint64Array, f: Float32Array, d: Float64Array,
};

/** A typed array, or a view of C#'s memory that gives one. */
function copyElements(other: Other, value: unknown, place: string, after: (() => void)[]): number {
  if (value === null) return 0;
  const array = ArrayBuffer.isView(value) ? value : (value as { array?: unknown }).array;
  if (!ArrayBuffer.isView(array)) throw notCopied(other, place);
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const address = copyIn(other, bytes, place, after);
  if (!(value as { readOnly?: boolean }).readOnly) after.unshift(() => bytes.set(other.memory!.bytes(address, bytes.length)));
  return address;
}

function notCopied({ name }: Other, place: string): TypeError {
  return new TypeError(`${place}: only scalars, strings, and arrays, spans and references of numbers are copied to ${name}, which has a memory of its own`);
}

/** A copy that ends with the call. */
function copyIn({ name, memory, malloc, free }: Other, bytes: Uint8Array, place: string, after: (() => void)[]): number {
  if (!memory || !malloc || !free) throw new TypeError(`${place}: ${name} must export memory, malloc and free to be passed strings and arrays`);
  const address = malloc(Math.max(bytes.length, 1));
  if (address === 0) throw new RangeError(`${place}: ${name} has no memory for ${bytes.length} bytes`);
  after.push(() => free(address));
  memory.bytes(address, bytes.length).set(bytes);
  return address;
}

/** What C# gets of a result. */
function giverOf({ name, memory }: Other, type: string, key: string): (value: any) => unknown {
  switch (type) {
    case 'z': return (value) => value !== 0;
    case 'c': return (value) => String.fromCharCode(value & 0xffff);
    case 'b': return (value) => (value << 24) >> 24;
    case 'B': return (value) => value & 0xff;
    case 'h': return (value) => (value << 16) >> 16;
    case 'H': return (value) => value & 0xffff;
    case 'I': case 'N': return (value) => value >>> 0;
    case 'L': return (value) => BigInt.asUintN(64, value);
    case 's': return (value) => (value === 0 ? null : readCString(memory!, value));
    case 'v': case 'i': case 'l': case 'f': case 'd': case 'n': return (value) => value;
    default: throw new TypeError(`${key}: the result: only scalars and strings come back from ${name}, which has a memory of its own`);
  }
}
