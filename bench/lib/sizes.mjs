// Bytes to download, raw and compressed: the module, the host's JavaScript, the class library of hello world.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { trimmedProgram } from '../../scripts/build-managed.mjs';
import { at, build } from '../../scripts/lib/paths.mjs';
import { packFolders } from '../../scripts/pack.mjs';

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

function sum(files) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const bytes of files) {
    total.raw += bytes.length;
    total.gzip += gzipSync(bytes, { level: 9 }).length;
    total.brotli += brotli(bytes).length;
  }
  return total;
}

async function bundledHost() {
  const { build: bundle } = await import('esbuild');
  const { outputFiles } = await bundle({ entryPoints: [at('js/dist/index.js')], bundle: true, minify: true, format: 'esm', platform: 'browser', write: false });
  return Buffer.from(outputFiles[0].contents);
}

/** Rows of { raw, gzip, brotli } by what they are. */
export async function sizes() {
  const app = path.dirname(trimmedProgram('hello'));
  const assemblies = readdirSync(app).filter((name) => name.endsWith('.dll'));
  const read = (folder, names) => names.map((name) => readFileSync(path.join(folder, name)));
  // Nothing refers to it: only Mono's own start-up wants it.
  const ours = assemblies.filter((name) => name !== 'System.Runtime.InteropServices.JavaScript.dll');
  return {
    'leanclr.wasm': sum([readFileSync(build('wasm-release/leanclr.wasm'))]),
    'host, bundled and minified': sum([await bundledHost()]),
    'hello and its class library, trimmed': sum(read(app, ours)),
    "Mono's dotnet.native.wasm": sum(read(packFolders().native, ['dotnet.native.wasm'])),
    "Mono's JavaScript": sum(read(packFolders().native, ['dotnet.js', 'dotnet.native.js', 'dotnet.runtime.js'])),
  };
}
