// createRuntime and the Clr it gives: the class that users hold. It only wires the parts; each does its own work.

import { Assemblies, dllName, openSources } from './assemblies.js';
import { bytesOf, type ReportProgress } from './download.js';
import { Flags } from './exports.js';
import { HostFunctions, type HostFunction } from './host-functions.js';
import { makeImports, type Link } from './imports.js';
import { Instance } from './instance.js';
import { Methods, type ManagedFunction } from './methods.js';
import { compileModule, instantiate } from './module.js';
import type { MemoryUse, ModuleSource, RuntimeConfig, RuntimeOptions } from './options.js';
import { outputTo, type Output } from './output.js';
import { MissingMethodError } from './errors.js';
import { kCoreLib } from './pack.js';
import type { Platform } from './platform.js';
import { mergeProperties } from './properties.js';
import { readCString } from './text.js';

const kSlot = 8;
const kPointer = 4;
/** Where the C# exception for what a JavaScript function throws is declared. */
const kJSExceptionHome = 'System.Runtime.InteropServices.JavaScript.dll';

/** A runtime: its own module instance, heap, assemblies and registered functions. */
export class Clr {
  readonly #instance: Instance;
  readonly #assemblies: Assemblies;
  readonly #functions: HostFunctions;
  readonly #methods: Methods;
  readonly #outputs: readonly Output[];

  /** @internal Use createRuntime. */
  constructor(instance: Instance, assemblies: Assemblies, functions: HostFunctions, outputs: readonly Output[]) {
    this.#instance = instance;
    this.#assemblies = assemblies;
    this.#functions = functions;
    this.#methods = new Methods(instance);
    this.#outputs = outputs;
  }

  /** Loads an assembly ("App" or "App.dll") and what it refers to. Only call() and method() need it: runMain loads. */
  async load(assembly: string): Promise<void> {
    this.#instance.assertUsable();
    await this.#assemblies.load(assembly);
    if (this.#functions.any) await this.#assemblies.prefetch(kJSExceptionHome);
  }

  /**
   * Runs the entry point of an assembly and gives its exit code. An exception that nobody catches is written to
   * stderr and becomes a ManagedError.
   */
  async runMain(assembly: string, args: readonly string[] = []): Promise<number> {
    await this.load(assembly);
    const name = dllName(assembly).slice(0, -'.dll'.length);
    try {
      return this.#instance.withMemory([name, ...args], 1 + args.length, (slots, main, ...texts) => this.#run(main, slots, texts));
    } finally {
      for (const output of this.#outputs) output.flush();
    }
  }

  #run(main: number, slots: number, args: readonly number[]): number {
    const { exports, runtime, memory } = this.#instance;
    const argv = slots + kSlot;
    args.forEach((text, index) => { memory.live().u32[(argv + index * kPointer) >>> 2] = text; });
    this.#instance.check(() => exports.leanclr_run_main(runtime, main, args.length, argv, slots));
    return memory.live().i32[slots >>> 2];
  }

  /**
   * Calls a static method: "[Assembly]Ns.Type::Method(System.Int32,System.String)"; assembly and parameter list may be
   * left out where that is unambiguous. 64-bit integers are BigInt, a char is a string of one character.
   */
  call<Result = unknown>(key: string, ...args: unknown[]): Result {
    return this.method(key)(...args) as Result;
  }

  /** The method as a JavaScript function, for those who call it often. */
  method<Method extends HostFunction = ManagedFunction>(key: string): Method {
    this.#instance.assertUsable();
    return this.#find(key) as HostFunction as Method;
  }

  #find(key: string): ManagedFunction {
    try {
      return this.#methods.find(key);
    } catch (error) {
      // The assembly may not be loaded yet; sources that are there at once (folders in Node, bytes) are searched.
      if (!(error instanceof MissingMethodError) || !this.#addFor(key)) throw error;
      return this.#methods.find(key);
    }
  }

  #addFor(key: string): boolean {
    const assembly = /^\[([^\]]+)\]/.exec(key)?.[1];
    return assembly === undefined ? this.#assemblies.addApplicationNow() : this.#assemblies.addNow(assembly);
  }

  /** Makes a JavaScript function the target of the `extern` methods that the key fits, now or when they are called. */
  registerPInvoke(key: string, fn: HostFunction): void {
    this.#instance.assertUsable();
    this.#functions.register(key, fn);
  }

  /** Registers, or puts in the place of what is registered, of C++ or JavaScript, from the next call on. */
  replacePInvoke(key: string, fn: HostFunction): void {
    this.#instance.assertUsable();
    this.#functions.replace(key, fn);
  }

  /** Removes a registered function, of C++ or JavaScript. */
  unregisterPInvoke(key: string): void {
    this.#instance.assertUsable();
    this.#functions.unregister(key);
  }

  /** Every registered key. */
  listPInvokes(): string[] {
    this.#instance.assertUsable();
    return this.#functions.list();
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
  const report: ReportProgress = options.onProgress ?? (() => {});
  const folder = openSources(options.assemblies, platform);
  const module = await compileModule(wasm, platform, report);
  const { stdout, stderr } = options;
  const outputs = [stdout ? outputTo(stdout) : platform.output(1), stderr ? outputTo(stderr) : platform.output(2)] as const;
  const link: Link = {};
  const instance = new Instance(await instantiate(module, makeImports(link, ...outputs, options.imports)));
  const functions = new HostFunctions(instance);
  const assemblies = new Assemblies(instance, folder, options.symbols ?? false, report);
  Object.assign(link, { instance, call: functions.call, resolve: assemblies.addNow, resolveSymbols: assemblies.addSymbolsNow } satisfies Link);
  instance.open(options.stackBytes ?? 0, options.memoryLimit ?? 0, options.gcStress ? Flags.GcStress : 0);
  try {
    await start(instance, assemblies, functions, await configOf(options, platform), options);
  } catch (error) {
    instance.dispose();
    throw error;
  }
  return new Clr(instance, assemblies, functions, outputs);
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
