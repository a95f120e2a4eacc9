// The programs of tests/managed give the output and exit code that dotnet gives for the same assembly: natively under
// sanitizers, the same under GC stress, and in wasm under Node. Native runs take the debug build of a program and wasm
// the release build, so that both shapes of IL are seen.
//
// NAME/expect.json may have: `args`, what Main gets; `stderr`, whether standard error must be the same too;
// `stressArgs`, arguments for the stress run where the normal amount of work would take too long.
// differences.json lists lawful differences: NAME → { reason, edits: [[dotnet's line, ours], …] }.
import { existsSync, readFileSync } from 'node:fs';
import { program, programNames } from '../../scripts/build-managed.mjs';
import { at } from '../../scripts/lib/paths.mjs';
import { compare, expectedOf, lawful, runOn } from '../support/programs.mjs';

const flavours = { native: 'debug', stress: 'debug', wasm: 'release' };
const readJson = (file, otherwise) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : otherwise);

async function check(host, name) {
  const file = program(flavours[host], name);
  const { args = [], stressArgs = args, stderr } = readJson(at('tests/managed', name, 'expect.json'), {});
  const given = host === 'stress' ? stressArgs : args;
  const [actual, expected] = await Promise.all([runOn(host, file, given), expectedOf(file, given)]);
  compare(actual, lawful(name, expected), { stderr });
}

for (const [host, title] of Object.entries({ native: 'natively', stress: 'natively under GC stress', wasm: 'in wasm under Node' })) {
  describe(`managed programs ${title}`, function () {
    this.timeout(0); // each run has its own limit
    for (const name of programNames()) it(name, () => check(host, name));
  });
}
