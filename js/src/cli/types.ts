// leanclr types App.dll: writes a .d.ts for what assemblies export to JavaScript and want of it. What the file says is the
// generator's (types/), which is loaded with this command alone.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LeanClrError, createRuntime } from '../node/index.js';
import { assemblyFile, assemblyName } from './app.js';
import { classLibrary } from './run.js';
import { generate } from './types/index.js';

export interface TypesOptions {
  output?: string;
  stdout?: boolean;
  camelCase?: boolean;
  pack?: string;
  wasm?: string;
}

/** Errors: files that are no assemblies, or cannot be written. */
export async function writeTypes(apps: readonly string[], { output, stdout, camelCase = false, pack, wasm }: TypesOptions): Promise<void> {
  if (apps.length === 0) throw new LeanClrError('Usage', 'types: which assembly? leanclr types App.dll');
  const files = apps.map(assemblyFile);
  const folders = Array.from(new Set(files.map((file) => path.dirname(file))));
  const clr = await createRuntime({ wasm, assemblies: [...files, ...folders, ...(await classLibrary(folders[0], pack))] });
  try {
    const assemblies = files.map((file) => ({ name: assemblyName(file), docs: docsBeside(file) }));
    for (const { name } of assemblies) await clr.load(name);
    const text = generate(clr, assemblies, { camelCase });
    if (stdout) process.stdout.write(text);
    else writeFileSync(output ?? `${assemblies[0].name}.d.ts`, text);
  } finally {
    clr.dispose();
  }
}

/** App.xml, as the compiler writes it where GenerateDocumentationFile says so. */
function docsBeside(file: string): string | undefined {
  const xml = file.replace(/\.(dll|exe)$/i, '.xml');
  return xml !== file && existsSync(xml) ? readFileSync(xml, 'utf8') : undefined;
}
