// node bench/run-mono.mjs MODE ASSEMBLY [ARGUMENT…]: runs a program on the Mono of the restored pack; lib/mono.mjs says how.
import path from 'node:path';
import { createMono } from './lib/mono.mjs';

const [mode, assembly, ...args] = process.argv.slice(2);
const runtime = await createMono(mode, assembly);
const code = await runtime.runMain(path.basename(assembly, '.dll'), args);
if (process.env.LEANCLR_BENCH_MEMORY) process.stderr.write(`${runtime.Module.HEAPU8.length}\n`);
process.exit(code);
