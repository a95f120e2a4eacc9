// Who keeps whom alive. ManagedRefs: what JavaScript has of C#'s objects, each with a handle that ends when its proxy is
// collected or disposed of; the same object gives the same proxy while that lives. HostedValues: what C# has of
// JavaScript's, each known by the C# object that stands for it; they are let go when that object is collected.
// Objects do not move, so an address identifies an object as long as a handle knows it.

import { OutOfMemoryError } from '../errors.js';
import type { Instance } from '../instance.js';

/** A C# object that JavaScript holds. */
export interface ManagedRef {
  readonly instance: Instance;
  readonly address: number;
  /** 0 once it was given back. */
  handle: number;
  readonly kind: string;
  /** Where it was made, for diagnostics. */
  readonly made?: string;
}

interface Known {
  ref: ManagedRef;
  value: WeakRef<object>;
}

export class ManagedRefs {
  readonly #instance: Instance;
  readonly #byAddress = new Map<number, Known>();
  readonly #refs = new WeakMap<object, ManagedRef>();
  readonly #live = new Set<ManagedRef>();
  readonly #registry = new FinalizationRegistry<ManagedRef>((ref) => this.release(ref));

  constructor(instance: Instance, readonly traced: boolean) {
    this.#instance = instance;
  }

  /** What stands for an object, made when there is nothing yet. */
  wrap<T extends object>(address: number, kind: string, make: (ref: ManagedRef) => T): T {
    const known = this.#byAddress.get(address)?.value.deref();
    if (known !== undefined) return known as T;
    const ref = this.hold(address, kind);
    const value = make(ref);
    this.#byAddress.set(address, { ref, value: new WeakRef(value) });
    this.attach(value, ref);
    return value;
  }

  /** Keeps an object until release(). */
  hold(address: number, kind: string): ManagedRef {
    const { exports, runtime } = this.#instance;
    const handle = exports.leanclr_new_handle(runtime, address, 0);
    if (handle === 0) throw new OutOfMemoryError('OutOfMemory', 'No memory for a handle.');
    const made = this.traced ? new Error().stack : undefined;
    const ref: ManagedRef = { instance: this.#instance, address, handle, kind, made };
    this.#live.add(ref);
    return ref;
  }

  /** Ends `ref` when `value` is collected. */
  attach(value: object, ref: ManagedRef): void {
    this.#refs.set(value, ref);
    this.#registry.register(value, ref, ref);
  }

  /** The object behind a value that wrap() or attach() knows; undefined for any other. */
  of(value: unknown): ManagedRef | undefined {
    return typeof value === 'object' && value !== null || typeof value === 'function' ? this.#refs.get(value) : undefined;
  }

  release(ref: ManagedRef): void {
    if (ref.handle === 0) return;
    if (this.#instance.usable) this.#instance.exports.leanclr_free_handle(this.#instance.runtime, ref.handle);
    ref.handle = 0;
    this.#live.delete(ref);
    this.#registry.unregister(ref);
    if (this.#byAddress.get(ref.address)?.ref === ref) this.#byAddress.delete(ref.address);
  }

  get live(): ReadonlySet<ManagedRef> {
    return this.#live;
  }
}

interface Hosted {
  value: object;
  /** A weak handle of the C# object. */
  handle: number;
  /** What the C# object is; a JavaScript value may stand behind several. */
  type: number;
}

export class HostedValues {
  readonly #instance: Instance;
  readonly #byAddress = new Map<number, Hosted>();
  readonly #addresses = new WeakMap<object, Map<number, number>>();
  /** At this many, those are looked for whose object is gone. */
  #limit = 1024;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  /** The JavaScript value that a C# object stands for. */
  at(address: number): object | undefined {
    if (this.#byAddress.size === 0) return undefined;
    const hosted = this.#byAddress.get(address);
    return hosted && this.#lives(address, hosted) ? hosted.value : undefined;
  }

  /** The address of the object that stands for a value, made by `make` where there is none; `type` says which of several. */
  addressOf(value: object, type: number, make: () => number): number {
    const known = this.#addresses.get(value)?.get(type);
    const hosted = known === undefined ? undefined : this.#byAddress.get(known);
    if (hosted?.value === value && this.#lives(known!, hosted)) return known!;
    const address = make();
    this.set(address, value, type);
    return address;
  }

  set(address: number, value: object, type: number): void {
    if (this.#byAddress.size >= this.#limit) this.sweep();
    const { exports, runtime } = this.#instance;
    const old = this.#byAddress.get(address);
    if (old) this.#forget(address, old); // of an object that was there before
    const handle = exports.leanclr_new_handle(runtime, address, 1);
    if (handle === 0) throw new OutOfMemoryError('OutOfMemory', 'No memory for a handle.');
    this.#byAddress.set(address, { value, handle, type });
    let addresses = this.#addresses.get(value);
    if (!addresses) this.#addresses.set(value, addresses = new Map());
    addresses.set(type, address);
  }

  /** Lets go of the values whose object is gone. */
  sweep(): void {
    for (const [address, hosted] of this.#byAddress) if (!this.#lives(address, hosted)) this.#forget(address, hosted);
    this.#limit = Math.max(1024, 2 * this.#byAddress.size);
  }

  get count(): number {
    this.sweep();
    return this.#byAddress.size;
  }

  #lives(address: number, { handle }: Hosted): boolean {
    return this.#instance.exports.leanclr_handle_target(this.#instance.runtime, handle) >>> 0 === address;
  }

  #forget(address: number, { value, handle, type }: Hosted): void {
    this.#instance.exports.leanclr_free_handle(this.#instance.runtime, handle);
    this.#byAddress.delete(address);
    const addresses = this.#addresses.get(value);
    if (addresses?.get(type) === address) addresses.delete(type);
  }
}
