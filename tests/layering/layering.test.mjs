// Data flows one way: a folder of runtime/ may include only itself and the folders to its left in the design's line.
// The public headers stand alone, the C one in C99.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { at } from '../../scripts/lib/paths.mjs';

const kSources = /\.(h|hpp|cpp|c|def)$/;
const kBefore = {
  base: [],
  metadata: ['base'],
  types: ['metadata'],
  gc: ['types'],
  objects: ['gc'],
  abi: ['objects'],
  ir: ['abi'],
  interp: ['ir'],
  jit: ['interp'],
  interop: ['interp'],
  icalls: ['interop'],
  vm: ['jit', 'icalls'],
  public: ['vm'],
};

/** Everything to the left of a folder, itself included. */
const reachable = (folder) => new Set([folder, ...kBefore[folder].flatMap((before) => [...reachable(before)])]);

const filesOf = (folder) => readdirSync(at(folder), { recursive: true }).filter((file) => kSources.test(file)).map((file) => path.join(folder, file));

/** [file, line, path] of each #include "…" in the files of a folder. */
function includesOf(folder) {
  return filesOf(folder).flatMap((file) => readFileSync(at(file), 'utf8').split('\n').flatMap((text, i) => {
    const included = /^\s*#\s*include\s+"([^"]+)"/.exec(text)?.[1];
    return included ? [{ place: `${file}:${i + 1}`, included }] : [];
  }));
}

function compile(compiler, args, header) {
  const { status, stderr } = spawnSync(compiler, [...args, '-fsyntax-only', '-I', at('runtime'), '-'], { input: `#include "${header}"\n`, encoding: 'utf8' });
  expect(status, stderr).to.equal(0);
}

describe('layering', () => {
  it('knows every folder of runtime/', () => {
    const folders = readdirSync(at('runtime'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(Object.keys(kBefore)).to.include.members(folders);
  });

  for (const folder of Object.keys(kBefore)) {
    it(`${folder}/ includes nothing to its right`, function () {
      if (!readdirSync(at('runtime')).includes(folder)) return this.skip();
      const allowed = reachable(folder);
      const wrong = includesOf(`runtime/${folder}`)
        .filter(({ included }) => !allowed.has(included.split('/')[0]) || !included.includes('/'))
        .map(({ place, included }) => `${place} includes ${included}`);
      expect(wrong).to.deep.equal([]);
    });
  }

  it('keeps Emscripten out of runtime/, but for the host\'s own file in base/platform', () => {
    const wrong = filesOf('runtime').filter((file) => !file.startsWith('runtime/base/platform/'))
      .filter((file) => /#\s*include\s*<emscripten/.test(readFileSync(at(file), 'utf8')));
    expect(wrong).to.deep.equal([]);
  });

  it('leanclr.h is C99 by itself', () => compile('gcc', ['-x', 'c', '-std=c99', '-pedantic', '-Wall', '-Wextra', '-Werror'], 'public/leanclr.h'));
  it('leanclr.h is C++', () => compile('g++', ['-x', 'c++', '-std=c++20', '-Wall', '-Wextra', '-Werror'], 'public/leanclr.h'));
  it('leanclr.hpp stands alone', () => compile('g++', ['-x', 'c++', '-std=gnu++20', '-fno-exceptions', '-fno-rtti', '-Wall', '-Wextra', '-Werror'], 'public/leanclr.hpp'));
});
