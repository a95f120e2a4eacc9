// npm start: set up, build, and run samples/custom-pinvoke-wasm under Node.
import { spawnSync } from 'node:child_process';
import { buildHost, buildSample } from './build.mjs';
import { at } from './lib/paths.mjs';
import { main } from './lib/steps.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  await setUp();
  await buildHost();
  await buildSample();
  console.log('- running samples/custom-pinvoke-wasm\n');
  const { status } = spawnSync(process.execPath, [at('samples/custom-pinvoke-wasm/run.mjs')], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
});
