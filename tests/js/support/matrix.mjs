// Every type that C# and JavaScript pass to each other, each way: what a value becomes of it. tests/js/matrix.test.mjs
// compares docs/interop.md with what comes out.

const point = { X: 1, Name: 'p' };
const same = (a, b) => a === b;

/** The text of a value for comparisons; objects of C# by themselves. */
function textOf(value) {
  if (typeof value === 'function') return 'function';
  return JSON.stringify(value, (_key, part) => {
    if (typeof part === 'bigint') return `${part}n`;
    if (ArrayBuffer.isView(part)) return { [part.constructor.name]: Array.from(part, String) };
    return part === undefined ? 'undefined' : part;
  });
}

const asData = (a, b) => Object.is(a, b) || textOf(a) === textOf(b);
/** A view shows the elements that went in. */
const asElements = (a, b) => textOf(Array.from('slice' in a && 'at' in a && !Array.isArray(a) && !ArrayBuffer.isView(a) ? a.slice() : a)) === textOf(Array.from(b));
const asPromised = async (a, b) => asData(await a, await b);

/** [the C# type, its class in InteropTests.Matrix, what JavaScript gives, how it compares]; what is given may be a function of the runtime. */
export const categories = [
  ['sbyte', 'SByte', -128], ['byte', 'Byte', 255], ['short', 'Int16', -32768], ['ushort', 'UInt16', 65535], ['int', 'Int32', -(2 ** 31)], ['uint', 'UInt32', 2 ** 32 - 1],
  ['long', 'Int64', -(2n ** 63n)], ['ulong', 'UInt64', 2n ** 64n - 1n], ['nint', 'IntPtr', -5], ['nuint', 'UIntPtr', 2 ** 32 - 1],
  ['bool', 'Boolean', true], ['char', 'Char', '\ud800'], ['float', 'Single', 0.5], ['double', 'Double', Math.PI], ['enum : byte', 'ByteEnum', 255], ['enum : long', 'LongEnum', -(2n ** 63n)],
  ['string', 'String', 'Grüße\ud800'], ['StringBuilder', 'StringBuilder', (clr) => new (clr.getType('System.Text.StringBuilder'))('text'), same],
  ['int*', 'Pointer', 65536], ['delegate* unmanaged', 'FunctionPointer', 3],
  ['struct', 'Struct', { Flag: true, First: point, Letter: 'x', Number: 2n ** 40n }], ['struct, explicit layout', 'Explicit', { Number: 1073741824, Real: 2 }],
  ['class with layout', 'Class', (clr) => new (clr.getType('InteropTests.Layout'))(), same],
  ['int?', 'NullableInt', -5], ['struct?', 'NullableStruct', point],
  ['Guid', 'Guid', '01234567-89ab-cdef-0123-456789abcdef'], ['decimal', 'Decimal', '-1.50'],
  ['DateTime', 'DateTime', new Date(1e12)], ['DateTimeOffset', 'DateTimeOffset', new Date(1e12)], ['TimeSpan', 'TimeSpan', 1500], ['BigInteger', 'BigInteger', (clr) => clr.getType('System.Numerics.BigInteger').Parse('123456789012345678901234567890')],
  ['byte[]', 'ByteArray', new Uint8Array([1, 255])], ['int[]', 'IntArray', new Int32Array([1, -1])], ['long[]', 'LongArray', new BigInt64Array([1n])], ['double[]', 'DoubleArray', new Float64Array([0.5])],
  ['enum[]', 'EnumArray', new Uint8Array([1])], ['bool[]', 'BoolArray', [true, false]], ['char[]', 'CharArray', ['a', 'b']], ['string[]', 'StringArray', ['one', null]],
  ['struct[]', 'StructArray', [point]], ['object[]', 'ObjectArray', [1, 'two', null]], ['int[][]', 'JaggedArray', [new Int32Array([1]), null]],
  ['int[,]', 'TwoDimensional', (clr) => clr.call('InteropTests.Matrix+TwoDimensionalWays::Make'), same],
  ['List<int>', 'List', (clr) => new (clr.getType('System.Collections.Generic.List`1').of('System.Int32'))(), same],
  ['Dictionary<string, int>', 'Dictionary', (clr) => new (clr.getType('System.Collections.Generic.Dictionary`2').of('System.String', 'System.Int32'))(), same],
  ['(int, string)', 'Tuple', { Item1: 1, Item2: 'two' }],
  ['Span<int>', 'Span', new Int32Array([1, 2]), asElements], ['ReadOnlySpan<int>', 'ReadOnlySpan', new Int32Array([1, 2]), asElements], ['ReadOnlySpan<char>', 'Characters', 'text'],
  ['Memory<byte>', 'Memory', new Uint8Array([1, 2]), asElements], ['ReadOnlyMemory<int>', 'ReadOnlyMemory', new Int32Array([1, 2]), asElements], ['ReadOnlyMemory<char>', 'Text', 'text'],
  ['Memory<struct>', 'MemoryOfStructs', [point]], ['ArraySegment<int>', 'Segment', new Int32Array([1, 2]), asElements],
  ['Func<int, int>', 'Delegate', () => (x) => x + 1, (a, b) => a(1) === 2 && same(a, b)], ['Action', 'Delegates', () => () => {}, same],
  ['Task', 'Task', () => Promise.resolve(), async (a) => await a === undefined], ['Task<int>', 'TaskOfInt', () => Promise.resolve(7), asPromised], ['ValueTask<int>', 'ValueTask', () => Promise.resolve(7), asPromised],
  ['object: a JavaScript object', 'Object', { any: 'object' }, same], ['object: a value', 'Object', 'text'], ['Exception', 'Exception', (clr) => new (clr.getType('System.FormatException'))('wrong'), same],
  ['an interface', 'Interface', (clr) => clr.getType('System.Version').Parse.call(undefined, '1.2'), same],
  ['JSObject', 'JSObject', { any: 'object' }, same], ['SafeHandle', 'SafeHandle', (clr) => new (clr.getType('Microsoft.Win32.SafeHandles.SafeFileHandle'))(), same],
  ['HandleRef', 'HandleRef', { _wrapper: null, _handle: 5 }], ['Type', 'Type', (clr) => clr.getType('System.Type').GetType('System.Int32'), same],
];

/** Of parameters by reference: what the box has afterwards, when 6 is put in and what is called adds 1, puts 7 in, or only reads. */
const references = [['ref int', 'Ref', 7], ['out int', 'Out', 7], ['in int', 'In', 6]];

/** What came of one way: "works", "another value", or the error's name; JavaScript's own behind a JSException. */
async function outcomeOf(way) {
  try {
    return (await way()) ? 'works' : 'another value';
  } catch (error) {
    let inner = error;
    while (inner.cause instanceof Error) inner = inner.cause;
    return inner.type ? inner.type.replace(/^.*\./, '') : inner.name;
  }
}

/** The five ways of a category. A view ends with its call: JavaScript compares what it gets at once. */
async function waysOf(clr, [title, name, given, equal = asData]) {
  const type = clr.getType(`InteropTests.Matrix+${name}Ways`);
  const value = typeof given === 'function' ? given(clr) : given;
  let passed;
  const echo = (got) => {
    passed = equal(got, value);
    return got;
  };
  clr.replacePInvoke('[matrix]echo', echo);
  const served = (call) => outcomeOf(async () => {
    passed = false;
    const result = call();
    return await passed && (call === pass || equal(result, value));
  });
  /** `Pass` is where the extern method with a result of the type cannot be bound. */
  const pass = () => type.Pass(value);
  const asResult = await served(() => type.Echo(value));
  const throughExtern = type.Pass ? `${await served(pass)}; as its result: ${asResult}` : asResult;
  const into = await outcomeOf(() => type.Take(value) === undefined);
  const isKept = into === 'works'; // else there is nothing that C# could give
  return [title, into, isKept ? await outcomeOf(() => equal(type.Give(), value)) : '–', throughExtern,
    await outcomeOf(() => equal(type.Delegate()(value), value)), isKept ? await served(() => type.Call(echo)) : '–'];
}

async function waysOfReference(clr, [title, name, expected]) {
  const type = clr.getType(`InteropTests.Matrix+${name}Ways`);
  const change = (box) => {
    if (name !== 'In') box.value = 7;
    return 0;
  };
  const boxed = (call) => {
    const box = { value: 6 };
    return call(box) === expected && box.value === expected;
  };
  clr.replacePInvoke('[matrix]box', change);
  const into = await outcomeOf(() => boxed(type.Take));
  const delegate = type.Delegate();
  return [title, into, into, await outcomeOf(() => type.Echo() === expected), await outcomeOf(() => boxed((box) => delegate(box))), await outcomeOf(() => type.Call(change) === expected)];
}

/** [type, argument of C#, result of C#, argument and result of an extern method, C# delegate, JavaScript function] of every category. */
export async function rowsOf(clr) {
  const rows = [];
  for (const category of categories) rows.push(await waysOf(clr, category));
  for (const reference of references) rows.push(await waysOfReference(clr, reference));
  return rows;
}
