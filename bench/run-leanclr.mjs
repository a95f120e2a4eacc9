// node bench/run-leanclr.mjs MODULE.wasm ASSEMBLY [ARGUMENT…]: runs a program on the runtime, in the bench module.
// With LEANCLR_BENCH_MEMORY set it writes the module's memory in bytes to standard error when the program has ended.
import path from 'node:path';
import { createRuntime, findClassLibrary } from 'leanclr';

const [wasm, assembly, ...args] = process.argv.slice(2);
const clr = await createRuntime({
  wasm,
  assemblies: [assembly, path.dirname(assembly), ...findClassLibrary()],
  pinvokes: path.basename(wasm) === 'bench.wasm' ? { 'Kernels.PInvoke::AddJs(System.Int32,System.Int32)': (a, b) => (a + b) | 0 } : {},
});
process.exitCode = await clr.runMain(path.basename(assembly, '.dll'), args);
if (process.env.LEANCLR_BENCH_MEMORY) process.stderr.write(`${clr.memory.total}\n`);
clr.dispose();
