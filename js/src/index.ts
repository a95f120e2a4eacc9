// The package in pages, workers and bundlers. In Node the same names come from node/index.ts.

import { compileModule as compileOn } from './module.js';
import type { ModuleSource, Progress, RuntimeOptions } from './options.js';
import { createRuntimeOn, type Clr } from './runtime.js';
import { web } from './web.js';

export * from './api.js';

/** Loads the module, starts a runtime over the class library among `assemblies`, and gives it. */
export function createRuntime(options: RuntimeOptions): Promise<Clr> {
  return createRuntimeOn(web, options.wasm ?? new URL('./leanclr.wasm', import.meta.url), options);
}

/** Compiles a module once for several runtimes. */
export function compileModule(source: ModuleSource, onProgress: (progress: Progress) => void = () => {}): Promise<WebAssembly.Module> {
  return compileOn(source, web, onProgress);
}
