// Texts in linear memory: zero-terminated UTF-8 of the C interface, and String objects (length in UTF-16 code units
// at +8, the units from +12). Lone surrogates of a String survive, so TextDecoder is not used for those.

import type { Memory } from './memory.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const kStringLength = 8;
const kStringChars = 12;
/** String.fromCharCode takes its argument list on the stack: this many at a time. */
const kChunk = 4096;
/** Below this, adding character by character beats making a view. */
const kShort = 24;

/** UTF-8 with its terminating zero. */
export function encodeCString(text: string): Uint8Array {
  return encoder.encode(`${text}\0`);
}

/** The zero-terminated UTF-8 at an address; '' for null. */
export function readCString(memory: Memory, address: number): string {
  if (address === 0) return '';
  const start = address >>> 0;
  const { u8 } = memory.live();
  return decoder.decode(u8.subarray(start, u8.indexOf(0, start)));
}

/** A String object as a JavaScript string; null for null. */
export function readString(memory: Memory, address: number): string | null {
  if (address === 0) return null;
  const { i32 } = memory.live();
  const length = i32[(address + kStringLength) >>> 2];
  return length > kShort ? readChars(memory, address + kStringChars, length) : readKnown(memory, i32, address, length);
}

/** A short String. Its words from the length on tell it from all others, since a zero follows the units. */
function readKnown(memory: Memory, i32: Int32Array, address: number, length: number): string {
  const first = (address + kStringLength) >>> 2;
  const end = first + 1 + ((length + 1) >>> 1);
  let hash = 0;
  for (let i = first; i < end; i++) hash = (Math.imul(hash, 31) + i32[i]) | 0;
  const slot = (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (memory.texts.length - 1);
  const known = memory.texts[slot];
  if (known !== undefined && holds(known.words, i32, first, end)) return known.text;
  const text = readChars(memory, address + kStringChars, length);
  memory.texts[slot] = { text, words: Array.from(i32.subarray(first, end)) };
  return text;
}

function holds(words: readonly number[], i32: Int32Array, first: number, end: number): boolean {
  if (words.length !== end - first) return false;
  for (let i = first; i < end; i++) if (words[i - first] !== i32[i]) return false;
  return true;
}

/** So many UTF-16 code units at an address. */
export function readChars(memory: Memory, address: number, length: number): string {
  const { u16 } = memory.live();
  const start = address >>> 1;
  return length > kShort ? readLong(u16, start, start + length) : readShort(u16, start, start + length);
}

function readShort(u16: Uint16Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(u16[i]);
  return text;
}

function readLong(u16: Uint16Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i += kChunk) {
    text += String.fromCharCode.apply(null, u16.subarray(i, Math.min(i + kChunk, end)) as unknown as number[]);
  }
  return text;
}

/** The UTF-16 code units of a text, written from an address on. */
export function writeChars(memory: Memory, address: number, text: string): void {
  const { u16 } = memory.live();
  const start = address >>> 1;
  for (let i = 0; i < text.length; i++) u16[start + i] = text.charCodeAt(i);
}

/** A thrown value as a text; anything can be thrown, also what has no text. */
export function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'a value that has no text';
  }
}
