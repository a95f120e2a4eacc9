// npm run bench [-- OPTION… KERNEL…]: kernels, sizes and start-up, LeanCLR beside the pack's Mono in the same run.
//   --json        the results as JSON on standard output, nothing else
//   --ours        LeanCLR alone, without the columns to compare with
//   --quick       runs of 60 ms instead of 300 ms, fewer rounds of start-up: to see a trend
//   --kernels, --heap, --import, --interop, --sizes, --startup   only these parts; naming kernels means --kernels
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { buildHost, buildPreset, buildProject } from './build.mjs';
import { buildManaged } from './build-managed.mjs';
import { StepError } from './lib/run.mjs';
import { main } from './lib/steps.mjs';
import { setUp } from './setup.mjs';

const flag = { type: 'boolean', default: false };
const { values: options, positionals: asked } = parseArgs({
  options: { json: flag, ours: flag, quick: flag, kernels: flag, heap: flag, import: flag, interop: flag, sizes: flag, startup: flag },
  allowPositionals: true,
});
const parts = { kernels: options.kernels || asked.length > 0, heap: options.heap, import: options.import, interop: options.interop, sizes: options.sizes, startup: options.startup };
const everything = !Object.values(parts).includes(true);
const wants = (part) => everything || parts[part];

/** How far apart runs of a fixed loop are, in percent of the fastest: the machine's noise. */
function noise() {
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now();
    let x = 1;
    for (let i = 0; i < 2e7; i++) x = (x * 16807) % 2147483647;
    return performance.now() - start + (x === 0 ? 1 : 0);
  }).slice(3);
  return Math.round((Math.max(...times) / Math.min(...times) - 1) * 100);
}

async function runKernels(report) {
  const { columns, kernelNames, measure } = await import('../bench/lib/kernels.mjs');
  const all = await kernelNames();
  const unknown = asked.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new StepError(`no such kernel: ${unknown.join(', ')}; there are ${all.join(', ')}`);
  const results = {};
  for (const kernel of asked.length > 0 ? asked : all) {
    results[kernel] = {};
    for (const column of options.ours ? ['leanclr'] : Object.keys(columns)) {
      report(`${kernel}, ${columns[column].title}`);
      results[kernel][column] = await measure(column, kernel, options.quick ? 60 : 300, options.quick ? 3 : 5);
    }
    requireSameChecksum(kernel, Object.values(results[kernel]));
  }
  return results;
}

function requireSameChecksum(kernel, cells) {
  const checksums = new Set(cells.filter((cell) => cell && !cell.error).map((cell) => cell.checksum));
  if (checksums.size > 1) throw new StepError(`${kernel}: the columns disagree: ${[...checksums].join(', ')}`);
}

await main(async () => {
  // With --json standard output is the results' alone.
  if (options.json) console.log = console.error;
  await setUp();
  await buildHost();
  await buildPreset('wasm-release', ['bench']);
  await buildProject('bench/kernels', 'Kernels');
  await buildProject('bench/interop', 'Interop');
  await buildManaged();
  const report = (what) => { if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${what}`); };
  const results = { machine: { cpu: cpus()[0].model, processors: cpus().length, node: process.versions.node, noise: noise() } };
  if (wants('kernels')) results.kernels = await runKernels(report);
  if (wants('heap')) {
    report('heap');
    const columns = options.ours ? ['leanclr'] : ['leanclr', 'monoInterpreter', 'dotnet'];
    results.heap = await (await import('../bench/lib/heap.mjs')).heap(columns, options.quick ? 1 : 3);
  }
  if (wants('import')) {
    report('importing');
    results.importing = await (await import('../bench/lib/importing.mjs')).importing(options.quick ? 2 : 5);
  }
  if (wants('interop')) {
    report('interop');
    results.interop = await (await import('../bench/lib/interop.mjs')).interop(options.ours ? ['direct', 'generated'] : ['direct', 'generated', 'mono']);
  }
  if (wants('sizes')) results.sizes = await (await import('../bench/lib/sizes.mjs')).sizes();
  if (wants('startup')) {
    report('start-up');
    results.startup = (await import('../bench/lib/startup.mjs')).startup(options.quick ? 5 : 20);
  }
  report('');
  const text = options.json ? JSON.stringify(results, null, 2) : (await import('../bench/lib/report.mjs')).markdown(results);
  process.stdout.write(`${text}\n`);
});
