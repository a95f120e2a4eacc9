// The kernels' times per column: first run, best warm run, checksum.
import { at, build } from '../../scripts/lib/paths.mjs';
import { capture } from '../../scripts/lib/run.mjs';

const kTimeout = 300_000;
const kMaxScale = 20_000;
const kCallsPerScale = 500_000; // Kernels.PInvoke.CallsPerScale
export const kernels = at('bench/kernels/bin/Release/net10.0/Kernels.dll');

/** P/Invokes to the module's own functions, which only ours has. */
export const pinvokeKernels = ['pinvoke-cpp', 'pinvoke-by-hand', 'pinvoke-by-address', 'pinvoke-js'];

const node = (script, ...first) => ({ command: process.execPath, first: [at(script), ...first] });

/** Column → how to run a program in it, and what it cannot run. */
export const columns = {
  leanclr: { title: 'LeanCLR', ...node('bench/run-leanclr.mjs', build('wasm-release/bench.wasm')), without: [] },
  mono: { title: 'Mono + jiterpreter', ...node('bench/run-mono.mjs', 'jiterpreter'), without: pinvokeKernels },
  monoInterpreter: { title: 'Mono interpreter', ...node('bench/run-mono.mjs', 'interpreter'), without: pinvokeKernels },
  dotnet: { title: 'dotnet, native', command: 'dotnet', first: [], without: pinvokeKernels },
};

export async function kernelNames() {
  const { stdout } = await capture('dotnet', [kernels]);
  return stdout.trim().split('\n');
}

/** The line of a failed process's standard error that names the cause. */
export const causeOf = (stderr) => stderr.split('\n').find((line) => /error|exception/i.test(line)) ?? stderr.trim().split('\n')[0];

/** [{ checksum, ms }] of `repeat` runs in one process; throws with the program's words when it fails. */
async function runs(column, kernel, scale, repeat) {
  const { command, first } = columns[column];
  const { code, stdout, stderr, timedOut } = await capture(command, [...first, kernels, kernel, String(scale), String(repeat)], { timeout: kTimeout });
  if (code !== 0) throw new Error(timedOut ? 'not done in time' : causeOf(stderr) ?? `exit code ${code}`);
  return stdout.trim().split('\n').map((line) => {
    const [checksum, microseconds] = line.split(',').map(Number);
    return { checksum, ms: microseconds / 1000 };
  });
}

/**
 * One cell of the table: { checksum, scale, first, warm, perScale } in milliseconds, or { error }.
 * The scale is chosen so that a run takes `target` ms or more; `checksum` is that of scale 1, the same in every column.
 */
export async function measure(column, kernel, target, repeat) {
  if (columns[column].without.includes(kernel)) return undefined;
  try {
    const probe = await runs(column, kernel, 1, 3);
    const once = Math.min(...probe.map(({ ms }) => ms));
    const scale = Math.min(kMaxScale, Math.max(1, Math.ceil((target * 1.1) / Math.max(once, 0.01))));
    const [first, ...later] = await runs(column, kernel, scale, repeat);
    const warm = Math.min(...later.map(({ ms }) => ms));
    return { checksum: probe[0].checksum, scale, first: first.ms, warm, perScale: warm / scale };
  } catch (error) {
    return { error: error.message };
  }
}

/** Nanoseconds per call, loop included, of a P/Invoke kernel's cell. */
export const nanosecondsPerCall = (cell) => (cell.perScale * 1e6) / kCallsPerScale;
