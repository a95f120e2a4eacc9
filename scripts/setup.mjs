// npm run setup: everything that the build needs, from a machine with Node, the .NET SDK, CMake and a C++ compiler.
// Runs on a bare clone, so it may use nothing but Node itself.
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { at } from './lib/paths.mjs';
import { runLogged, StepError } from './lib/run.mjs';
import { main, stampedStep, step } from './lib/steps.mjs';
import { aptInstall, missingPackages, onPath, requireNodeAndDotnet } from './lib/tools.mjs';
import { coreLib, restorePack } from './pack.mjs';

/** Whether node_modules has exactly the versions of package-lock.json (packages for other systems may be absent). */
function nodeModulesCurrent() {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  if (!existsSync(at('node_modules/.package-lock.json'))) return false;
  const installed = read(at('node_modules/.package-lock.json'));
  return Object.entries(read(at('package-lock.json')))
    .every(([name, { version, optional }]) => name === '' || optional || installed[name]?.version === version);
}

/** `browser`: also what the browser tests need. */
export async function setUp({ browser = false } = {}) {
  const tools = ['cmake', 'compiler', 'ninja', 'emscripten', ...(browser ? ['chromium', 'firefox'] : [])];
  const found = ['node', 'dotnet', 'cmake', 'c++', 'ninja', 'emcc'].map((command) => onPath(command) ?? '');
  await stampedStep(`tools${browser ? '-browser' : ''}`, 'checking tools', { values: [process.version, tools, found] }, async (onLine) => {
    await requireNodeAndDotnet();
    const packages = await missingPackages(tools);
    if (packages.length > 0) {
      onLine(`installing ${packages.join(', ')}`);
      await aptInstall(packages, onLine);
      const absent = await missingPackages(tools);
      if (absent.length > 0) throw new StepError(`still missing after their installation: ${absent.join(', ')}. Are their commands on PATH, in the version needed?`);
    }
  });
  if (!nodeModulesCurrent()) await step('installing npm packages', (onLine) => runLogged('npm-ci', 'npm', ['ci'], { onLine }));
  if (!existsSync(coreLib())) await step("restoring .NET's class library", restorePack);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(() => setUp({ browser: process.argv.includes('--browser') }));
