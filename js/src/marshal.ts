// Scalars and strings between JavaScript and the 8-byte slots of the C interface, or fields and elements in memory: one
// reader and one checked writer per signature letter (leanclr_method_signature in leanclr.h lists the letters). A value that
// C# could not hold is a TypeError or RangeError that names the place; nothing is truncated or converted silently. Not here:
// who calls whom, and values of other types (values/).

import { Memory } from './memory.js';
import { readString } from './text.js';

/** The value in the slot at an address. */
export type Reader = (address: number) => unknown;
/** Stores a value into the slot at an address, or throws. */
export type Writer = (address: number, value: unknown) => void;

/** What writers need besides the value. */
export interface Marshaller {
  readonly memory: Memory;
  /** The address of a new String; throws when out of memory. */
  newString(text: string): number;
}

/** Where a value comes from, for messages: "test.Game::Add(System.Int32): parameter 1". Built only on failure. */
export type Place = () => string;

interface IntegerType {
  name: string;
  min: number;
  max: number;
}

const integers: Record<string, IntegerType> = {
  b: { name: 'System.SByte', min: -0x80, max: 0x7f },
  B: { name: 'System.Byte', min: 0, max: 0xff },
  h: { name: 'System.Int16', min: -0x8000, max: 0x7fff },
  H: { name: 'System.UInt16', min: 0, max: 0xffff },
  i: { name: 'System.Int32', min: -0x80000000, max: 0x7fffffff },
  I: { name: 'System.UInt32', min: 0, max: 0xffffffff },
  n: { name: 'System.IntPtr', min: -0x80000000, max: 0x7fffffff },
  N: { name: 'System.UIntPtr', min: 0, max: 0xffffffff },
  p: { name: 'a pointer', min: 0, max: 0xffffffff },
};

const bigIntegers: Record<string, { name: string; min: bigint; max: bigint }> = {
  l: { name: 'System.Int64', min: -(2n ** 63n), max: 2n ** 63n - 1n },
  L: { name: 'System.UInt64', min: 0n, max: 2n ** 64n - 1n },
};

/** Bytes of a letter's value in memory. In a slot, integers of less than 32 bits are widened to 32. */
export function bytesOf(letter: string): number {
  switch (letter) {
    case 'v':
      return 0;
    case 'z': case 'b': case 'B':
      return 1;
    case 'c': case 'h': case 'H':
      return 2;
    case 'l': case 'L': case 'd':
      return 8;
    default:
      return 4;
  }
}

function narrowReaderOf(letter: string, memory: Memory): Reader | undefined {
  switch (letter) {
    case 'z':
      return (address) => memory.live().u8[address >>> 0] !== 0;
    case 'c':
      return (address) => String.fromCharCode(memory.live().u16[address >>> 1]);
    case 'b':
      return (address) => memory.live().u8[address >>> 0] << 24 >> 24;
    case 'B':
      return (address) => memory.live().u8[address >>> 0];
    case 'h':
      return (address) => memory.live().u16[address >>> 1] << 16 >> 16;
    case 'H':
      return (address) => memory.live().u16[address >>> 1];
    default:
      return undefined;
  }
}

/** How values of a letter are read, from slots or in memory. */
export function readerOf(letter: string, memory: Memory, inMemory = false): Reader {
  const narrow = inMemory ? narrowReaderOf(letter, memory) : undefined;
  if (narrow) return narrow;
  switch (letter) {
    case 'v':
      return () => undefined;
    case 'z':
      return (address) => memory.live().i32[address >>> 2] !== 0;
    case 'c':
      return (address) => String.fromCharCode(memory.live().i32[address >>> 2]);
    case 'b': case 'B': case 'h': case 'H': case 'i': case 'n':
      return (address) => memory.live().i32[address >>> 2];
    case 'I': case 'N': case 'p':
      return (address) => memory.live().u32[address >>> 2];
    case 'l':
      return (address) => memory.live().i64[address >>> 3];
    case 'L':
      return (address) => memory.live().u64[address >>> 3];
    case 'f':
      return (address) => memory.live().f32[address >>> 2];
    case 'd':
      return (address) => memory.live().f64[address >>> 3];
    case 's':
      return (address) => readString(memory, memory.live().u32[address >>> 2]);
    default:
      return () => { throw unsupported(letter, 'read'); };
  }
}

/** How values of a letter are written, to slots or in memory. */
export function writerOf(letter: string, marshaller: Marshaller, place: Place, inMemory = false): Writer {
  if (!inMemory || bytesOf(letter) >= 4) return slotWriterOf(letter, marshaller, place);
  // Checked and widened as for a slot, in a slot of its own that is never seen.
  const checked = { buffer: new ArrayBuffer(8) };
  const scratch = new Memory(checked as WebAssembly.Memory);
  const write = slotWriterOf(letter, { memory: scratch, newString: marshaller.newString }, place);
  const { memory } = marshaller;
  const isByte = bytesOf(letter) === 1;
  return (address, value) => {
    write(0, value);
    if (isByte) memory.live().u8[address >>> 0] = scratch.i32[0];
    else memory.live().u16[address >>> 1] = scratch.i32[0];
  };
}

function slotWriterOf(letter: string, { memory, newString }: Marshaller, place: Place): Writer {
  if (letter in integers) return integerWriter(memory, integers[letter], place);
  if (letter in bigIntegers) return bigIntegerWriter(memory, letter, place);
  switch (letter) {
    case 'v':
      return () => {};
    case 'z':
      return (address, value) => {
        if (typeof value !== 'boolean') throw mismatch(place, 'a boolean', value);
        memory.live().i32[address >>> 2] = value ? 1 : 0;
      };
    case 'c':
      return (address, value) => {
        if (typeof value !== 'string' || value.length !== 1) throw mismatch(place, 'a string of one UTF-16 unit (System.Char)', value);
        memory.live().i32[address >>> 2] = value.charCodeAt(0);
      };
    case 'f': case 'd':
      return floatWriter(memory, letter, place);
    case 's':
      return (address, value) => {
        if (value !== null && typeof value !== 'string') throw mismatch(place, 'a string or null', value);
        const string = value === null ? 0 : newString(value);
        memory.live().u32[address >>> 2] = string;
      };
    default:
      return () => { throw unsupported(letter, place()); };
  }
}

function integerWriter(memory: Memory, { name, min, max }: IntegerType, place: Place): Writer {
  return (address, value) => {
    if (typeof value !== 'number' || !(value >= min && value <= max) || Math.trunc(value) !== value) {
      throw wrongInteger(place, name, min, max, value);
    }
    memory.live().i32[address >>> 2] = value; // modulo 2^32: right for unsigned as well
  };
}

function wrongInteger(place: Place, name: string, min: number, max: number, value: unknown): Error {
  if (Number.isInteger(value)) return outOfRange(place, name, min, max, value as number);
  return mismatch(place, `an integer (${name})`, value);
}

function bigIntegerWriter(memory: Memory, letter: string, place: Place): Writer {
  const { name, min, max } = bigIntegers[letter];
  return (address, value) => {
    if (typeof value !== 'bigint') throw mismatch(place, `a BigInt (${name})`, value);
    if (value < min || value > max) throw outOfRange(place, name, min, max, value);
    memory.live().i64[address >>> 3] = value; // modulo 2^64
  };
}

function floatWriter(memory: Memory, letter: 'f' | 'd', place: Place): Writer {
  const expected = letter === 'f' ? 'a number (System.Single)' : 'a number (System.Double)';
  return (address, value) => {
    if (typeof value !== 'number') throw mismatch(place, expected, value);
    if (letter === 'f') memory.live().f32[address >>> 2] = value;
    else memory.live().f64[address >>> 3] = value;
  };
}

/** A value of another kind than the place wants. */
export function mismatch(place: Place, expected: string, value: unknown): TypeError {
  return new TypeError(`${place()}: expected ${expected}, got ${describe(value)}`);
}

/** A value of the right kind that the type cannot hold. */
export function outOfRange(place: Place, name: string, min: number | bigint | string, max: number | bigint | string, value: unknown): RangeError {
  return new RangeError(`${place()}: ${describe(value)} is outside ${name} (${min} to ${max})`);
}

function unsupported(letter: string, place: string): TypeError {
  return new TypeError(`${place}: a value of this kind ('${letter}') cannot cross between C# and JavaScript`);
}

/** A value as a message shows it, short. */
function describe(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? `a string of ${value.length} characters` : JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  return value instanceof Promise ? 'a Promise (only where C# declares a Task)' : `an object (${Object.prototype.toString.call(value)})`;
}
