// The package in Node: index.ts with paths, folders and the process's streams, and what finds the class library.

import { compileModule as compileOn } from '../module.js';
import type { ModuleSource, Progress, RuntimeOptions } from '../options.js';
import { createRuntimeOn, type Clr } from '../runtime.js';
import { node } from './platform.js';

export * from '../api.js';
export { classLibraryIn, findClassLibrary, restoreClassLibrary } from './class-library.js';

/** Loads the module, starts a runtime over the class library among `assemblies`, and gives it. */
export function createRuntime(options: RuntimeOptions): Promise<Clr> {
  return createRuntimeOn(node, options.wasm ?? new URL('../leanclr.wasm', import.meta.url), options);
}

/** Compiles a module once for several runtimes. */
export function compileModule(source: ModuleSource, onProgress: (progress: Progress) => void = () => {}): Promise<WebAssembly.Module> {
  return compileOn(source, node, onProgress);
}
