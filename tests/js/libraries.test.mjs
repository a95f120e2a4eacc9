// Libraries: side modules, stand-alone modules and JavaScript objects behind DllImport names; C functions called by the
// managed signature alone; function pointers in both directions.
import { expect } from 'chai';
import { DuplicateEntryError, ManagedError, ModuleError } from 'leanclr';
import { createHost, failureOf, withHost } from './support/host.mjs';
import { library, libraryBytes } from './support/native.mjs';
import { nativeTests } from './support/paths.mjs';

const options = { assemblies: [nativeTests.output] };
const rows = (clr, type, table) => {
  for (const [call, expected] of table) {
    const [method, ...args] = call;
    expect(clr.call(`NativeTests.${type}::${method}`, ...args), `${method}(${args})`).to.deep.equal(expected);
  }
};

async function hostWith(...libraries) {
  const clr = await createHost(options);
  await clr.load('NativeTests');
  for (const [name, source, more] of libraries) await clr.loadLibrary(name, source, more);
  return clr;
}

describe('a side module', function () {
  let clr;
  before(async () => { clr = await hostWith(['side', library('side')]); });
  after(() => clr.dispose());

  it('is called with scalars of every kind', () => {
    rows(clr, 'Side', [
      [['Add', 20, 22], 42], [['Add', 2 ** 31 - 1, 1], -(2 ** 31)],
      [['Wide', 2n ** 40n, 2.5, 4], 2n ** 40n + 10n],
      [['Power', 2, 0.5], Math.SQRT2],
      [['Small', 300], 44 * 1000 + 44], [['Small', 255], 255 * 1000 - 1],
      [['IsEven', 4], true], [['IsEven', 5], false],
      [['Twenty'], 2 * (Array.from({ length: 18 }, (_, i) => i + (i % 2) / 2).reduce((a, b) => a + b) + 18.5 + 19)],
    ]);
  });

  it('has variadic functions, whose further arguments are a struct', () => {
    expect(clr.call('NativeTests.Side::Variadic')).to.equal(2 ** 40 + 2.75);
  });

  it('has its data, relocations and constructors', () => {
    rows(clr, 'Side', [[['Count'], 42], [['Count'], 43], [['Second'], 3]]);
  });

  it('uses the C library that the runtime lends', () => {
    expect(clr.call('NativeTests.Side::Duplicated')).to.equal('Grüße 7 True');
    clr.call('NativeTests.Side::Say', 77);
    expect(clr.text.stdout).to.equal('side  |   77|009.6|4d|661424963584\n');
  });

  it('gets and gives structs, arrays and texts', () => {
    rows(clr, 'Side', [[['Structs'], '12 1 5 3 4 1 2.5'], [['Arrays'], '6: 0 1 4 9'], [['Texts'], '7Grüße']]);
    rows(clr, 'Side', [[['StructsBothWays'], '87654321 52345673 True 87654321 True']]);
  });

  it('calls back what C# or C itself gave it', () => {
    rows(clr, 'Side', [
      [['SortedByC'], '1 2 3 4 5'], [['SortedByTheirPointer'], '1 2 3 4 5'], [['SortedByCSharp'], '5 4 3 2 1'],
      [['ApplyTwice', 21], 42], [['ApplyAll'], -1 + 65535 + 2 ** 40 + 0.75],
      [['ApplyNested', 50], 50], [['ApplyCollecting', 41], 42],
    ]);
  });

  it('what a callback throws arrives behind the call', () => {
    rows(clr, 'Side', [[['ApplyThrowing', 7], 'thrown at 7, with its trace'], [['ApplyTwice', 4], 8]]);
  });

  it('calls delegates, ten thousand of them, and dead ones say so', () => {
    rows(clr, 'Side', [[['ApplyLambda', 4], 404], [['CallThroughDelegate'], '4 -4'], [['ApplyMany', 10_000], 0], [['ApplyMany', 10_000], 0]]);
    expect(clr.call('NativeTests.Side::ApplyDead')).to.match(/^True: .*delegate/);
  });

  it('its functions are called by their pointers', () => {
    rows(clr, 'Side', [[['CallTheirs'], 12], [['CallOurs', 21], 42], [['HandleIsThePointer'], true]]);
  });

  it('a function of another type is an error, no trap', () => {
    for (const method of ['Wrong', 'TooMany', 'CallOfAnotherType', 'CallNowhere']) {
      const error = failure(() => clr.call(`NativeTests.Side::${method}`));
      expect(error.type, method).to.equal('System.Runtime.InteropServices.MarshalDirectiveException');
      expect(error.message, method).to.contain('is not of the type');
    }
    expect(failure(() => clr.call('NativeTests.Side::Wrong')).message).to.contain("add_wrongly(System.Int64,System.Int64) does not fit what is registered under '[side]add'");
    expect(failure(() => clr.call('NativeTests.Side::Wrong')).message).to.contain('is not of the type lll but of iii (result, then parameters');
    expect(failure(() => clr.call('NativeTests.Side::CallOfAnotherType')).message).to.contain('is not of the type dd but of iii ');
    expect(failure(() => clr.call('NativeTests.Side::CallNull')).type).to.equal('System.NullReferenceException');
    expect(clr.call('NativeTests.Side::Add', 1, 2)).to.equal(3);
  });

  it('a missing entry point is named', () => {
    expect(failure(() => clr.call('NativeTests.Side::Missing')).type).to.equal('System.EntryPointNotFoundException');
  });

  it('is listed, replaced and unregistered like everything else', () =>
    withHost(options, async (other) => {
      await other.load('NativeTests');
      const names = await other.loadLibrary('side', libraryBytes('side'));
      expect(names).to.include.members(['add', 'sort', 'apply']);
      expect(other.listPInvokes()).to.include('[side]add');
      other.replacePInvoke('[side]add', (a, b) => a * b);
      expect(other.call('NativeTests.Side::Add', 6, 7)).to.equal(42);
      expect(await failureOf(() => other.loadLibrary('side', libraryBytes('side')))).to.be.instanceOf(DuplicateEntryError);
    }));

  it('a function is registered by its pointer, whoever gives that', () => withHost(options, async (other) => {
    await other.load('NativeTests');
    await other.loadLibrary('side', library('side'));
    const add = other.call('NativeTests.Side::PointerOfAdd');
    other.registerFunction('[script]multiply', add);
    expect(other.call('NativeTests.Script::Multiply', 40, 2)).to.equal(42);
    other.registerFunction('NativeTests.Script::Greet', add);
    expect(other.externs('NativeTests').filter(({ registeredAs }) => /multiply|Greet/.test(registeredAs)).map(({ target, state }) => [target, state]))
      .to.deep.equal([['function', 'bound'], ['function', 'mismatch']]);
    for (const bad of [0, -1, 1.5, 1e9, '7', undefined]) expect(() => other.registerFunction('[script]other', bad)).to.throw(TypeError, '[script]other: expected a C function pointer');
    expect(() => other.registerFunction('[script]multiply', add)).to.throw(DuplicateEntryError);
  }));

  it('what nobody has is named', async () => {
    const error = await failureOf(() => clr.loadLibrary('unresolved', library('unresolved')));
    expect(error).to.be.instanceOf(ModuleError);
    expect(error.message).to.contain('nobody has').and.to.contain('fetch_from_the_moon').and.to.contain('phase_of_the_moon');
  });

  it('may use another one, and functions of the page', async () => {
    await clr.loadLibrary('user', await WebAssembly.compile(libraryBytes('user')), { imports: { from_the_page: (value) => value * 100 } });
    rows(clr, 'User', [[['AddAll', 3], 309]]);
  });
});

describe('a side module where the page may not make code', () => {
  const { Module } = WebAssembly;
  let clr;
  before(async () => {
    clr = await hostWith(['side', library('side')]);
    WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError('the test forbids it'); } };
  });
  after(() => {
    WebAssembly.Module = Module;
    clr.dispose();
  });

  it('is called all the same', () => {
    rows(clr, 'Side', [[['Add', 20, 22], 42], [['Wide', 2n ** 40n, 2.5, 4], 2n ** 40n + 10n], [['Power', 2, 0.5], Math.SQRT2], [['Structs'], '12 1 5 3 4 1 2.5'], [['Texts'], '7Grüße']]);
  });

  it('but has no callbacks', () => {
    expect(failure(() => clr.call('NativeTests.Side::ApplyTwice', 1)).type).to.equal('System.PlatformNotSupportedException');
  });

  it('a function of another type is an error, no trap', () => {
    for (const method of ['Wrong', 'TooMany', 'CallNowhere']) expect(failure(() => clr.call(`NativeTests.Side::${method}`)).message, method).to.contain('is not of the type');
  });
});

describe('a side module under GC stress', () => {
  it('calls back', () => withHost({ ...options, gcStress: true }, async (clr) => {
    await clr.load('NativeTests');
    await clr.loadLibrary('side', library('side'));
    rows(clr, 'Side', [[['ApplyCollecting', 41], 42], [['ApplyThrowing', 7], 'thrown at 7, with its trace'], [['SortedByCSharp'], '5 4 3 2 1']]);
  }));
});

describe('calls of C functions are traced', () => {
  const calls = async (run, more = {}) => {
    const seen = [];
    await withHost({ ...options, ...more, trace: ({ milliseconds, ...call }) => { expect(milliseconds).to.be.at.least(0); seen.push(call); } }, async (clr) => {
      await clr.load('NativeTests');
      await clr.loadLibrary('side', library('side'));
      run(clr);
    });
    return seen;
  };

  it('with what C# passed, and what it got', async () => {
    const seen = await calls((clr) => {
      clr.call('NativeTests.Side::Add', 20, 22);
      clr.call('NativeTests.Side::Wide', 2n ** 40n, 2.5, 4);
      clr.call('NativeTests.Side::IsEven', 5);
      clr.call('NativeTests.Side::Texts');
    });
    expect(seen.slice(0, 3)).to.deep.equal([
      { key: '[side]add', args: [20, 22], result: 42 },
      { key: '[side]wide', args: [2n ** 40n, 2.5, 4], result: 2n ** 40n + 10n },
      { key: '[side]is_even', args: [5], result: false },
    ]);
    expect(seen.slice(3).flatMap(({ args, result }) => [...args, result])).to.include('Grüße');
  });

  it('from within to without, under GC stress', async () => {
    const seen = await calls((clr) => { expect(clr.call('NativeTests.Side::ApplyNested', 3)).to.equal(3); }, { gcStress: true });
    expect(seen.map(({ key, result }) => [key, result])).to.deep.equal([...seen.keys()].map((at) => ['[side]apply', seen[at].result]));
    expect(seen.at(-1).result).to.equal(3);
  });

  it('what fails too', async () => {
    const seen = await calls((clr) => { clr.call('NativeTests.Side::ApplyThrowing', 7); });
    const [{ key, error }] = seen.filter((call) => 'error' in call);
    expect(key).to.equal('[side]apply');
    expect(error).to.be.instanceOf(Error);
    expect(error.message).to.match(/^System\.\w+Exception$/);
  });

  it("what the tracer throws is the call's error", () => withHost({ ...options, trace: () => { throw new RangeError('enough'); } }, async (clr) => {
    await clr.load('NativeTests');
    await clr.loadLibrary('side', library('side'));
    expect(failure(() => clr.call('NativeTests.Side::Add', 1, 2)).message).to.include('enough');
  }));
});

describe('a stand-alone module', () => {
  let clr;
  before(async () => { clr = await hostWith(['alone', new Uint8Array(libraryBytes('alone'))]); });
  after(() => clr.dispose());

  it('is called with scalars and texts', () => {
    rows(clr, 'Alone', [
      [['Add', 20, 22], 42], [['Wide', 2n ** 40n, 2.5, 4], 2n ** 40n + 10n], [['AllOnes'], 2 ** 32 - 1], [['IsEven', 4], true],
      [['Length', 'Grüße'], 7], [['Length', ''], 0], [['Length', null], -1],
      [['Greeting', 1], 'Grüße'], [['Greeting', 0], null], [['MadeAndSeen', 42], 42],
    ]);
  });

  it('arrays are copied in and, where C# wants them, back', () => {
    rows(clr, 'Alone', [[['Sum'], 6], [['Twice'], '2 4 6'], [['Swapped'], '2 1'], [['Spans'], '1 4 6 11']]);
    expect(failure(() => clr.call('NativeTests.Alone::Texts')).message).to.contain('[alone]sum: parameter 1: only scalars, strings, and arrays');
  });

  it('a pointer of C# is an error that names the parameter', () => {
    expect(failure(() => clr.call('NativeTests.Alone::SumOfPointer')).message).to.contain('[alone]sum: parameter 1: a C# pointer means nothing to alone');
  });

  it('a function of another type is an error, and so is a trap', () => {
    expect(failure(() => clr.call('NativeTests.Alone::Wrong')).message).to.contain('[alone]add: C# declares ddd');
    expect(failure(() => clr.call('NativeTests.Alone::Trap')).message).to.contain('unreachable');
    expect(clr.call('NativeTests.Alone::Add', 1, 2)).to.equal(3);
  });
});

describe('an object as a library', () => {
  it('serves by the names of its functions, before C# asks or after', () => withHost(options, async (clr) => {
    await clr.load('NativeTests');
    expect(failure(() => clr.call('NativeTests.Script::Multiply', 6, 7)).type).to.equal('System.DllNotFoundException');
    const script = { factor: 1, multiply(a, b) { return a * b * this.factor; }, greet: (name) => `Hello, ${name}!` };
    expect(await clr.loadLibrary('script', script)).to.deep.equal(['multiply', 'greet']);
    rows(clr, 'Script', [[['Multiply', 6, 7], 42], [['Greeting', 'Ada'], 'Hello, Ada!']]);
    script.factor = 10;
    rows(clr, 'Script', [[['Multiply', 6, 7], 420]]);
  }));

  it('a JavaScript module likewise', () => withHost(options, async (clr) => {
    await clr.load('NativeTests');
    await clr.loadLibrary('script.dll', import('data:text/javascript,export const multiply = (a, b) => a * b; export const version = 1;'));
    rows(clr, 'Script', [[['Multiply', 6, 7], 42]]);
  }));

  it('what is no library is an error', () => withHost(options, async (clr) => {
    expect((await failureOf(() => clr.loadLibrary('script', { version: 1 }))).message).to.equal('loadLibrary("script"): the object has no function among its own properties.');
    expect(await failureOf(() => clr.loadLibrary('', {}))).to.be.instanceOf(TypeError);
    expect(await failureOf(() => clr.loadLibrary('x', Uint8Array.of(1, 2, 3)))).to.be.instanceOf(ModuleError);
  }));
});

function failure(action) {
  try {
    action();
  } catch (error) {
    expect(error).to.be.instanceOf(ManagedError);
    return error;
  }
  throw new Error('expected a failure');
}
