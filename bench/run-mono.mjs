// node bench/run-mono.mjs MODE ASSEMBLY [ARGUMENT…]: runs a program on the Mono of the restored pack, the peer.
// MODE is `jiterpreter`, as Mono comes, or `interpreter`. The class library is what lies beside the assembly where it
// was published trimmed, else the whole pack.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { packFolders } from '../scripts/pack.mjs';

const kCoreLib = 'System.Private.CoreLib.dll';
// What Mono's start-up code wants before everything else.
const kEarly = new Set([kCoreLib, 'System.Runtime.InteropServices.JavaScript.dll']);
const kInterpreterOnly = ['--no-jiterpreter-traces-enabled', '--no-jiterpreter-interp-entry-enabled', '--no-jiterpreter-jit-call-enabled'];

const [mode, assembly, ...args] = process.argv.slice(2);
const { native, lib } = packFolders();
const folder = path.dirname(path.resolve(assembly));
const main = path.basename(assembly, '.dll');

/** Name → path of every assembly on offer; the app's own files win. */
function assemblies() {
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

const files = [...assemblies()];
const config = path.join(folder, `${main}.runtimeconfig.json`);
const { dotnet } = await import(pathToFileURL(path.join(native, 'dotnet.js')));
if (mode === 'interpreter') dotnet.withRuntimeOptions(kInterpreterOnly);
const runtime = await dotnet.withConfig({
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
const code = await runtime.runMain(main, args);
if (process.env.LEANCLR_BENCH_MEMORY) process.stderr.write(`${runtime.Module.HEAPU8.length}\n`);
process.exit(code);
