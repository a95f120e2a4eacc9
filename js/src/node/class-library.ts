// Finds the class library on this machine: among the restored NuGet packages, else by restoring the pinned pack.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { AssemblyNotFoundError } from '../errors.js';
import { kCoreLib, pack } from '../pack.js';

/** Folders of a pack: CoreLib is with the native files, the rest is not. */
const kPackFolders = ['runtimes/browser-wasm/native', 'runtimes/browser-wasm/lib/net10.0'];

/** The folders of the class library in an unpacked pack, or in a folder that holds it directly; undefined without CoreLib. */
export function classLibraryIn(root: string): string[] | undefined {
  if (existsSync(path.join(root, kCoreLib))) return [root];
  const folders = kPackFolders.map((folder) => path.join(root, folder));
  return existsSync(path.join(folders[0], kCoreLib)) ? folders : undefined;
}

/** The pinned pack's folders among the restored NuGet packages; undefined when it was never restored. */
export function findClassLibrary(): string[] | undefined {
  return packUnder(process.env.NUGET_PACKAGES || path.join(homedir(), '.nuget', 'packages'));
}

function packUnder(packages: string): string[] | undefined {
  return classLibraryIn(path.join(packages, pack.id.toLowerCase(), pack.version));
}

/** Restores the pinned pack through `dotnet restore` of a temporary project; `report` gets a line now and then. */
export async function restoreClassLibrary(report: (line: string) => void): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'leanclr-restore-'));
  try {
    writeFileSync(path.join(folder, 'restore.csproj'), restoreProject());
    await runRestore(folder).finally(reportTime(report));
    const found = packagesFolders(folder).map(packUnder).find((folders) => folders !== undefined);
    if (!found) throw notRestored('dotnet restore went through, but its package folders do not have it');
    report(`Restored ${pack.id} ${pack.version}.`);
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where a restored project's packages are: NuGet's configuration may name another folder than the usual one. */
function packagesFolders(project: string): string[] {
  const assets = JSON.parse(readFileSync(path.join(project, 'obj', 'project.assets.json'), 'utf8')) as { packageFolders: object };
  return Object.keys(assets.packageFolders);
}

function restoreProject(): string {
  return `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="${pack.id}" Version="[${pack.version}]" /></ItemGroup>
</Project>
`;
}

function reportTime(report: (line: string) => void): () => void {
  report(`Restoring the class library, ${pack.id} ${pack.version} (about 20 MB, once) …`);
  const start = Date.now();
  const timer = setInterval(() => report(`  still restoring, ${Math.round((Date.now() - start) / 1000)} s`), 5000);
  return () => clearInterval(timer);
}

async function runRestore(folder: string): Promise<void> {
  const { spawn } = await import('node:child_process'); // rarely needed, and slow to load
  return new Promise((resolve, reject) => {
    const child = spawn('dotnet', ['restore', '--nologo', '--verbosity', 'minimal'], {
      cwd: folder,
      env: { ...process.env, MSBuildEnableWorkloadResolver: 'false', DOTNET_NOLOGO: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => { output += chunk; });
    child.stderr.on('data', (chunk) => { output += chunk; });
    child.on('error', (cause) => reject(notRestored(`dotnet could not be started (${cause.message}); install the .NET 10 SDK`)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(notRestored(`dotnet restore ended with ${code}\n${output.trim()}`))));
  });
}

function notRestored(reason: string): AssemblyNotFoundError {
  return new AssemblyNotFoundError('FileNotFound', `The class library ${pack.id} ${pack.version} is not on this machine: ${reason}`);
}
