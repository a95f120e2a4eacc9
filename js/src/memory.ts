// Views of the module's linear memory. Growth detaches every view, so nobody keeps one: each use asks live(), which
// makes new ones when the old have become empty. Addresses are unsigned: index with `address >>> n`.

/** A text and the String's units that it was read from, two to a word. */
export interface KnownText {
  readonly text: string;
  readonly words: readonly number[];
}

export type TypedArray = Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array |
  Float32Array | Float64Array;
export interface TypedArrayClass {
  new(buffer: ArrayBufferLike, byteOffset?: number, length?: number): TypedArray;
  new(length: number): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
}

/** From this size on clearing a new buffer first takes noticeable time. */
const kLargeCopy = 4096;

export class Memory {
  u8!: Uint8Array;
  u16!: Uint16Array;
  i32!: Int32Array;
  u32!: Uint32Array;
  i64!: BigInt64Array;
  u64!: BigUint64Array;
  f32!: Float32Array;
  f64!: Float64Array;

  /** Short texts read before, by a hash of their units: most are read again, and finding one is faster than making it. */
  readonly texts: (KnownText | undefined)[] = new Array<KnownText | undefined>(256);

  /** Called when there are new views. */
  onGrowth: (() => void) | undefined;

  /** `newBuffer` makes a buffer whose bytes may be anything. */
  constructor(readonly wasm: WebAssembly.Memory, readonly newBuffer?: (bytes: number) => ArrayBuffer) {
    this.refresh();
  }

  /** Itself, with views of the memory as it is now. */
  live(): this {
    return this.u8.length === 0 ? this.refresh() : this;
  }

  refresh(): this {
    const { buffer } = this.wasm;
    this.u8 = new Uint8Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.i64 = new BigInt64Array(buffer);
    this.u64 = new BigUint64Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.onGrowth?.();
    return this;
  }

  /** The bytes at an address, as a view that the next growth ends. */
  bytes(address: number, size: number): Uint8Array {
    const start = address >>> 0;
    return this.live().u8.subarray(start, start + size);
  }

  /** A typed array of its own with the elements at an address. */
  copy(arrayClass: TypedArrayClass, address: number, count: number): TypedArray {
    const source = new arrayClass(this.wasm.buffer, address >>> 0, count);
    if (!this.newBuffer || source.byteLength < kLargeCopy) return source.slice();
    const copy = new arrayClass(this.newBuffer(source.byteLength));
    (copy as { set(from: TypedArray): void }).set(source);
    return copy;
  }
}
