// npm test [FILTER]: set up, build everything, run every test. The last line is `N passed, N failed`.
// With a filter only the tests run whose full title contains it.
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { buildHost, buildPreset, buildProject, buildSample } from './build.mjs';
import { buildManaged, program, programNames } from './build-managed.mjs';
import { at, build } from './lib/paths.mjs';
import { capture, StepError } from './lib/run.mjs';
import { libraryFolders } from './pack.mjs';
import { setUp } from './setup.mjs';

const kTimeout = 120_000;
const filter = process.argv[2];

/** One folder with every assembly of the class library and every test program: what the unit tests read. */
function linkLibrary() {
  const folder = build('classlib');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const from of libraryFolders())
    for (const name of readdirSync(from))
      if (name.endsWith('.dll')) symlinkSync(path.join(from, name), path.join(folder, name));
  for (const name of programNames()) symlinkSync(program('release', name), path.join(folder, `${name}.dll`));
  return folder;
}

async function buildAll() {
  await setUp({ browser: true });
  await buildHost();
  await buildPreset('native-debug');
  await buildSample();
  await buildProject('samples/hello-node/Hello', 'Hello');
  await buildProject('tests/js/managed/HostTests', 'HostTests');
  await buildPreset('wasm-release', ['interop-tests']);
  await buildProject('tests/js/managed/InteropTests', 'InteropTests');
  await buildProject('tests/js/managed/NativeTests', 'NativeTests');
  await buildProject('tests/interop/CInterop', 'CInterop');
  await buildManaged();
  process.env.LEANCLR_TEST_ASSEMBLIES = linkLibrary();
}

/** The C++ unit tests, under ctest: their own closing line counts. */
async function unitTests() {
  console.log('\n  C++ unit tests');
  const { code, stdout, stderr } = await capture('ctest', ['--preset', 'native-debug', '--verbose']);
  const totals = [...stdout.matchAll(/(\d+) passed, (\d+) failed/g)];
  const passed = totals.reduce((sum, match) => sum + Number(match[1]), 0);
  const failed = totals.reduce((sum, match) => sum + Number(match[2]), 0);
  const broken = code !== 0 || totals.length === 0;
  if (broken) console.log(stdout + stderr);
  console.log(`    ${passed} passed, ${failed} failed`);
  return { passed, failed: broken ? Math.max(failed, 1) : failed };
}

/** Every tests/**\/*.test.mjs, under mocha. */
async function mochaTests() {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ timeout: kTimeout, slow: 20_000, ...(filter && { fgrep: filter }) });
  readdirSync(at('tests'), { recursive: true })
    .filter((file) => file.endsWith('.test.mjs')).sort()
    .forEach((file) => mocha.addFile(at('tests', file)));
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => resolve({ passed: runner.stats.passes, failed }));
  });
}

/** The exit code, after everything that ran has been counted. */
async function run() {
  const total = { passed: 0, failed: 0 };
  try {
    await buildAll();
    for (const suite of filter ? [mochaTests] : [unitTests, mochaTests]) {
      const { passed, failed } = await suite();
      total.passed += passed;
      total.failed += failed;
    }
  } catch (error) {
    console.error(error instanceof StepError ? `\n${error.message}` : error);
    total.failed++;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
}

process.exit(await run());
