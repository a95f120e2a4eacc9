// MemoryView: managed memory without a copy. A typed array cannot tell that what it shows has ended (it reads on, or is empty
// once the memory has grown), so the view is a class of its own: every use asks whether it still holds, and `array` gives a
// real typed array for work that calls nobody meanwhile.

import { ViewEndedError } from '../errors.js';
import type { Instance } from '../instance.js';
import type { TypedArray, TypedArrayClass } from '../memory.js';

/** By letter of the element. */
export const typedArrays: Record<string, TypedArrayClass> = {
  b: Int8Array, B: Uint8Array, h: Int16Array, H: Uint16Array, i: Int32Array, I: Uint32Array, n: Int32Array, N: Uint32Array, p: Uint32Array,
  l: BigInt64Array, L: BigUint64Array, f: Float32Array, d: Float64Array,
};

/** C#'s Span, Memory or ArraySegment of numbers, in place. A span's ends with the call that it came with. */
export class MemoryView<Element extends number | bigint = number> {
  readonly #instance: Instance;
  readonly #arrayClass: TypedArrayClass;
  readonly #address: number;
  readonly #length: number;
  #ended: string | undefined;
  #release: () => void;
  /** What cannot be written: a ReadOnlySpan or ReadOnlyMemory. */
  readonly readOnly: boolean;

  /** @internal */
  constructor(instance: Instance, arrayClass: TypedArrayClass, address: number, length: number, readOnly: boolean, release: () => void = () => {}) {
    this.#instance = instance;
    this.#arrayClass = arrayClass;
    this.#address = address;
    this.#length = length;
    this.#release = release;
    this.readOnly = readOnly;
  }

  get length(): number {
    this.#check();
    return this.#length;
  }

  get byteLength(): number {
    return this.length * this.#arrayClass.BYTES_PER_ELEMENT;
  }

  /**
   * A typed array over the memory itself, good until C# is called or the call ends: ask again then, since nothing tells on a
   * typed array.
   */
  get array(): TypedArray {
    this.#check();
    return new this.#arrayClass(this.#instance.memory.wasm.buffer, this.#address, this.#length);
  }

  at(index: number): Element {
    const { array } = this;
    if (!Number.isInteger(index) || index < -array.length || index >= array.length) throw new RangeError(`index ${index} is outside a view of ${array.length} elements`);
    return array.at(index) as Element;
  }

  /** Copies elements into the view. */
  set(source: ArrayLike<Element>, offset = 0): void {
    if (this.readOnly) throw new TypeError('The view is read-only.');
    (this.array as { set(source: ArrayLike<Element>, offset: number): void }).set(source, offset);
  }

  /** A copy of its own. */
  slice(start?: number, end?: number): TypedArray {
    return this.array.slice(start, end);
  }

  /** Copies the elements into a typed array of the same kind. */
  copyTo(target: TypedArray, offset = 0): void {
    (target as { set(source: TypedArray, offset: number): void }).set(this.array, offset);
  }

  *[Symbol.iterator](): Iterator<Element> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  /** Ends the view. */
  dispose(): void {
    this.end('it was disposed');
  }

  /** @internal */
  end(why: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    this.#release();
  }

  /** @internal Where the elements lie, for a view that goes back to C#. */
  place(arrayClass: TypedArrayClass): { address: number; length: number } | undefined {
    this.#check();
    return arrayClass === this.#arrayClass ? { address: this.#address, length: this.#length } : undefined;
  }

  #check(): void {
    this.#instance.assertUsable();
    if (this.#ended !== undefined) throw new ViewEndedError(`The view of C#'s memory has ended: ${this.#ended}.`);
  }
}

export interface MemoryView<Element extends number | bigint = number> extends Disposable {}
if (Symbol.dispose) MemoryView.prototype[Symbol.dispose] = function (this: MemoryView) { this.dispose(); };
