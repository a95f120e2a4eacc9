// createRuntime and the Clr it gives: the class that users hold. It only wires the parts; each does its own work.

import { Assemblies, dllName, openSources } from './assemblies.js';
import { bytesOf, requireOk, type ReportProgress } from './download.js';
import { Flags } from './exports.js';
import type { AssemblyExportsOf, JSImportsOf, LibraryFunctions, ManagedTypes, SomeLibraryFunctions } from './declarations.js';
import { EventLoop } from './event-loop.js';
import { parseExterns, type Extern } from './externs.js';
import { HostFunctions, type HostFunction, type PInvokeOptions } from './host-functions.js';
import { makeImports, type Link } from './imports.js';
import { Instance } from './instance.js';
import type { Libraries, LibraryContext } from './libraries/index.js';
import { Methods, type ManagedFunction } from './methods.js';
import { compileModule, instantiate } from './module.js';
import { isOfType } from './native-code.js';
import type { Budget, LibraryOptions, LibrarySource, MemoryUse, ModuleSource, RunOptions, RuntimeConfig, RuntimeOptions } from './options.js';
import { outputTo, type Output } from './output.js';
import { InterruptedError, LeanClrError, ModuleError } from './errors.js';
import type { JSInterop } from './js-interop/index.js';
import { kCoreLib } from './pack.js';
import type { Platform } from './platform.js';
import { mergeProperties } from './properties.js';
import { readCString } from './text.js';
import type { Diagnostics } from './values/diagnostics.js';
import type { Bridge } from './values/index.js';
import type { ManagedType } from './values/types.js';
import { systemImports } from './wasi.js';

const kSlot = 8;
const kPointer = 4;
const kMostMemory = 2 ** 32 - 2 ** 16;
const kLeastStack = 2 ** 16;
const kMostStack = 2 ** 26;
/** [JSImport] and [JSExport]; also the C# exception for what a JavaScript function throws. */
const kInteropAssembly = 'System.Runtime.InteropServices.JavaScript.dll';

/** A runtime: its own module instance, heap, assemblies and registered functions. */
export class Clr {
  readonly #instance: Instance;
  readonly #assemblies: Assemblies;
  readonly #functions: HostFunctions;
  readonly #methods: Methods;
  readonly #bridge: Bridge;
  readonly #loop: EventLoop;
  readonly #budget: Budget | undefined;
  readonly #outputs: readonly Output[];
  readonly #modules = new Map<string, object>();
  #interop: Promise<JSInterop> | undefined;
  readonly #platform: Platform;
  #libraries: Libraries | undefined;
  /** What is going on between C# and JavaScript. */
  readonly diagnostics: Diagnostics;

  /** @internal Use createRuntime. */
  constructor(instance: Instance, assemblies: Assemblies, functions: HostFunctions, loop: EventLoop, bridge: Bridge, budget: Budget | undefined, outputs: readonly Output[], platform: Platform) {
    this.#instance = instance;
    this.#assemblies = assemblies;
    this.#functions = functions;
    this.#loop = loop;
    this.#budget = budget;
    this.#methods = new Methods(instance, loop, bridge);
    this.#bridge = bridge;
    this.diagnostics = bridge.diagnostics;
    this.#outputs = outputs;
    this.#platform = platform;
  }

  /** Loads an assembly ("App" or "App.dll") and what it refers to. Only call() and method() need it: runMain loads. */
  async load(assembly: string): Promise<void> {
    this.#instance.assertCallable();
    await this.#assemblies.load(assembly);
    if (this.#assemblies.has(kInteropAssembly)) await this.#startInterop();
    else if (this.#functions.any) await this.#assemblies.prefetch(kInteropAssembly);
  }

  #startInterop(): Promise<JSInterop> {
    this.#interop ??= import('./js-interop/index.js').then(({ startInterop }) => startInterop({
      instance: this.#instance, methods: this.#methods, functions: this.#functions, loop: this.#loop,
      api: this, modules: this.#modules,
    }));
    return this.#interop;
  }

  /** What `[JSImport("…", name)]` finds its functions in: a module, or an object with functions. Before C# first calls them. */
  setModuleImports<Name extends string>(name: Name, imports: JSImportsOf<Name>): void {
    if (typeof name !== 'string' || name === '') throw new TypeError('setModuleImports: expected the name of a module.');
    if ((typeof imports !== 'object' && typeof imports !== 'function') || imports === null) throw new TypeError(`setModuleImports("${name}"): expected a module or an object with functions.`);
    this.#modules.set(name, imports);
  }

  /** Loads an assembly and gives what it exports by `[JSExport]`: namespaces, classes and methods by their names. */
  async getAssemblyExports<Name extends string>(assembly: Name): Promise<AssemblyExportsOf<Name>> {
    await this.load(assembly);
    return (this.#assemblies.has(kInteropAssembly) ? (await this.#startInterop()).exportsOf(assembly) : {}) as AssemblyExportsOf<Name>;
  }

  /**
   * Runs the entry point of an assembly and gives its exit code. An exception that nobody catches is written to
   * stderr and becomes a ManagedError. While an asynchronous Main waits, JavaScript goes on.
   */
  async runMain(assembly: string, args: readonly string[] = [], options: RunOptions = {}): Promise<number> {
    const { signal, budget = this.#budget, whenIdle } = options;
    throwIfAborted(signal);
    await this.load(assembly);
    throwIfAborted(signal);
    this.#instance.assertCallable();
    const main = this.#mainOf(assembly, args);
    try {
      return await this.#loop.run(() => this.#withBudget(budget, main.start), () => main.exitCode, signal, whenIdle === 'fail');
    } finally {
      for (const output of this.#outputs) output.flush();
    }
  }

  #withBudget(budget: Budget | undefined, start: () => number): number {
    setBudget(this.#instance, budget);
    const status = start(); // a run keeps the budget that it started with
    setBudget(this.#instance, this.#budget);
    return status;
  }

  /** leanclr_start_main for an assembly, and the exit code behind it. */
  #mainOf(assembly: string, args: readonly string[]): { start: () => number; exitCode: number } {
    const instance = this.#instance;
    const { exports, runtime, memory } = instance;
    const name = dllName(assembly).slice(0, -'.dll'.length);
    const main = {
      exitCode: 0,
      start: () => instance.withMemory([name, ...args], 1 + args.length, (slots, mainName, ...texts) => {
        const argv = slots + kSlot;
        texts.forEach((text, index) => { memory.live().u32[(argv + index * kPointer) >>> 2] = text; });
        const status = instance.enter(() => exports.leanclr_start_main(runtime, mainName, args.length, argv, slots));
        main.exitCode = memory.live().i32[slots >>> 2];
        return status;
      }),
    };
    return main;
  }

  /**
   * Calls a static method: "[Assembly]Ns.Type::Method(System.Int32,System.String)"; assembly and parameter list may be
   * left out where that is unambiguous. 64-bit integers are BigInt, a char is a string of one character.
   */
  call<Result = unknown>(key: string, ...args: unknown[]): Result {
    return this.method(key)(...args) as Result;
  }

  /**
   * call() of a method that may block, on a task that JavaScript completes, say: JavaScript goes on meanwhile. The
   * promise gives what the method returns; a task's promise gives what that task does.
   */
  async callAsync<Result = unknown>(key: string, ...args: unknown[]): Promise<Awaited<Result>> {
    this.#instance.assertUsable();
    const start = this.#orAdd(key, () => this.#methods.findStarter(key), (kind) => kind === 'MissingMethod');
    return await start(args) as Awaited<Result>;
  }

  /** The method as a JavaScript function, for those who call it often. */
  method<Method extends HostFunction = ManagedFunction>(key: string): Method {
    this.#instance.assertUsable();
    return this.#find(key) as HostFunction as Method;
  }

  /**
   * A C# type, "[Assembly]Ns.Outer+Inner", as a class: `new`, static methods, properties, fields and events; `of` gives an
   * instance of a generic one ("System.Collections.Generic.List`1"). `leanclr types` writes the types of an assembly's.
   */
  getType<Name extends keyof ManagedTypes>(name: Name | `[${string}]${Name}`): ManagedTypes[Name];
  getType<Type extends ManagedType = ManagedType>(name: string): Type;
  getType(name: string): ManagedType {
    this.#instance.assertUsable();
    return this.#orAdd(name, () => this.#bridge.typeNamed(name), (kind) => kind === 'TypeLoad' || kind === 'FileNotFound');
  }

  #find(key: string): ManagedFunction {
    return this.#orAdd(key, () => this.#methods.find(key), (kind) => kind === 'MissingMethod');
  }

  /** The assembly may not be loaded yet; sources that are there at once (folders in Node, bytes) are searched. */
  #orAdd<T>(key: string, find: () => T, isMissing: (kind: string) => boolean): T {
    try {
      return find();
    } catch (error) {
      if (!(error instanceof LeanClrError && isMissing(error.kind)) || !this.#addFor(key)) throw error;
      return find();
    }
  }

  #addFor(key: string): boolean {
    const assembly = /^\[([^\]]+)\]/.exec(key)?.[1];
    return assembly === undefined ? this.#assemblies.addApplicationNow() : this.#assemblies.addNow(assembly);
  }

  /** Makes a JavaScript function the target of the `extern` methods that the key fits, now or when they are called. */
  registerPInvoke(key: string, fn: HostFunction, options?: PInvokeOptions): void {
    this.#instance.assertUsable();
    this.#functions.register(key, fn, options);
  }

  /**
   * Makes a C function of the runtime's module or a side module the target, by its pointer (its index in the module's function
   * table). How it is called follows from the C# declaration, with which its type is compared.
   */
  registerFunction(key: string, pointer: number): void {
    this.#instance.assertUsable();
    this.#functions.registerPointer(key, pointer);
  }

  /** Registers, or puts in the place of what is registered, of C++ or JavaScript, from the next call on. */
  replacePInvoke(key: string, fn: HostFunction, options?: PInvokeOptions): void {
    this.#instance.assertUsable();
    this.#functions.replace(key, fn, options);
  }

  /** Removes a registered function, of C++ or JavaScript. */
  unregisterPInvoke(key: string): void {
    this.#instance.assertUsable();
    this.#functions.unregister(key);
  }

  /**
   * Every `extern` method of an assembly ("App"), and whether a call of it would find its target: what is registered for it,
   * what is missing, what does not fit and why.
   */
  externs(assembly: string): Extern[] {
    this.#instance.assertUsable();
    const name = dllName(assembly).slice(0, -'.dll'.length);
    return parseExterns(this.#orAdd(`[${name}]`, () => this.#functions.externsOf(name), (kind) => kind === 'FileNotFound'));
  }

  /** Every registered key. */
  listPInvokes(): string[] {
    this.#instance.assertUsable();
    return this.#functions.list();
  }

  /**
   * Makes a WebAssembly module, an object with functions, or a .jslib file (most often as "__Internal") the library of that
   * name: `[DllImport("name")]` finds its functions by their entry points. At any time. Gives their names.
   */
  loadLibrary<Name extends string>(name: Name, source: LibraryFunctions<Name>, options?: LibraryOptions): Promise<string[]>;
  /** The same for functions that take the places of some that are registered. */
  loadLibrary<Name extends string>(name: Name, source: SomeLibraryFunctions<Name>, options: LibraryOptions & { replace: true }): Promise<string[]>;
  async loadLibrary(name: string, source: LibrarySource, options: LibraryOptions = {}): Promise<string[]> {
    this.#instance.assertUsable();
    if (typeof name !== 'string' || name === '') throw new TypeError('loadLibrary: expected the name of a library.');
    const { Libraries } = await import('./libraries/index.js');
    this.#libraries ??= new Libraries(this.#libraryContext());
    this.#instance.assertUsable();
    const names = await this.#libraries.load(name.replace(/\.dll$/, ''), source, options);
    if (this.#functions.any) await this.#assemblies.prefetch(kInteropAssembly);
    return names;
  }

  #libraryContext(): LibraryContext {
    const instance = this.#instance;
    return {
      instance, functions: this.#functions, ModuleError, systemImports, isOfType,
      read: async (source) => {
        const opened = typeof source === 'string' || source instanceof URL ? await this.#platform.open(source) : requireOk(source, source.url);
        return new TextDecoder().decode(await bytesOf(opened, '', () => {}));
      },
      compile: (source) => compileModule(source, this.#platform, () => {}),
      write: (fd, bytes) => {
        try {
          this.#outputs[fd - 1]?.write(bytes);
        } catch (error) {
          instance.pendingError ??= { error }; // wasm frames cannot be left
        }
      },
    };
  }

  get memory(): MemoryUse {
    const { exports, runtime } = this.#instance;
    const inUse = this.#instance.enter(() => exports.leanclr_memory_in_use(runtime)) >>> 0;
    return { inUse, total: exports.memory.buffer.byteLength };
  }

  /** The version of the runtime in the module. */
  get version(): string {
    return readCString(this.#instance.memory, this.#instance.enter(() => this.#instance.exports.leanclr_version()));
  }

  /** Ends the runtime and gives its memory back. Whatever is called on it afterwards throws DisposedError. */
  dispose(): void {
    this.#instance.dispose();
    this.#loop.dispose();
  }
}

export interface Clr extends Disposable, AsyncDisposable {}
// Older browsers have no Symbol.dispose.
if (Symbol.dispose) {
  Clr.prototype[Symbol.dispose] = function (this: Clr) { this.dispose(); };
  Clr.prototype[Symbol.asyncDispose] = async function (this: Clr) { this.dispose(); };
}

/** What createRuntime of index.ts and node/index.ts do once the platform is settled. */
export async function createRuntimeOn(platform: Platform, wasm: ModuleSource, options: RuntimeOptions): Promise<Clr> {
  const { signal } = options;
  throwIfAborted(signal);
  const created = create(platform, wasm, options);
  if (!signal) return created;
  const clr = await Promise.race([created, aborted(signal)]);
  if (clr) return clr;
  created.then((late) => late.dispose(), () => {}); // nobody gets it
  throw abortError(signal);
}

/** Gives undefined when the signal is aborted. */
function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
}

function abortError(signal: AbortSignal): InterruptedError {
  return new InterruptedError('Interrupted', 'The signal was aborted.', { cause: signal.reason });
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}

function setBudget({ exports, runtime }: Instance, { milliseconds = 0, instructions = 0 }: Budget = {}): void {
  exports.leanclr_set_budget(runtime, milliseconds, BigInt(instructions));
}

/** A whole number from `least` to `most`, or `otherwise` where none is given. */
function limitOf(name: string, value: number | undefined, least: number, most: number): number {
  if (value === undefined) return 0;
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`limits.${name}: expected a whole number from ${least} to ${most}, got ${value}`);
  }
  return value;
}

async function create(platform: Platform, wasm: ModuleSource, options: RuntimeOptions): Promise<Clr> {
  const { memory, stack, budget } = options.limits ?? {};
  const memoryLimit = limitOf('memory', memory, 1, kMostMemory);
  const stackBytes = limitOf('stack', stack, kLeastStack, kMostStack);
  const report: ReportProgress = options.onProgress ?? (() => {});
  const folder = openSources(options.assemblies, platform);
  const [module, { Bridge }] = await Promise.all([compileModule(wasm, platform, report), import('./values/index.js')]);
  const { stdout, stderr } = options;
  const outputs = [stdout ? outputTo(stdout) : platform.output(1), stderr ? outputTo(stderr) : platform.output(2)] as const;
  const link: Link = {};
  const instance = new Instance(await instantiate(module, makeImports(link, ...outputs, options.imports)), platform.newBuffer);
  const loop = new EventLoop(instance, platform);
  const bridge = new Bridge(instance, loop, { camelCase: options.camelCase ?? false, diagnostics: options.diagnostics ?? false });
  instance.exceptions = bridge.exceptions;
  const { trace } = options;
  const tracing = trace && new (await import('./tracing.js')).Tracing(instance, bridge, trace);
  const functions = new HostFunctions(instance, bridge, tracing);
  const assemblies = new Assemblies(instance, folder, options.symbols ?? false, report);
  Object.assign(link, {
    instance, call: functions.call, schedule: loop.schedule, resolve: assemblies.addNow, resolveSymbols: assemblies.addSymbolsNow,
  } satisfies Link);
  instance.open(stackBytes, memoryLimit, (options.gcStress ? Flags.GcStress : 0) | (trace ? Flags.TraceCalls : 0));
  try {
    await start(instance, assemblies, functions, await configOf(options, platform), options);
  } catch (error) {
    instance.dispose();
    throw error;
  }
  setBudget(instance, budget);
  const { signal } = options;
  signal?.addEventListener('abort', () => {
    loop.stop(signal.reason);
    instance.stopped = abortError(signal);
  });
  return new Clr(instance, assemblies, functions, loop, bridge, budget, outputs, platform);
}

async function start(instance: Instance, assemblies: Assemblies, functions: HostFunctions, config: RuntimeConfig | undefined, options: RuntimeOptions): Promise<void> {
  const { exports, runtime } = instance;
  for (const [key, value] of mergeProperties(config, options.properties)) {
    instance.withMemory([key, value], 0, (_, ...texts) => {
      instance.check(() => exports.leanclr_set_property(runtime, texts[0], texts[1]));
    });
  }
  for (const [key, fn] of Object.entries(options.pinvokes ?? {})) functions.register(key, fn);
  await assemblies.load(kCoreLib);
  instance.check(() => exports.leanclr_start(runtime));
}

async function configOf({ runtimeConfig }: RuntimeOptions, platform: Platform): Promise<RuntimeConfig | undefined> {
  if (typeof runtimeConfig !== 'string' && !(runtimeConfig instanceof URL)) return runtimeConfig;
  const bytes = await bytesOf(await platform.open(runtimeConfig), String(runtimeConfig), () => {});
  return JSON.parse(new TextDecoder().decode(bytes)) as RuntimeConfig;
}
