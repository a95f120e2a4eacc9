// From a ModuleSource to an instance's exports: compiles (streaming where it can) and links. Not here: what the
// functions do (wasi.ts, host-functions.ts).

import { bytesOf, counted, requireOk, type ReportProgress } from './download.js';
import { ModuleError } from './errors.js';
import type { Exports } from './exports.js';
import type { ModuleSource } from './options.js';
import type { Platform } from './platform.js';

const kFile = 'leanclr.wasm';

/** Compiles the module; the result can be given to several createRuntime calls. */
export async function compileModule(source: ModuleSource, platform: Platform, report: ReportProgress): Promise<WebAssembly.Module> {
  const given = await source;
  if (given instanceof WebAssembly.Module) return given;
  const name = nameOf(given);
  const opened = typeof given === 'string' || given instanceof URL ? await platform.open(given) : given;
  try {
    return await compile(opened, name, report);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) throw new ModuleError(`${name} is no WebAssembly module: ${error.message}`, { cause: error });
    throw error;
  }
}

async function compile(source: Uint8Array | ArrayBuffer | Response, name: string, report: ReportProgress): Promise<WebAssembly.Module> {
  if (!isResponse(source)) {
    const bytes = source instanceof Uint8Array ? source : new Uint8Array(source);
    return WebAssembly.compile((await bytesOf(bytes, name, report)) as BufferSource);
  }
  requireOk(source, name);
  if (typeof WebAssembly.compileStreaming !== 'function') return WebAssembly.compile((await bytesOf(source, name, report)) as BufferSource);
  return WebAssembly.compileStreaming(counted(source, name, report));
}

/** By its tag: naming the class Response makes Node load its whole HTTP client, a quarter of hello world's time. */
function isResponse(source: unknown): source is Response {
  return Object.prototype.toString.call(source) === '[object Response]';
}

function nameOf(source: unknown): string {
  if (isResponse(source)) return fileName(source.url);
  return typeof source === 'string' || source instanceof URL ? fileName(String(source)) : kFile;
}

/** The last part of a path or address, without a query. */
export function fileName(location: string): string {
  return location.replace(/[?#].*$/, '').split(/[/\\]/).pop() || kFile;
}

/** Links the module; every import must be among `imports`. */
export async function instantiate(module: WebAssembly.Module, imports: WebAssembly.Imports): Promise<Exports> {
  const missing = WebAssembly.Module.imports(module)
    .filter(({ module: from, name }) => imports[from]?.[name] === undefined)
    .map(({ module: from, name }) => `${from}.${name}`);
  if (missing.length > 0) {
    throw new ModuleError(`The module imports ${missing.join(', ')}, which nobody supplies. EM_JS functions are in the ` +
      '.imports.mjs beside the module: createRuntime({ imports: await import("./NAME.imports.mjs") }).');
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  if (typeof exports.leanclr_module_create !== 'function') throw new ModuleError('The module has no LeanCLR in it (no export leanclr_module_create).');
  return exports as unknown as Exports;
}
