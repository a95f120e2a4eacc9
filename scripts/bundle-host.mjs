// node scripts/bundle-host.mjs: after tsc, makes one file of each of the host's entry points. Node then opens one file
// (two for the command) instead of thirty, which is most of the host's share of the start-up time; pages save the round
// trips. The command carries cac, whose licence then stands beside it.
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { at } from './lib/paths.mjs';

// The command shares the package's own file: in one process there is one LeanClrError.
const packageIsExternal = {
  name: 'package',
  setup: build => build.onResolve({ filter: /\/node\/index\.js$/ }, ({ kind }) => (kind === 'entry-point' ? undefined : { path: './node/index.js', external: true })),
};

// What import() loads is a bundle of its own, shared by the entry points; few programs need it.
const onDemandIsExternal = (file) => ({
  name: 'on-demand',
  setup: build => build.onResolve({ filter: /^\./ }, ({ kind, path: wanted, importer }) => {
    if (kind !== 'dynamic-import') return undefined;
    const found = path.relative(path.dirname(path.join(at('js/dist'), file)), path.resolve(path.dirname(importer), wanted));
    return { path: found.startsWith('.') ? found : `./${found}`, external: true };
  }),
});

const entries = [
  { file: 'index.js', platform: 'browser', plugins: [onDemandIsExternal('index.js')] },
  { file: 'node/index.js', platform: 'node', plugins: [onDemandIsExternal('node/index.js')] },
  { file: 'js-interop/index.js', platform: 'neutral' },
  { file: 'cli.js', platform: 'node', plugins: [packageIsExternal] },
];
for (const { file, platform, plugins } of entries) {
  const entry = path.join(at('js/dist'), file);
  await build({
    entryPoints: [entry], outfile: entry, allowOverwrite: true, bundle: true, platform, plugins, format: 'esm', target: 'es2022',
    sourcemap: true, logLevel: 'warning',
  });
}
copyFileSync(at('node_modules/cac/LICENSE'), path.join(at('js/dist'), 'cac.LICENSE.txt'));
