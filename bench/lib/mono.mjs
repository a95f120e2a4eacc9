// The Mono of the restored pack, the peer, as a runtime in this process.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { packFolders } from '../../scripts/pack.mjs';

const kCoreLib = 'System.Private.CoreLib.dll';
// What Mono's start-up code wants before everything else.
const kEarly = new Set([kCoreLib, 'System.Runtime.InteropServices.JavaScript.dll']);
const kInterpreterOnly = ['--no-jiterpreter-traces-enabled', '--no-jiterpreter-interp-entry-enabled', '--no-jiterpreter-jit-call-enabled'];

/** Name → path of every assembly on offer; the app's own files win. */
function assemblies(folder, { native, lib }) {
  const files = new Map();
  const take = (from) => {
    for (const name of readdirSync(from)) if (name.endsWith('.dll') && !files.has(name)) files.set(name, path.join(from, name));
  };
  take(folder);
  if (!existsSync(path.join(folder, kCoreLib))) [native, lib].forEach(take);
  return files;
}

function resource([name, file]) {
  const bytes = readFileSync(file);
  return { name, virtualPath: name, resolvedUrl: file, buffer: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) };
}

/**
 * Mono for an assembly. `mode` is `jiterpreter`, as Mono comes, or `interpreter`. The class library is what lies beside the
 * assembly where it was published trimmed, else the whole pack.
 */
export async function createMono(mode, assembly) {
  const folders = packFolders();
  const folder = path.dirname(path.resolve(assembly));
  const main = path.basename(assembly, '.dll');
  const files = [...assemblies(folder, folders)];
  const config = path.join(folder, `${main}.runtimeconfig.json`);
  const { dotnet } = await import(pathToFileURL(path.join(folders.native, 'dotnet.js')));
  if (mode === 'interpreter') dotnet.withRuntimeOptions(kInterpreterOnly);
  return dotnet.withConfig({
    mainAssemblyName: main,
    globalizationMode: 'invariant',
    runtimeConfig: existsSync(config) ? JSON.parse(readFileSync(config, 'utf8')) : {},
    resources: {
      jsModuleNative: [{ name: 'dotnet.native.js' }],
      jsModuleRuntime: [{ name: 'dotnet.runtime.js' }],
      wasmNative: [{ name: 'dotnet.native.wasm' }],
      coreAssembly: files.filter(([name]) => kEarly.has(name)).map(resource),
      assembly: files.filter(([name]) => !kEarly.has(name)).map(resource),
    },
  }).create();
}
