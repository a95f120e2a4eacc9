// Values of every type, in both directions at once: JavaScript calls C#, which calls JavaScript with the same value. One table
// drives the passing values, another those that C# cannot hold.
import { expect } from 'chai';
import { createHost, failureOf } from './support/host.mjs';

const point = { X: -7, Name: 'p\ud800' };
const outer = { Flag: true, First: { Small: 255, Wide: 0.1 }, Letter: 'x', Second: { Small: 1, Wide: -0 }, Tail: -2, Number: 2n ** 62n };

/** What crosses and comes back equal. */
const types = {
  Point: [point, { X: 0, Name: null }],
  Outer: [outer],
  Packed: [{ Head: 9, Middle: Math.PI, Next: -1, Last: -(2n ** 63n) }],
  Union: [{ Number: 1078530011, Real: Math.fround(Math.PI) }],
  Buffer: [{ Numbers: new Int32Array([1, 2, 3, -4]), Count: 4 }],
  Tree: [{ Name: 'root', Children: [{ Name: 'leaf', Children: [] }, { Name: 'bare', Children: null }] }],
  NullableInt: [null, 0, -5],
  NullablePoint: [null, point],
  DateTime: [new Date(0), new Date('2024-02-29T12:34:56.789Z'), new Date(-1)],
  DateTimeOffset: [new Date(0), new Date('1999-12-31T23:59:59.999Z')],
  TimeSpan: [0, 1500, -0.5, 86_400_000],
  Guid: ['01234567-89ab-cdef-0123-456789abcdef', '00000000-0000-0000-0000-000000000000'],
  Decimal: ['0', '-1.50', '79228162514264337593543950335', '0.0000000000000000000000000001'],
  Bytes: [null, new Uint8Array(), new Uint8Array([0, 128, 255]), new Uint8Array(100_000).fill(7)],
  Ints: [new Int32Array([1, -1])],
  Longs: [new BigInt64Array([1n, -(2n ** 63n)])],
  Doubles: [new Float64Array([NaN, -0, 1e300])],
  Enums: [new Uint8Array([0, 255])],
  Bools: [null, [true, false]],
  Chars: [['a', '\0', '\udfff']],
  Strings: [['one', null, ''], []],
  Points: [[point, { X: 1, Name: null }]],
  Jagged: [[new Int32Array([1]), null, new Int32Array()]],
  Nullables: [[1, null]],
  Object: [null, 'text', true, 1.5, 5n, new Date(5)],
  Text: ['', 'a text'],
  Function: [null],
  Node: [null],
};

/** Other forms of the same value that C# takes as well, with what comes back. */
const otherForms = {
  Decimal: [[0.1, '0.1'], [10n, '10'], [1e21, '1000000000000000000000'], ['1e-3', '0.001']],
  Bytes: [[[1, 2], new Uint8Array([1, 2])], [new Uint8ClampedArray([3]), new Uint8Array([3])]],
  Ints: [[[5], new Int32Array([5])]],
  Point: [[{ X: 1, Name: 'n', Other: 'is ignored' }, { X: 1, Name: 'n' }]],
};

/** What C# cannot hold: the error's class and parts of its message. */
const wrong = {
  Point: [[null, TypeError, 'HostTests.Point', 'null'], [{ X: 1 }, TypeError, '.Name: the field is missing'], [{ X: 'x', Name: '' }, TypeError, '.X: expected an integer'],
    [{ X: NaN, Name: '' }, TypeError, '.X', 'NaN'], [{ get X() { throw new EvalError('getter'); } }, EvalError, 'getter']],
  Outer: [[{ ...outer, First: { Small: 256, Wide: 0 } }, RangeError, '.First.Small', 'System.Byte'], [{ ...outer, Second: null }, TypeError, '.Second']],
  Buffer: [[{ Numbers: [1, 2, 3], Count: 1 }, TypeError, '.Numbers', '4 elements']],
  Tree: [[{ Name: '', Children: [{ Name: '', Children: [{}] }] }, TypeError, '.Children[0].Children[0].Name']],
  NullableInt: [[undefined, TypeError, 'undefined'], [2 ** 31, RangeError, 'System.Int32']],
  DateTime: [[new Date(NaN), TypeError, 'a valid Date'], [0, TypeError, 'System.DateTime'], [new Date(8.64e15), RangeError, 'year 9999']],
  TimeSpan: [[Infinity, TypeError, 'milliseconds'], [1e30, RangeError, 'System.TimeSpan'], [-1.7e308, RangeError, 'System.TimeSpan']],
  Guid: [['{01234567-89ab-cdef-0123-456789abcdef}', TypeError, 'System.Guid']],
  Decimal: [[NaN, TypeError, 'System.Decimal'], ['79228162514264337593543950336', RangeError, 'System.Decimal'], [1e-40, RangeError, 'decimals'], ['', TypeError, '""']],
  Bytes: [[new Int8Array(1), TypeError, 'Uint8Array'], ['text', TypeError, 'System.Byte[]'], [[1, 256], RangeError, '[1]', '256'], [undefined, TypeError, 'undefined']],
  Strings: [[['a', 5], TypeError, '[1]', 'a string or null']],
  Points: [[[point, { X: 1 }], TypeError, '[1].Name']],
  Object: [[undefined, TypeError, 'System.Object'], [Symbol('s'), TypeError, 'Symbol']],
  Function: [[5, TypeError, 'a function or null'], [{}, TypeError, 'System.Func']],
  Node: [[{}, TypeError, 'HostTests.Node'], ['text', TypeError, 'HostTests.Node']],
};

function suite(title, options) {
  describe(title, () => {
    let clr;
    let seen;
    let reply;

    before(async () => {
      clr = await createHost(options);
      await clr.load('HostTests');
      for (const type of Object.keys(types)) {
        clr.registerPInvoke(`HostTests.ValueExtern::${type}`, (value) => {
          seen = value;
          return reply === undefined ? value : reply.value;
        });
      }
    });
    after(() => clr.dispose());
    beforeEach(() => { reply = undefined; });

    for (const [type, values] of Object.entries(types)) {
      it(`${type} goes to C#, on to JavaScript, and back`, () => {
        for (const value of values) {
          const result = clr.call(`HostTests.ValueEcho::${type}`, value);
          expect(seen, 'in JavaScript').to.deep.equal(value);
          expect(result, 'back').to.deep.equal(value);
        }
      });
    }

    for (const [type, forms] of Object.entries(otherForms)) {
      it(`${type} takes other forms too`, () => {
        for (const [value, expected] of forms) expect(clr.call(`HostTests.ValueEcho::${type}`, value)).to.deep.equal(expected);
      });
    }

    for (const [type, cases] of Object.entries(wrong)) {
      it(`${type}: what C# cannot hold is an error that names place and value, either way`, async () => {
        const key = `HostTests.ValueEcho::${type}`;
        for (const [value, errorClass, ...parts] of cases) {
          const error = await failureOf(() => clr.call(key, value));
          expect(error).to.be.instanceOf(errorClass);
          const isGetter = errorClass === EvalError;
          for (const part of isGetter ? parts : [`${key}: argument 1`, ...parts]) expect(error.message).to.include(part);

          reply = { value };
          const thrown = await failureOf(() => clr.call(key, types[type][0]));
          reply = undefined;
          expect(thrown).to.have.property('name', 'ManagedError');
          expect(thrown.cause).to.be.instanceOf(errorClass);
          for (const part of isGetter ? parts : [`HostTests.ValueExtern::${type}: return value`, ...parts]) expect(thrown.message).to.include(part);
        }
      });
    }

    it('a detached buffer is an error that says so', () => {
      const bytes = new Uint8Array(5);
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      expect(() => clr.call('HostTests.ValueEcho::Bytes', bytes)).to.throw(TypeError, 'detached');
    });

    it('a number array is seen by JavaScript as its own: what it writes is there afterwards, unless it is [In]', () => {
      clr.replacePInvoke('HostTests.ValueExtern::Fill', (bytes) => { bytes.set([9, 8], 1); });
      clr.replacePInvoke('HostTests.ValueExtern::FillIn', (bytes) => { bytes.fill(0); });
      clr.replacePInvoke('HostTests.ValueExtern::FillNames', (names) => { names[0] = 'first'; names[1] = 'second'; });
      expect(clr.call('HostTests.ValueCalls::Fill')).to.equal('1,9,8');
      expect(clr.call('HostTests.ValueCalls::FillIn')).to.equal('1,2,3');
      expect(clr.call('HostTests.ValueCalls::FillNames')).to.equal('first,second');
    });

    it('a number array is a view where that is asked for', async () => {
      let kept;
      clr.replacePInvoke('HostTests.ValueExtern::Fill', (view) => {
        kept = view;
        view.array.set([7, 6], 1);
      }, { arrays: 'view' });
      clr.replacePInvoke('HostTests.ValueExtern::FillIn', (view) => { expect(() => view.set([1])).to.throw(TypeError, 'read-only'); }, { arrays: 'view' });
      expect(clr.call('HostTests.ValueCalls::Fill')).to.equal('1,7,6');
      expect(clr.call('HostTests.ValueCalls::FillIn')).to.equal('1,2,3');
      expect(await failureOf(() => kept.array)).to.have.property('name', 'ViewEndedError');
      expect(() => clr.replacePInvoke('HostTests.ValueExtern::Fill', () => {}, { arrays: 'views' })).to.throw(TypeError, 'views');
    });

    it('ref, out and in are boxes', () => {
      let got;
      clr.replacePInvoke('HostTests.ValueExtern::References', (number, out, real) => {
        got = [number.value, out.value, real.value];
        number.value++;
        out.value = { X: 3, Name: 'three' };
      });
      expect(clr.call('HostTests.ValueCalls::References')).to.equal('6 3 three');
      expect(got).to.deep.equal([5, undefined, 2.5]);
      const quotient = {}, box = { value: { X: 1, Name: 'n' } };
      expect(clr.call('HostTests.ValueCalls::Divide', 7, 2, quotient, box)).to.equal(true);
      expect(quotient.value).to.equal(3);
      expect(box.value).to.deep.equal({ X: 2, Name: 'n!' });
      expect(() => clr.call('HostTests.ValueCalls::Divide', 7, 2, 5, box)).to.throw(TypeError, 'argument 3');
    });

    it('a span is a view that ends with its call', async () => {
      let kept;
      clr.replacePInvoke('HostTests.ValueExtern::Span', (view) => {
        kept = view;
        expect(Array.from(view)).to.deep.equal([2, 3]);
        view.array[0] = 20;
        view.set([30], 1);
        expect(() => view.set([1, 2], 1)).to.throw(RangeError);
        expect(() => view.at(2)).to.throw(RangeError);
      });
      expect(clr.call('HostTests.ValueCalls::Span')).to.equal('1,20,30');
      for (const use of [() => kept.length, () => kept.array, () => kept.at(0), () => kept.set([1]), () => [...kept], () => kept.slice()]) {
        const error = await failureOf(use);
        expect(error).to.have.property('name', 'ViewEndedError');
        expect(error.message).to.include('call');
      }
      clr.replacePInvoke('HostTests.ValueExtern::ReadOnly', (view) => {
        expect(() => view.set([1])).to.throw(TypeError, 'read-only');
        return view.array.reduce((a, b) => a + b);
      });
      expect(clr.call('HostTests.ValueCalls::ReadOnly')).to.equal(5);
      clr.replacePInvoke('HostTests.ValueExtern::SpanOfPoints', (points) => { points[1] = { X: points[0].X + 10, Name: 'new' }; });
      expect(clr.call('HostTests.ValueCalls::SpanOfPoints')).to.equal('1 one 11 new');
      clr.replacePInvoke('HostTests.ValueExtern::Characters', (text) => text.length);
      expect(clr.call('HostTests.ValueCalls::Characters')).to.equal(4);
      expect(clr.call('HostTests.ValueCalls::LongText', 1_000_000)).to.equal(1_000_000);
    });

    it('what happens to a value during the call does not change where its elements go back to', () => {
      const numbers = [1, 2];
      expect(clr.call('HostTests.ValueCalls::DoubleAround', numbers, () => { numbers.push(3, 4, 5); })).to.equal(2);
      expect(numbers).to.deep.equal([2, 4, 3, 4, 5]);
      expect(clr.call('HostTests.ValueCalls::DoubleAround', numbers, () => { numbers.length = 1; })).to.equal(5);
      expect(numbers).to.deep.equal([4, 8, 6, 8, 10]);
    });

    it('a view survives the growth of the memory', () => {
      clr.replacePInvoke('HostTests.ValueExtern::Span', (view) => {
        const before = view.array;
        clr.call('HostTests.ValueEcho::Bytes', new Uint8Array(clr.memory.total));
        expect(before.length, 'the memory has grown').to.equal(0);
        expect(Array.from(view.array)).to.deep.equal([2, 3]);
      });
      clr.call('HostTests.ValueCalls::Span');
    });

    it('a Memory is a view that keeps its array', () => {
      let kept;
      clr.replacePInvoke('HostTests.ValueExtern::Keep', (view) => { kept = view; });
      clr.call('HostTests.ValueCalls::Keep');
      kept.set([70, 80]);
      expect(clr.call('HostTests.ValueCalls::Kept')).to.equal('1,70,80,4');
      kept.dispose();
      expect(() => kept.array).to.throw('disposed');
      clr.replacePInvoke('HostTests.ValueExtern::Segment', (view) => { view.array.fill(5); });
      expect(clr.call('HostTests.ValueCalls::Segment')).to.equal('1,5,5');
    });

    it('spans of C# methods take arrays, typed arrays and texts', () => {
      expect(clr.call('HostTests.ValueCalls::Sum', [1, 2])).to.equal(3);
      expect(clr.call('HostTests.ValueCalls::Sum', new Int32Array([1, 2, 3]))).to.equal(6);
      const numbers = new Int32Array([1, 2]);
      clr.call('HostTests.ValueCalls::Double', numbers);
      expect(Array.from(numbers)).to.deep.equal([2, 4]);
      expect(clr.call('HostTests.ValueCalls::Length', 'text')).to.equal(4);
      const out = [0, 0];
      clr.call('HostTests.ValueCalls::Numbers', out);
      expect(out).to.deep.equal([42, 0]);
      expect(() => clr.call('HostTests.ValueCalls::Sum', 'text')).to.throw(TypeError, 'System.ReadOnlySpan');
    });

    describe('delegates', () => {
      it('are functions', () => {
        clr.replacePInvoke('HostTests.ValueExtern::Call', (describe) => `${describe(point, [1, 2])}|${describe({ X: 0, Name: 'z' }, new Int32Array(0))}`);
        expect(clr.call('HostTests.ValueCalls::Call')).to.equal(`1: -7 ${point.Name} 1+2|2: 0 z `);
        const add = clr.call('HostTests.ValueCalls::Adder', 5);
        expect(add(1)).to.equal(6);
        expect(() => add('x')).to.throw(TypeError, 'argument 1');
        expect(() => add()).to.throw(TypeError, 'takes 1 arguments');
      });

      it('functions are delegates', () => {
        let seen;
        clr.replacePInvoke('HostTests.ValueExtern::Make', () => (value, numbers) => {
          seen = numbers;
          return `${value.X}${value.Name}`;
        });
        expect(clr.call('HostTests.ValueCalls::Make')).to.equal('7seven/0null');
        expect(seen).to.deep.equal(new Int32Array());
        expect(clr.call('HostTests.ValueCalls::Apply', (x) => x * 3, 5)).to.equal(15);
      });

      it('there and back is the same function, and the same delegate', () => {
        const fn = (x) => x;
        expect(clr.call('HostTests.ValueEcho::Function', fn)).to.equal(fn);
        expect(seen).to.equal(fn);
        let added, removed;
        clr.replacePInvoke('HostTests.ValueExtern::OnEvent', (handler) => { added = handler; });
        clr.replacePInvoke('HostTests.ValueExtern::OffEvent', (handler) => { removed = handler; });
        clr.call('HostTests.ValueCalls::Handlers');
        expect(added).to.be.a('function').and.equal(removed);
      });

      it('a function is taken off as the delegate that it was put on as', () => {
        const heard = [];
        const listener = (value) => { heard.push(value); };
        clr.call('HostTests.ValueCalls::Add', listener);
        clr.call('HostTests.ValueCalls::Raise', 1);
        clr.call('HostTests.ValueCalls::Remove', listener);
        clr.call('HostTests.ValueCalls::Raise', 2);
        expect(heard).to.deep.equal([1]);
        expect(clr.call('HostTests.ValueCalls::Listeners')).to.equal(null);
      });

      it('one that was let go is a DisposedError', async () => {
        const add = clr.call('HostTests.ValueCalls::Adder', 5);
        add.dispose();
        expect(await failureOf(() => add(1))).to.have.property('name', 'DisposedError');
        expect(await failureOf(() => clr.call('HostTests.ValueCalls::Apply', add, 1))).to.have.property('name', 'DisposedError');
      });

      it('strings survive collections on the way', () => {
        expect(clr.call('HostTests.ValueCalls::Churn', (text) => `${text}!`, 20)).to.equal(10 * 7 + 10 * 8);
      });
    });

    describe('objects', () => {
      it('are proxies that are the same for the same object, both ways', () => {
        const node = clr.call('HostTests.ValueCalls::Chain', 2);
        expect(clr.call('HostTests.ValueCalls::Identity', node)).to.equal(node);
        expect(clr.call('HostTests.ValueEcho::Node', node)).to.equal(node);
        expect(clr.call('HostTests.ValueCalls::Same', node, node)).to.equal(true);
        expect(clr.call('HostTests.ValueCalls::ValueOf', node)).to.equal(2);
        expect(node.Next.Value).to.equal(1);
        expect(node.Next).to.equal(node.Next);
        node.Next.Value = 17;
        expect(clr.call('HostTests.ValueCalls::ValueOf', node.Next)).to.equal(17);
        expect(() => clr.call('HostTests.ValueEcho::Node', clr.call('HostTests.ValueEcho::Object', {}))).to.throw(TypeError, 'HostTests.Node');
      });

      it('a JavaScript object comes back as itself', () => {
        const value = { some: 'thing' };
        expect(clr.call('HostTests.ValueEcho::Object', value)).to.equal(value);
        expect(seen).to.equal(value);
        expect(clr.call('HostTests.ValueCalls::Same', value, value)).to.equal(true);
        expect(clr.call('HostTests.ValueCalls::TypeName', value)).to.equal('System.Object');
        expect(clr.call('HostTests.ValueCalls::TypeName', 1)).to.equal('System.Double');
      });

      it('what a getter calls does not take away what was written before it', () => {
        const value = {
          X: 1,
          get Name() {
            clr.call('HostTests.ValueCalls::Churn', (text) => text, 30);
            return 'name';
          },
        };
        expect(clr.call('HostTests.ValueEcho::Points', [{ X: 0, Name: 'kept' }, value])).to.deep.equal([{ X: 0, Name: 'kept' }, { X: 1, Name: 'name' }]);
        expect(clr.call('HostTests.ValueEcho::Point', value)).to.deep.equal({ X: 1, Name: 'name' });
      });
    });
  });
}

suite('values');
suite('values under GC stress', { gcStress: true });
