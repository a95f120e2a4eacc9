// docs/interop.md's matrix for JavaScript: every type, every way, as it comes out here. In pages it comes out the same.
import { expect } from 'chai';
import { withHost } from './support/host.mjs';
import { rowsOf } from './support/matrix.mjs';
import { interopTests } from './support/paths.mjs';

const kBegin = '<!-- matrix: written by tests/js -->', kEnd = '<!-- end of the matrix for JavaScript -->';

const rows = () => withHost({ assemblies: [interopTests.output] }, async (clr) => {
  await clr.load('InteropTests');
  const all = await rowsOf(clr);
  expect(clr.getType('InteropTests.Matrix+Int32Ways').Delegate()(42), 'the runtime goes on').to.equal(42);
  return all;
});

describe('the matrix of types', () => {
  it('has no fault and no value that came back as another', async () => {
    const all = await rows();
    expect(all).to.have.length.above(60);
    for (const [title, ...outcomes] of all) {
      for (const outcome of outcomes) expect(outcome, title).to.match(/^(works|–|(works; as its result: )?(NotSupportedException|MarshalDirectiveException|TypeError))$/);
    }
  });

  it('is what docs/interop.md says, in Node (LEANCLR_UPDATE=1 writes it)', async () => {
    const { readFileSync, writeFileSync } = await import('node:fs');
    const { root } = await import('./support/paths.mjs');
    const lines = (await rows()).map((row) => `| ${row.map((cell, index) => (index === 0 ? `\`${cell}\`` : cell)).join(' | ')} |`);
    const matrix = [kBegin, '| C# | argument of C# | result of C# | `extern` method | C# delegate | JavaScript function |', '| --- | --- | --- | --- | --- | --- |', ...lines, kEnd].join('\n');
    const file = `${root}/docs/interop.md`;
    const text = readFileSync(file, 'utf8');
    const updated = text.slice(0, text.indexOf(kBegin)) + matrix + text.slice(text.indexOf(kEnd) + kEnd.length);
    if (process.env.LEANCLR_UPDATE) writeFileSync(file, updated);
    else expect(text).to.equal(updated);
  });
});
