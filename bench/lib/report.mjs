// The results as Markdown.
import { interopColumns } from './interop.mjs';
import { columns, nanosecondsPerCall, pinvokeKernels } from './kernels.mjs';

const round = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');
const kilobytes = (bytes) => (bytes / 1024).toFixed(1);
const geometricMean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

const shown = (cell, of) => (!cell ? '–' : cell.error ? 'fails' : round(of(cell)));

function kernelTable(kernels) {
  const names = Object.keys(columns);
  const rows = Object.entries(kernels).map(([kernel, cells]) => [
    kernel, shown(cells.leanclr, (cell) => cell.first / cell.warm), ...names.map((name) => shown(cells[name], (cell) => cell.perScale)),
  ]);
  return table(['kernel, ms at scale 1', 'LeanCLR first ÷ warm', ...names.map((name) => columns[name].title)], rows);
}

/** LeanCLR's geometric means over another column, on the kernels that both ran. */
function ratios(kernels) {
  const times = (cells, name) => cells[name] && !cells[name].error && cells[name].perScale;
  return Object.keys(columns).filter((name) => name !== 'leanclr').map((name) => {
    const both = Object.values(kernels).filter((cells) => times(cells, 'leanclr') && times(cells, name));
    if (both.length === 0) return `- over ${columns[name].title}: –`;
    return `- over ${columns[name].title}: ${geometricMean(both.map((cells) => times(cells, 'leanclr') / times(cells, name))).toFixed(2)}× (${both.length} kernels)`;
  });
}

function failures(kernels) {
  return Object.entries(kernels).flatMap(([kernel, cells]) => Object.entries(cells)
    .filter(([, cell]) => cell?.error).map(([name, cell]) => `- ${kernel}, ${columns[name].title}: ${cell.error}`));
}

function pinvokes(kernels) {
  return pinvokeKernels.filter((kernel) => kernels[kernel])
    .map((kernel) => `- ${kernel}: ${shown(kernels[kernel].leanclr, nanosecondsPerCall)} ns per call, loop included`);
}

function heapTable(heap) {
  const names = Object.keys(heap).filter((name) => !heap[name].error);
  const cell = ({ ms, held }) => `${ms > 0 ? round(ms) : '–'} / ${(held / 2 ** 20).toFixed(1)}`;
  const rows = Object.keys(heap[names[0]] ?? {}).map((what) => [what, ...names.map((name) => cell(heap[name][what]))]);
  return table(['heap, ms / MB held behind it', ...names.map((name) => columns[name].title)], rows);
}

const kObjects = 'a million objects';

function interopTable(interop) {
  const names = Object.keys(interop).filter((name) => !interop[name].error);
  const whats = [...new Set(names.flatMap((name) => Object.keys(interop[name])))].filter((what) => what !== kObjects);
  const rows = whats.map((what) => [what, ...names.map((name) => (what in interop[name] ? round(interop[name][what]) : '–'))]);
  const left = interop.direct?.[kObjects];
  const failed = Object.keys(interop).filter((name) => interop[name].error).map((name) => `- ${interopColumns[name].title}: ${interop[name].error}`);
  return [table(['a call, ns', ...names.map((name) => interopColumns[name].title)], rows), ...failed,
    left === undefined ? '' : `\nA million C# objects made and let go by JavaScript leave ${left} bytes.`].filter(Boolean).join('\n');
}

const importLine = ({ assembly, methods, instructions, baseline, optimised }) =>
  `Importing ${methods} methods of ${assembly}, ${instructions} IL instructions: ${baseline.toFixed(2)} µs for each with the importer in ` +
  `the engine's baseline code, ${optimised.toFixed(2)} µs as it comes.`;

export function markdown({ machine, kernels, heap, importing, interop, sizes, startup }) {
  const parts = [`${machine.cpu}, ${machine.processors} processors, Node ${machine.node}; a fixed loop of JavaScript varied by ${machine.noise} %.`];
  if (kernels) {
    const failed = failures(kernels);
    parts.push(kernelTable(kernels), ['LeanCLR warm, geometric mean:', ...ratios(kernels)].join('\n'), pinvokes(kernels).join('\n'));
    if (failed.length > 0) parts.push(['Failures:', ...failed].join('\n'));
  }
  if (heap) parts.push(heapTable(heap));
  if (importing) parts.push(importLine(importing));
  if (interop) parts.push(interopTable(interop));
  if (sizes) {
    parts.push(table(['size, KB', 'raw', 'gzip', 'brotli'],
      Object.entries(sizes).map(([name, size]) => [name, kilobytes(size.raw), kilobytes(size.gzip), kilobytes(size.brotli)])));
  }
  if (startup) {
    parts.push(table(['hello world, a Node process', 'ms', 'over an empty one'],
      Object.entries(startup.times).map(([name, time]) => [name, shown(time, (t) => t.total), shown(time, (t) => t.over)])));
    parts.push(table(['wasm memory after hello world', 'MB'],
      Object.entries(startup.memory).map(([name, bytes]) => [name, bytes === undefined ? 'fails' : (bytes / 2 ** 20).toFixed(1)])));
  }
  return parts.filter(Boolean).join('\n\n');
}
