// Where the tests find what was built.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const modules = path.resolve(root, process.env.LEANCLR_BUILD ?? 'build/wasm-release');
export const wasm = path.join(modules, 'leanclr.wasm');
export const sample = path.join(root, 'samples/custom-pinvoke-wasm');

function managed(folder, name) {
  const output = path.join(root, folder, name, 'bin/Release/net10.0');
  return { name, output, project: path.join(root, folder, name, `${name}.csproj`), assembly: path.join(output, `${name}.dll`) };
}

export const hostTests = managed('tests/js/managed', 'HostTests');
export const interopTests = managed('tests/js/managed', 'InteropTests');
export const nativeTests = managed('tests/js/managed', 'NativeTests');
export const coreTests = managed('samples/custom-pinvoke-wasm', 'CoreTests');
export const hello = managed('samples/hello-node', 'Hello');
