// The assembly that a command is about: looked at before the runtime is, so that what is no assembly is named as such.

import { closeSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { AssemblyNotFoundError, BadImageError } from '../node/index.js';

/** The full path of an assembly. Errors: no such file; a folder, or a file of another kind. */
export function assemblyFile(app: string): string {
  const file = path.resolve(app);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new AssemblyNotFoundError('FileNotFound', `${app}: no such file`);
  if (!found.isFile()) throw new BadImageError('BadImage', `${app}: not a .NET assembly, a folder`);
  const start = Buffer.alloc(2);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, start, 0, start.length, 0);
  closeSync(descriptor);
  if (start.toString('latin1') !== 'MZ') throw new BadImageError('BadImage', `${app}: not a .NET assembly`);
  return file;
}

/** "App.dll" → "App" */
export function assemblyName(file: string): string {
  return path.basename(file).replace(/\.(dll|exe)$/i, '');
}
