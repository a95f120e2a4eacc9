// .NET's own value types that have a form of their own in JavaScript: DateTime and DateTimeOffset are Dates, TimeSpan is
// milliseconds, Guid and decimal are texts, Nullable is the value or null. docs/host.md has the rules.

import { mismatch, outOfRange, type Place, type Reader, type Writer } from '../marshal.js';
import { fieldOf, type Shape } from './shapes.js';
import type { Values } from './values.js';

/** How values of a type are read and written, in slots and in memory alike. */
export interface Special {
  reader(values: Values, shape: Shape): Reader;
  writer(values: Values, shape: Shape, place: Place): Writer;
}

const kTicksPerMillisecond = 10_000n;
const kTicksAtEpoch = 621_355_968_000_000_000n;
const kMostTicks = 3_155_378_975_999_999_999n;
const kTicksMask = (1n << 62n) - 1n;
const kUtc = 1n << 62n;

const dateTime: Special = {
  reader({ memory }, shape) {
    const { offset } = fieldOf(shape, '_dateData');
    return (address) => new Date(Number(((memory.live().u64[(address + offset) >>> 3] & kTicksMask) - kTicksAtEpoch) / kTicksPerMillisecond));
  },
  writer({ memory }, shape, place) {
    const { offset } = fieldOf(shape, '_dateData');
    return (address, value) => { memory.live().u64[(address + offset) >>> 3] = ticksOf(value, place) | kUtc; };
  },
};

function ticksOf(value: unknown, place: Place): bigint {
  if (!isDate(value) || Number.isNaN(value.getTime())) throw mismatch(place, 'a valid Date (System.DateTime)', value);
  const ticks = BigInt(value.getTime()) * kTicksPerMillisecond + kTicksAtEpoch;
  if (ticks < 0n || ticks > kMostTicks) throw outOfRange(place, 'System.DateTime', 'year 1', 'year 9999', value.getTime());
  return ticks;
}

export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}

const dateTimeOffset: Special = {
  reader(values, shape) {
    const { type, offset } = fieldOf(shape, '_dateTime');
    const read = values.reader(type, true);
    return (address) => read(address + offset);
  },
  writer({ memory, shapes }, shape, place) {
    const { type, offset } = fieldOf(shape, '_dateTime');
    const data = offset + fieldOf(shapes.ofText(type), '_dateData').offset;
    return (address, value) => {
      const ticks = ticksOf(value, place);
      memory.bytes(address, shape.size).fill(0); // the offset is UTC's
      memory.live().u64[(address + data) >>> 3] = ticks;
    };
  },
};

const timeSpan: Special = {
  reader({ memory }, shape) {
    const { offset } = fieldOf(shape, '_ticks');
    return (address) => Number(memory.live().i64[(address + offset) >>> 3]) / Number(kTicksPerMillisecond);
  },
  writer({ memory }, shape, place) {
    const { offset } = fieldOf(shape, '_ticks');
    return (address, value) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) throw mismatch(place, 'a number of milliseconds (System.TimeSpan)', value);
      const ticks = Math.round(value * Number(kTicksPerMillisecond));
      if (!(ticks >= -(2 ** 63) && ticks < 2 ** 63)) throw outOfRange(place, 'System.TimeSpan', '-2^63', '2^63-1 ticks', value);
      memory.live().i64[(address + offset) >>> 3] = BigInt(ticks);
    };
  },
};

const kGuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Where the text's bytes lie: the first three groups are little-endian numbers. */
const kGuidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

const guid: Special = {
  reader({ memory }) {
    return (address) => {
      const bytes = memory.bytes(address, 16);
      const digits = kGuidOrder.map((index) => bytes[index].toString(16).padStart(2, '0')).join('');
      return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    };
  },
  writer({ memory }, _shape, place) {
    return (address, value) => {
      if (typeof value !== 'string' || !kGuid.test(value)) throw mismatch(place, 'a text of the form 8-4-4-4-12 hexadecimal digits (System.Guid)', value);
      const digits = value.replaceAll('-', '');
      const bytes = memory.bytes(address, 16);
      kGuidOrder.forEach((to, index) => { bytes[to] = parseInt(digits.slice(2 * index, 2 * index + 2), 16); });
    };
  },
};

const kMostScale = 28;
const kDecimal = /^([+-]?)(\d+)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

const decimal: Special = {
  reader({ memory }, shape) {
    const flags = fieldOf(shape, '_flags').offset, high = fieldOf(shape, '_hi32').offset, low = fieldOf(shape, '_lo64').offset;
    return (address) => {
      const { i32, u32 } = memory.live();
      const bits = i32[(address + flags) >>> 2];
      const low64 = BigInt(u32[(address + low) >>> 2]) | BigInt(u32[(address + low + 4) >>> 2]) << 32n;
      const digits = (BigInt(u32[(address + high) >>> 2]) << 64n | low64).toString();
      const scale = bits >> 16 & 0xff;
      const padded = digits.padStart(scale + 1, '0');
      const text = scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
      return bits < 0 ? `-${text}` : text;
    };
  },
  writer({ memory }, shape, place) {
    const flags = fieldOf(shape, '_flags').offset, high = fieldOf(shape, '_hi32').offset, low = fieldOf(shape, '_lo64').offset;
    return (address, value) => {
      const { negative, digits, scale } = parseDecimal(value, place);
      const { u32 } = memory.live();
      u32[(address + flags) >>> 2] = (negative ? 0x80000000 : 0) | scale << 16;
      u32[(address + high) >>> 2] = Number(digits >> 64n);
      u32[(address + low) >>> 2] = Number(digits & 0xffffffffn);
      u32[(address + low + 4) >>> 2] = Number(digits >> 32n & 0xffffffffn);
    };
  },
};

function parseDecimal(value: unknown, place: Place): { negative: boolean; digits: bigint; scale: number } {
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  const match = typeof value === 'string' || isNumber ? kDecimal.exec(String(value)) : null;
  if (!match) throw mismatch(place, 'a decimal number, or its text (System.Decimal)', value);
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  let digits = BigInt(whole + fraction);
  let scale = fraction.length - Number(exponent);
  for (; scale > kMostScale && digits % 10n === 0n; scale--) digits /= 10n;
  if (scale < 0) {
    digits *= 10n ** BigInt(-scale);
    scale = 0;
  }
  if (scale > kMostScale || digits >> 96n !== 0n) throw outOfRange(place, 'System.Decimal', 'at most 96 bits', '28 decimals', value);
  return { negative: sign === '-', digits, scale };
}

const nullable: Special = {
  reader(values, shape) {
    const { memory } = values;
    const flag = fieldOf(shape, 'hasValue').offset, { type, offset } = fieldOf(shape, 'value');
    const read = values.fieldReader(type);
    return (address) => (memory.live().u8[address + flag >>> 0] ? read(address + offset) : null);
  },
  writer(values, shape, place) {
    const { memory } = values;
    const flag = fieldOf(shape, 'hasValue').offset, { type, offset } = fieldOf(shape, 'value');
    const write = values.fieldWriter(type, place);
    return (address, value) => {
      memory.bytes(address, shape.size).fill(0);
      if (value === null) return;
      write(address + offset, value);
      memory.live().u8[address + flag >>> 0] = 1;
    };
  },
};

/** By definition name. */
export const specials: Record<string, Special> = {
  'System.DateTime': dateTime,
  'System.DateTimeOffset': dateTimeOffset,
  'System.TimeSpan': timeSpan,
  'System.Guid': guid,
  'System.Decimal': decimal,
  'System.Nullable`1': nullable,
};
