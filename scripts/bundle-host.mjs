// node scripts/bundle-host.mjs: after tsc, makes one file of each of the host's entry points. Node then opens one file
// (two for the command) instead of thirty, which is most of the host's share of the start-up time; pages save the round
// trips. The command carries cac, whose licence then stands beside it.
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { at } from './lib/paths.mjs';

// The command shares the package's own file: in one process there is one LeanClrError.
const packageIsExternal = {
  name: 'package',
  setup: build => build.onResolve({ filter: /\/node\/index\.js$/ }, ({ kind }) => (kind === 'entry-point' ? undefined : { path: './node/index.js', external: true })),
};

const common = { allowOverwrite: true, bundle: true, format: 'esm', target: 'es2022', sourcemap: true, logLevel: 'warning' };
// Pages count bytes: what is not needed to begin with is a file of its own (dynamic imports), and nothing is longer than it
// must be.
rmSync(at('js/dist/chunks'), { recursive: true, force: true }); // of earlier versions
await build({
  ...common, entryPoints: [at('js/dist/index.js')], outdir: at('js/dist'), platform: 'browser', splitting: true, minify: true,
  chunkNames: 'chunks/[name]-[hash]',
});

const entries = [
  { file: 'node/index.js', platform: 'node' },
  { file: 'cli.js', platform: 'node', plugins: [packageIsExternal] },
];
for (const { file, platform, plugins } of entries) {
  const entry = path.join(at('js/dist'), file);
  await build({ ...common, entryPoints: [entry], outfile: entry, platform, plugins });
}
copyFileSync(at('node_modules/cac/LICENSE'), path.join(at('js/dist'), 'cac.LICENSE.txt'));
