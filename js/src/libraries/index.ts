// Clr.loadLibrary: what is behind a DllImport library name when it is a WebAssembly module of its own, a JavaScript
// object or a .jslib file. This file tells the kinds apart; side-module.ts and stand-alone.ts do the two kinds of module,
// ../jslib the files. Loaded by
// import() when first wanted, so it shares no classes with the host's main file: those come in LibraryContext.

import type { ModuleError } from '../errors.js';
import type { HostFunction, HostFunctions } from '../host-functions.js';
import type { Instance } from '../instance.js';
import type { Memory } from '../memory.js';
import type { Jslib } from '../jslib/library.js';
import type { JslibSource, LibraryImports, LibraryOptions, LibrarySource, ModuleSource } from '../options.js';
import { dylinkOf } from './dylink.js';
import { SideModules } from './side-module.js';
import { loadStandAlone } from './stand-alone.js';

/** What the parts of the host lend to libraries. */
export interface LibraryContext {
  readonly instance: Instance;
  readonly functions: HostFunctions;
  compile(source: ModuleSource): Promise<WebAssembly.Module>;
  /** The text of a file. */
  read(source: string | URL | Response): Promise<string>;
  write(fd: number, bytes: Uint8Array): void;
  /** WASI's functions over a memory. */
  systemImports(memory: () => Memory, write: (fd: number, bytes: Uint8Array) => void): WebAssembly.Imports;
  /** Whether a function of a module has the C type of an ABI text. */
  isOfType(fn: unknown, abi: string): boolean;
  readonly ModuleError: typeof ModuleError;
}

/** A module that is being loaded. */
export interface Loading {
  name: string;
  module: WebAssembly.Module;
  imports: LibraryImports;
}

export class Libraries {
  readonly #context: LibraryContext;
  readonly #sideModules: SideModules;
  #jslib: Jslib | undefined;

  constructor(context: LibraryContext) {
    this.#context = context;
    this.#sideModules = new SideModules(context);
  }

  /** Registers the functions of a library and gives their names. */
  async load(name: string, source: LibrarySource, { imports = {}, replace = false }: LibraryOptions): Promise<string[]> {
    const given = await source;
    if (isJslib(given)) return this.#loadJslib(name, given, { imports, replace });
    if (!isModuleSource(given)) return this.#registerObject(name, given as object, replace);
    const loading = { name, module: await this.#context.compile(given), imports };
    const dylink = dylinkOf(loading, this.#context);
    return dylink ? this.#sideModules.load(loading, dylink) : loadStandAlone(loading, this.#context);
  }

  async #loadJslib(name: string, source: Jslibs, options: LibraryOptions): Promise<string[]> {
    const { Jslib } = await import('../jslib/library.js');
    this.#jslib ??= new Jslib(this.#context);
    if (isConverted(source)) return this.#jslib.load(name, source, options);
    if (isText(source)) return this.#jslib.loadText(name, source.file ?? `${name}.jslib`, source.jslib, options);
    const address = isResponse(source) ? source.url : String(source);
    return this.#jslib.loadText(name, address.replace(/[?#].*$/, '').replace(/^.*[/\\]/, ''), await this.#context.read(source), options);
  }

  #registerObject(name: string, source: object, replace: boolean): string[] {
    const names = Object.keys(source).filter((key) => typeof (source as Record<string, unknown>)[key] === 'function');
    if (names.length === 0) throw new TypeError(`loadLibrary("${name}"): the object has no function among its own properties.`);
    return registerAll(name, names, this.#context, (key, entry) => {
      const fn = (source as Record<string, HostFunction>)[entry];
      this.#context.functions[replace ? 'replace' : 'register'](key, fn.bind(source) as HostFunction);
    });
  }
}

/** Registers each name under "[library]name"; all of them or none. */
export function registerAll(library: string, names: string[], { functions }: LibraryContext, register: (key: string, name: string) => void): string[] {
  const done: string[] = [];
  try {
    for (const name of names) {
      const key = `[${library}]${name}`;
      register(key, name);
      done.push(key);
    }
  } catch (error) {
    for (const key of done) functions.unregister(key);
    throw error;
  }
  return names;
}

type Jslibs = string | URL | Response | JslibSource | { jslib: 1 };

/** Whether it is Unity's kind of library: an address or response of one, a text, or a converted one. */
function isJslib(source: unknown): source is Jslibs {
  if (typeof source === 'string' || source instanceof URL) return isAddress(String(source));
  return isResponse(source) ? isAddress(source.url) : isText(source) || isConverted(source);
}

const isAddress = (location: string): boolean => /\.jslib([?#].*)?$/.test(location);
const isText = (source: unknown): source is JslibSource => typeof (source as JslibSource | null)?.jslib === 'string';
const isConverted = (source: unknown): source is { jslib: 1 } => (source as { jslib?: unknown } | null)?.jslib === 1;
const isResponse = (source: unknown): source is Response => Object.prototype.toString.call(source) === '[object Response]';

function isModuleSource(source: unknown): source is ModuleSource {
  return typeof source === 'string' || source instanceof URL || source instanceof WebAssembly.Module || source instanceof ArrayBuffer ||
    ArrayBuffer.isView(source) || isResponse(source);
}
