// The sample in a page: the same calls as run.mjs, with the addresses that serve.mjs gives the files.
import { createRuntime } from 'leanclr';
import * as imports from './module/custom-pinvoke.imports.mjs';
import { registerFunctions } from './functions.mjs';

const output = document.querySelector('#output');
const progress = document.querySelector('progress');
const files = new Map();

function showProgress({ file, loaded, total }) {
  files.set(file, { loaded, total: total ?? loaded });
  const sum = (key) => [...files.values()].reduce((bytes, size) => bytes + size[key], 0);
  progress.max = sum('total');
  progress.value = sum('loaded');
}

const print = (text) => { output.textContent += text; };

try {
  const clr = await createRuntime({
    wasm: new URL('module/custom-pinvoke.wasm', import.meta.url),
    imports,
    assemblies: [new URL('app/CoreTests.dll', import.meta.url), new URL('class-library/', import.meta.url)],
    runtimeConfig: new URL('app/CoreTests.runtimeconfig.json', import.meta.url),
    stdout: print,
    stderr: print,
    onProgress: showProgress,
  });
  registerFunctions(clr);
  output.dataset.exitCode = await clr.runMain('CoreTests');
  clr.dispose();
} catch (error) {
  print(`${error}\n`);
  console.error(error);
  output.dataset.exitCode = 'error';
} finally {
  progress.hidden = true;
}
