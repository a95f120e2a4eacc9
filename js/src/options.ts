// The shapes that createRuntime takes and gives; no code.

import type { HostFunction } from './host-functions.js';

/** Bytes of a file. */
export type Bytes = Uint8Array | ArrayBuffer;

/** The wasm module: where it is, its bytes, a response that is being downloaded, or compiled already. */
export type ModuleSource = string | URL | Bytes | Response | WebAssembly.Module | Promise<Response | Bytes | WebAssembly.Module>;

/** One assembly under its file name ("App.dll"), or its symbols ("App.pdb"). A `url` is read when something refers to the assembly. */
export type AssemblyFile = { name: string; bytes: Bytes } | { name: string; url: string | URL };

/**
 * Where assemblies come from. A text or URL is a folder, or one assembly where it ends in ".dll"; in Node a text without
 * a scheme is a path. A Map goes from file names to bytes or URLs. Of several sources the first that has a file wins.
 * Nothing is read before something refers to it.
 */
export type AssemblySources = string | URL | AssemblyFile | Map<string, Bytes | URL | string> | readonly AssemblySources[];

/** What a download or a read has got so far; `total` is undefined where the server does not tell. */
export interface Progress {
  file: string;
  loaded: number;
  total: number | undefined;
}

/** Gets text as it is written, or (as an object) the UTF-8 bytes. */
export type OutputTarget = ((text: string) => void) | { write(bytes: Uint8Array): void };

/** Functions for a module's own imports, by module and name: { env: { js_mul } }. */
export type ModuleFunctions = Record<string, Record<string, (...args: any[]) => unknown>>;

/** What the import functions of an embedder's module see: the memory of the instance they belong to. */
export interface ImportHost {
  readonly HEAP8: Int8Array;
  readonly HEAPU8: Uint8Array;
  readonly HEAP16: Int16Array;
  readonly HEAPU16: Uint16Array;
  readonly HEAP32: Int32Array;
  readonly HEAPU32: Uint32Array;
  readonly HEAPF32: Float32Array;
  readonly HEAPF64: Float64Array;
  UTF8ToString(address: number): string;
}

/** An embedder's imports: what `NAME.imports.mjs` exports, the module itself, or the functions. */
export type ModuleImports =
  | ModuleFunctions
  | ((host: ImportHost) => ModuleFunctions)
  | { default: ModuleFunctions | ((host: ImportHost) => ModuleFunctions) };

/** The text of a .jslib file of Unity's, and its name, for messages. */
export interface JslibSource {
  jslib: string;
  file?: string;
}

/**
 * What can stand behind a DllImport library name: a WebAssembly module (a side module of Emscripten's, or a stand-alone
 * one), an object or JavaScript module with functions, or a .jslib file: its address, which ends in ".jslib", its text, or the
 * module that `npx leanclr jslib` makes of it.
 */
export type LibrarySource = ModuleSource | JslibSource | object;

/** What a library imports, by name: C functions; of a .jslib file any variable (`SendMessage`). */
export type LibraryImports = Record<string, unknown>;

export interface LibraryOptions {
  /** For what a WebAssembly module imports or a .jslib file uses and nobody else has. */
  imports?: LibraryImports;
  /** An object's or .jslib file's functions take the places of those that are registered, instead of being refused: for tests. */
  replace?: boolean;
}

/** A call of a registered function that has come to its end. */
export interface CallTrace {
  /** The key that it is registered under. */
  readonly key: string;
  /** As the function got them; of a C function, as a JavaScript function would have got what C# passed. */
  readonly args: readonly unknown[];
  /** What it gave, as it gave it; undefined where it threw. */
  readonly result?: unknown;
  /** What it threw; of a C function, an Error that says what went wrong. */
  readonly error?: unknown;
  readonly milliseconds: number;
}

/** runtimeconfig.json as `dotnet build` writes it. */
export interface RuntimeConfig {
  runtimeOptions?: { configProperties?: Record<string, string | number | boolean> };
}

/**
 * What a run or call from outside may use; a call that C# is waiting for (a registered function calls back) shares its
 * caller's. Without limits where left out.
 */
export interface Budget {
  /** Of the clock, from the start of the run or call, waits included. */
  milliseconds?: number;
  /**
   * Counted where code can go on for long: one for each call and each jump backwards. The same code stops at the same
   * place.
   */
  instructions?: number;
}

/** How much C# may use. */
export interface Limits {
  /** Bytes that the runtime may hold at once (objects, types, assemblies, stacks), beyond which C# gets an OutOfMemoryException; by default 2 GiB. */
  memory?: number;
  /** Bytes of the managed stack, 64 KiB to 64 MiB; by default 1 MiB, which is about 40,000 small frames. A StackOverflowError when it is full. */
  stack?: number;
  /** For every run and every call from outside. An InterruptedError when it is used up. */
  budget?: Budget;
}

/** How Main is run. */
export interface RunOptions {
  /** Stops the run: it rejects with an InterruptedError. */
  signal?: AbortSignal;
  /** In the place of limits.budget. */
  budget?: Budget;
  /**
   * What becomes of an asynchronous Main that waits while C# has nothing pending. 'wait' (the default): a call from
   * JavaScript may still complete its task; in Node the run rejects with a DeadlockError when the process has nothing
   * left to do. 'fail': it rejects at once.
   */
  whenIdle?: 'wait' | 'fail';
}

export interface RuntimeOptions {
  /** The module; by default the leanclr.wasm of this package. */
  wasm?: ModuleSource;
  /** Functions that an embedder's module imports (EM_JS). */
  imports?: ModuleImports;
  /** The app's assemblies and the class library's. */
  assemblies: AssemblySources;
  /**
   * Fetches `App.pdb` beside each `App.dll` from URLs, so that stack traces name files and lines; by default that is not
   * done, for a smaller download. Folders in Node and bytes need no option: their PDBs are read when a trace wants lines.
   * PDBs inside assemblies (`<DebugType>embedded</DebugType>`) always work.
   */
  symbols?: boolean;
  /** runtimeconfig.json: its content, or where it is. */
  runtimeConfig?: RuntimeConfig | string | URL;
  /** AppContext properties over the defaults (properties.ts) and runtimeConfig's. */
  properties?: Record<string, string | number | boolean>;
  /** Functions for `extern` methods, by key: as registerPInvoke, before the runtime starts. */
  pinvokes?: Record<string, HostFunction>;
  /** By default the process's stdout and stderr; in pages the console, line by line. */
  stdout?: OutputTarget;
  stderr?: OutputTarget;
  onProgress?: (progress: Progress) => void;
  /** What C# may use. */
  limits?: Limits;
  /**
   * Stops the loading, then whatever C# runs at the time, and everything after it: calls and runs throw an
   * InterruptedError from then on.
   */
  signal?: AbortSignal;
  /** Collects garbage at every safepoint: slow, finds errors. */
  gcStress?: boolean;
  /** Members of C# types begin with a small letter in JavaScript: `Game.Score` is `game.score`. Keys stay as they are. */
  camelCase?: boolean;
  /** Called after each call of a registered function, of JavaScript, C or C++. What it throws is the function's error. */
  trace?: (call: CallTrace) => void;
  /** Remembers where each proxy was made, for `clr.diagnostics.handles()`: slow, finds leaks. */
  diagnostics?: boolean;
}

/** Where the memory is. */
export interface MemoryUse {
  /** Bytes that the runtime uses: heap, stacks, types, assemblies. */
  inUse: number;
  /** Size of the module's linear memory. */
  total: number;
}
