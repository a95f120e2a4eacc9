// Nanoseconds of calls between C# and JavaScript (bench/interop): LeanCLR by [DllImport] and by [JSImport], Mono by the latter.
import { at } from '../../scripts/lib/paths.mjs';
import { capture } from '../../scripts/lib/run.mjs';
import { causeOf } from './kernels.mjs';

const kTimeout = 120_000;
const assembly = at('bench/interop/bin/Release/net10.0/Interop.dll');
/** Column → the script that runs it, and how C# declares the functions. */
export const interopColumns = {
  direct: { title: 'LeanCLR, DllImport', script: 'bench/interop/run-leanclr.mjs', mode: 'dllimport' },
  generated: { title: 'LeanCLR, JSImport', script: 'bench/interop/run-leanclr.mjs', mode: 'jsimport' },
  mono: { title: 'Mono, JSImport', script: 'bench/interop/run-mono.mjs', mode: 'jsimport' },
};

/** { column: { what: nanoseconds } }, of "a million objects" bytes; or { column: { error } }. */
export async function interop(columns) {
  const results = {};
  for (const column of columns) {
    const { script, mode } = interopColumns[column];
    const { code, stdout, stderr } = await capture(process.execPath, [at(script), assembly, mode], { timeout: kTimeout });
    results[column] = code === 0 ? Object.fromEntries([...stdout.matchAll(/^(.+),(-?[\d.]+)$/gm)].map(([, what, value]) => [what, Number(value)])) : { error: causeOf(stderr) };
  }
  return results;
}
