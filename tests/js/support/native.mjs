// The C of tests/js/native, compiled with emcc when a test first wants it and kept until a source changes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { modules, root } from './paths.mjs';

const output = path.join(modules, 'test-libraries');
const kSide = ['-O2', '-sSIDE_MODULE=2', '-sWASM_BIGINT', '-fPIC'];
const kAlone = ['-O2', '--no-entry', '-sSTANDALONE_WASM', '-sEXPORTED_FUNCTIONS=_malloc,_free'];

const newer = (file, than) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > statSync(than).mtimeMs;

/** The file of a compiled library: "side", "user" and "unresolved" are side modules, "alone" is none. */
export function library(name) {
  const source = path.join(root, 'tests/js/native', `${name}.c`);
  const file = path.join(output, `${name}.wasm`);
  if (newer(file, source)) return file;
  mkdirSync(output, { recursive: true });
  execFileSync('emcc', [...(name === 'alone' ? kAlone : kSide), source, '-o', file], { stdio: ['ignore', 'inherit', 'inherit'] });
  return file;
}

export const libraryBytes = (name) => readFileSync(library(name));
