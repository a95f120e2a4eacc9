// Before the tests: builds the C# projects that they run, where a source is newer than the assembly.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { coreTests, hello, hostTests, interopTests, nativeTests } from './paths.mjs';

function newestSource(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'bin' && name !== 'obj');
  const times = entries.map((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? newestSource(file) : statSync(file).mtimeMs;
  });
  return Math.max(0, ...times);
}

function isBuilt({ project, assembly }) {
  const built = statSync(assembly, { throwIfNoEntry: false });
  return built !== undefined && built.mtimeMs >= newestSource(path.dirname(project));
}

function build({ project, assembly }) {
  console.log(`dotnet build ${path.basename(project)}`);
  const { status, stdout } = spawnSync('dotnet', ['build', project, '-c', 'Release', '--nologo', '-v', 'q'], {
    encoding: 'utf8',
    env: { ...process.env, MSBuildEnableWorkloadResolver: 'false' },
  });
  if (status !== 0) throw new Error(`${project} does not build:\n${stdout}`);
  if (!statSync(assembly, { throwIfNoEntry: false })) throw new Error(`${project} did not give ${assembly}`);
}

export function mochaGlobalSetup() {
  for (const project of [hostTests, interopTests, nativeTests, coreTests, hello]) if (!isBuilt(project)) build(project);
}
