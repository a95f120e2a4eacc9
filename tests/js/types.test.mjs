// The typings: a TypeScript project that uses the package compiles under the strictest settings, in Node and in pages.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect } from 'chai';
import { root } from './support/paths.mjs';

const compile = (...options) => spawnSync(process.execPath, [
  path.join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022',
  '--lib', 'es2023,dom,esnext.disposable', ...options, path.join(root, 'tests/js/types/consumer.ts'),
], { encoding: 'utf8' });

describe('typings', () => {
  it('serve a Node project', () => {
    expect(compile('--module', 'nodenext').stdout).to.equal('');
  });

  it('serve a project with a bundler', () => {
    expect(compile('--module', 'esnext', '--moduleResolution', 'bundler', '--customConditions', 'browser').stdout).to.equal('');
  });
});
