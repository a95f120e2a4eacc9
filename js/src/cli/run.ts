// leanclr run App.dll: exit code and streams as `dotnet App.dll` has them.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AssemblyNotFoundError, ManagedError, StackOverflowError, classLibraryIn, createRuntime, findClassLibrary, restoreClassLibrary } from '../node/index.js';
import { assemblyFile, assemblyName } from './app.js';

export interface RunOptions {
  pack?: string;
  wasm?: string;
  gcStress?: boolean;
  memory?: number;
  stack?: number;
  budget?: number;
}

/** What a shell sees after `dotnet` ended by an unhandled exception: 128 + SIGABRT. */
const kUnhandledException = 134;

/** Runs the program; gives its exit code. */
export async function runApp(app: string, args: readonly string[], options: RunOptions): Promise<number> {
  const file = assemblyFile(app);
  const folder = path.dirname(file);
  const name = assemblyName(file);
  const config = path.join(folder, `${name}.runtimeconfig.json`);
  const clr = await createRuntime({
    wasm: options.wasm,
    assemblies: [file, folder, ...(await classLibrary(folder, options.pack))],
    runtimeConfig: existsSync(config) ? pathToFileURL(config) : undefined,
    properties: { APP_CONTEXT_BASE_DIRECTORY: folder + path.sep },
    gcStress: options.gcStress,
    limits: { memory: options.memory, stack: options.stack, budget: { milliseconds: options.budget } },
  });
  try {
    return await clr.runMain(name, args);
  } catch (error) {
    if (error instanceof ManagedError || error instanceof StackOverflowError) return kUnhandledException; // its text is on stderr already
    throw error;
  } finally {
    clr.dispose();
  }
}

/** The class library: the one asked for, the one beside the app, the restored pack, else the pack restored now. */
export async function classLibrary(appFolder: string, asked: string | undefined): Promise<string[]> {
  if (asked !== undefined) {
    const folders = classLibraryIn(path.resolve(asked));
    if (!folders) throw new AssemblyNotFoundError('FileNotFound', `${asked}: there is no class library in this folder`);
    return folders;
  }
  if (classLibraryIn(appFolder)) return []; // the app's folder is a source already
  return findClassLibrary() ?? restoreClassLibrary((line) => console.error(line));
}
