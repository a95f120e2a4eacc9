// printf's formatting, by C's rules as far as the C library that side modules get goes: flags, width, precision, length,
// and the conversions d i u x X o c s p f F e E g G %.

import type { Memory } from '../memory.js';

const directive = /%([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d*))?(hh|h|ll|l|j|z|t|L)?([diuxXocspfFeEgG%])/g;

/** `args`: where the variadic arguments lie, each at a multiple of its size. */
export function format(memory: Memory, template: string, args: number, textAt: (address: number, most?: number) => string): string {
  let at = args >>> 0;
  const word = () => {
    const value = memory.live().i32[at >>> 2];
    at += 4;
    return value;
  };
  const double = () => {
    at = (at + 7) & ~7;
    const index = at >>> 3;
    at += 8;
    return index;
  };
  return template.replace(directive, (_, flags: string, width = '', precision: string | undefined, length = '', kind: string) => {
    if (kind === '%') return '%';
    let wanted = width === '*' ? word() : Number(width);
    const isLeft = flags.includes('-') || wanted < 0;
    wanted = Math.abs(wanted);
    let digits = precision === undefined ? -1 : precision === '*' ? word() : Number(precision);
    let sign = '';
    let text: string;
    if ('diuxXo'.includes(kind)) {
      let value = integer(kind, length);
      if (value < 0n) {
        sign = '-';
        value = -value;
      }
      text = value.toString(kind === 'o' ? 8 : 'xX'.includes(kind) ? 16 : 10);
      if (kind === 'X') text = text.toUpperCase();
      if (flags.includes('#') && 'xX'.includes(kind) && value !== 0n) sign = `0${kind}`;
      text = digits === 0 && value === 0n ? '' : text.padStart(digits, '0');
    } else if (kind === 'c') {
      text = String.fromCharCode(word() & 0xff);
    } else if (kind === 's') {
      text = textAt(word(), digits < 0 ? undefined : digits);
    } else if (kind === 'p') {
      text = `0x${(word() >>> 0).toString(16)}`;
    } else {
      const value = memory.live().f64[double()];
      if (value < 0 || Object.is(value, -0)) sign = '-';
      text = real(Math.abs(value), kind, digits < 0 ? 6 : digits);
      digits = Number.isFinite(value) ? -1 : 0;
    }
    const isNumber = 'diufFeEgG'.includes(kind);
    if (isNumber && kind !== 'u' && sign === '') sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
    if (isLeft) return (sign + text).padEnd(wanted);
    if (flags.includes('0') && digits < 0 && !'csp'.includes(kind)) return sign + text.padStart(wanted - sign.length, '0');
    return (sign + text).padStart(wanted);
  });

  function integer(kind: string, length: string): bigint {
    const isSigned = kind === 'd' || kind === 'i';
    if (length === 'll' || length === 'j') {
      const value = memory.live().i64[double()];
      return isSigned ? value : BigInt.asUintN(64, value);
    }
    const bits = length === 'hh' ? 8 : length === 'h' ? 16 : 32;
    const value = BigInt(word());
    return isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  }
}

function real(value: number, kind: string, digits: number): string {
  const isUpper = kind === kind.toUpperCase();
  const text = Number.isFinite(value) ? finite(value, kind.toLowerCase(), digits) : String(value).slice(0, 3);
  return isUpper ? text.toUpperCase() : text.toLowerCase();
}

function finite(value: number, kind: string, digits: number): string {
  if (kind === 'f') return value >= 1e21 ? BigInt(value).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '') : value.toFixed(digits);
  if (kind === 'e') return twoDigitExponent(value.toExponential(digits));
  const significant = Math.max(digits, 1);
  const exponent = value === 0 ? 0 : Number(value.toExponential(significant - 1).split('e')[1]);
  const text = exponent < -4 || exponent >= significant ? value.toExponential(significant - 1) : value.toFixed(Math.max(significant - 1 - exponent, 0));
  const [mantissa, power] = text.split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return power === undefined ? short : twoDigitExponent(`${short}e${power}`);
}

function twoDigitExponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}
