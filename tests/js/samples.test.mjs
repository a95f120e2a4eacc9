// The samples under Node, and what their README and docs/host.md lead a reader through.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { withHost } from './support/host.mjs';
import { coreTests, hello, modules, root, sample } from './support/paths.mjs';

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

  it('custom-pinvoke-wasm prints the same when garbage is collected at every safepoint', async () => {
    const imports = await import(pathToFileURL(path.join(modules, 'custom-pinvoke.imports.mjs')));
    const { registerFunctions } = await import(pathToFileURL(path.join(sample, 'functions.mjs')));
    await withHost({ wasm: path.join(modules, 'custom-pinvoke.wasm'), imports, assemblies: [coreTests.output], gcStress: true }, async (clr) => {
      registerFunctions(clr);
      expect(await clr.runMain('CoreTests')).to.equal(0);
      expect(clr.text.stdout).to.equal(blocks(path.join(sample, 'README.md'), '')[0]);
    });
  });

  it('custom-pinvoke-wasm is traced: a hand-written invoker, one from the type, a JavaScript function', async () => {
    const imports = await import(pathToFileURL(path.join(modules, 'custom-pinvoke.imports.mjs')));
    const { registerFunctions } = await import(pathToFileURL(path.join(sample, 'functions.mjs')));
    const seen = [];
    await withHost({ wasm: path.join(modules, 'custom-pinvoke.wasm'), imports, assemblies: [coreTests.output], trace: ({ milliseconds, ...call }) => seen.push(call) }, async (clr) => {
      registerFunctions(clr);
      expect(await clr.runMain('CoreTests')).to.equal(0);
    });
    const types = '(System.Int32,System.Int32)';
    expect(seen).to.deep.equal([
      { key: `[CoreTests]test.CustomPInvoke::Add${types}`, args: [20, 22], result: 42 }, { key: `[CoreTests]test.CustomPInvoke::Mul${types}`, args: [6, 7], result: 42 },
      { key: 'test.CustomPInvoke::Greet', args: ['LeanCLR'], result: 'Hello, LeanCLR!' },
    ]);
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

  describe('the README of custom-pinvoke-wasm', () => {
    const readme = path.join(sample, 'README.md');
    const [average, callAverage, sub] = blocks(readme, 'csharp');
    const [registerAverage] = blocks(readme, 'js');
    const [mySub, registerSub] = blocks(readme, 'cpp');
    let copy;

    const edit = (name, change) => {
      const file = path.join(copy, name);
      const before = readFileSync(file, 'utf8');
      const after = change(before);
      expect(after, name).to.not.equal(before);
      writeFileSync(file, after);
    };
    const declare = (declaration, call) => {
      edit('CoreTests/CustomPInvoke.cs', (text) => text.replace(/\n {4}\}\n\}\s*$/, `\n${declaration}\n    }\n}\n`));
      edit('CoreTests/Program.cs', (text) => text + call);
      const built = spawnSync('dotnet', ['build', '-c', 'Release', '--nologo', '-v', 'q'], { cwd: path.join(copy, 'CoreTests'), encoding: 'utf8' });
      expect(built.status, built.stdout).to.equal(0);
    };

    beforeEach(() => {
      copy = mkdtempSync(path.join(root, 'samples/readme-')); // beside the sample, so that its relative paths hold
      cpSync(sample, copy, { recursive: true, filter: (file) => !/[/\\](bin|obj)$/.test(file) });
    });
    afterEach(() => rmSync(copy, { recursive: true }));

    it('leads to a function of one\'s own in JavaScript', () => {
      declare(average, callAverage);
      edit('functions.mjs', (text) => text.replace(/\n\}\s*$/, `\n${registerAverage}}\n`));
      expect(node(copy, 'run.mjs').stdout).to.match(/\nAverage\(1, 2\) = 1\.5\n$/);
    });

    it('leads to a function of one\'s own in C++', () => {
      declare(sub, 'Console.WriteLine($"Sub(50, 8) = {CustomPInvoke.Sub(50, 8)}");\n');
      edit('main.cpp', (text) => text.replace('void RegisterCustomPInvokeMethods()\n{\n', (start) => `${mySub}\n${start}    ${registerSub}`));
      linkModule(path.join(copy, 'main.cpp'), path.join(copy, 'custom-pinvoke.wasm'));
      edit('run.mjs', (text) => text.replaceAll('../../build/wasm-release/', './'));
      expect(node(copy, 'run.mjs').stdout).to.match(/\nSub\(50, 8\) = 42\n$/);
    });
  });
});

/** Compiles and links a module as the build does the sample's, from another main.cpp; without Binaryen's passes. */
function linkModule(source, output) {
  const object = 'samples/custom-pinvoke-wasm/CMakeFiles/custom-pinvoke.dir/main.cpp.o';
  const commandFor = (target) => spawnSync('ninja', ['-C', modules, '-t', 'commands', target], { encoding: 'utf8' }).stdout.trim().split('\n').at(-1);
  const run = (command) => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: modules, encoding: 'utf8' });
    expect(status, `${command}\n${stdout}${stderr}`).to.equal(0);
  };
  run(commandFor(object).replaceAll(object, `${source}.o`).replaceAll(path.join(sample, 'main.cpp'), source));
  run(commandFor('custom-pinvoke.wasm').replace(/ && cd [^]*$/, '').replaceAll(object, `${source}.o`).replace('-o custom-pinvoke.wasm', `-o ${output}`));
  run(`"${process.execPath}" "${path.join(root, 'scripts/em-js.mjs')}" "${output}"`);
}
