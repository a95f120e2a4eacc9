// Constants of the metadata (leanclr_type_members, leanclr_method_defaults): literal fields, and what arguments are that a call
// leaves out.

import { readerOf } from '../marshal.js';
import { Memory } from '../memory.js';
import type { Values } from './values.js';

/** default(T): slots as they are, zeroed. */
export const kDefault = Symbol('default(T)');

export interface Defaults {
  /** The last parameter is a `params` array. */
  rest: boolean;
  /** By parameter: the value, kDefault, or undefined where there must be an argument. */
  values: unknown[];
}

export function defaultsOf({ instance, shapes }: Values, method: number): Defaults {
  const [rest, ...lines] = shapes.text(instance.exports.leanclr_method_defaults, method).split('\n');
  const values = lines.map((line) => (line === '' ? undefined : line === '=' ? kDefault : constantOf(line.slice(1))));
  return { rest: rest !== '', values };
}

/** A constant's value; of nothing null. */
export function constantOf(text: string): unknown {
  if (text === '') return null;
  const bytes = Uint8Array.from(text.slice(1).match(/../g) ?? [], (byte) => parseInt(byte, 16));
  if (text[0] === 's') return String.fromCharCode(...new Uint16Array(bytes.buffer));
  if (text[0] === 'm') return decimalOf(new DataView(bytes.buffer));
  const padded = new Uint8Array(8);
  padded.set(bytes);
  return readerOf(text[0], new Memory({ buffer: padded.buffer } as unknown as WebAssembly.Memory), true)(0);
}

/** DecimalConstantAttribute(byte scale, byte sign, uint high, uint middle, uint low), behind its prolog. */
function decimalOf(view: DataView): string {
  const [high, middle, low] = [4, 8, 12].map((offset) => BigInt(view.getUint32(offset, true)));
  const scale = view.getUint8(2);
  const digits = String(high << 64n | middle << 32n | low).padStart(scale + 1, '0');
  return `${view.getUint8(3) ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale ? `.${digits.slice(-scale)}` : ''}`;
}
