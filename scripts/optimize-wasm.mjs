// node scripts/optimize-wasm.mjs MODULE.wasm: runs npm's Binaryen over a linked module, in place, and orders its functions.
// Debian's Emscripten brings a Binaryen of 2022; the one from npm makes the interpreter's loop a third faster.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { orderFunctions } from './order-functions.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const wasmOpt = path.join(root, 'node_modules/binaryen/bin/wasm-opt');
const module = process.argv[2];

// Only what the compiler was told to use (cmake/compile_options.cmake): -all would allow instructions that Node 20 refuses.
const features = ['mutable-globals', 'sign-ext', 'nontrapping-float-to-int', 'bulk-memory'];

// Inlining is the compiler's business: Binaryen's would make the module a tenth larger and no faster.
const withoutInlining = ['-aimfs', '1', '-fimfs', '1', '-ocimfs', '1'];

if (!existsSync(wasmOpt)) {
  console.warn(`${path.basename(module)}: not optimised, binaryen is not installed (npm ci)`);
} else {
  const before = statSync(module).size;
  const result = spawnSync(process.execPath, [
    wasmOpt, module, '-o', `${module}.tmp`, '-O3', '--dealign', ...withoutInlining, '--strip-debug', '--strip-producers',
    ...features.map(name => `--enable-${name}`),
  ], { stdio: 'inherit' });
  if (result.status !== 0) process.exit(1);
  writeFileSync(module, orderFunctions(readFileSync(`${module}.tmp`)));
  unlinkSync(`${module}.tmp`);
  console.log(`${path.basename(module)}: ${before} → ${statSync(module).size} bytes`);
}
