// P/Invokes into C, with every kind of parameter: what dotnet prints when the library is a shared one, against the same
// assembly with the library linked into the runtime, natively (with sanitizers), under GC stress and in wasm.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { expect } from 'chai';
import { at, build } from '../../scripts/lib/paths.mjs';
import { capture } from '../../scripts/lib/run.mjs';
import { compare, expectedOf } from '../support/programs.mjs';

const kTimeout = 300_000;
const program = at('tests/interop/CInterop/bin/Release/net10.0/CInterop.dll');
const library = build('native-debug/libinterop.so');
const neutral = { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1', TZ: 'UTC' };

/** What C gives by malloc lies where a 64-bit process has no 32-bit number for it: everything but the last three sections. */
const kNative = ['scalars', 'text', 'structs', 'arrays', 'refs', 'handles', 'errors', 'marshal', 'callbacks', 'libraries'];

function expected(sections) {
  copyFileSync(library, path.join(path.dirname(program), path.basename(library)));
  const version = createHash('sha256').update(readFileSync(library)).digest('hex');
  return expectedOf(program, sections, version);
}

const kBegin = '<!-- matrix: written by tests/interop -->', kEnd = '<!-- end of the matrix -->';

/** "section: case" → what the program printed for it. */
function casesOf(stdout) {
  let section = '';
  const cases = new Map();
  for (const line of stdout.split('\n')) {
    const [, name, value] = /^ {2}(\S.*?) = (.*)$/.exec(line) ?? [];
    if (name !== undefined) cases.set(`${section}: ${name}`, value);
    else if (/^\S/.test(line)) section = line;
  }
  return cases;
}

const stateOf = (value) => /([A-Za-z]+Exception)$/.exec(value)?.[1] ?? 'works';

const run = (command, args) => capture(command, args, { env: neutral, timeout: kTimeout });

describe('P/Invoke into C', function () {
  this.timeout(kTimeout);

  it('natively', async () => {
    compare(await run(build('native-debug/leanclr_interop_run'), [build('classlib'), program, ...kNative]), await expected(kNative));
  });

  it('natively --gc-stress', async () => {
    compare(await run(build('native-debug/leanclr_interop_run'), ['--gc-stress', build('classlib'), program, ...kNative]), await expected(kNative));
  });

  for (const stress of [[], ['--gc-stress']]) {
    it(`exceptions of callbacks arrive behind C ${stress}`, async () => {
      const { stdout } = await run(build('native-debug/leanclr_interop_run'), [...stress, build('classlib'), program, 'throws']);
      expect(stdout.split('\n').map((line) => line.trim())).to.deep.equal(['throws', 'throws = System.FormatException', 'caught = no',
        'kept throws = System.InvalidOperationException', 'after it = 2', 'dead = System.InvalidOperationException', '']);
    });
  }

  const inWasm = (...sections) => run(process.execPath, [at('js/dist/cli.js'), 'run', '--wasm', build('wasm-release/interop-tests.wasm'), program, ...sections]);

  it('in wasm', async () => {
    compare(await inWasm(), await expected([]));
  });

  it('docs/interop.md has what comes out (LEANCLR_UPDATE=1 writes it)', async () => {
    const theirs = casesOf((await expected([])).stdout), ours = casesOf((await inWasm()).stdout), native = casesOf((await run(build('native-debug/leanclr_interop_run'), [build('classlib'), program, ...kNative])).stdout);
    const rows = [...ours].map(([name, value]) => `| ${name} | ${stateOf(theirs.get(name))} | ${stateOf(value)} | ${native.has(name) ? stateOf(native.get(name)) : 'not there'} |`);
    const matrix = [kBegin, '| section: case | `dotnet` | wasm | natively |', '| --- | --- | --- | --- |', ...rows, kEnd].join('\n');
    const file = at('docs/interop.md');
    const text = readFileSync(file, 'utf8');
    const updated = text.slice(0, text.indexOf(kBegin)) + matrix + text.slice(text.indexOf(kEnd) + kEnd.length);
    if (process.env.LEANCLR_UPDATE) writeFileSync(file, updated);
    else expect(text).to.equal(updated);
  });
});
