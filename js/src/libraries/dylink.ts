// The custom section "dylink.0" of a side module: how much memory and table it wants, and what it says of its imports
// (tool-conventions, DynamicLinking.md).

import type { LibraryContext, Loading } from './index.js';

export interface Dylink {
  /** Bytes of data, and log2 of their alignment. */
  memorySize: number;
  memoryAlign: number;
  tableSize: number;
  tableAlign: number;
  /** Files of other side modules. */
  needed: string[];
  /** Symbols that may be missing. */
  weak: Set<string>;
}

const kMemoryInfo = 1;
const kNeeded = 2;
const kImportInfo = 4;
const kWeak = 1;

/** Undefined for a module that is no side module. */
export function dylinkOf({ name, module }: Loading, { ModuleError }: LibraryContext): Dylink | undefined {
  if (WebAssembly.Module.customSections(module, 'dylink').length > 0) {
    throw new ModuleError(`loadLibrary("${name}"): the side module has a section "dylink" of old; Emscripten 2.0.31 and later write "dylink.0".`);
  }
  const [section] = WebAssembly.Module.customSections(module, 'dylink.0');
  if (!section) return undefined;
  try {
    return parse(new Uint8Array(section));
  } catch (error) {
    throw new ModuleError(`loadLibrary("${name}"): the section "dylink.0" is damaged.`, { cause: error });
  }
}

function parse(bytes: Uint8Array): Dylink {
  const dylink: Dylink = { memorySize: 0, memoryAlign: 0, tableSize: 0, tableAlign: 0, needed: [], weak: new Set() };
  let at = 0;
  const byte = () => {
    if (at >= bytes.length) throw new RangeError('it ends early');
    return bytes[at++];
  };
  const number = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const next = byte();
      value += (next & 0x7f) * factor;
      if (next < 0x80) return value;
    }
  };
  const text = () => {
    const size = number();
    at += size;
    return new TextDecoder().decode(bytes.subarray(at - size, at));
  };
  while (at < bytes.length) {
    const kind = byte();
    const size = number();
    const end = at + size;
    if (kind === kMemoryInfo) {
      dylink.memorySize = number();
      dylink.memoryAlign = number();
      dylink.tableSize = number();
      dylink.tableAlign = number();
    } else if (kind === kNeeded) {
      for (let left = number(); left > 0; left--) dylink.needed.push(text());
    } else if (kind === kImportInfo) {
      for (let left = number(); left > 0; left--) {
        text(); // module
        const symbol = text();
        if (number() & kWeak) dylink.weak.add(symbol);
      }
    }
    at = end;
  }
  return dylink;
}
