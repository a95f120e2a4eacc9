// Programs with the class library whole and trimmed to what they need: hello world, one that calls the host, and three
// of the kinds that people write, whose output is dotnet's.
import path from 'node:path';
import { expect } from 'chai';
import { hostPrograms, trimmedNames, trimmedProfiles, trimmedProgram, untrimmedProgram } from '../../scripts/build-managed.mjs';
import { build } from '../../scripts/lib/paths.mjs';
import { capture } from '../../scripts/lib/run.mjs';
import { libraryFolders } from '../../scripts/pack.mjs';
import { compare, expectedOf, lawful, runOn } from '../support/programs.mjs';

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

describe('[JSImport] and [JSExport] with a trimmed class library', () => {
  for (const profile of trimmedProfiles('jsimport')) {
    it(profile, async () => {
      const { createRuntime } = await import('leanclr');
      let text = '';
      const clr = await createRuntime({ assemblies: path.dirname(trimmedProgram('jsimport', profile)), stdout: (part) => { text += part; } });
      try {
        clr.setModuleImports('main', {
          add: (a, b) => a + b,
          greet: (name) => `Hello, ${name}!`,
          each: (texts, action) => texts.forEach((each) => action(each)),
          later: async (value) => value * 2,
          fail: () => { throw new RangeError('mine'); },
          make: () => ({ name: 'made' }),
        });
        expect(await clr.runMain('jsimport')).to.equal(3);
        expect(text).to.equal('42\nHello, LeanCLR!\na\nb\n10\nRangeError: mine\nmade\n');
        const { Functions } = await clr.getAssemblyExports('jsimport');
        expect(Functions.Reverse('abc')).to.equal('cba');
        expect(await Functions.Twice(Promise.resolve(21))).to.equal(42);
        expect(() => Functions.Throw('why')).to.throw('why');
      } finally {
        clr.dispose();
      }
    });
  }
});

for (const [host, title] of Object.entries({ native: 'natively', stress: 'natively under GC stress', wasm: 'in wasm under Node' })) {
  describe(`programs with a trimmed class library ${title}`, function () {
    this.timeout(0); // each run has its own limit
    for (const name of trimmedNames().filter((each) => !hostPrograms.includes(each))) {
      it(`${name}, the whole class library`, async () => {
        const program = untrimmedProgram(name);
        compare(await runOn(host, program), await expectedOf(program));
      });
      for (const profile of trimmedProfiles(name)) {
        it(`${name}, ${profile}`, async () => {
          const program = trimmedProgram(name, profile);
          const actual = await runOn(host, program);
          compare(actual, lawful(`trimmed/${name}`, await expectedOf(untrimmedProgram(name))));
        });
      }
    }
  });
}
