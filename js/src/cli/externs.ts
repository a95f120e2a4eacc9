// leanclr externs App.dll: every `extern` method of an assembly and what would serve it. Alone the command knows the class
// library's own functions and those of a module given with --wasm; in an app clr.externs() says the same of what it registered.

import path from 'node:path';
import { formatExterns } from '../externs.js';
import { createRuntime } from '../node/index.js';
import { assemblyFile, assemblyName } from './app.js';
import { classLibrary, type RunOptions } from './run.js';

/** Prints the list; gives the exit code: 1 when something does not fit or has no target. */
export async function listExterns(app: string, { json, ...options }: RunOptions & { json?: boolean }): Promise<number> {
  const file = assemblyFile(app);
  const folder = path.dirname(file);
  const clr = await createRuntime({ wasm: options.wasm, assemblies: [file, folder, ...(await classLibrary(folder, options.pack))] });
  try {
    const name = assemblyName(file);
    await clr.load(name);
    const externs = clr.externs(name);
    process.stdout.write(json ? `${JSON.stringify(externs, null, 2)}\n` : formatExterns(externs));
    return externs.every(({ state }) => state === 'bound') ? 0 : 1;
  } finally {
    clr.dispose();
  }
}
