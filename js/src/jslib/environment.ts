// What Emscripten puts around library code, over the runtime's module: texts, memory, calls of C function pointers. Written
// from Emscripten's documented interface (preamble.js). Not here: files, GL, what is Unity's own.

import type { LibraryContext } from '../libraries/index.js';
import { functionModule } from '../native-code.js';
import { encodeCString } from '../text.js';
import { kViews, type HelperName, type ViewName } from './names.js';

export type AnyFunction = (...args: any[]) => any;
type Bytes = { [index: number]: number; length: number };

const viewClasses: Record<ViewName, new (buffer: ArrayBufferLike) => ArrayBufferView> = {
  HEAP8: Int8Array, HEAPU8: Uint8Array, HEAP16: Int16Array, HEAPU16: Uint16Array, HEAP32: Int32Array, HEAPU32: Uint32Array,
  HEAP64: BigInt64Array, HEAPU64: BigUint64Array, HEAPF32: Float32Array, HEAPF64: Float64Array,
};
/** Of the types of getValue and setValue. */
const accessors: Record<string, { get: (view: DataView, at: number) => unknown; set: (view: DataView, at: number, value: any) => void }> = {
  i8: { get: (view, at) => view.getInt8(at), set: (view, at, value) => view.setInt8(at, value) },
  i16: { get: (view, at) => view.getInt16(at, true), set: (view, at, value) => view.setInt16(at, value, true) },
  i32: { get: (view, at) => view.getInt32(at, true), set: (view, at, value) => view.setInt32(at, value, true) },
  i64: { get: (view, at) => view.getBigInt64(at, true), set: (view, at, value) => view.setBigInt64(at, BigInt(value), true) },
  float: { get: (view, at) => view.getFloat32(at, true), set: (view, at, value) => view.setFloat32(at, value, true) },
  double: { get: (view, at) => view.getFloat64(at, true), set: (view, at, value) => view.setFloat64(at, value, true) },
  '*': { get: (view, at) => view.getUint32(at, true), set: (view, at, value) => view.setUint32(at, value, true) },
};
const aliases: Record<string, string> = { i1: 'i8', u8: 'i8', u16: 'i16', u32: 'i32', u64: 'i64', f32: 'float', f64: 'double' };

export class Environment {
  readonly #context: LibraryContext;
  readonly #warned = new Set<string>();
  /** What a name stands for that the environment does not have itself: for Module. */
  resolve: (name: string) => unknown = () => undefined;
  readonly helpers: Record<HelperName, unknown>;

  constructor(context: LibraryContext) {
    this.#context = context;
    this.helpers = { ...this.#texts(), ...this.#memory(), ...this.#functions(), ...this.#surroundings() };
  }

  /** All views of the memory as it is now. */
  views(): Record<string, unknown> {
    const { buffer } = this.#context.instance.memory.wasm;
    return { buffer, ...Object.fromEntries(kViews.map((name) => [name, new viewClasses[name](buffer)])) };
  }

  view(name: ViewName): unknown {
    return new viewClasses[name](this.#context.instance.memory.wasm.buffer);
  }

  #u8(): Uint8Array {
    return this.#context.instance.memory.live().u8;
  }

  #malloc = (size: number): number => this.#context.instance.alloc(Math.max(size, 1));

  #texts() {
    const decode = (bytes: Bytes, index: number, most = Infinity, encoding = 'utf-8'): string => {
      const start = index >>> 0;
      let end = start;
      while (end < bytes.length && end - start < most && bytes[end] !== 0) end++;
      return new TextDecoder(encoding).decode(bytes instanceof Uint8Array ? bytes.subarray(start, end) : Uint8Array.from((bytes as unknown as number[]).slice(start, end)));
    };
    const utf8 = (pointer: number, most?: number) => (pointer ? decode(this.#u8(), pointer, most) : '');
    const put = (text: unknown, bytes: Bytes, index: number, most: number): number => {
      if (!(most > 0)) return 0;
      const start = index >>> 0;
      let at = start;
      for (const character of String(text)) {
        const encoded = encodeCString(character);
        if (at + encoded.length - 1 > start + most - 1) break;
        for (let i = 0; i < encoded.length - 1; i++) bytes[at++] = encoded[i];
      }
      bytes[at] = 0;
      return at - start;
    };
    const toNew = (text: unknown): number => {
      const bytes = encodeCString(String(text));
      const pointer = this.#malloc(bytes.length);
      this.#u8().set(bytes, pointer >>> 0);
      return pointer;
    };
    const onStack = (text: unknown): number => {
      const bytes = encodeCString(String(text));
      const pointer = this.#stackAlloc(bytes.length);
      this.#u8().set(bytes, pointer >>> 0);
      return pointer;
    };
    /** The values, then a zero, where there is room for it; the bytes written without that. */
    const putUnits = (values: readonly number[], pointer: number, most: number, size: 2 | 4): number => {
      if (most < size) return 0;
      const view = new DataView(this.#u8().buffer);
      const count = Math.min(values.length, Math.floor(most / size) - 1);
      for (let i = 0; i <= count; i++) {
        const value = i < count ? values[i] : 0;
        if (size === 2) view.setUint16((pointer >>> 0) + 2 * i, value, true);
        else view.setUint32((pointer >>> 0) + 4 * i, value, true);
      }
      return count * size;
    };
    const units = (text: string) => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    const points = (text: string) => Array.from(text, (character) => character.codePointAt(0)!);
    const readUnits = (pointer: number, most: number, size: 2 | 4): string => {
      const view = new DataView(this.#u8().buffer);
      let text = '';
      for (let at = pointer >>> 0; at + size <= view.byteLength && at - (pointer >>> 0) < most; at += size) {
        const value = size === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
        if (value === 0) break;
        text += size === 2 ? String.fromCharCode(value) : String.fromCodePoint(value);
      }
      return text;
    };
    const ascii = (text: string, pointer: number, withoutZero = false) => this.#write([...units(text), ...(withoutZero ? [] : [0])], pointer);
    return {
      UTF8ToString: utf8,
      Pointer_stringify: utf8,
      AsciiToString: (pointer: number) => decode(this.#u8(), pointer, Infinity, 'latin1'),
      UTF8ArrayToString: (bytes: Bytes, index = 0, most?: number) => decode(bytes, index, most),
      UTF16ToString: (pointer: number, most = Infinity) => readUnits(pointer, most, 2),
      UTF32ToString: (pointer: number, most = Infinity) => readUnits(pointer, most, 4),
      lengthBytesUTF8: (text: unknown) => encodeCString(String(text)).length - 1,
      lengthBytesUTF16: (text: string) => text.length * 2,
      lengthBytesUTF32: (text: string) => points(text).length * 4,
      stringToUTF8: (text: unknown, pointer: number, most: number) => put(text, this.#u8(), pointer, most),
      stringToUTF8Array: (text: unknown, bytes: Bytes, index: number, most: number) => put(text, bytes, index, most),
      stringToUTF16: (text: string, pointer: number, most = Infinity) => putUnits(units(text), pointer, most, 2),
      stringToUTF32: (text: string, pointer: number, most = Infinity) => putUnits(points(text), pointer, most, 4),
      stringToAscii: (text: string, pointer: number) => ascii(text, pointer),
      stringToNewUTF8: toNew,
      allocateUTF8: toNew,
      stringToUTF8OnStack: onStack,
      intArrayFromString: (text: string, withoutZero = false) => Array.from(encodeCString(text).subarray(0, withoutZero ? -1 : undefined)),
      intArrayToString: (bytes: readonly number[]) => bytes.map((byte) => String.fromCharCode(byte & 0xff)).join(''),
      writeStringToMemory: (text: string, pointer: number, withoutZero = false) => this.#write(encodeCString(text).subarray(0, withoutZero ? -1 : undefined), pointer),
      writeAsciiToMemory: ascii,
    };
  }

  #write = (bytes: ArrayLike<number>, pointer: number): void => this.#u8().set(bytes, pointer >>> 0);

  #stackAlloc = (size: number): number => {
    const pointer = this.#context.instance.exports.__stack_pointer;
    return pointer.value = (pointer.value - size) & -16;
  };

  #memory() {
    const { instance } = this.#context;
    const accessor = (type: string) => {
      const name = type.endsWith('*') ? '*' : aliases[type] ?? type;
      if (!Object.hasOwn(accessors, name)) throw new TypeError(`getValue, setValue: there is no type '${type}'`);
      return accessors[name];
    };
    const view = () => new DataView(this.#u8().buffer);
    return {
      writeArrayToMemory: this.#write,
      getValue: (pointer: number, type = 'i8') => accessor(type).get(view(), pointer >>> 0),
      setValue: (pointer: number, value: unknown, type = 'i8') => accessor(type).set(view(), pointer >>> 0, value),
      ALLOC_NORMAL: 0,
      ALLOC_STACK: 1,
      /** Of old the allocator came behind a type. */
      allocate: (given: number | ArrayLike<number>, ...rest: unknown[]) => {
        const size = typeof given === 'number' ? given : given.length;
        const pointer = rest.at(-1) === 1 ? this.#stackAlloc(size) : this.#malloc(size);
        if (typeof given === 'number') this.#u8().fill(0, pointer >>> 0, (pointer >>> 0) + size);
        else this.#write(given, pointer);
        return pointer;
      },
      _malloc: this.#malloc,
      _calloc: (count: number, size: number) => {
        const pointer = this.#malloc(count * size);
        this.#u8().fill(0, pointer >>> 0, (pointer >>> 0) + count * size);
        return pointer;
      },
      _free: (pointer: number) => { if (pointer) instance.free(pointer); },
      stackSave: () => instance.exports.__stack_pointer.value as number,
      stackRestore: (pointer: number) => { instance.exports.__stack_pointer.value = pointer; },
      stackAlloc: this.#stackAlloc,
      wasmMemory: instance.exports.memory,
    };
  }

  /** The function behind a C function pointer, by its signature: v, i, p, j (64 bits, a BigInt), f, d; the result first. */
  dynamic = (signature: string, pointer?: number): AnyFunction => {
    if (!/^[vijpfd][ijpfd]*$/.test(signature)) throw new TypeError(`dynCall: '${signature}' is no signature: v, i, p, j, f, d, the result first`);
    if (pointer === undefined) return (at: number, ...args) => this.dynamic(signature, at)(...args);
    const { instance } = this.#context;
    const table = instance.exports.__indirect_function_table;
    const index = pointer >>> 0;
    const fn = index > 0 && index < table.length ? table.get(index) as AnyFunction | null : null;
    if (!fn) throw new TypeError(`dynCall('${signature}'): ${pointer} is no function pointer`);
    if (fn.length !== signature.length - 1) throw new TypeError(`dynCall('${signature}'): the function takes ${fn.length} arguments, the signature says ${signature.length - 1}`);
    return (...args) => {
      instance.assertCallable();
      const converted = Array.from(signature.slice(1), (letter, at) => converters[letter](args[at], `dynCall('${signature}'): argument ${at + 1}`));
      const result = instance.enter(() => fn(...converted) as unknown);
      if (signature[0] !== 'v' && typeof result !== (signature[0] === 'j' ? 'bigint' : 'number')) throw new TypeError(`dynCall('${signature}'): the function's result is of another type`);
      return result;
    };
  };

  #functions() {
    const { exports } = this.#context.instance;
    const table = exports.__indirect_function_table;
    const letters: Record<string, string> = { p: 'i', j: 'l' };
    const dynCall = (signature: string, pointer: number, args: readonly unknown[] = []) => this.dynamic(signature, pointer)(...args);
    /** Without a signature values go by what they are. */
    const entry = (pointer: number): AnyFunction => {
      const fn = pointer > 0 && pointer < table.length ? table.get(pointer) as AnyFunction | null : null;
      if (!fn) throw new TypeError(`getWasmTableEntry: ${pointer} is no function pointer`);
      return (...args) => {
        const { instance } = this.#context;
        instance.assertCallable();
        return instance.enter(() => fn(...args) as unknown);
      };
    };
    /** Of functions of libraries and of the module: texts go in and come out as such, for the time of the call. */
    const ccall = (name: string, result: string | null, _types: unknown, args: readonly unknown[] = []): unknown => {
      const fn = this.resolve(`_${name}`);
      if (typeof fn !== 'function') throw new TypeError(`ccall: there is no function '${name}'`);
      const stack = this.#context.instance.exports.__stack_pointer;
      const before = stack.value as number;
      try {
        const value = (fn as AnyFunction)(...args.map((arg) => (typeof arg === 'string' ? (this.helpers.stringToUTF8OnStack as AnyFunction)(arg) : arg))) as unknown;
        return result === 'string' ? (this.helpers.UTF8ToString as AnyFunction)(value) : result === 'boolean' ? Boolean(value) : value;
      } finally {
        stack.value = before;
      }
    };
    return {
      dynCall,
      ccall,
      cwrap: (name: string, result: string | null, types?: unknown) => (...args: unknown[]) => ccall(name, result, types, args),
      getWasmTableEntry: entry,
      getFuncWrapper: (pointer: number, signature: string) => this.dynamic(signature, pointer),
      addFunction: (fn: AnyFunction, signature: string) => {
        const abi = Array.from(signature, (letter) => letters[letter] ?? letter).join('');
        const made = new WebAssembly.Instance(functionModule(abi), { '': { f: fn } }).exports.f;
        const index = table.grow(1);
        table.set(index, made);
        return index;
      },
      removeFunction: (pointer: number) => table.set(pointer, null),
      wasmTable: table,
      Runtime: { dynCall },
    };
  }

  #surroundings() {
    const { process, document, WorkerGlobalScope } = globalThis as Record<string, any>;
    const isNode = typeof process?.versions?.node === 'string';
    return {
      Module: new Proxy({} as Record<string | symbol, unknown>, {
        get: (own, key) => (key in own || typeof key === 'symbol' ? own[key] : this.#member(key)),
        has: (own, key) => key in own || (typeof key === 'string' && this.#member(key) !== undefined),
      }),
      out: (...args: unknown[]) => console.log(...args),
      err: (...args: unknown[]) => console.error(...args),
      abort: (reason: unknown) => { throw new Error(`abort(${String(reason ?? '')})`); },
      assert: (holds: unknown, text?: string) => { if (!holds) throw new Error(`assert: ${text ?? 'failed'}`); },
      warnOnce: (text: string) => {
        if (this.#warned.has(text)) return;
        this.#warned.add(text);
        console.warn(text);
      },
      callUserCallback: (callback: () => unknown) => callback(),
      SendMessage: () => { throw new Error("SendMessage is Unity's: supply a function for it, loadLibrary(name, source, { imports: { SendMessage } })"); },
      ENVIRONMENT_IS_NODE: isNode,
      ENVIRONMENT_IS_WEB: document !== undefined,
      ENVIRONMENT_IS_WORKER: WorkerGlobalScope !== undefined,
      ENVIRONMENT_IS_PTHREAD: false,
    };
  }

  /** Module's members: `Module.HEAPU8`, `Module._malloc`, `Module.dynCall_vi`, library functions. */
  #member(name: string): unknown {
    return kViews.includes(name as ViewName) ? this.view(name as ViewName) : name === 'Module' ? undefined : this.resolve(name);
  }
}

/** What wasm makes of a value by itself, or a TypeError where it would throw. */
function toNumber(value: unknown, place: string): number {
  if (typeof value === 'bigint' || typeof value === 'symbol') throw new TypeError(`${place}: expected a number, got a ${typeof value}`);
  return Number(value);
}

export function toBigInt(value: unknown, place: string): bigint {
  if (typeof value === 'bigint') return value;
  if (value === undefined || value === null || typeof value === 'boolean') return BigInt(Number(value ?? 0));
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw new TypeError(`${place}: expected a BigInt or a whole number, got ${String(value)}`);
}

const converters: Record<string, (value: unknown, place: string) => unknown> = {
  i: toNumber, p: toNumber, f: toNumber, d: toNumber, j: toBigInt,
};
