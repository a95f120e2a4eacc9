// Runs managed programs on dotnet and on the runtime, and tells where their answers part.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at, build } from '../../scripts/lib/paths.mjs';
import { capture, limiter } from '../../scripts/lib/run.mjs';
import { libraryFolders } from '../../scripts/pack.mjs';

const kContext = 3;
const limit = limiter();
/** What makes dotnet's answers independent of the machine. */
const kNeutral = { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1', TZ: 'UTC' };

/** The hosts to compare with dotnet: the command line for a program, and how long it may take. */
const hosts = {
  native: { command: build('native-debug/leanclr-run'), options: [], timeout: 100_000 },
  stress: { command: build('native-debug/leanclr-run'), options: ['--gc-stress'], timeout: 500_000 },
  wasm: { command: process.execPath, options: [at('js/dist/cli.js'), 'run'], timeout: 100_000 },
};

/** `--lib FOLDER` for the class library beside the program, else the pack's; `leanclr run` finds it by the same rule. */
function libraryOptions(program) {
  const own = path.dirname(program);
  const folders = existsSync(path.join(own, 'System.Private.CoreLib.dll')) ? [own] : libraryFolders();
  return folders.flatMap((folder) => ['--lib', folder]);
}

/** { code, stdout, stderr, timedOut } of the program on the host: "native", "stress" (native under GC stress) or "wasm". */
export function runOn(host, program, args = []) {
  const { command, options, timeout } = hosts[host];
  const library = host === 'wasm' ? [] : libraryOptions(program);
  return limit(() => capture(command, [...options, ...library, program, ...args], { env: kNeutral, timeout }));
}

const differences = JSON.parse(readFileSync(at('tests/managed/differences.json'), 'utf8'));

/** The expected result with the lawful differences of differences.json worked in; an edit that finds nothing is an error. */
export function lawful(name, expected) {
  let { stdout } = expected;
  for (const [theirs, ours] of differences[name]?.edits ?? []) {
    if (!stdout.includes(`${theirs}\n`)) throw new Error(`differences.json: dotnet does not print "${theirs}"`);
    stdout = stdout.replace(`${theirs}\n`, `${ours}\n`);
  }
  return { ...expected, stdout };
}

/**
 * What `dotnet` gives for the program; kept in build/expected under the hash of all that decides it: `besides` is for what
 * does so besides assembly and arguments.
 */
export async function expectedOf(program, args = [], besides = '') {
  const hash = createHash('sha256').update(readFileSync(program)).update(JSON.stringify(args)).update(besides).digest('hex');
  const file = build('expected', `${path.basename(program, '.dll')}-${hash.slice(0, 16)}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const result = await limit(() => capture('dotnet', [program, ...args], { env: kNeutral }));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(result));
  return result;
}

/** The first line in which two texts differ, with the lines before it; undefined where they are the same. */
function firstDifference(name, actual, expected) {
  if (actual === expected) return undefined;
  const have = actual.split('\n'), want = expected.split('\n');
  const line = want.findIndex((text, i) => text !== have[i]);
  const at = line < 0 ? want.length : line;
  const before = want.slice(Math.max(0, at - kContext), at).map((text) => `      ${text}`);
  return [`${name}, line ${at + 1}:`, ...before, `    - ${want[at] ?? '(end)'}`, `    + ${have[at] ?? '(end)'}`].join('\n');
}

/** Throws unless the run gave the same standard output and exit code (with `stderr` the same standard error too). */
export function compare(actual, expected, { stderr = false } = {}) {
  const problems = [
    actual.timedOut && 'it did not end in time',
    firstDifference('stdout', actual.stdout, expected.stdout),
    stderr && firstDifference('stderr', actual.stderr, expected.stderr),
    actual.code !== expected.code && `exit code ${actual.code} instead of ${expected.code}`,
  ].filter(Boolean);
  if (problems.length === 0) return;
  const shown = actual.stderr && !stderr ? `\nstandard error:\n${actual.stderr.trimEnd().split('\n').slice(-25).join('\n')}` : '';
  throw new Error(problems.join('\n') + shown);
}
