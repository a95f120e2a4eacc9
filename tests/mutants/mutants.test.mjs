// Broken copies of a small assembly in the sanitizer build: each is refused by name or runs, none crashes.
import { availableParallelism } from 'node:os';
import { statSync } from 'node:fs';
import { expect } from 'chai';
import { program } from '../../scripts/build-managed.mjs';
import { build } from '../../scripts/lib/paths.mjs';
import { capture } from '../../scripts/lib/run.mjs';

const kMutants = 2000;

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

describe('broken copies of a small assembly', function () {
  this.timeout(600_000);
  it(`${kMutants} with one byte replaced are refused or run`, () => run(kMutants));
  it('those cut off at any length are refused or run', () => run(statSync(program('debug', 'Tiny')).size, 'truncate'));
});
