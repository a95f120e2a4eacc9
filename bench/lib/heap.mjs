// The collector's rows: `Kernels.dll heap` prints "what,microseconds,bytes held" (bench/kernels/Heap.cs).
import { capture } from '../../scripts/lib/run.mjs';
import { causeOf, columns, kernels } from './kernels.mjs';

const kTimeout = 300_000;

/** What → { ms, held } of one column, with the smaller time of `rounds` processes; or { error }. */
async function rowsOf(column, rounds) {
  const { command, first } = columns[column];
  const rows = {};
  for (let round = 0; round < rounds; round++) {
    const { code, stdout, stderr } = await capture(command, [...first, kernels, 'heap'], { timeout: kTimeout });
    if (code !== 0) return { error: causeOf(stderr) };
    for (const line of stdout.trim().split('\n')) {
      const [what, microseconds, held] = line.split(',');
      const ms = Number(microseconds) / 1000;
      rows[what] = { ms: Math.min(ms, rows[what]?.ms ?? Infinity), held: Number(held) };
    }
  }
  return rows;
}

/** Column → its rows. */
export async function heap(names, rounds) {
  const results = {};
  for (const column of names) results[column] = await rowsOf(column, rounds);
  return results;
}
