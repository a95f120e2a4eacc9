// Unity's .jslib files as the library __Internal: unchanged, and converted by the command.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { DuplicateEntryError, ManagedError, ModuleError } from 'leanclr';
import { createHost, failureOf, withHost } from './support/host.mjs';
import { nativeTests, root } from './support/paths.mjs';

const options = { assemblies: [nativeTests.output] };
const file = (name) => path.join(root, 'tests/js/jslib', `${name}.jslib`);
const all = ['plugin', 'callbacks', 'state', 'other'];
const load = (clr, text, more) => clr.loadLibrary('__Internal', { jslib: text, file: 'bad.jslib' }, more);

function failure(action) {
  try {
    action();
  } catch (error) {
    expect(error).to.be.instanceOf(ManagedError);
    return error;
  }
  throw new Error('expected a failure');
}

/** What both kinds of loading must give. */
function behaves(hostOf) {
  let clr;
  const messages = [];
  const call = (name, ...args) => clr.call(`NativeTests.Jslib::${name}`, ...args);
  before(async () => {
    clr = await createHost(options);
    await clr.load('NativeTests');
    await hostOf(clr, { imports: { SendMessage: (...args) => messages.push(args) } });
  });
  after(() => clr.dispose());

  it('scalars, texts, arrays and structs', () => {
    expect(call('Scalars')).to.equal('42 2.5 0.25 2199023255552 42 True False 0 4294967295');
    expect(call('Texts')).to.equal('5 GRÜSSE! WEIT True');
    expect(call('Arrays')).to.equal('3.5 2 4 6 73 73');
    expect(call('Structs')).to.equal('-1 -2.5 9 7.5');
  });

  it('returned texts are freed', () => {
    call('TextsOften', 100);
    const { total } = clr.memory;
    call('TextsOften', 20_000);
    expect(clr.memory.total - total).to.be.below(2 ** 18);
  });

  it('sloppy code and everything that looks like a regular expression', () => {
    expect(call('Kept', 5)).to.equal(5);
    expect(call('Scanned')).to.equal(4);
  });

  it('views live on when the memory has grown', () => {
    expect(call('Grown', 2 ** 25)).to.equal(14);
    expect(call('Arrays')).to.equal('3.5 2 4 6 73 73');
  });

  it('callbacks in every spelling', () => {
    expect(call('Callbacks')).to.equal(`49 101 36 525 ${1 + 2 ** 40 + 0.5 + 0.25 + 4} really?`);
    expect(call('CallbackThrows')).to.equal('in a callback, 2');
  });

  it('callbacks later', async () => {
    expect(await call('Later', 40)).to.equal(41);
    expect(await call('Later', 40)).to.equal(42);
  });

  it('wrong callbacks are errors that say so', () => {
    expect(failure(() => call('Odd')).message).to.contain("dynCall: 'xx' is no signature");
    expect(failure(() => call('Wrong')).message).to.contain("dynCall('iii'): the function takes 1 arguments, the signature says 2");
    expect(failure(() => call('Nowhere')).message).to.contain(`dynCall('v'): ${0x7fffff} is no function pointer`);
  });

  it('errors are exceptions', () => {
    expect(call('Thrown')).to.equal('JSException: RangeError: out of reach');
    const error = failure(() => call('ThrownThrough'));
    expect(error.cause).to.be.instanceOf(RangeError);
    expect(error.cause.message).to.equal('through C#');
    expect(failure(() => call('Text')).message).to.contain('[__Internal]GiveText: the result: expected a number, got a string');
    expect(failure(() => call('Promised')).message).to.contain('got a promise');
    expect(failure(() => call('Missing')).type).to.equal('System.EntryPointNotFoundException');
  });

  it('state, dependencies, postsets, other names', () => {
    expect(call('State')).to.equal('first=1,second=2 0 3 3 11 12 42 4');
    expect(call('OfAnotherFile')).to.equal(42);
    expect(failure(() => call('OfNoFile')).message).to.contain("[__Internal]Unresolved: state.jslib: it depends on 'fromTheMoon'");
    call('Tell');
    expect(messages).to.deep.equal([['Player', 'Jump', 3]]);
  });

  it('a function by its pointer', () => expect(call('ByPointer')).to.equal(42));

  it('the functions are listed and replaced as others are', () => {
    expect(clr.externs('NativeTests').find(({ key }) => key.includes('Jslib::Add(')).state).to.equal('bound');
    clr.replacePInvoke('[__Internal]Add', (a, b) => a * b);
    expect(call('Added', 6, 7)).to.equal(42);
  });
}

describe('.jslib files', () => {
  behaves(async (clr, more) => {
    for (const name of all) await clr.loadLibrary('__Internal', file(name), more);
  });
});

describe('.jslib files where the page may not make code', () => {
  const { Module } = WebAssembly;
  afterEach(() => { WebAssembly.Module = Module; });

  it('are called all the same, but have no callbacks', () => withHost(options, async (clr) => {
    await clr.load('NativeTests');
    for (const name of ['plugin', 'callbacks']) await clr.loadLibrary('__Internal', file(name));
    WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError('the test forbids it'); } };
    expect(clr.call('NativeTests.Jslib::Scalars')).to.equal('42 2.5 0.25 2199023255552 42 True False 0 4294967295');
    expect(clr.call('NativeTests.Jslib::Thrown')).to.equal('JSException: RangeError: out of reach');
    expect(clr.call('NativeTests.Jslib::AddedOften', 1000)).to.equal(499_500);
    expect(failure(() => clr.call('NativeTests.Jslib::Odd')).type).to.equal('System.PlatformNotSupportedException');
  }));
});

describe('.jslib files by text, under GC stress', () => {
  it('callbacks and errors', () => withHost({ ...options, gcStress: true }, async (clr) => {
    await clr.load('NativeTests');
    for (const name of ['plugin', 'callbacks']) await clr.loadLibrary('__Internal', { jslib: readFileSync(file(name), 'utf8'), file: name });
    expect(clr.call('NativeTests.Jslib::CallbackThrows')).to.equal('in a callback, 2');
    expect(clr.call('NativeTests.Jslib::Thrown')).to.equal('JSException: RangeError: out of reach');
  }));
});

describe('.jslib files converted by the command', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'leanclr-jslib-'));
  const output = path.join(folder, 'plugins.mjs');
  const command = (...args) => execFileSync(process.execPath, [path.join(root, 'js/dist/cli.js'), 'jslib', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  before(() => { command(...all.map(file), '-o', output); });
  after(() => rmSync(folder, { recursive: true }));

  it('contain nothing that is compiled from texts', () => expect(readFileSync(output, 'utf8')).not.to.match(/\beval\b|new Function/));

  describe('as one module', () => behaves(async (clr, more) => {
    await clr.loadLibrary('__Internal', import(pathToFileURL(output)), more);
  }));

  it('declare the variables that nobody has declared, and no others', async () => {
    const { default: make } = await import(`data:text/javascript,${encodeURIComponent(command(file('odd')))}`);
    const { globals, files } = make({});
    expect(globals).to.deep.equal(['undeclared1', 'undeclared2', 'undeclared3', 'undeclared4', 'undeclared5', 'undeclared6', 'undeclaredArr']);
    const library = {};
    files[0].load(Object.assign, { library });
    expect(library.C()).to.equal('\x1b[0m\0\x00815318');
  });

  it('what cannot be converted is told with file and line', () => {
    const bad = path.join(folder, 'bad.jslib');
    writeFileSync(bad, 'mergeInto(LibraryManager.library, {\n  A: function () {\n});\n');
    expect(() => command(bad)).to.throw(/leanclr: bad\.jslib:3: '\)' stands where the '\{' of line 1 wants its '\}'/);
    expect(() => command(path.join(folder, 'nowhere.jslib'))).to.throw(/nowhere\.jslib/);
  });
});

describe('a .jslib file that is no good', () => {
  let clr;
  before(async () => { clr = await createHost(options); });
  after(() => clr.dispose());
  const rows = [
    ['brackets', 'mergeInto(LibraryManager.library, {\n  A: function () { return (1; }\n});', /bad\.jslib:2: '}' stands where the '\(' of line 2 wants its '\)'|bad\.jslib:2: /],
    ['a string without end', 'var a = "b\n', /bad\.jslib:1: the string has no end/],
    ['a syntax error', '\nvar 1a = 2;', /bad\.jslib(:2)?: .*Invalid or unexpected token/],
    ['an unknown macro', '\n\nvar a = {{{ cDefine("X") }}};', /bad\.jslib:3: the macro \{\{\{ cDefine\("X"\) \}\}\} is not known/],
    ['a condition without end', '#if A\n', /bad\.jslib:1: #if without #endif/],
    ['a with statement', '\nwith (a) {}', /bad\.jslib:2: a `with` statement/],
    ['code that fails', 'nowhere.a = 1;', /bad\.jslib: its code failed: nowhere is not defined/],
    ['nothing defined', 'var a = 1;', /bad\.jslib: nothing is defined/],
    ['another name for nothing', 'addToLibrary({ A: "B" });', /bad\.jslib: 'A' is another name for 'B': which nobody defines/],
    ['code that is put together', 'addToLibrary({ A: function () {}, A__postset: ["a", "b"].join("()") });', /bad\.jslib: A__postset: it is code in a text that is put together/],
    ['a postset that fails', 'addToLibrary({ A: function () {}, A__postset: "_A.b.c = 1" });', /bad\.jslib: A__postset: Cannot set properties/],
  ];
  for (const [what, text, message] of rows) {
    it(what, async () => {
      const error = await failureOf(() => load(clr, text));
      expect(error).to.be.instanceOf(ModuleError);
      expect(error.message).to.match(/^loadLibrary\("__Internal"\): /).and.to.match(message);
    });
  }

  it('leaves nothing behind', async () => {
    expect(clr.listPInvokes().filter((key) => key.startsWith('[__Internal]A'))).to.deep.equal([]);
    expect(await load(clr, 'addToLibrary({ A: function () { return 1; } });')).to.deep.equal(['A']);
    expect(await failureOf(() => load(clr, 'addToLibrary({ A: function () { return 2; } });'))).to.be.instanceOf(DuplicateEntryError);
    expect(await load(clr, 'addToLibrary({ A: function () { return 2; } });', { replace: true })).to.deep.equal(['A']);
    expect((await failureOf(() => clr.loadLibrary('__Internal', '/nowhere/a.jslib'))).message).to.contain('/nowhere/a.jslib');
  });
});
