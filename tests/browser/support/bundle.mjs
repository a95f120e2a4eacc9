// The tests of tests/js for a page: one script per file, in which the tests' support is that of ./page, and the host the
// served one.
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../../js/support/paths.mjs';

const page = (name) => path.join(root, 'tests/browser/support/page', name);

/** What a page has other modules for. */
const replaced = { './support/host.mjs': 'host.mjs', './support/paths.mjs': 'paths.mjs', './support/native.mjs': 'native.mjs', './support/gc.mjs': 'gc.mjs',
  './host.mjs': 'host.mjs', './paths.mjs': 'paths.mjs', 'node:timers/promises': 'node.mjs', 'node:child_process': 'node.mjs', 'node:fs': 'node.mjs', 'node:path': 'node.mjs', 'node:perf_hooks': 'node.mjs' };

const forPage = {
  name: 'for a page',
  setup({ onResolve }) {
    onResolve({ filter: /^leanclr$/ }, () => ({ path: '/leanclr/index.js', external: true }));
    onResolve({ filter: /^(node:|\.\/)/ }, ({ path: wanted, importer }) => {
      if (!(wanted in replaced) || importer.startsWith(page(''))) return undefined;
      return { path: page(replaced[wanted]) };
    });
  },
};

const bundles = new Map();

/** The script of tests/js/NAME.test.mjs. */
export function testScript(name) {
  if (!bundles.has(name)) {
    const options = { entryPoints: [path.join(root, 'tests/js', `${name}.test.mjs`)], bundle: true, format: 'esm', target: 'esnext', write: false, plugins: [forPage], logLevel: 'silent' };
    bundles.set(name, build(options).then(({ outputFiles }) => outputFiles[0].text));
  }
  return bundles.get(name);
}
