// Who holds whom across the border. JavaScript objects that C# holds have a JSHandle, as long as their JSObject lives; C#
// objects that JavaScript holds have a GCHandle, as long as their proxy does. An object has one proxy at a time, so that
// identity is kept both ways. Either side may choose a handle before the other knows of it: those are below -1.

/** Nothing is held. */
const kNoHandle = 0;

export class Proxies {
  /** By JSHandle. */
  readonly #objects: unknown[] = [undefined];
  readonly #freeHandles: number[] = [];
  /** By JSHandle that C# has chosen. */
  readonly #chosenByManaged = new Map<number, unknown>();
  readonly #jsHandles = new WeakMap<object, number>();

  /** Proxies by GCHandle. */
  readonly #managed = new Map<number, WeakRef<object>>();
  readonly #gcHandles = new WeakMap<object, number>();
  readonly #dropped = new FinalizationRegistry<{ handle: number; proxy: WeakRef<object> }>(({ handle, proxy }) => {
    // Meanwhile the object may have got another proxy, or the handle another object.
    if (this.#managed.get(handle) === proxy) this.#drop(handle);
  });
  readonly #freeChosen: number[] = [];
  #nextChosen = -2;
  readonly #release: (gcHandle: number) => void;

  /** `release` tells C# that JavaScript is done with an object. */
  constructor(release: (gcHandle: number) => void) {
    this.#release = release;
  }

  /** What a JSHandle stands for. */
  object(jsHandle: number): unknown {
    return jsHandle > 0 ? this.#objects[jsHandle] : this.#chosenByManaged.get(jsHandle);
  }

  /** The JSHandle of a value, its own if it is an object. */
  jsHandleOf(value: unknown): number {
    const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
    const known = isObject ? this.#jsHandles.get(value) : undefined;
    if (known !== undefined) return known;
    const handle = this.#freeHandles.pop() ?? this.#objects.length;
    this.#objects[handle] = value;
    if (isObject) this.#jsHandles.set(value, handle);
    return handle;
  }

  /** Takes over a JSHandle that C# has chosen. */
  setChosen(jsHandle: number, value: object): void {
    this.#chosenByManaged.set(jsHandle, value);
  }

  /** C# is done with a JavaScript object. */
  releaseObject(jsHandle: number): void {
    const value = this.object(jsHandle);
    if (typeof value === 'object' || typeof value === 'function') this.#jsHandles.delete(value!);
    if (jsHandle < 0) {
      this.#chosenByManaged.delete(jsHandle);
    } else {
      this.#objects[jsHandle] = undefined;
      this.#freeHandles.push(jsHandle);
    }
  }

  /** The live proxy of a GCHandle's object. */
  proxy(gcHandle: number): object | undefined {
    return this.#managed.get(gcHandle)?.deref();
  }

  /** Makes an object the proxy of a GCHandle's object; when it is collected or disposed of, C# is told. */
  adopt(gcHandle: number, proxy: object): void {
    const reference = new WeakRef(proxy);
    this.#managed.set(gcHandle, reference);
    this.#gcHandles.set(proxy, gcHandle);
    this.#dropped.register(proxy, { handle: gcHandle, proxy: reference }, proxy);
  }

  /** The GCHandle behind a proxy: undefined for what is none, 0 after its disposal. */
  gcHandleOf(proxy: object): number | undefined {
    return this.#gcHandles.get(proxy);
  }

  /** The end of a proxy; C# is told unless it has let go of the object by itself. */
  dispose(proxy: object, isReleased = false): void {
    const handle = this.#gcHandles.get(proxy);
    if (!handle) return;
    this.#gcHandles.set(proxy, kNoHandle);
    this.#dropped.unregister(proxy);
    this.#drop(handle, isReleased);
  }

  #drop(handle: number, isReleased = false): void {
    this.#managed.delete(handle);
    if (!isReleased) this.#release(handle);
    if (handle < 0) this.#freeChosen.push(handle);
  }

  /** A handle for something that C# is about to hear of. */
  chooseGcHandle(): number {
    return this.#freeChosen.pop() ?? this.#nextChosen--;
  }
}
