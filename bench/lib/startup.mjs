// Start-up under Node: hello world as a process, over an empty Node process. Both are run in turns, since the machine's
// noise comes and goes; the minimum of each counts.
import { spawnSync } from 'node:child_process';
import { at, build } from '../../scripts/lib/paths.mjs';
import { program, trimmedProgram } from '../../scripts/build-managed.mjs';
import { causeOf } from './kernels.mjs';

function elapsed(args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(causeOf(stderr));
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Milliseconds over an empty process by what was started. */
function measured(rounds, commands) {
  const least = new Map();
  const failed = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const [name, args] of Object.entries(commands)) {
      try {
        if (!failed.has(name)) least.set(name, Math.min(least.get(name) ?? Infinity, elapsed(args)));
      } catch (error) {
        failed.set(name, { error: error.message });
      }
    }
  }
  const empty = least.get('empty');
  return Object.fromEntries(Object.keys(commands).map((name) => [name, failed.get(name) ?? { total: least.get(name), over: least.get(name) - empty }]));
}

function memory(args) {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, LEANCLR_BENCH_MEMORY: '1' } });
  return status === 0 ? Number(stderr.trim().split('\n').at(-1)) : undefined;
}

export function startup(rounds) {
  const ours = [at('bench/run-leanclr.mjs'), build('wasm-release/leanclr.wasm')];
  const mono = [at('bench/run-mono.mjs'), 'jiterpreter', trimmedProgram('hello')];
  const times = measured(rounds, {
    empty: ['-e', '0'],
    'LeanCLR, trimmed class library': [...ours, trimmedProgram('hello')],
    'LeanCLR, whole class library': [...ours, program('release', '01-hello')],
    'Mono, trimmed class library': mono,
  });
  return { times, memory: { LeanCLR: memory([...ours, trimmedProgram('hello')]), Mono: memory(mono) } };
}
