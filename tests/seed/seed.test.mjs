// The blocks of seed-api.md compile unchanged against runtime/public, with the native compiler and with Emscripten's.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { at } from '../../scripts/lib/paths.mjs';

const blocks = Object.fromEntries([...readFileSync(at('tests/seed/seed-api.md'), 'utf8').matchAll(/^## (.+)\n\n```cpp\n([^`]+)```$/gm)]
  .map(([, name, code]) => [name, code]));

const source = [
  blocks.include,
  'using namespace leanclr;',
  blocks.function,
  blocks.invoker,
  `using Invoker = ${blocks['invoker type'].trim()};`,
  'static_assert(std::is_same_v<decltype(my_add_invoker), Invoker>);',
  blocks.program,
  // The names offered beside the contract's.
  'auto second_spelling() { return vm::Runtime::initialize(); }',
].join('\n');

const options = ['-x', 'c++', '-std=gnu++20', '-fno-exceptions', '-fno-rtti', '-Wall', '-Wextra', '-Werror', '-fsyntax-only', '-I', at('runtime'), '-'];

describe('the seed API', () => {
  it('has all its blocks', () => expect(Object.keys(blocks)).to.have.ordered.members(['include', 'function', 'invoker', 'invoker type', 'program']));
  for (const compiler of ['c++', 'em++']) {
    it(`compiles unchanged with ${compiler}`, () => {
      const { status, stderr } = spawnSync(compiler, options, { input: source, encoding: 'utf8' });
      expect(status, stderr).to.equal(0);
    });
  }
});
