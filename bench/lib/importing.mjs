// How long importing takes for each IL instruction, with the importer in the engine's baseline code: --liftoff-only, and
// other assemblies first, so that what is compiled when it is first called has been. The instructions are counted by
// dotnet in the same files (bench/kernels/Import.cs).
import path from 'node:path';
import { packFolders } from '../../scripts/pack.mjs';
import { capture } from '../../scripts/lib/run.mjs';
import { causeOf, columns, kernels } from './kernels.mjs';

const lines = (stdout) => stdout.trim().split('\n').map((line) => line.split(','));

async function output(command, args) {
  const { code, stdout, stderr } = await capture(command, args);
  if (code !== 0) throw new Error(causeOf(stderr));
  return lines(stdout);
}

/** { assembly, methods, instructions, baseline, optimised }: microseconds for each instruction, the least of `rounds`. */
export async function importing(rounds) {
  const { command, first } = columns.leanclr;
  const least = { baseline: Infinity, optimised: Infinity };
  let assembly, methods;
  for (let round = 0; round < rounds; round++)
    for (const [name, flags] of [['baseline', ['--liftoff-only']], ['optimised', []]]) {
      const rows = await output(command, [...flags, ...first, kernels, 'import']);
      [assembly, methods] = rows.at(-1);
      least[name] = Math.min(least[name], Number(rows.at(-1)[2]));
    }
  const [[, counted, instructions]] = await output('dotnet', [kernels, 'il', path.join(packFolders().lib, `${assembly}.dll`)]);
  if (counted !== methods) throw new Error(`${assembly}: ${methods} methods imported, ${counted} counted`);
  return { assembly, methods: Number(methods), instructions: Number(instructions),
    baseline: least.baseline / instructions, optimised: least.optimised / instructions };
}
