// Registering, replacing, removing and listing functions, before and after start and between calls.
import { expect } from 'chai';
import { AmbiguousEntryError, DuplicateEntryError, MissingMethodError } from 'leanclr';
import { createHost, withHost } from './support/host.mjs';

const kAdd = 'HostTests.Extern::Add';
const kCallAdd = 'HostTests.Methods::CallAdd';

describe('registry', () => {
  let clr;
  beforeEach(async () => {
    clr = await createHost();
    await clr.load('HostTests');
  });
  afterEach(() => clr.dispose());

  it('a function may be registered before the runtime starts', () =>
    withHost({ pinvokes: { [kAdd]: (a, b) => a + b } }, async (early) => {
      await early.load('HostTests');
      expect(early.call(kCallAdd, 20, 22)).to.equal(42);
    }));

  it('and after the method was called in vain', () => {
    expect(() => clr.call(kCallAdd, 1, 2)).to.throw(/EntryPointNotFoundException|DllNotFoundException/);
    clr.registerPInvoke(kAdd, (a, b) => a + b);
    expect(clr.call(kCallAdd, 1, 2)).to.equal(3);
  });

  for (const key of [
    '[HostTests]HostTests.Extern::Add(System.Int32,System.Int32)',
    '[host]HostTests.Extern::Add(System.Int32,System.Int32)',
    'HostTests.Extern::Add(System.Int32,System.Int32)',
    '[host]HostTests.Extern::Add',
    'HostTests.Extern::Add',
  ]) {
    it(`the key ${key} is found`, () => {
      clr.registerPInvoke(key, (a, b) => a + b);
      expect(clr.call(kCallAdd, 20, 22)).to.equal(42);
    });
  }

  it('the externs of an assembly are listed with what serves them', () => {
    clr.registerPInvoke('HostTests.Extern::Add', (a, b) => a + b);
    clr.registerPInvoke('[host]HostTests.Extern::Overloaded(System.Int32)', () => 0);
    const externs = clr.externs('HostTests');
    const add = externs.find(({ key }) => key.includes('::Add('));
    expect(add).to.include({ key: '[host]HostTests.Extern::Add(System.Int32,System.Int32)', library: 'host', entryPoint: 'Add', state: 'bound', target: 'JavaScript', registeredAs: 'HostTests.Extern::Add', reason: '' });
    const other = externs.find(({ key }) => key.includes('::Overloaded(System.String)'));
    expect(other).to.include({ state: 'missing', target: undefined, registeredAs: '' });
    expect(other.reason).to.contain("Register a function under '[HostTests]HostTests.Extern::Overloaded(System.String)'");
    expect(() => clr.externs('NoSuchAssembly')).to.throw(/NoSuchAssembly/);
  });

  it('a fake library takes the place of a registered one', async () => {
    await clr.loadLibrary('host', { Add: (a, b) => a + b });
    expect(clr.call(kCallAdd, 1, 2)).to.equal(3);
    let refused;
    await clr.loadLibrary('host', { Add: () => 0 }).catch((error) => { refused = error; });
    expect(refused).to.be.instanceOf(DuplicateEntryError);
    const calls = [];
    await clr.loadLibrary('host', { Add: (...args) => calls.push(args) }, { replace: true });
    expect(clr.call(kCallAdd, 5, 6)).to.equal(1);
    expect(calls).to.deep.equal([[5, 6]]);
  });

  it('calls are traced', async () => {
    const seen = [];
    await withHost({ trace: ({ milliseconds, ...call }) => { expect(milliseconds).to.be.at.least(0); seen.push(call); } }, async (other) => {
      const failure = new Error('no');
      await other.load('HostTests');
      other.registerPInvoke(kAdd, (a, b) => { if (a < 0) throw failure; return a + b; });
      other.call(kCallAdd, 1, 2);
      expect(() => other.call(kCallAdd, -1, 2)).to.throw('no');
      expect(seen).to.deep.equal([{ key: kAdd, args: [1, 2], result: 3 }, { key: kAdd, args: [-1, 2], error: failure }]);
    });
  });

  it('the fuller key wins', () => {
    clr.registerPInvoke('HostTests.Extern::Add', () => 1);
    clr.registerPInvoke('HostTests.Extern::Add(System.Int32,System.Int32)', () => 2);
    expect(clr.call(kCallAdd, 0, 0)).to.equal(2);
  });

  it('two keys of equal form that both fit are an error that lists both', () => {
    clr.registerPInvoke('[HostTests]HostTests.Extern::Add', () => 1);
    clr.registerPInvoke('[host]HostTests.Extern::Add', () => 2);
    expect(() => clr.call(kCallAdd, 0, 0)).to.throw(/\[HostTests\]HostTests\.Extern::Add[^]*\[host\]HostTests\.Extern::Add|\[host\]HostTests\.Extern::Add[^]*\[HostTests\]HostTests\.Extern::Add/);
  });

  it('overloads are told apart by their parameters', () => {
    clr.registerPInvoke('HostTests.Extern::Overloaded(System.Int32)', () => 3);
    clr.registerPInvoke('HostTests.Extern::Overloaded(System.String)', () => 4);
    expect(clr.call('HostTests.Methods::CallOverloads')).to.equal(34);
  });

  it('one function may serve overloads, each with its own types', () => {
    const seen = [];
    clr.registerPInvoke('HostTests.Extern::Overloaded', (value) => seen.push(value));
    expect(clr.call('HostTests.Methods::CallOverloads')).to.equal(12);
    expect(clr.call('HostTests.Methods::CallOverloads')).to.equal(34);
    expect(seen).to.deep.equal([1, 'one', 1, 'one']);
  });

  it('a second function under one key is a DuplicateEntryError that names the key', () => {
    clr.registerPInvoke(kAdd, () => 1);
    expect(() => clr.registerPInvoke(kAdd, () => 2)).to.throw(DuplicateEntryError, kAdd);
    expect(clr.call(kCallAdd, 0, 0)).to.equal(1);
  });

  it('replacing takes effect on the next call', () => {
    clr.registerPInvoke(kAdd, () => 1);
    expect(clr.call(kCallAdd, 0, 0)).to.equal(1);
    clr.replacePInvoke(kAdd, () => 2);
    expect(clr.call(kCallAdd, 0, 0)).to.equal(2);
  });

  it('a function may replace itself while it runs', () => {
    clr.registerPInvoke(kAdd, () => {
      clr.replacePInvoke(kAdd, () => 2);
      return 1;
    });
    expect([clr.call(kCallAdd, 0, 0), clr.call(kCallAdd, 0, 0)]).to.deep.equal([1, 2]);
  });

  it('unregistering takes effect on the next call, and the key is free again', () => {
    clr.registerPInvoke(kAdd, () => 1);
    clr.call(kCallAdd, 0, 0);
    clr.unregisterPInvoke(kAdd);
    expect(() => clr.call(kCallAdd, 0, 0)).to.throw(/EntryPointNotFoundException|DllNotFoundException/);
    clr.registerPInvoke(kAdd, () => 3);
    expect(clr.call(kCallAdd, 0, 0)).to.equal(3);
  });

  it('replacing what is not there registers it; removing what is not there is an error that names the key', () => {
    clr.replacePInvoke(kAdd, (a, b) => a + b);
    expect(clr.call(kCallAdd, 20, 22)).to.equal(42);
    const nothing = 'HostTests.Extern::Nothing';
    expect(() => clr.unregisterPInvoke(nothing)).to.throw(MissingMethodError, nothing);
  });

  it('lists every key', () => {
    const before = clr.listPInvokes();
    clr.registerPInvoke(kAdd, () => 1);
    expect(clr.listPInvokes()).to.have.members([...before, kAdd]);
  });

  it('refuses what is no function and what is no key', () => {
    expect(() => clr.registerPInvoke(kAdd, 42)).to.throw(TypeError, kAdd);
    expect(() => clr.registerPInvoke('', () => {})).to.throw(TypeError);
    expect(() => clr.registerPInvoke('no method in here', () => {})).to.throw(/no method in here/);
  });

  it('an unregistered extern says which key to register', () => {
    const text = clr.call('HostTests.Methods::Describe', 'unregistered');
    expect(text).to.match(/^System\.(EntryPointNotFound|DllNotFound)Exception: /)
      .and.include('HostTests.Extern::NobodyRegistersThis(System.Int32)');
  });

  it('C# and JavaScript may call each other in turn', () => {
    clr.registerPInvoke('HostTests.Extern::Reenter', (depth) => clr.call('HostTests.Methods::Reenter', depth));
    expect(clr.call('HostTests.Methods::Reenter', 30)).to.equal(30);
  });

  it('a method is found by name where that is unambiguous', () => {
    expect(clr.call('HostTests.Methods::Add', 1, 2)).to.equal(3);
    expect(clr.call('[HostTests]HostTests.Methods::Add(System.Int32,System.Int32)', 1, 2)).to.equal(3);
    expect(clr.call('HostTests.Methods::Overloaded(System.String)', 'four')).to.equal(4);
    expect(() => clr.call('HostTests.Methods::Overloaded', 1)).to.throw(AmbiguousEntryError, 'System.String');
    expect(() => clr.call('HostTests.Methods::Nowhere')).to.throw(MissingMethodError, 'HostTests.Methods::Nowhere');
  });

  it('call() searches the application of a folder that is not loaded yet, in Node', () =>
    withHost({}, (fresh) => expect(fresh.call('HostTests.Methods::Add', 1, 2)).to.equal(3)));
});
