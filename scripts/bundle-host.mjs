// node scripts/bundle-host.mjs: after tsc, makes one file of each of the host's two entry points. Node then opens one
// file instead of thirty, which is most of the host's share of the start-up time; pages save the round trips.
import path from 'node:path';
import { build } from 'esbuild';
import { at } from './lib/paths.mjs';

for (const [entry, platform] of [['index.js', 'browser'], ['node/index.js', 'node']]) {
  const file = path.join(at('js/dist'), entry);
  await build({ entryPoints: [file], outfile: file, allowOverwrite: true, bundle: true, platform, format: 'esm', target: 'es2022', sourcemap: true, logLevel: 'warning' });
}
