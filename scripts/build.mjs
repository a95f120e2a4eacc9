// npm run build [PRESET...]: the host in js/dist with its wasm module; with presets named, those CMake builds too.
// The functions here are the steps that start, test and bench put together.
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { at, build } from './lib/paths.mjs';
import { runLogged } from './lib/run.mjs';
import { main, stampedStep, step } from './lib/steps.mjs';
import { dotnetEnvironment } from './pack.mjs';
import { setUp } from './setup.mjs';

/** Configures and builds a preset, or only `targets` of it. What has changed is Ninja's to know. */
export async function buildPreset(preset, targets = []) {
  const folder = build(preset);
  const options = targets.flatMap((target) => ['--target', target]);
  await step(`building ${[preset, ...targets].join(' ')} (C++)`, async (onLine) => {
    if (!existsSync(`${folder}/build.ninja`)) await runLogged(`configure-${preset}`, 'cmake', ['--preset', preset], { onLine });
    await runLogged(`build-${preset}`, 'cmake', ['--build', folder, ...options], { onLine });
  });
}

/** The wasm module where the host's package has it. */
function installModule() {
  const from = build('wasm-release/leanclr.wasm'), to = at('js/dist/leanclr.wasm');
  if (existsSync(to) && statSync(to).mtimeMs >= statSync(from).mtimeMs) return;
  mkdirSync(at('js/dist'), { recursive: true });
  copyFileSync(from, to);
}

/** js/dist: compiled TypeScript and the module. */
export async function buildHost() {
  await stampedStep('host', 'compiling the host (TypeScript)',
    { inputs: [at('js/src'), at('js/tsconfig.json'), at('package-lock.json')], outputs: [at('js/dist/index.js')] },
    async (onLine) => {
      await runLogged('tsc', process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at('js')], { onLine });
      await runLogged('bundle', process.execPath, [at('scripts/bundle-host.mjs')], { onLine });
    });
  await buildPreset('wasm-release', ['leanclr']);
  installModule();
}

/** `dotnet build -c Release` of NAME.csproj in a folder. */
export async function buildProject(folder, name) {
  await stampedStep(`dotnet-${name}`, `compiling ${name} (C#)`, { inputs: [at(folder)], outputs: [at(folder, 'bin/Release/net10.0', `${name}.dll`)] },
    (onLine) => runLogged(`dotnet-${name}`, 'dotnet', ['build', at(folder, `${name}.csproj`), '-c', 'Release', '-nologo', '-v', 'minimal'], { env: dotnetEnvironment, onLine }));
}

/** samples/custom-pinvoke-wasm: its own module and its C# project. */
export async function buildSample() {
  await buildPreset('wasm-release', ['custom-pinvoke']);
  await buildProject('samples/custom-pinvoke-wasm/CoreTests', 'CoreTests');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await setUp();
    await buildHost();
    for (const preset of process.argv.slice(2)) await buildPreset(preset);
  });
}
