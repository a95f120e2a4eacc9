// Every type that crosses, in both directions at once: JavaScript calls C#, which calls JavaScript with the same value.
import { expect } from 'chai';
import fc from 'fast-check';
import { createHost } from './support/host.mjs';

const integer = (min, max) => fc.oneof(fc.constantFrom(min, max, 0), fc.integer({ min, max }));
const big = (min, max) => fc.oneof(fc.constantFrom(min, max, 0n), fc.bigInt({ min, max }));
/** Strings of any UTF-16 units, lone surrogates among them; and null. */
const text = fc.oneof(fc.constantFrom(null, '', '\0', '\ud800', 'x'.repeat(100_000)), fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)));

const types = {
  Bool: fc.boolean(),
  Char: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  SByte: integer(-0x80, 0x7f),
  Byte: integer(0, 0xff),
  Int16: integer(-0x8000, 0x7fff),
  UInt16: integer(0, 0xffff),
  Int32: integer(-0x80000000, 0x7fffffff),
  UInt32: integer(0, 0xffffffff),
  Int64: big(-(2n ** 63n), 2n ** 63n - 1n),
  UInt64: big(0n, 2n ** 64n - 1n),
  Single: fc.float(),
  Double: fc.double(),
  IntPtr: integer(-0x80000000, 0x7fffffff),
  UIntPtr: integer(0, 0xffffffff),
  String: text,
  Small: integer(0, 0xff),
  Wide: big(-(2n ** 63n), 2n ** 63n - 1n),
};

/** Values that C# cannot hold, with the error class and a part of the message. */
const wrong = {
  Bool: [[1, TypeError, 'a boolean'], [null, TypeError, 'null'], ['true', TypeError, '"true"']],
  Char: [['', TypeError, 'System.Char'], ['ab', TypeError, '"ab"'], [65, TypeError, '65']],
  SByte: [[128, RangeError, '-128 to 127'], [-129, RangeError, '-129']],
  Byte: [[256, RangeError, 'System.Byte'], [-1, RangeError, '-1'], ['1', TypeError, '"1"']],
  Int16: [[32768, RangeError, 'System.Int16']],
  UInt16: [[65536, RangeError, 'System.UInt16']],
  Int32: [[NaN, TypeError, 'NaN'], [1.5, TypeError, '1.5'], [2 ** 31, RangeError, '2147483648'], [null, TypeError, 'null'],
    [undefined, TypeError, 'undefined'], [1n, TypeError, '1n'], [Infinity, TypeError, 'Infinity'], [{}, TypeError, 'an object']],
  UInt32: [[-1, RangeError, 'System.UInt32'], [2 ** 32, RangeError, '4294967296']],
  Int64: [[1, TypeError, 'a BigInt'], [2n ** 63n, RangeError, 'System.Int64']],
  UInt64: [[-1n, RangeError, 'System.UInt64'], [2n ** 64n, RangeError, '18446744073709551616n']],
  Single: [['1', TypeError, 'System.Single'], [1n, TypeError, '1n'], [null, TypeError, 'null']],
  Double: [[undefined, TypeError, 'System.Double']],
  String: [[undefined, TypeError, 'a string or null'], [5, TypeError, '5'], [Promise.resolve('x'), TypeError, 'a Promise']],
  Small: [[256, RangeError, 'System.Byte'], ['One', TypeError, '"One"']],
};

describe('marshalling', () => {
  let clr;
  let seen;
  let reply;

  before(async () => {
    clr = await createHost();
    await clr.load('HostTests');
    for (const type of Object.keys(types)) {
      clr.registerPInvoke(`HostTests.Extern::${type}`, (value) => {
        seen = value;
        return reply === undefined ? value : reply.value;
      });
    }
  });
  after(() => clr.dispose());
  beforeEach(() => { reply = undefined; });

  for (const [type, values] of Object.entries(types)) {
    it(`${type} goes to C#, on to JavaScript, and back unchanged`, () => {
      const echo = clr.method(`HostTests.Echo::${type}`);
      fc.assert(fc.property(values, (value) => {
        const result = echo(value);
        expect(Object.is(seen, value), `JavaScript got ${String(seen)} for ${String(value)}`).to.equal(true);
        expect(Object.is(result, value), `came back as ${String(result)}`).to.equal(true);
      }), { numRuns: 60 });
    });
  }

  for (const [type, cases] of Object.entries(wrong)) {
    for (const [value, errorClass, part] of cases) {
      it(`${type}: an argument ${describeValue(value)} is a ${errorClass.name}`, () => {
        const key = `HostTests.Echo::${type}`;
        expect(() => clr.call(key, value)).to.throw(errorClass, `${key}: argument 1`).with.property('message').that.includes(part);
      });

      it(`${type}: a result ${describeValue(value)} is a JSException that names function and value`, () => {
        reply = { value };
        const { error } = capture(() => clr.call(`HostTests.Echo::${type}`, sampleOf(type)));
        expect(error).to.have.property('name', 'ManagedError');
        expect(error.type).to.equal('System.Runtime.InteropServices.JavaScript.JSException');
        expect(error.managedMessage).to.include(`HostTests.Extern::${type}`).and.include('return value').and.include(part);
        expect(error.cause).to.be.instanceOf(errorClass);
      });
    }
  }

  it('several parameters of different types arrive in order', () => {
    let got;
    clr.registerPInvoke('HostTests.Extern::Mixed', (...args) => {
      got = args;
      return args.join('|');
    });
    expect(clr.call('HostTests.Methods::CallMixed')).to.equal('1|two|3.5|4398046511104|true|6');
    expect(got).to.deep.equal([1, 'two', 3.5, 4398046511104n, true, '6']);
  });

  it('the number of arguments is checked', () => {
    expect(() => clr.call('HostTests.Methods::Add', 1)).to.throw(TypeError, 'takes 2 arguments, got 1');
    expect(() => clr.call('HostTests.Methods::Add', 1, 2, 3)).to.throw(TypeError, 'takes 2 arguments, got 3');
  });

  it('a type that cannot cross is refused with the reason', () => {
    expect(() => clr.call('HostTests.Methods::Unspeakable', {})).to.throw(/Unspeakable: argument 1.Value: a reference/);
  });

  it('strings survive collections at every safepoint', async () => {
    const stressed = await createHost({ gcStress: true });
    try {
      await stressed.load('HostTests');
      stressed.registerPInvoke('HostTests.Extern::String', (value) => `${value}!`);
      expect(stressed.call('HostTests.Methods::Churn', 50)).to.equal(10 * 7 + 40 * 8);
    } finally {
      stressed.dispose();
    }
  });
});

function capture(action) {
  try {
    return { value: action() };
  } catch (error) {
    return { error };
  }
}

/** A value that the way to JavaScript accepts, for tests of the way back. */
function sampleOf(type) {
  if (type === 'Bool') return true;
  if (type === 'Char' || type === 'String') return 'a';
  return type === 'Int64' || type === 'UInt64' ? 1n : 1;
}

function describeValue(value) {
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'object' && value !== null ? `of ${value.constructor.name}` : JSON.stringify(value) ?? String(value);
}
