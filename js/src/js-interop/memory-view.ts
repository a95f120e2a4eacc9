// MemoryView: what a Span<T> or an ArraySegment<T> is in JavaScript. It copies to and from typed arrays and never gives out a
// view of the memory, which would fail at the next growth. A span's ends with its call, a segment's with dispose().

import type { Instance } from '../instance.js';
import type { TypedArrayClass } from '../memory.js';
import { Kind } from './protocol.js';

export type TypedArray = Uint8Array | Int32Array | Float32Array | Float64Array;
type NumberArrayClass = { new(buffer: ArrayBufferLike, offset?: number, length?: number): TypedArray } & TypedArrayClass;

const classes: Record<number, NumberArrayClass> = {
  [Kind.Byte]: Uint8Array, [Kind.Int32]: Int32Array, [Kind.Single]: Float32Array, [Kind.Double]: Float64Array,
};

/** The class of the typed arrays that have elements of a kind; undefined for others. */
export function typedArrayOf(elementKind: number): NumberArrayClass | undefined {
  return classes[elementKind];
}

export class MemoryView {
  readonly #instance: Instance;
  readonly #class: NumberArrayClass;
  readonly #length: number;
  #end: (() => void) | undefined;
  /** @internal */
  readonly address: number;
  /** @internal */
  readonly elementKind: number;

  /** `end` is called once, when the view is disposed of. */
  constructor(instance: Instance, address: number, length: number, elementKind: number, end: (view: MemoryView) => void) {
    const found = typedArrayOf(elementKind);
    if (!found) throw new TypeError(`A MemoryView has bytes, 32-bit integers or floating-point numbers, not elements of kind ${elementKind}.`);
    this.#instance = instance;
    this.#class = found;
    this.#length = length;
    this.#end = () => end(this);
    this.address = address;
    this.elementKind = elementKind;
  }

  /** Copies a typed array of the same kind into the memory. */
  set(source: TypedArray, targetOffset = 0): void {
    this.#require(source, 'source');
    this.#elements().set(source, targetOffset);
  }

  /** Copies the memory into a typed array of the same kind. */
  copyTo(target: TypedArray, sourceOffset = 0): void {
    this.#require(target, 'target');
    target.set(this.#elements().subarray(sourceOffset));
  }

  /** A copy. */
  slice(start?: number, end?: number): TypedArray {
    return this.#elements().slice(start, end);
  }

  get length(): number {
    this.#assertLive();
    return this.#length;
  }

  get byteLength(): number {
    return this.length * this.#class.BYTES_PER_ELEMENT;
  }

  get isDisposed(): boolean {
    return this.#end === undefined;
  }

  dispose(): void {
    const end = this.#end;
    this.#end = undefined;
    end?.();
  }

  #elements(): TypedArray {
    this.#assertLive();
    return new this.#class(this.#instance.memory.live().u8.buffer, this.address, this.#length);
  }

  #assertLive(): void {
    this.#instance.assertUsable();
    if (this.isDisposed) throw new Error('The MemoryView is disposed: a Span\'s ends with the call that it was given to.');
  }

  #require(array: TypedArray, name: string): void {
    if (!(array instanceof this.#class)) throw new TypeError(`${name}: expected ${this.#class.name}`);
  }
}
