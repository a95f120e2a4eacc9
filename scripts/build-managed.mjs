// The C# of the tests. `node scripts/build-managed.mjs` compiles the programs of tests/managed to
// build/managed/{debug,release}/NAME/NAME.dll and publishes the trimmed ones of tests/trimmed.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { at, build } from './lib/paths.mjs';
import { runLogged } from './lib/run.mjs';
import { main, stampedStep } from './lib/steps.mjs';
import { dotnetEnvironment } from './pack.mjs';
import { setUp } from './setup.mjs';

const named = (folder) => readdirSync(at(folder), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'build').map((entry) => entry.name).sort();

/** The programs of tests/managed, simplest first. */
export const programNames = () => named('tests/managed');
/** The programs of tests/trimmed. */
export const trimmedNames = () => named('tests/trimmed');
/** How far the class library is trimmed (tests/trimmed/Directory.Build.props): what each program is published with. */
export const trimmedProfiles = (name) => (['hello', 'pinvoke'].includes(name) ? ['small'] : ['invariant', 'small']);
/** Those that only a host with JavaScript runs, or that print nothing to compare. */
export const hostPrograms = ['hello', 'pinvoke', 'jsimport'];

export const program = (flavour, name) => build('managed', flavour, name, `${name}.dll`);
export const trimmedProgram = (name, profile = 'small') => build('trimmed', profile, name, `${name}.dll`);
/** The same program as the compiler wrote it, for runs with the whole class library and for dotnet. */
export const untrimmedProgram = (name) => build('trimmed', 'small', name, 'untrimmed', `${name}.dll`);

export async function buildManaged() {
  await stampedStep('managed', 'compiling the test programs (C#)',
    { inputs: [at('tests/managed')], outputs: programNames().flatMap((name) => [program('debug', name), program('release', name)]) },
    (onLine) => runLogged('managed', 'dotnet', ['build', at('tests/managed/build/managed.csproj'), '-nologo', '-v', 'minimal'], { env: dotnetEnvironment, onLine }));
  for (const name of trimmedNames())
    for (const profile of trimmedProfiles(name)) await publishTrimmed(name, profile);
}

/** Publishes a program with the class library trimmed to what it needs, beside it. */
async function publishTrimmed(name, profile) {
  const project = at('tests/trimmed', name, `${name}.csproj`);
  const shared = ['Directory.Build.props', 'Directory.Build.targets', 'substitutions.xml'].map((file) => at('tests/trimmed', file));
  const output = path.dirname(trimmedProgram(name, profile));
  await stampedStep(`trimmed-${profile}-${name}`, `trimming the class library for ${name} (${profile})`,
    { inputs: [path.dirname(project), ...shared], outputs: [trimmedProgram(name, profile)] },
    (onLine) => runLogged(`trimmed-${profile}-${name}`, 'dotnet', ['publish', project, '-nologo', '-v', 'minimal', `-p:Profile=${profile}`, '-o', output],
      { env: dotnetEnvironment, onLine }));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await setUp();
    await buildManaged();
  });
}
