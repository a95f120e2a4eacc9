// Runtimes for the tests: the project's own module over the restored class library, output collected.
import { readFileSync } from 'node:fs';
import { compileModule, createRuntime, findClassLibrary } from 'leanclr';
import { hostTests, wasm } from './paths.mjs';

let compiled;

/** The module, compiled once for all tests. */
export function compiledModule() {
  compiled ??= compileModule(readFileSync(wasm));
  return compiled;
}

/** The class library's folders. */
export function classLibrary() {
  const folders = findClassLibrary();
  if (!folders) throw new Error('the class library is not restored: npm run setup');
  return folders;
}

/** A runtime over HostTests and the class library; `clr.text.stdout` and `.stderr` hold what it wrote. */
export async function createHost({ assemblies = [hostTests.output], ...options } = {}) {
  const text = { stdout: '', stderr: '' };
  const clr = await createRuntime({
    wasm: await compiledModule(),
    assemblies: [...assemblies, ...classLibrary()],
    stdout: (chunk) => { text.stdout += chunk; },
    stderr: (chunk) => { text.stderr += chunk; },
    ...options,
  });
  return Object.assign(clr, { text });
}

/** Runs `use` with a runtime that ends with it. */
export async function withHost(options, use) {
  const clr = await createHost(options);
  try {
    return await use(clr);
  } finally {
    clr.dispose();
  }
}

/** What `action` throws or rejects with; fails when it does neither. */
export async function failureOf(action) {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure');
}
