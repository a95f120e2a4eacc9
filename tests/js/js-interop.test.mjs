// [JSImport] and [JSExport] as the SDK's source generator compiles them: every type that Microsoft documents, functions,
// tasks, views, objects, exceptions. InteropTests is what `dotnet build` makes of tests/js/managed/InteropTests.
import { expect } from 'chai';
import { DisposedError, InterruptedError, ManagedError } from 'leanclr';
import { failureOf } from './support/host.mjs';
import { withInterop } from './support/interop.mjs';

/** A row per type: values that cross unchanged, and values that do not fit with what is said of them. */
const rows = {
  Bool: { fit: [true, false], not: [[1, 'expected a boolean, got 1'], ['x', 'expected a boolean, got "x"']] },
  Byte: { fit: [0, 255], not: [[256, '256 is outside System.Byte (0 to 255)'], [1.5, 'expected an integer (System.Byte), got 1.5'], ['1', 'got "1"']] },
  Char: { fit: ['x', '€', '\ud800'], not: [['xy', 'expected a string of one UTF-16 unit (System.Char), got "xy"'], ['', 'got ""']] },
  Int16: { fit: [-32768, 32767], not: [[32768, '32768 is outside System.Int16 (-32768 to 32767)']] },
  Int32: { fit: [-(2 ** 31), 2 ** 31 - 1], not: [[2 ** 31, 'is outside System.Int32'], [NaN, 'expected an integer (System.Int32), got NaN'], [5n, 'got 5n']] },
  Int52: { fit: [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER], not: [[2 ** 53, 'is outside an integer of 53 bits'], [0.5, 'expected an integer (System.Int64), got 0.5']] },
  Int64: { fit: [2n ** 63n - 1n, -(2n ** 63n)], not: [[2n ** 63n, 'is outside System.Int64'], [5, 'expected a BigInt (System.Int64), got 5']] },
  Single: { fit: [1.5, NaN, Infinity], not: [['x', 'expected a number (System.Single), got "x"']] },
  Double: { fit: [0.1, -0, NaN, -Infinity], not: [['x', 'expected a number (System.Double), got "x"']] },
  IntPtr: { fit: [0, 2 ** 32 - 1], not: [[-1, '-1 is outside a pointer (0 to 4294967295)']] },
  DateTime: { fit: [new Date(0), new Date('2024-02-29T12:34:56.789Z')], not: [[new Date(NaN), 'expected a valid Date'], [5, 'expected a valid Date, got 5']] },
  DateTimeOffset: { fit: [new Date(0), new Date('2024-02-29T12:34:56.789Z')], not: [['x', 'expected a valid Date, got "x"']] },
  String: { fit: ['', 'text', '€𝄞', '\ud800 alone', 'x'.repeat(10000), null], not: [[5, 'expected a string or null, got 5']] },
  Exception: { same: [new RangeError('mine'), null], not: [[5, 'expected an Error, got 5']] },
  JSObject: { same: [{ a: 1 }, [1], () => 1, null, Object.freeze({})], not: [[5, 'expected an object (JSObject), got 5'], ['x', 'got "x"']] },
  Any: {
    fit: ['text', 1.5, true, null, new Date(5), new Uint8Array([1, 2]), new Int32Array([-1]), new Float64Array([0.5]), [1, 'a', null, [true]]],
    same: [{ a: 1 }, new Error('mine'), new Map()],
    not: [[5n, 'expected a value that C# has a type for, got 5n'], [new Float32Array(1), 'got an object ([object Float32Array])']],
  },
  Bytes: { fit: [new Uint8Array([1, 2, 255]), new Uint8Array(), null], not: [[[256], 'argument 1[0]: expected an element of Uint8Array, got 256'], ['x', 'expected an Array or Uint8Array, got "x"'], [new Int32Array(1), 'expected an Array or Uint8Array']] },
  Int32s: { fit: [new Int32Array([1, -2]), null], not: [[[1, 2.5], 'argument 1[1]: expected an element of Int32Array, got 2.5']] },
  Doubles: { fit: [new Float64Array([0.5, NaN, -0]), null], not: [[['x'], 'argument 1[0]: expected an element of Float64Array, got "x"']] },
  Strings: { fit: [['a', null, ''], [], null], not: [[[5], 'argument 1[0]: expected a string or null, got 5']] },
  JSObjects: { fit: [[{ a: 1 }, null], []], not: [[[5], 'argument 1[0]: expected an object (JSObject), got 5']] },
  Objects: { fit: [[1, 'a', null, true, new Date(0), [1], new Uint8Array([7])], []], not: [[[5n], 'argument 1[0]: expected a value that C# has a type for']] },
};

describe('the types of [JSImport] and [JSExport]', () => {
  for (const [type, { fit = [], same = [], not }] of Object.entries(rows)) {
    it(`${type}: goes to C# and back, twice`, () => withInterop(({ Types }, { passed }) => {
      for (const value of fit) {
        passed.length = 0;
        expect(Types[type](value)).to.deep.equal(value);
        expect(passed).to.deep.equal([value]);
      }
      for (const value of same) {
        passed.length = 0;
        expect(Types[type](value)).to.equal(value);
        expect(passed[0]).to.equal(value);
      }
    }));

    it(`${type}: what does not fit is an error that names the place`, () => withInterop(async ({ Types }) => {
      for (const [value, message] of not) {
        const error = await failureOf(() => Types[type](value));
        expect(error, message).to.satisfy((found) => found instanceof TypeError || found instanceof RangeError);
        expect(error.message).to.match(new RegExp(`^\\[InteropTests\\]Types:${type}: argument 1`)).and.include(message);
      }
    }));
  }

  it('may be null where C# says so', () => withInterop(({ Nullables }, { passed }) => {
    const names = ['Bool', 'Byte', 'Char', 'Int16', 'Int32', 'Int52', 'Int64', 'Single', 'Double', 'IntPtr', 'DateTime', 'DateTimeOffset'];
    expect(Object.keys(Nullables).filter((name) => !name.includes('.'))).to.have.members(names);
    for (const name of names) {
      const [value] = rows[name].fit;
      expect(Nullables[name](value), name).to.deep.equal(value);
      expect(Nullables[name](null), name).to.equal(null);
      expect(Nullables[name](undefined), name).to.equal(null);
    }
    expect(passed.filter((value) => value === null)).to.have.length(2 * names.length);
  }));

  it('are null or the default of their type where nothing is given', () => withInterop(({ Types }) => {
    expect([Types.Int32(), Types.Bool(null), Types.String(undefined), Types.Int64(null)]).to.deep.equal([0, false, null, 0n]);
  }));

  it('an object is what JavaScript\'s type says', () => withInterop(({ Types }) => {
    const interop = 'System.Runtime.InteropServices.JavaScript';
    const cases = [
      ['s', 'System.String'], [1, 'System.Double'], [true, 'System.Boolean'], [new Date(), 'System.DateTime'], [new Error('x'), `${interop}.JSException`],
      [{}, `${interop}.JSObject`], [[1], 'System.Object[]'], [new Uint8Array(1), 'System.Byte[]'], [new Int32Array(1), 'System.Int32[]'],
      [new Float64Array(1), 'System.Double[]'], [undefined, 'null'], [Promise.resolve(1), 'System.Threading.Tasks.Task`1[System.Object]'],
    ];
    for (const [value, type] of cases) expect(Types.TypeOf(value)).to.equal(type);
  }));

  it('dates are UTC to the millisecond', () => withInterop(({ Types }) => {
    const date = new Date('2024-02-29T12:34:56.789Z');
    expect(Types.Ticks(date)).to.equal('638448068967890000 Utc');
    expect(Types.OffsetTicks(date)).to.equal('638448068967890000 00:00:00');
  }));

  it('a char may be given by its number', () => withInterop(({ Types }) => {
    expect(Types.Char(65)).to.equal('A');
  }));

  it('a long that a number does not hold is C#\'s error', () => withInterop(async ({ Types }) => {
    const error = await failureOf(() => Types.TooLarge());
    expect(error).to.be.instanceOf(ManagedError);
    expect(error.message).to.include('9007199254740992 is out of');
  }));

  it('results may be of no interest', () => withInterop(({ Types }, { passed }) => {
    expect(Types.Discard(1)).to.equal(undefined);
    expect(Types.Void('text')).to.equal(undefined);
    expect(passed).to.deep.equal([1, 'text']);
  }));

  it('several parameters arrive in their order', () => withInterop(({ Types }) => {
    expect(Types.Five(1, 'b', 2.5, true, 7n)).to.equal('1,"b",2.5,true,7n');
  }));

  it('all survive collections at every safepoint', () => withInterop(({ Types, Tasks }) => {
    for (let i = 0; i < 20; i++) {
      expect(Types.Strings(['a', `b${i}`])).to.deep.equal(['a', `b${i}`]);
      expect(Types.Objects([`c${i}`, [`d${i}`]])).to.deep.equal([`c${i}`, [`d${i}`]]);
      expect(Types.Five(i, `e${i}`, i, false, BigInt(i))).to.equal(`${i},"e${i}",${i},false,${i}n`);
    }
    return Tasks.String(Promise.resolve('f'));
  }, { gcStress: true }));
});

describe('[JSImport] and [JSExport]', () => {
  it('Main calls JavaScript', () => withInterop(async (_exports, _types, clr) => {
    clr.setModuleImports('main.js', { add: (a, b) => a + b });
    expect(await clr.runMain('InteropTests')).to.equal(0);
    expect(clr.text.stdout).to.equal('42\n');
  }));

  it('exports stand under namespaces and classes, overloads under their hashes too', () => withInterop(({ Basics, Deep }) => {
    expect(Basics.Multiply(6, 7)).to.equal(42);
    expect(Deep.Space.Outer.Inner.Where()).to.equal('Deep.Space.Outer.Inner');
    const { Outer } = Deep.Space;
    const overloads = Object.keys(Outer).filter((name) => name.startsWith('Overload.'));
    expect(overloads).to.have.length(2);
    const results = overloads.flatMap((name) => [5, 'x'].flatMap((value) => { try { return Outer[name](value); } catch { return []; } }));
    expect(results).to.have.members([5, 'x']);
  }));

  it('an assembly without exports has none', () => withInterop(async (_exports, _types, clr) => {
    expect(await clr.getAssemblyExports('System.Console')).to.deep.equal({});
  }));

  it('a function that is not there is named with its module', () => withInterop(({ Errors }) => {
    expect(Errors.Unbound(0)).to.equal('[JSImport("missing", "types")]: \'missing\' in the module \'types\' must be a function, but is undefined.');
    expect(Errors.Unbound(1)).to.equal('[JSImport("a.b.c", "types")]: there is no \'a\' in the module \'types\'.');
    expect(Errors.Unbound(2)).to.match(/^\[JSImport\("x", "nowhere"\)\]: the module 'nowhere' is not there: call setModuleImports\('nowhere', …\)/);
  }));

  it('a result that does not fit is a JSException that names the function', () => withInterop(({ Errors }, types) => {
    const given = (type, value) => {
      types.given = value;
      return Errors.Given(type);
    };
    const place = '[JSImport("give", "types")]: return value';
    expect(given('int', 1.5)).to.equal(`TypeError: ${place}: expected an integer (System.Int32), got 1.5`);
    expect(given('int', 2 ** 31)).to.equal(`RangeError: ${place}: 2147483648 is outside System.Int32 (-2147483648 to 2147483647)`);
    expect(given('string', 5)).to.equal(`TypeError: ${place}: expected a string or null, got 5`);
    expect(given('bytes', [1, -1])).to.equal(`TypeError: ${place}[1]: expected an element of Uint8Array, got -1`);
    expect(given('task', 5)).to.equal(`TypeError: ${place}: expected a Promise, got 5`);
  }));

  it('setModuleImports takes a name and an object', () => withInterop((_exports, _types, clr) => {
    expect(() => clr.setModuleImports('', {})).to.throw(TypeError, 'expected the name of a module');
    expect(() => clr.setModuleImports('m', 5)).to.throw(TypeError, 'setModuleImports("m"): expected a module or an object');
  }));

  it('JSHost knows globalThis, the runtime, and imports modules', () => withInterop(async ({ Objects }) => {
    expect(Objects.Global()).to.equal('True function True');
    const url = new URL('./support/imported.mjs', import.meta.url).href;
    expect(await Objects.Import('imported', url)).to.equal('imported module 21');
    const error = await failureOf(() => Objects.Import('other', 'file:///nowhere/at-all.mjs'));
    expect(error.message).to.include('at-all.mjs');
  }));

  it('what C# gave is an error after the runtime\'s end', async () => {
    const kept = await withInterop((exports, types) => {
      exports.Views.Keep(6);
      return { exports, view: types.kept, add: exports.Functions.Adder(1), thing: exports.Objects.Make('thing') };
    });
    expect(() => kept.exports.Types.Int32(1)).to.throw(DisposedError);
    expect(() => kept.add(1)).to.throw(DisposedError);
    expect(() => kept.view.slice()).to.throw(DisposedError);
    expect(() => kept.exports.Objects.NameOf(kept.thing)).to.throw(DisposedError);
    kept.view.dispose();
    kept.add.dispose();
    kept.thing.dispose();
  });

  it('disposing of the runtime in a call from C# is refused', () => withInterop((exports, _types, clr) => {
    expect(() => exports.Functions.Call(() => clr.dispose())).to.throw('dispose() was called by a function that C# is waiting for');
    expect(exports.Types.Int32(5)).to.equal(5);
  }));

  it('several runtimes share nothing', () => withInterop((first) => withInterop((second) => {
    const thing = first.Objects.Make('thing');
    expect(second.Objects.NameOf(thing)).to.match(/JSObject|js-obj/);
    expect(first.Objects.NameOf(thing)).to.equal('thing');
  })));

  it('a stop passes through JavaScript', () => withInterop(async ({ Functions }) => {
    const error = await failureOf(() => Functions.Call(() => Functions.Call(() => { for (;;) Functions.Call2((a, b) => a + b, 1, 2); })));
    expect(error).to.be.instanceOf(InterruptedError);
    expect(Functions.Call2((a, b) => a + b, 1, 2)).to.equal(3);
  }, { limits: { budget: { milliseconds: 200 } } }));
});

describe('tasks and promises', () => {
  it('cross both ways', () => withInterop(async ({ Tasks }) => {
    const object = { a: 1 };
    expect(await Tasks.Plain(Promise.resolve(5))).to.equal(undefined);
    expect(await Tasks.Int32(Promise.resolve(5))).to.equal(5);
    expect(await Tasks.String(Promise.resolve('text'))).to.equal('text');
    expect(await Tasks.String(Promise.resolve(null))).to.equal(null);
    expect(await Tasks.JSObject(Promise.resolve(object))).to.equal(object);
    expect(await Tasks.DateTime(Promise.resolve(new Date(5)))).to.deep.equal(new Date(5));
    for (const value of [1, 'text', object, null, [1, 'a']]) expect(await Tasks.Any(Promise.resolve(value))).to.deep.equal(value);
    expect(Tasks.Int32(null)).to.equal(null);
  }));

  it('a task that is done is a promise that is', () => withInterop(async ({ Tasks }) => {
    expect(await Tasks.Completed(3)).to.equal(3);
    expect(await Tasks.CompletedPlain()).to.equal(undefined);
    expect(await Tasks.Twice(Promise.resolve(21))).to.equal(42);
  }));

  it('a faulted task is a rejected promise', () => withInterop(async ({ Tasks }) => {
    for (const name of ['Failed', 'FailsLater']) {
      const error = await failureOf(() => Tasks[name]('because'));
      expect(error, name).to.be.instanceOf(ManagedError).with.property('message', 'because');
    }
    expect((await failureOf(() => Tasks.FailsLater('because'))).stack).to.match(/^ManagedError: because\n {3}at Tasks\.FailsLater\(String message\)/);
  }));

  it('a rejected promise is a faulted task, and the same error on its way back', () => withInterop(async ({ Tasks }) => {
    const error = new TypeError('bad');
    expect(await Tasks.Catch(Promise.reject(error))).to.equal('System.Runtime.InteropServices.JavaScript.JSException: TypeError: bad');
    expect(await Tasks.Catch(Promise.reject('text'))).to.equal('System.Runtime.InteropServices.JavaScript.JSException: text');
    expect(await failureOf(() => Tasks.Int32(Promise.reject(error)))).to.equal(error);
  }));

  it('a promise of the wrong value faults its task', () => withInterop(async ({ Tasks }) => {
    expect(await Tasks.Catch(Promise.resolve('x'))).to.include('argument 1: the promise\'s value: expected an integer (System.Int32), got "x"');
    expect((await failureOf(() => Tasks.Int32(5))).message).to.include('expected a Promise, got 5');
  }));

  it('may be many at once', () => withInterop(async ({ Tasks }) => {
    const numbers = Array.from({ length: 200 }, (_, index) => index);
    expect(await Tasks.Together(200)).to.equal(numbers.join());
  }));

  it('may be waited for where they stand', () => withInterop(async (_exports, _types, clr) => {
    clr.setModuleImports('main.js', { later: () => new Promise((resolve) => { setTimeout(resolve, 10, 7); }) });
    expect(await clr.runMain('InteropTests', ['blocking'])).to.equal(14);
  }));

  it('keep a run alive that fails when idle', () => withInterop(async (_exports, _types, clr) => {
    clr.setModuleImports('main.js', { add: (a, b) => a + b, later: () => new Promise((resolve) => { setTimeout(resolve, 30, 7); }) });
    expect(await clr.runMain('InteropTests', ['later'], { whenIdle: 'fail' })).to.equal(7);
  }));
});

describe('functions and delegates', () => {
  it('JavaScript calls C#\'s delegates', () => withInterop(({ Functions }) => {
    expect(Functions.Delegates()).to.equal('action;one;1 two True;42;2;xyz');
  }));

  it('C# calls JavaScript\'s functions', () => withInterop(({ Functions }) => {
    const log = [];
    Functions.Call(() => log.push('called'));
    Functions.Call1((text) => log.push(text), 'text');
    log.push(Functions.Call2((a, b) => a - b, 5, 3), Functions.Call3((a, b, c) => a + b + c));
    Functions.Keep((value) => log.push(value));
    Functions.CallKept(9);
    expect(log).to.deep.equal(['called', 'text', 2, 'abc', 9]);
  }));

  it('errors pass through them', () => withInterop(async ({ Functions }) => {
    const error = new RangeError('mine');
    expect(await failureOf(() => Functions.Call(() => { throw error; }))).to.equal(error);
    expect((await failureOf(() => Functions.Call2(() => 'x', 1, 2))).message).to.equal('[InteropTests]Functions:Call2: argument 1: the function\'s result: expected an integer (System.Int32), got "x"');
    expect((await failureOf(() => Functions.Call(5))).message).to.include('expected a function, got 5');
    expect((await failureOf(() => Functions.Thrower('mine')())).message).to.equal('mine');
  }));

  it('a delegate that was disposed of is called no more', () => withInterop(({ Functions }) => {
    const add = Functions.Adder(5);
    expect([add(1), add(2), add.isDisposed]).to.deep.equal([6, 7, false]);
    expect(() => add('x')).to.throw(TypeError, 'C# delegate: argument 1: expected an integer (System.Int32), got "x"');
    add.dispose();
    add.dispose();
    expect(add.isDisposed).to.equal(true);
    expect(() => add(1)).to.throw('The C# delegate is disposed.');
  }));
});

describe('memory views', () => {
  for (const [name, kind, values] of [['Bytes', Uint8Array, [0, 1, 2, 3]], ['Int32s', Int32Array, [0, 1, 2, 3]], ['Doubles', Float64Array, [0.5, 1.5, 2.5, 3.5]]]) {
    it(`${name}: a Span is read and written, and ends with the call`, () => withInterop(({ Views }, types) => {
      expect(Views[name](4)).to.deep.equal(kind.from(values, (value) => value * 2));
      const all = kind.from(values);
      expect(types.passed).to.deep.equal([[4, 4 * kind.BYTES_PER_ELEMENT, all, all.slice(1, 3)]]);
      expect(types.kept.isDisposed).to.equal(true);
      expect(() => types.kept.slice()).to.throw('The MemoryView is disposed');
    }));
  }

  it('an ArraySegment stays until it is disposed of', () => withInterop(({ Views }, types) => {
    Views.Keep(6);
    expect(types.kept.slice()).to.deep.equal(new Uint8Array([1, 100, 3, 4]));
    types.kept.set(new Uint8Array([7]), 3);
    expect(Views.Kept()).to.deep.equal(new Uint8Array([0, 1, 100, 3, 7, 5]));
    expect(Views.Segment(types.kept)).to.equal('1 4 True');
    expect(() => types.kept.set(new Int32Array(1))).to.throw(TypeError, 'source: expected Uint8Array');
    expect(() => types.kept.set(new Uint8Array(9))).to.throw(RangeError);
    types.kept.dispose();
    expect(() => types.kept.length).to.throw('The MemoryView is disposed');
    expect(() => Views.Segment(types.kept)).to.throw(TypeError, 'expected a live MemoryView');
  }));
});

describe('exceptions', () => {
  it('C#\'s are ManagedErrors with message and stack', () => withInterop(async ({ Errors }) => {
    const error = await failureOf(() => Errors.Throw('thrown'));
    expect(error).to.be.instanceOf(ManagedError).with.property('message', 'thrown');
    expect(error.managedStack).to.match(/^ {3}at Errors\.Throw\(String message\) in .*Errors\.cs:line \d+\n/);
    expect(error.stack).to.match(/^ManagedError: thrown\n {3}at Errors\.Throw.*\n(.*\n)*.*js-interop\.test\.mjs/);
  }));

  it('JavaScript\'s are JSExceptions with message and stack', () => withInterop(({ Errors }) => {
    expect(Errors.Catch('mine')).to.match(/^Error: mine\|( {3}at .*\n)* {3}at Errors\.Catch\(String message\)(.*\n)*( {4}at Object\.fail |.*fail@)/);
    expect(Errors.Catch('type')).to.match(/^TypeError: type\|/);
    expect(Errors.Catch('text')).to.match(/^just text\|/);
    expect(Errors.Catch('number')).to.match(/^5\|/);
    expect(Errors.Catch('nothing')).to.match(/^null\|/);
  }));

  it('keep their identity', () => withInterop(async ({ Errors }) => {
    expect(await failureOf(() => Errors.PassOn('type'))).to.be.instanceOf(TypeError).with.property('message', 'type');
    expect(await failureOf(() => Errors.PassOn('number'))).to.equal(5);
    expect(Errors.ThroughJavaScript()).to.equal('True around');
    const made = Errors.Make('argument');
    expect(made).to.be.instanceOf(ManagedError).with.property('message', 'argument');
    expect(Errors.TypeOf(made)).to.equal('System.ArgumentException: argument');
    made.dispose();
    expect(Errors.TypeOf(new TypeError('t'))).to.equal('System.Runtime.InteropServices.JavaScript.JSException: TypeError: t');
  }));
});
