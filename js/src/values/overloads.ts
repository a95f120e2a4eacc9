// Which of several C# methods of one name a call means: those that take as many arguments, of which each argument must fit;
// the one that they fit best is called, and where two fit equally well the call is refused with both names.

import { AmbiguousEntryError } from '../errors.js';
import { kDefault, type Defaults } from './defaults.js';
import { addressOf } from './objects.js';
import { typeOfText, type Shape } from './shapes.js';
import { isDate } from './special.js';
import type { Values } from './values.js';
import { MemoryView, typedArrays } from './views.js';

/** How well integer types fit a number: the commonest first. */
const kIntegers = 'iIhHbBnNp';
const kRanges: Record<string, [number, number]> = {
  b: [-0x80, 0x7f], B: [0, 0xff], h: [-0x8000, 0x7fff], H: [0, 0xffff], i: [-0x80000000, 0x7fffffff], I: [0, 0xffffffff],
  n: [-0x80000000, 0x7fffffff], N: [0, 0xffffffff], p: [0, 0xffffffff],
};

/** How well a value fits a type: 0 not at all, 100 best. */
export function fit(values: Values, type: string, value: unknown): number {
  if (type.length === 1) return fitLetter(type, value);
  const shape = values.shapes.ofText(type);
  switch (shape.kind) {
    case 'V':
      return fitStruct(values, shape, value);
    case 'A':
      return fitArray(values, shape, value);
    case 'D':
      return value === null ? 40 : typeof value === 'function' ? 90 : 0;
    case '&':
      return typeof value === 'object' && value !== null && !values.refs.of(value) ? 50 : 0;
    default:
      return fitObject(values, shape, value);
  }
}

function fitLetter(letter: string, value: unknown): number {
  switch (typeof value) {
    case 'boolean':
      return letter === 'z' ? 100 : 0;
    case 'string':
      return letter === 's' ? 100 : letter === 'c' && value.length === 1 ? 90 : 0;
    case 'bigint':
      return letter === 'l' ? 100 : letter === 'L' ? 90 : 0;
    case 'number': {
      if (letter === 'd') return Number.isInteger(value) ? 80 : 100;
      if (letter === 'f') return 70;
      const range = kRanges[letter];
      return range && Number.isInteger(value) && value >= range[0] && value <= range[1] ? 100 - kIntegers.indexOf(letter) : 0;
    }
    default:
      return value === null && letter === 's' ? 50 : 0;
  }
}

function fitStruct(values: Values, shape: Shape, value: unknown): number {
  switch (shape.definition) {
    case 'System.Nullable`1':
      return value === null ? 60 : fit(values, shape.args[0], value) && fit(values, shape.args[0], value) - 1;
    case 'System.DateTime':
      return isDate(value) ? 100 : 0;
    case 'System.DateTimeOffset':
      return isDate(value) ? 90 : 0;
    case 'System.TimeSpan':
      return typeof value === 'number' ? 20 : 0;
    case 'System.Guid':
      return typeof value === 'string' && value.length === 36 ? 60 : 0;
    case 'System.Decimal':
      return typeof value === 'number' || typeof value === 'bigint' ? 60 : typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)) ? 30 : 0;
    case 'System.Span`1': case 'System.ReadOnlySpan`1': case 'System.Memory`1': case 'System.ReadOnlyMemory`1': case 'System.ArraySegment`1': {
      const element = values.shapes.valueText(shape.args[0]);
      if (value instanceof MemoryView) return typedArrays[element] && value.place(typedArrays[element]) ? 95 : 0;
      if (element === 'c' && typeof value === 'string') return 40;
      return fitElements(element, value) && fitElements(element, value) - 10;
    }
    case 'System.Threading.Tasks.ValueTask': case 'System.Threading.Tasks.ValueTask`1':
      return value instanceof Promise ? 80 : 0;
    default:
      if (typeof value !== 'object' || value === null || values.refs.of(value)) return 0;
      return shape.fields.every(({ name }) => values.jsName(name) in value) ? 80 : 0;
  }
}

/** For what was disposed of. */
const place = ({ name }: Shape) => () => `an argument (${name})`;

function fitElements(element: string, value: unknown): number {
  const arrayClass = typedArrays[element];
  if (arrayClass && value instanceof arrayClass) return 100;
  return Array.isArray(value) ? 70 : 0;
}

function fitArray(values: Values, shape: Shape, value: unknown): number {
  if (value === null) return 40;
  const ref = values.refs.of(value);
  if (ref) return values.holds(shape.type, addressOf(ref, place(shape))) ? 100 : 0;
  if (Array.isArray(value) && value.length > 0) return fit(values, shape.args[0], value[0]) && 60 + fit(values, shape.args[0], value[0]) / 10;
  return fitElements(shape.args[0], value);
}

function fitObject(values: Values, shape: Shape, value: unknown): number {
  if (value === null) return 45;
  const ref = values.refs.of(value);
  if (ref) {
    const type = values.memory.live().u32[addressOf(ref, place(shape)) >>> 2];
    if (type === shape.type) return 100;
    return values.shapes.isAssignable(shape.type, type) ? (shape.name === 'System.Object' ? 10 : 80) : 0;
  }
  if (shape.definition.startsWith('System.Threading.Tasks.Task')) return value instanceof Promise ? 90 : 0;
  if (shape.name === 'System.Object') return value === undefined ? 0 : 5;
  const boxed = { string: 'System.String', number: 'System.Double', boolean: 'System.Boolean', bigint: 'System.Int64' }[typeof value as string];
  return boxed && values.shapes.isAssignable(shape.type, values.named(boxed)) ? 4 : 0;
}

export interface Overload {
  /** "Ns.Type::Method(System.Int32)", for messages. */
  describe: () => string;
  /** Value texts of the parameters. */
  parameters: string[];
  /** What a call may leave out. */
  defaults: () => Defaults;
}

/** An overload, and the arguments that it is called with. */
interface Choice<T> {
  overload: T;
  args: readonly unknown[];
  /** Of the arguments that were given; 0: they do not fit. */
  fit: number;
}

/** How well arguments fit an overload that takes so many. */
function exact<T extends Overload>(values: Values, overload: T, args: readonly unknown[]): Choice<T> {
  const fits = overload.parameters.map((type, index) => (args[index] === kDefault ? 1 : fit(values, type, args[index])));
  return { overload, args, fit: fits.includes(0) ? 0 : fits.reduce((sum, each) => sum + each, 1) };
}

/** The same with the default values of what is left out at the end. */
function completed<T extends Overload>(values: Values, overload: T, args: readonly unknown[], count = overload.parameters.length): Choice<T> {
  const { values: defaults } = overload.defaults();
  let given = Math.min(args.length, count);
  while (given > 0 && args[given - 1] === undefined) given--;
  const left = defaults.slice(given, count);
  if (args.length > count || left.includes(undefined)) return { overload, args, fit: 0 };
  const { fit: fits } = exact(values, { ...overload, parameters: overload.parameters.slice(0, given) }, args.slice(0, given));
  return { overload, args: [...args.slice(0, given), ...left], fit: fits };
}

/** The same with the last arguments as the elements of a `params` array. */
function expanded<T extends Overload>(values: Values, overload: T, args: readonly unknown[]): Choice<T> {
  const count = overload.parameters.length - 1;
  const none = { overload, args, fit: 0 };
  if (!overload.defaults().rest) return none;
  const { args: first, fit: firstFit } = completed(values, overload, args.slice(0, count), count);
  const { kind, args: [element] } = values.shapes.ofText(overload.parameters[count]);
  if (kind !== 'A' || firstFit === 0) return none;
  const rest = args.slice(count);
  const fits = rest.map((value) => fit(values, element, value));
  return fits.includes(0) ? none : { overload, args: [...first, rest], fit: firstFit + fits.reduce((sum, each) => sum + each, 0) };
}

/**
 * The overload that a call with these arguments means, and its arguments: as C# does, one that takes just these before one with
 * default values, and that before one with a `params` array. Errors: TypeError when none fits; AmbiguousEntryError.
 */
export function choose<T extends Overload>(values: Values, name: string, overloads: readonly T[], args: readonly unknown[]): [T, unknown[]] {
  const counted = overloads.filter(({ parameters }) => parameters.length === args.length);
  const [only] = counted;
  const isPlain = args[args.length - 1] !== undefined || args.length === 0;
  if (counted.length === 1 && isPlain && !overloads.some(({ defaults }) => defaults().rest)) return [only, args as unknown[]];
  const ways = [
    () => counted.map((overload) => exact(values, overload, args)),
    () => overloads.map((overload) => completed(values, overload, args)),
    () => overloads.map((overload) => expanded(values, overload, args)),
  ];
  const list = (candidates: readonly T[]) => candidates.map(({ describe }) => describe()).join(', ');
  for (const way of ways) {
    const choices = way().filter((choice) => choice.fit > 0);
    const most = Math.max(...choices.map((choice) => choice.fit));
    const best = choices.filter((choice) => choice.fit === most);
    if (best.length === 1) return [best[0].overload, best[0].args as unknown[]];
    if (best.length > 1) throw new AmbiguousEntryError('AmbiguousEntry', `${name}: the arguments fit ${list(best.map(({ overload }) => overload))}`);
  }
  if (counted.length === 1) return [only, args as unknown[]]; // which says what is wrong
  throw new TypeError(`${name}: no overload takes these ${args.length} arguments. There are: ${list(overloads)}`);
}

/** A value text as C# names it. */
export function nameOf(values: Values, type: string): string {
  const names: Record<string, string> = {
    v: 'void', z: 'bool', c: 'char', b: 'sbyte', B: 'byte', h: 'short', H: 'ushort', i: 'int', I: 'uint', l: 'long', L: 'ulong', f: 'float', d: 'double',
    n: 'nint', N: 'nuint', p: 'void*', s: 'string',
  };
  return names[type] ?? values.shapes.of(typeOfText(type)).name;
}
