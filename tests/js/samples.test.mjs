// The samples under Node, and the steps of their README for a function of one's own in JavaScript.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { hello, root, sample } from './support/paths.mjs';

const node = (cwd, ...args) => spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
const blocks = (file, language) => Array.from(readFileSync(file, 'utf8').matchAll(/^( *)```(\w*)\n([^]*?)^ *```/gm))
  .filter((match) => match[2] === language)
  .map((match) => match[3].replaceAll(new RegExp(`^${match[1]}`, 'gm'), ''));

describe('samples', () => {
  it('custom-pinvoke-wasm prints what its README shows', () => {
    const { stdout, stderr, status } = node(sample, 'run.mjs');
    expect({ stdout, stderr, status }).to.deep.equal({
      stdout: 'Add(20, 22) = 42\nMul(6, 7) = 42\nGreet(LeanCLR) = Hello, LeanCLR!\n', stderr: '', status: 0,
    });
    expect(blocks(path.join(sample, 'README.md'), '')[0]).to.equal(stdout);
  });

  it('hello-node prints what its README shows', () => {
    const folder = path.join(root, 'samples/hello-node');
    const { stdout, stderr, status } = node(folder, 'run.mjs');
    expect({ stderr, status }).to.deep.equal({ stderr: '', status: 0 });
    expect(stdout).to.equal(blocks(path.join(folder, 'README.md'), '')[0]);
  });

  it('docs/host.md does what it says', () => {
    const document = path.join(root, 'docs/host.md');
    const folder = mkdtempSync(path.join(root, 'samples/docs-')); // inside the package, so that it can import itself
    try {
      cpSync(hello.output, path.join(folder, 'app'), { recursive: true });
      writeFileSync(path.join(folder, 'script.mjs'), blocks(document, 'js').join('\n'));
      const { stdout, stderr, status } = node(folder, 'script.mjs');
      expect({ stdout, stderr, status }).to.deep.equal({ stdout: blocks(document, '')[0], stderr: '', status: 0 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('the README\'s function of one\'s own in JavaScript works as written', () => {
    // Beside the sample, so that its relative paths hold.
    const copy = mkdtempSync(path.join(root, 'samples/readme-'));
    try {
      cpSync(sample, copy, { recursive: true, filter: (file) => !/[/\\](bin|obj)$/.test(file) });
      const [declaration, call] = blocks(path.join(sample, 'README.md'), 'csharp');
      const [registration] = blocks(path.join(sample, 'README.md'), 'js');
      const edit = (name, change) => {
        const file = path.join(copy, name);
        writeFileSync(file, change(readFileSync(file, 'utf8')));
      };
      edit('CoreTests/CustomPInvoke.cs', (text) => text.replace(/\n {4}\}\n\}\s*$/, `\n${declaration}\n    }\n}\n`));
      edit('CoreTests/Program.cs', (text) => text + call);
      edit('functions.mjs', (text) => text.replace(/\n\}\s*$/, `\n${registration}}\n`));
      const built = spawnSync('dotnet', ['build', '-c', 'Release', '--nologo', '-v', 'q'], { cwd: path.join(copy, 'CoreTests'), encoding: 'utf8' });
      expect(built.status, built.stdout).to.equal(0);
      expect(node(copy, 'run.mjs').stdout).to.match(/\nAverage\(1, 2\) = 1\.5\n$/);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});
