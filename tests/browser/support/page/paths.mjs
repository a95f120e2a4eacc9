// tests/js/support/paths.mjs for a page: addresses.
const managed = (name) => ({ name, output: `/${name}`, assembly: `/${name}/${name}.dll` });

export const wasm = '/leanclr.wasm';
export const hostTests = managed('HostTests');
export const interopTests = managed('InteropTests');
export const nativeTests = managed('NativeTests');
export const root = '/';
