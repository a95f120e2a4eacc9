// Any JavaScript value where C# wants one of its types: it is taken, or it is a TypeError or RangeError that
// names method and parameter; the runtime goes on.
import { expect } from 'chai';
import fc from 'fast-check';
import { createHost, failureOf } from './support/host.mjs';

const scalars = ['Bool', 'Char', 'SByte', 'Byte', 'Int16', 'UInt16', 'Int32', 'UInt32', 'Int64', 'UInt64', 'Single', 'Double', 'IntPtr', 'UIntPtr', 'String', 'Small', 'Wide'];
const others = [
  'Point', 'Outer', 'Packed', 'Union', 'Buffer', 'Tree', 'NullableInt', 'NullablePoint', 'DateTime', 'DateTimeOffset', 'TimeSpan', 'Guid', 'Decimal', 'Bytes', 'Ints', 'Longs',
  'Doubles', 'Enums', 'Bools', 'Chars', 'Strings', 'Points', 'Jagged', 'Nullables', 'Function', 'Node', 'Text',
];

const kRuns = 150;
const detached = new Uint8Array(8);
structuredClone(detached.buffer, { transfer: [detached.buffer] });
const hostile = fc.constantFrom(NaN, -0, Infinity, 2 ** 31, 2 ** 53, -(2n ** 63n) - 1n, '\ud800', '', null, undefined, Symbol('s'), detached, Object.create(null), new Proxy([], {}), new Date(NaN), () => {},
  new Map(), Promise.resolve(1), new Int8Array(2), [[]], [undefined], { X: 1, Name: 'n' }, { X: {}, Name: 1 }, { length: 2 ** 32 }, new Array(3));
const anything = fc.oneof(hostile, fc.anything({ withBigInt: true, withDate: true, withTypedArray: true, withNullPrototype: true, withSparseArray: true, withMap: true, withSet: true, withBoxedValues: true }));

describe('any value', () => {
  let clr;
  let reply;
  before(async () => {
    clr = await createHost();
    await clr.load('HostTests');
    for (const [type, names] of [['Extern', scalars], ['ValueExtern', others]]) {
      for (const name of names) clr.registerPInvoke(`HostTests.${type}::${name}`, (value) => (reply ? reply.value : value));
    }
  });
  after(() => clr.dispose());
  beforeEach(() => { reply = undefined; });

  const isRefusal = (error, place) => {
    expect(error, String(error?.stack ?? error)).to.satisfy(() => error instanceof TypeError || error instanceof RangeError);
    expect(error.message).to.include(place);
  };

  for (const [type, names] of [['Echo', scalars], ['ValueEcho', others]]) {
    for (const name of names) {
      const key = `HostTests.${type}::${name}`;
      it(`as a ${name} is taken, or is an error that names the argument`, () => fc.assert(fc.property(anything, (value) => {
        try {
          clr.call(key, value);
        } catch (error) {
          isRefusal(error, `${key}: argument 1`);
        }
        expect(clr.call('HostTests.Methods::Add', 20, 22)).to.equal(42);
      }), { numRuns: kRuns }));
    }
  }

  const accepted = { Int32: 1, String: 'a', Point: { X: 1, Name: '' }, Bytes: [1], Decimal: '1', Tree: { Name: '', Children: null }, Nullables: [1], Function: null };
  for (const [name, value] of Object.entries(accepted)) {
    const type = scalars.includes(name) ? '' : 'Value';
    it(`as the result of a function that gives a ${name}, too`, () => fc.assert(fc.property(anything, (wrong) => {
      reply = { value: wrong };
      try {
        clr.call(`HostTests.${type}Echo::${name}`, value);
      } catch (error) {
        expect(error).to.have.property('name', 'ManagedError');
        isRefusal(error.cause, `HostTests.${type}Extern::${name}: return value`);
      }
    }), { numRuns: kRuns }));
  }

  it('as the argument of a delegate, and too many or too few of them, are errors; the delegate stays', () => {
    const add = clr.call('HostTests.ValueCalls::Adder', 1);
    for (const value of [NaN, 2 ** 31, 'x', null, undefined, 1n, {}]) expect(() => add(value)).to.throw(/argument 1/).with.property('name').that.is.oneOf(['TypeError', 'RangeError']);
    expect(() => add()).to.throw(TypeError, '1 argument');
    expect(() => add(1, 2)).to.throw(TypeError, '1 argument');
    expect(add(1)).to.equal(2);
  });

  it('as the result of a function that C# has as a delegate', async () => {
    for (const value of [NaN, 2 ** 31, 'x', null, undefined, 1n, {}]) {
      const error = await failureOf(() => clr.call('HostTests.ValueCalls::Apply', () => value, 1));
      expect(error.cause).to.have.property('name').that.is.oneOf(['TypeError', 'RangeError']);
      expect(error.message).to.match(/return value|result/);
    }
    expect(clr.call('HostTests.ValueCalls::Apply', (x) => x + 1, 1)).to.equal(2);
  });

  it('as a span: a detached buffer, another kind of array, a text', () => {
    for (const value of [new Int32Array([1, 2]), [1, 2]]) expect(clr.call('HostTests.ValueCalls::Sum', value)).to.equal(3);
    const gone = new Int32Array(2);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    for (const value of [gone, new Float64Array(1), 'text', null, [1.5]]) expect(() => clr.call('HostTests.ValueCalls::Sum', value)).to.throw(/HostTests\.ValueCalls::Sum: argument 1/).with.property('name').that.is.oneOf(['TypeError', 'RangeError']);
  });

  it('a promise that never settles keeps nobody', async () => {
    const other = await createHost();
    await other.load('HostTests');
    other.registerPInvoke('HostTests.ValueExtern::Later', () => new Promise(() => {}));
    let isSettled = false;
    void other.call('HostTests.Promises::Await', 1).finally(() => { isSettled = true; }).catch(() => {});
    expect(await other.runMain('HostTests', ['exit', '7'])).to.equal(7);
    expect(isSettled).to.equal(false);
    other.dispose();
  });
});
