// P/Invokes into C, with every kind of parameter: what dotnet prints when the library is a shared one, against the same
// assembly with the library linked into the runtime, natively (with sanitizers), under GC stress and in wasm.
import { copyFileSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { expect } from 'chai';
import { at, build } from '../../scripts/lib/paths.mjs';
import { capture } from '../../scripts/lib/run.mjs';
import { compare, expectedOf } from '../support/programs.mjs';

const kTimeout = 300_000;
const program = at('tests/interop/NativeTests/bin/Release/net10.0/NativeTests.dll');
const library = build('native-debug/libinterop.so');
const neutral = { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1', TZ: 'UTC' };

/** What C gives by malloc lies where a 64-bit process has no 32-bit number for it: everything but the last three sections. */
const native = ['scalars', 'text', 'structs', 'arrays', 'refs', 'handles', 'errors', 'marshal', 'callbacks', 'libraries'];

function expected(sections) {
  copyFileSync(library, path.join(path.dirname(program), path.basename(library)));
  const version = createHash('sha256').update(readFileSync(library)).digest('hex');
  return expectedOf(program, sections, version);
}

const run = (command, args) => capture(command, args, { env: neutral, timeout: kTimeout });

describe('P/Invoke into C', function () {
  this.timeout(kTimeout);

  it('natively', async () => {
    compare(await run(build('native-debug/leanclr_interop_run'), [build('classlib'), program, ...native]), await expected(native));
  });

  it('natively --gc-stress', async () => {
    compare(await run(build('native-debug/leanclr_interop_run'), ['--gc-stress', build('classlib'), program, ...native]), await expected(native));
  });

  for (const stress of [[], ['--gc-stress']]) {
    it(`exceptions of callbacks arrive behind C ${stress}`, async () => {
      const { stdout } = await run(build('native-debug/leanclr_interop_run'), [...stress, build('classlib'), program, 'throws']);
      expect(stdout.split('\n').map((line) => line.trim())).to.deep.equal(['throws', 'throws = System.FormatException', 'caught = no',
        'kept throws = System.InvalidOperationException', 'after it = 2', 'dead = System.InvalidOperationException', '']);
    });
  }

  it('in wasm', async () => {
    const options = ['run', '--wasm', build('wasm-release/interop-tests.wasm')];
    compare(await run(process.execPath, [at('js/dist/cli.js'), ...options, program]), await expected([]));
  });
});
