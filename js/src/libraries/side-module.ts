// Side modules (emcc -sSIDE_MODULE): separately compiled C that shares the runtime's memory, table and C stack. Loading
// one is what a dynamic linker does: room for its data and table entries, its imports resolved, relocations and
// constructors run. Its functions become entries of the registry as C functions, called without JavaScript in between.

import { functionModule } from '../native-code.js';
import type { Dylink } from './dylink.js';
import { registerAll, type LibraryContext, type Loading } from './index.js';
import { cFunctions, type CFunction } from './libc.js';

const kAllocAlign = 16; // of leanclr_alloc

/** A C symbol that a loaded module or the runtime has: a function, or the address of data. */
type Symbol = ((...args: unknown[]) => unknown) | number;

/** Of the global offset table. */
interface Entry {
  symbol: string;
  isFunction: boolean;
  global: WebAssembly.Global;
}

export class SideModules {
  readonly #context: LibraryContext;
  /** Of the modules loaded so far; the first that has a name keeps it, as among shared objects. */
  readonly #symbols = new Map<string, Symbol>();
  readonly #loaded = new Set<string>();
  readonly #indices = new Map<unknown, number>();
  #libc: Record<string, CFunction> | undefined;

  constructor(context: LibraryContext) {
    this.#context = context;
  }

  async load(loading: Loading, dylink: Dylink): Promise<string[]> {
    const { instance, ModuleError } = this.#context;
    const { name, module } = loading;
    const table = instance.exports.__indirect_function_table;
    const notLoaded = dylink.needed.filter((file) => !this.#loaded.has(plainName(file)));
    if (notLoaded.length > 0) throw new ModuleError(`loadLibrary("${name}"): it needs ${notLoaded.join(', ')}, to be loaded before.`);

    const memoryBase = this.#reserveMemory(dylink);
    const tableAlign = 2 ** dylink.tableAlign;
    const first = table.grow(dylink.tableSize + tableAlign - 1);
    const tableBase = Math.ceil(first / tableAlign) * tableAlign;
    const own = new Map<string, Symbol>();
    const got: Entry[] = [];
    const imports = this.#resolve(loading, dylink, memoryBase, tableBase, got, own);
    const { exports } = await WebAssembly.instantiate(module, imports); // pages may not instantiate large modules at once
    for (let index = tableBase; index < tableBase + dylink.tableSize; index++) this.#indices.set(table.get(index), index);
    for (const [symbol, value] of Object.entries(exports)) {
      if (typeof value === 'function') own.set(symbol, value as Symbol);
      else if (value instanceof WebAssembly.Global) own.set(symbol, value.value + memoryBase);
    }
    this.#fill(name, got, dylink, own);
    for (const start of ['__wasm_apply_data_relocs', '__wasm_call_ctors', '_initialize']) {
      const run = own.get(start);
      own.delete(start);
      if (typeof run === 'function') instance.enter(run);
    }
    const names = Array.from(own.keys()).filter((symbol) => typeof own.get(symbol) === 'function');
    if (names.length === 0) throw new ModuleError(`loadLibrary("${name}"): the side module exports no function; with -sSIDE_MODULE=2 only those that are EMSCRIPTEN_KEEPALIVE or in EXPORTED_FUNCTIONS.`);
    registerAll(name, names, this.#context, (key, symbol) => {
      const address = this.#indexOf(own.get(symbol));
      instance.withMemory([key], 0, (_, text) => instance.check(() => instance.exports.leanclr_register_function(instance.runtime, text, address)));
    });
    for (const [symbol, value] of own) if (!this.#symbols.has(symbol)) this.#symbols.set(symbol, value);
    this.#loaded.add(plainName(name));
    return names;
  }

  #reserveMemory({ memorySize, memoryAlign }: Dylink): number {
    if (memorySize === 0) return 0;
    const { instance } = this.#context;
    const align = Math.max(2 ** memoryAlign, kAllocAlign);
    const block = instance.alloc(memorySize + align - kAllocAlign) >>> 0;
    const base = Math.ceil(block / align) * align;
    instance.memory.bytes(base, memorySize).fill(0);
    return base;
  }

  /** The import object. What cannot be resolved is one error that names everything. */
  #resolve({ name, module, imports }: Loading, { weak }: Dylink, memoryBase: number, tableBase: number, got: Entry[], own: Map<string, Symbol>): WebAssembly.Imports {
    const { instance, ModuleError } = this.#context;
    const { exports } = instance;
    const constant = (value: number) => new WebAssembly.Global({ value: 'i32' }, value);
    const fixed: Record<string, WebAssembly.ImportValue> = {
      memory: exports.memory, __indirect_function_table: exports.__indirect_function_table, __stack_pointer: exports.__stack_pointer,
      __memory_base: constant(memoryBase), __table_base: constant(tableBase),
    };
    const isExported = new Set(WebAssembly.Module.exports(module).map((entry) => entry.name));
    const resolved: Record<string, Record<string, WebAssembly.ImportValue>> = {};
    const missing: string[] = [];
    for (const { module: from, name: symbol, kind } of WebAssembly.Module.imports(module)) {
      resolved[from] ??= {};
      if (from === 'GOT.mem' || from === 'GOT.func') {
        const global = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
        got.push({ symbol, isFunction: from === 'GOT.func', global });
        resolved[from][symbol] = global;
        if (!isExported.has(symbol) && !weak.has(symbol) && this.#find(symbol, imports) === undefined) missing.push(symbol);
        continue;
      }
      const value = kind === 'function' ? this.#function(symbol, imports) : fixed[symbol];
      if (value !== undefined) resolved[from][symbol] = value;
      else if (isExported.has(symbol)) resolved[from][symbol] = (...args: never[]) => (own.get(symbol) as CFunction['fn'])(...args);
      else if (weak.has(symbol)) resolved[from][symbol] = () => { throw new ModuleError(`${name}: the weak symbol ${symbol} is called, which nobody has`); };
      else missing.push(symbol);
    }
    if (missing.length > 0) {
      throw new ModuleError(`loadLibrary("${name}"): nobody has ${missing.join(', ')}, which the side module imports. The C library that the ` +
        'runtime lends is small: link what is missing into the side module, load the side module that has it first, or supply functions, loadLibrary(name, source, { imports }).');
    }
    return resolved;
  }

  /** By whom a symbol is had: the caller, a module loaded before, the runtime's module, the lent C library. */
  #find(symbol: string, imports: Loading['imports']): Symbol | CFunction | undefined {
    if (Object.hasOwn(imports, symbol)) return imports[symbol] as Symbol;
    const exported = (this.#context.instance.exports as unknown as Record<string, unknown>)[symbol];
    const known = this.#symbols.get(symbol) ?? (typeof exported === 'function' ? exported as Symbol : undefined);
    if (known !== undefined) return known;
    this.#libc ??= cFunctions(this.#context);
    return Object.hasOwn(this.#libc, symbol) ? this.#libc[symbol] : undefined;
  }

  #function(symbol: string, imports: Loading['imports']): WebAssembly.ImportValue | undefined {
    const found = this.#find(symbol, imports);
    return typeof found === 'object' ? found.fn : typeof found === 'function' ? found : undefined;
  }

  /** The global offset table: addresses of data and functions, the module's own or others'. */
  #fill(name: string, got: Entry[], { weak }: Dylink, own: Map<string, Symbol>): void {
    for (const { symbol, isFunction, global } of got) {
      const found = own.get(symbol) ?? this.#find(symbol, {});
      if (found === undefined && weak.has(symbol)) continue;
      if (typeof found === 'number' && !isFunction) global.value = found;
      else if (typeof found === 'function') global.value = this.#indexOf(found);
      else if (typeof found === 'object') global.value = this.#indexOf(asWasm(found));
      else throw new this.#context.ModuleError(`loadLibrary("${name}"): the side module takes the address of ${symbol}, and a JavaScript function has none.`);
    }
  }

  /** The place in the table of a function of a module. */
  #indexOf(fn: unknown): number {
    const known = this.#indices.get(fn);
    if (known !== undefined) return known;
    const table = this.#context.instance.exports.__indirect_function_table;
    const index = table.grow(1);
    table.set(index, fn);
    this.#indices.set(fn, index);
    return index;
  }
}

/** A function of the lent C library as one that has an address. */
function asWasm(given: CFunction): unknown {
  given.wasm ??= new WebAssembly.Instance(functionModule(given.abi), { '': { f: given.fn } }).exports.f;
  return given.wasm;
}

function plainName(file: string): string {
  return file.replace(/^.*[/\\]/, '').replace(/\.(wasm|so|dll)$/, '');
}
