// The smallest programs with the class library whole and trimmed to what they need: hello world, and one that calls
// the host.
import path from 'node:path';
import { expect } from 'chai';
import { trimmedProgram } from '../../scripts/build-managed.mjs';
import { build } from '../../scripts/lib/paths.mjs';
import { capture } from '../../scripts/lib/run.mjs';
import { libraryFolders } from '../../scripts/pack.mjs';

const libraries = {
  'the whole class library': () => libraryFolders(),
  'a trimmed class library': (program) => [path.dirname(program)],
};

async function runInWasm(name, folders, pinvokes) {
  const { createRuntime } = await import('leanclr');
  let text = '';
  const clr = await createRuntime({ assemblies: [trimmedProgram(name), ...folders], pinvokes, stdout: (part) => { text += part; } });
  try {
    return { code: await clr.runMain(name), text };
  } finally {
    clr.dispose();
  }
}

for (const [title, foldersOf] of Object.entries(libraries)) {
  describe(`small programs with ${title}`, () => {
    const hello = trimmedProgram('hello'), pinvoke = trimmedProgram('pinvoke');

    for (const options of [[], ['--gc-stress']]) {
      it(['hello natively', ...options].join(' '), async () => {
        const folders = foldersOf(hello).flatMap((folder) => ['--lib', folder]);
        const { code, stdout, stderr } = await capture(build('native-debug/leanclr-run'), [...options, ...folders, hello]);
        expect(stdout, stderr).to.equal('Hello, World!\n');
        expect(code).to.equal(0);
      });
    }

    it('hello in wasm', async () => {
      expect(await runInWasm('hello', foldersOf(hello))).to.deep.equal({ code: 0, text: 'Hello, World!\n' });
    });

    it('pinvoke in wasm, bound to JavaScript', async () => {
      const pinvokes = { 'Native::Add(System.Int32,System.Int32)': (a, b) => a + b, 'Native::Greet': (name) => `Hello, ${name}!` };
      expect(await runInWasm('pinvoke', foldersOf(pinvoke), pinvokes)).to.deep.equal({ code: 0, text: '42\nHello, LeanCLR!\n' });
    });

    it('pinvoke natively, without a target: the exception names the key', async () => {
      const folders = foldersOf(pinvoke).flatMap((folder) => ['--lib', folder]);
      const { code, stderr } = await capture(build('native-debug/leanclr-run'), [...folders, pinvoke]);
      expect(stderr).to.match(/System\.(DllNotFoundException|EntryPointNotFoundException)/).and.to.contain('Native::Add(System.Int32,System.Int32)');
      expect(code).to.equal(134);
    });
  });
}
