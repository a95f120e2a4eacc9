// Broken copies of a small assembly, in the sanitizer build and in wasm: each is refused by name or runs, none crashes.
// LEANCLR_MUTANTS says how many; more than the default takes minutes.
import { availableParallelism } from 'node:os';
import { readFileSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { program } from '../../scripts/build-managed.mjs';
import { at, build } from '../../scripts/lib/paths.mjs';
import { capture } from '../../scripts/lib/run.mjs';
import { mutant } from './mutate.mjs';
import { WasmHost } from './wasm-host.mjs';

const wanted = Number(process.env.LEANCLR_MUTANTS) || undefined;
const kNative = wanted ?? 2000;
const kWasm = wanted ?? 1000;

/** Runs `count` copies, shared among the processors. */
async function run(count, ...mode) {
  const shards = availableParallelism();
  const size = Math.ceil(count / shards);
  const runs = await Promise.all(Array.from({ length: shards }, (_, shard) => capture(build('native-debug/leanclr_mutants'),
    [build('classlib'), program('debug', 'Tiny'), String(shard * size), String(Math.min(size, count - shard * size)), ...mode],
    // Leaks are not the question here: a child leaves without destroying its runtime.
    { env: { ASAN_OPTIONS: 'detect_leaks=0' } })));
  for (const { code, stdout, stderr } of runs) expect(code, stdout + stderr.slice(-4000)).to.equal(0);
}

/** What becomes of one copy in wasm: outcomes, or what left the module. */
function tryCopy(host, bytes) {
  try {
    if (host.add('Tiny.dll', bytes) !== 0) return host.refusal();
    host.run('Walker', 'Tiny');
    return host.run('Tiny');
  } catch (error) {
    return error;
  }
}

describe('broken copies of a small assembly', function () {
  this.timeout(0); // each has its own limit

  it(`${kNative} are refused or run`, () => run(kNative));

  it('those cut off at any length are refused or run', () => run(statSync(program('debug', 'Tiny')).size, 'truncate'));

  it(`${kWasm} in wasm`, () => {
    const module = new WebAssembly.Module(readFileSync(at('js/dist/leanclr.wasm')));
    const original = new Uint8Array(readFileSync(program('release', 'Tiny')));
    const makeHost = () => {
      const host = new WasmHost(module, build('classlib'));
      // Once before the copies, so that what Walker needs is imported already.
      expect(host.run('Walker', 'Walker')).to.equal('ran');
      host.keep();
      return host;
    };
    let host = makeHost();
    expect(tryCopy(host, original)).to.equal('ran');
    const failures = [];
    const counts = {};
    for (let number = 0; number < kWasm; number++) {
      host.rewind();
      const outcome = tryCopy(host, mutant(original, number));
      if (outcome instanceof Error) {
        failures.push(`mutant ${number}: ${outcome.stack}`);
        host = makeHost();
      } else {
        counts[outcome] = (counts[outcome] ?? 0) + 1;
      }
    }
    expect(failures).to.deep.equal([]);
    expect(counts).to.include.keys('ran', 'refused', 'threw');
  });
});
