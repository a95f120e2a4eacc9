// node run.mjs [arguments…]: the sample under Node.
import { createRuntime, findClassLibrary, restoreClassLibrary } from 'leanclr';
import * as imports from '../../build/wasm-release/custom-pinvoke.imports.mjs';
import { registerFunctions } from './functions.mjs';

const here = (location) => new URL(location, import.meta.url);
const app = here('CoreTests/bin/Release/net10.0/');

const clr = await createRuntime({
  wasm: here('../../build/wasm-release/custom-pinvoke.wasm'),
  imports,
  assemblies: [app, ...(findClassLibrary() ?? await restoreClassLibrary(console.error))],
  runtimeConfig: new URL('CoreTests.runtimeconfig.json', app),
});
registerFunctions(clr);
process.exitCode = await clr.runMain('CoreTests', process.argv.slice(2));
clr.dispose();
