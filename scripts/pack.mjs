// The class library: which NuGet pack it is, where NuGet keeps it, and how to restore it.
// `node scripts/pack.mjs` prints its folders. Standing alone, it serves before the host in js/ is compiled.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { at } from './lib/paths.mjs';
import { runLogged, StepError } from './lib/run.mjs';

const source = readFileSync(at('js/src/pack.ts'), 'utf8');
const field = (name) => new RegExp(`\\b${name}: '([^']+)'`).exec(source)[1];

export const pack = { id: field('id'), version: field('version') };

/** NuGet's global packages folder, by its own rules without starting it. */
export const packagesFolder = () => process.env.NUGET_PACKAGES || path.join(homedir(), '.nuget/packages');

/** The pack's folders: `native` has CoreLib and Mono's files, `lib` the other assemblies. */
export function packFolders() {
  const folder = path.join(packagesFolder(), pack.id.toLowerCase(), pack.version, 'runtimes/browser-wasm');
  return { native: path.join(folder, 'native'), lib: path.join(folder, 'lib/net10.0') };
}

export const coreLib = () => path.join(packFolders().native, 'System.Private.CoreLib.dll');

/** The folders to look for assemblies in, CoreLib's first. */
export function libraryFolders() {
  const { native, lib } = packFolders();
  return [native, lib];
}

/** What MSBuild must be told: no wasm workload (trimming does without), and the pinned pack. */
export const dotnetEnvironment = {
  MSBuildEnableWorkloadResolver: 'false',
  LEANCLR_PACK_ID: pack.id,
  LEANCLR_PACK_VERSION: pack.version,
};

export async function restorePack(onLine) {
  await runLogged('restore', 'dotnet', ['restore', at('scripts/packs/packs.csproj'), '-nologo'], { env: dotnetEnvironment, onLine });
  if (!existsSync(coreLib())) throw new StepError(`${pack.id} ${pack.version} was restored, but ${coreLib()} is not there`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(libraryFolders().join('\n'));
