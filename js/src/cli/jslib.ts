// leanclr jslib in.jslib… -o out.mjs: Unity's files as a JavaScript module, for pages whose Content-Security-Policy forbids
// blob: addresses, and for bundlers.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { JslibError, convertJslib } from '../jslib/convert.js';
import { FetchError, ModuleError } from '../node/index.js';

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new FetchError(`${file}: ${(cause as Error).message}`, { cause });
  }
}

/** Writes the module to a file, or to standard output. `names`: variables that the page will supply as `imports`. */
export function convertFiles(files: readonly string[], output: string | undefined, names: readonly string[]): void {
  let text: string;
  try {
    text = convertJslib(files.map((file) => ({ file: path.basename(file), text: read(file) })), { names });
  } catch (error) {
    throw error instanceof JslibError ? new ModuleError(error.message, { cause: error }) : error;
  }
  if (output === undefined) process.stdout.write(text);
  else writeFileSync(output, text);
}
