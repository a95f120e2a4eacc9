// node bench/interop/run-mono.mjs ASSEMBLY MODE: bench/interop on the Mono of the restored pack.
import { createMono } from '../lib/mono.mjs';
import { functions, timeOf } from './functions.mjs';

const [assembly, mode] = process.argv.slice(2);
const runtime = await createMono('jiterpreter', assembly);
const { Generated } = await runtime.getAssemblyExports('Interop');
const loop = () => console.log(`JS → C# (int, int),${timeOf(Generated.Plus).toFixed(1)}`);
runtime.setModuleImports('bench', { ...functions, loop });
process.exit(await runtime.runMain('Interop', [mode]));
