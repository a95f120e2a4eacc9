// 2,000 one-byte mutants of a small assembly in the sanitizer build: each is refused by name or runs, none crashes.
import { availableParallelism } from 'node:os';
import { expect } from 'chai';
import { program } from '../../scripts/build-managed.mjs';
import { build } from '../../scripts/lib/paths.mjs';
import { capture } from '../../scripts/lib/run.mjs';

const kMutants = 2000;

describe('mutants of a small assembly', function () {
  this.timeout(600_000);
  it(`${kMutants} are refused or run`, async () => {
    const shards = availableParallelism();
    const size = Math.ceil(kMutants / shards);
    const runs = await Promise.all(Array.from({ length: shards }, (_, shard) =>
      capture(build('native-debug/leanclr_mutants'), [build('classlib'), program('debug', 'Tiny'), String(shard * size), String(size)],
        // Leaks are not the question here: a child leaves without destroying its runtime.
        { env: { ASAN_OPTIONS: 'detect_leaks=0' } })));
    for (const { code, stdout, stderr } of runs) expect(code, stdout + stderr.slice(-4000)).to.equal(0);
  });
});
