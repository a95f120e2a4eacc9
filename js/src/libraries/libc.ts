// The C library that the runtime lends to side modules, which bring none: what C code uses most of <string.h>,
// <stdlib.h>, <math.h>, <ctype.h> and printf's kin, over the module's memory. Memory comes from the runtime's own
// allocator, so Marshal.FreeHGlobal and FreeCoTaskMem take it too. Not here: files, locales, long double, errno.

import type { LibraryContext } from './index.js';
import { format } from './printf.js';

export interface CFunction {
  /** Its C type (leanclr.h, bind_function). */
  abi: string;
  fn: (...args: any[]) => any;
  /** Itself as a function of a module, once its address was taken. */
  wasm?: unknown;
}

const kIntMax = 0x7fffffff;

export function cFunctions(context: LibraryContext): Record<string, CFunction> {
  const { instance } = context;
  const { memory, exports } = instance;
  const functions: Record<string, CFunction> = {};
  const define = (abi: string, named: Record<string, CFunction['fn']>) => {
    for (const [name, fn] of Object.entries(named)) functions[name] = { abi, fn };
  };
  const u8 = () => memory.live().u8;
  const lengthAt = (text: number, most = kIntMax) => {
    const bytes = u8(), start = text >>> 0;
    let length = 0;
    while (length < most && bytes[start + length] !== 0) length++;
    return length;
  };
  const textAt = (text: number, most?: number) => new TextDecoder().decode(u8().subarray(text >>> 0, (text >>> 0) + lengthAt(text, most)));
  const compare = (a: number, b: number, most: number, endsAtZero: boolean) => {
    const bytes = u8();
    for (let i = 0; i < most; i++) {
      const one = bytes[(a >>> 0) + i], other = bytes[(b >>> 0) + i];
      if (one !== other) return one - other;
      if (endsAtZero && one === 0) return 0;
    }
    return 0;
  };
  const copy = (to: number, from: number, count: number) => {
    const start = from >>> 0;
    u8().copyWithin(to >>> 0, start, start + (count >>> 0));
    return to;
  };
  const find = (text: number, byte: number, from: number, step: number, end: number) => {
    const bytes = u8(), start = text >>> 0;
    for (let i = from; i !== end; i += step) if (bytes[start + i] === (byte & 0xff)) return start + i;
    return 0;
  };

  // --- memory
  const sizes = new Map<number, number>(); // for realloc
  const alloc = (size: number) => {
    const block = exports.leanclr_alloc(instance.runtime, size);
    if (block !== 0) sizes.set(block, size >>> 0);
    return block;
  };
  const zeroed = (count: number, size: number) => {
    const block = count * size > kIntMax ? 0 : alloc(count * size);
    if (block !== 0) memory.bytes(block, count * size).fill(0);
    return block;
  };
  const free = (block: number) => {
    sizes.delete(block);
    exports.leanclr_free(instance.runtime, block);
  };
  define('ii', { malloc: alloc });
  define('iii', { calloc: zeroed, aligned_alloc: (align: number, size: number) => (align <= 16 ? alloc(size) : 0) });
  define('vi', { free });
  define('iii', {
    realloc: (block: number, size: number) => {
      const moved = alloc(size);
      if (moved === 0 || block === 0) return moved;
      copy(moved, block, Math.min(sizes.get(block) ?? size >>> 0, size >>> 0));
      free(block);
      return moved;
    },
  });

  // --- bytes and texts
  define('iiii', {
    memcpy: copy,
    memmove: copy,
    memset: (to: number, byte: number, count: number) => {
      u8().fill(byte, to >>> 0, (to >>> 0) + (count >>> 0));
      return to;
    },
    memcmp: (a: number, b: number, count: number) => compare(a, b, count >>> 0, false),
    memchr: (text: number, byte: number, count: number) => find(text, byte, 0, 1, count >>> 0),
    strncmp: (a: number, b: number, most: number) => compare(a, b, most >>> 0, true),
    strncpy: (to: number, from: number, most: number) => {
      const length = lengthAt(from, most >>> 0);
      copy(to, from, length);
      u8().fill(0, (to >>> 0) + length, (to >>> 0) + (most >>> 0));
      return to;
    },
    strncat: (to: number, from: number, most: number) => {
      const end = (to >>> 0) + lengthAt(to), length = lengthAt(from, most >>> 0);
      copy(end, from, length);
      u8()[end + length] = 0;
      return to;
    },
  });
  define('iii', {
    strcmp: (a: number, b: number) => compare(a, b, kIntMax, true),
    strcpy: (to: number, from: number) => copy(to, from, lengthAt(from) + 1),
    stpcpy: (to: number, from: number) => copy(to, from, lengthAt(from) + 1) + lengthAt(to),
    strcat: (to: number, from: number) => {
      copy((to >>> 0) + lengthAt(to), from, lengthAt(from) + 1);
      return to;
    },
    strchr: (text: number, byte: number) => find(text, byte, 0, 1, lengthAt(text) + 1),
    strrchr: (text: number, byte: number) => find(text, byte, lengthAt(text), -1, -1),
    strnlen: lengthAt,
    strstr: (text: number, part: number) => {
      const length = lengthAt(part), last = lengthAt(text) - length;
      for (let i = 0; i <= last; i++) if (compare(text + i, part, length, false) === 0) return text + i;
      return 0;
    },
  });
  define('ii', {
    strlen: (text: number) => lengthAt(text),
    strdup: (text: number) => {
      const block = alloc(lengthAt(text) + 1);
      return block === 0 ? 0 : copy(block, text, lengthAt(text) + 1);
    },
    atoi: (text: number) => parseInt(textAt(text), 10) | 0,
    atol: (text: number) => parseInt(textAt(text), 10) | 0,
  });
  define('di', { atof: (text: number) => parseFloat(textAt(text)) || 0 });

  // --- characters
  const characters = { isalpha: /[a-z]/i, isdigit: /\d/, isalnum: /[a-z\d]/i, isspace: /[\t-\r ]/, isupper: /[A-Z]/, islower: /[a-z]/, isxdigit: /[\da-f]/i, ispunct: /[!-/:-@[-`{-~]/, isprint: /[ -~]/ };
  for (const [name, set] of Object.entries(characters)) define('ii', { [name]: (c: number) => (c >= 0 && c < 128 && set.test(String.fromCharCode(c)) ? 1 : 0) });
  define('ii', {
    tolower: (c: number) => (c >= 65 && c <= 90 ? c + 32 : c),
    toupper: (c: number) => (c >= 97 && c <= 122 ? c - 32 : c),
  });

  // --- sorting and searching
  type Comparer = (a: number, b: number) => number;
  const comparerAt = (index: number) => exports.__indirect_function_table.get(index) as Comparer;
  define('viiii', {
    qsort: (base: number, count: number, size: number, comparer: number) => {
      const order = comparerAt(comparer), start = base >>> 0;
      const item = (bytes: Uint8Array, at: number) => bytes.slice(at * size, at * size + size);
      const copies = alloc(Math.max(count * size, 1));
      if (copies === 0) return;
      copy(copies, start, count * size);
      const sorted = Array.from({ length: count }, (_, i) => i).sort((a, b) => order(copies + a * size, copies + b * size));
      const bytes = memory.bytes(copies, count * size);
      sorted.forEach((from, to) => memory.bytes(start + to * size, size).set(item(bytes, from)));
      free(copies);
    },
  });
  define('iiiiii', {
    bsearch: (key: number, base: number, count: number, size: number, comparer: number) => {
      const order = comparerAt(comparer);
      for (let low = 0, high = count; low < high;) {
        const middle = (low + high) >>> 1, found = order(key, base + middle * size);
        if (found === 0) return base + middle * size;
        if (found < 0) high = middle;
        else low = middle + 1;
      }
      return 0;
    },
  });
  let seed = 1;
  define('i', { rand: () => (seed = (Math.imul(seed, 1103515245) + 12345) & kIntMax) });
  define('vi', { srand: (value: number) => { seed = value; } });
  define('ii', { abs: (value: number) => Math.abs(value) | 0, labs: (value: number) => Math.abs(value) | 0 });
  const stop = (what: string) => { throw new context.ModuleError(`a side module called ${what}`); };
  define('v', { abort: () => stop('abort()') });
  define('vi', { exit: (code: number) => stop(`exit(${code})`) });
  define('viiii', { __assert_fail: (text: number, file: number, line: number) => stop(`assert: ${textAt(text)} (${textAt(file)}:${line})`) });

  // --- numbers
  const { acos, acosh, asin, asinh, atan, atanh, cbrt, ceil, cos, cosh, exp, expm1, floor, log, log10, log1p, log2, sin, sinh, sqrt, tan, tanh, trunc } = Math;
  const one = {
    acos, acosh, asin, asinh, atan, atanh, cbrt, ceil, cos, cosh, exp, expm1, floor, log, log10, log1p, log2, sin, sinh, sqrt, tan, tanh, trunc,
    fabs: Math.abs, exp2: (x: number) => 2 ** x, rint: roundToEven, nearbyint: roundToEven, round: (x: number) => Math.sign(x) * floor(Math.abs(x) + 0.5),
  };
  const two = {
    atan2: Math.atan2, hypot: Math.hypot, pow: (x: number, y: number) => (x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y),
    fmod: (x: number, y: number) => x % y, fmin: (x: number, y: number) => (x !== x ? y : y !== y ? x : Math.min(x, y)),
    fmax: (x: number, y: number) => (x !== x ? y : y !== y ? x : Math.max(x, y)), copysign: (x: number, y: number) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
  };
  for (const [name, fn] of Object.entries(one)) {
    define('dd', { [name]: fn });
    define('ff', { [`${name}f`]: fn });
  }
  for (const [name, fn] of Object.entries(two)) {
    define('ddd', { [name]: fn });
    define('fff', { [`${name}f`]: fn });
  }
  define('ddi', { ldexp: (x: number, n: number) => x * 2 ** n });

  // --- printf; what follows the format lies where the last argument points
  const put = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    context.write(1, bytes);
    return bytes.length;
  };
  const print = (to: number, most: number, template: number, args: number) => {
    const bytes = new TextEncoder().encode(format(memory, textAt(template), args, textAt));
    const kept = Math.min(bytes.length, (most >>> 0) - 1);
    if (most !== 0) {
      memory.bytes(to, kept).set(bytes.subarray(0, kept));
      u8()[(to >>> 0) + kept] = 0;
    }
    return bytes.length;
  };
  const printed = (template: number, args: number) => put(format(memory, textAt(template), args, textAt));
  const unbounded = (to: number, template: number, args: number) => print(to, kIntMax, template, args);
  define('iii', { printf: printed, vprintf: printed, iprintf: printed });
  define('iiii', { sprintf: unbounded, vsprintf: unbounded, siprintf: unbounded });
  define('iiiii', { snprintf: print, vsnprintf: print, sniprintf: print });
  define('ii', { puts: (text: number) => put(`${textAt(text)}\n`), putchar: (byte: number) => (context.write(1, Uint8Array.of(byte)), byte) });
  return functions;
}

function roundToEven(x: number): number {
  const below = Math.floor(x), rest = x - below;
  if (rest !== 0.5) return Object.is(x, -0) ? x : Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
