// tests/js/support/host.mjs for a page: everything comes from the tests' web server.
import { compileModule, createRuntime } from 'leanclr';
import { hostTests, wasm } from './paths.mjs';

let compiled;

export function compiledModule() {
  compiled ??= compileModule(wasm);
  return compiled;
}

export const classLibrary = () => ['/class-library'];

export async function createHost({ assemblies = [hostTests.output], ...options } = {}) {
  const text = { stdout: '', stderr: '' };
  const clr = await createRuntime({
    wasm: await compiledModule(),
    assemblies: [...assemblies, ...classLibrary()],
    symbols: true,
    pinvokes: { '[tests]nothing': () => {} }, // with a function registered, load() also fetches what JSException is in
    stdout: (chunk) => { text.stdout += chunk; },
    stderr: (chunk) => { text.stderr += chunk; },
    ...options,
  });
  return Object.assign(clr, { text });
}

export async function withHost(options, use) {
  const clr = await createHost(options);
  try {
    return await use(clr);
  } finally {
    clr.dispose();
  }
}

export async function failureOf(action) {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure');
}
