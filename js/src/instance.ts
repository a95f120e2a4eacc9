// One instance of the wasm module with its runtime: every way into it, and what happens when it fails. Three kinds of
// failure stay apart: a typed error that the runtime reports, a C# exception that left a call, and a fault (a trap or a
// JavaScript exception that left the module's frames), after which only dispose() works.

import { DisposedError, InterruptedError, LeanClrError, ManagedError, ModuleError, OutOfMemoryError, RuntimeFaultError, errorOfKind, withDeepStack } from './errors.js';
import { Status, type Exports } from './exports.js';
import { Memory } from './memory.js';
import { SlotStack } from './slots.js';
import { encodeCString, readCString, textOf, writeChars } from './text.js';

const kJSException = 'System.Runtime.InteropServices.JavaScript.JSException';
const kSlot = 8;

export interface ExceptionIdentity {
  /** What JavaScript threw, of the exception object that was made for it. */
  causeOf(exception: number): { cause: unknown } | undefined;
  /** The error stands for that exception object from now on. */
  adopt(error: ManagedError, exception: number): void;
}

/** A JavaScript function behind a C function's address: leanclr_host.call_function with an ABI text. */
export type ScriptFunction = (abi: number, args: number, ret: number) => number;

export class Instance {
  readonly exports: Exports;
  readonly memory: Memory;
  /** Arguments of calls into C#, and what is on its way there. */
  readonly slots: SlotStack;
  /** What C# calls as C functions by the addresses from 2^31 on. */
  readonly scripts: ScriptFunction[] = [];
  /** The leanclr_runtime*, 0 before open(). */
  runtime = 0;
  /** What the conversions of [JSImport] threw last: the cause of a JSException. */
  lastHostError: unknown;
  /** Who knows which JavaScript values stand behind C#'s exceptions (values/). */
  exceptions: ExceptionIdentity | undefined;
  /** What an output callback threw: rethrown when the outermost call returns, since wasm frames cannot be left. */
  pendingError: { error: unknown } | undefined;
  /** Why an AbortSignal stops what runs. */
  abortReason: unknown;
  /** createRuntime's signal was aborted: nothing is called any more. */
  stopped: InterruptedError | undefined;

  #fault: RuntimeFaultError | undefined;
  #disposed = false;
  #depth = 0;
  #chars = { address: 0, capacity: 0 };

  constructor(exports: Exports, newBuffer?: (bytes: number) => ArrayBuffer) {
    this.exports = exports;
    this.memory = new Memory(exports.memory, newBuffer);
    this.slots = new SlotStack(this);
  }

  /** Creates the runtime. Before anything else. */
  open(stackBytes: number, memoryLimit: number, flags: number): void {
    this.enter(() => this.exports._initialize?.());
    this.runtime = this.enter(() => this.exports.leanclr_module_create(stackBytes, memoryLimit, flags));
    if (this.runtime === 0) throw new OutOfMemoryError('OutOfMemory', 'The runtime got no memory to start with.');
    const failed = this.enter(() => this.exports.leanclr_module_start?.());
    if (failed) throw this.error(Status.Error, new ModuleError('leanclr_module_start failed'));
  }

  dispose(): void {
    if (this.#disposed) return;
    if (this.#depth > 0) throw new LeanClrError('InvalidOperation', 'dispose() was called by a function that C# is waiting for.');
    this.#disposed = true;
    if (!this.#fault) this.exports.leanclr_destroy(this.runtime);
    this.runtime = 0;
  }

  get faulted(): boolean {
    return this.#fault !== undefined;
  }

  /** Whether C# could be called. */
  get usable(): boolean {
    return !this.#disposed && !this.#fault;
  }

  /** Whether a call into the module is going on. */
  get busy(): boolean {
    return this.#depth > 0;
  }

  /** For whoever is about to run C#. */
  assertCallable(): void {
    this.assertUsable();
    if (this.stopped) throw this.stopped;
  }

  assertUsable(): void {
    if (this.#disposed) throw new DisposedError();
    if (this.#fault) throw this.#fault;
  }

  /** Runs a call of one export. `body` must do nothing else that can throw: what it throws is a fault. */
  enter<T>(body: () => T): T {
    this.assertUsable();
    this.#depth++;
    let result: T;
    try {
      result = body();
    } catch (error) {
      throw this.fault(error);
    } finally {
      this.#depth--;
    }
    if (this.pendingError) this.#rethrowPending();
    return result;
  }

  /** enter() for leanclr_call and leanclr_call_virtual: the same without a closure per call. */
  call(method: number, args: number, ret: number, isVirtual = false): void {
    this.#depth++;
    let status: number;
    try {
      status = isVirtual ? this.exports.leanclr_call_virtual(this.runtime, method, args, ret) : this.exports.leanclr_call(this.runtime, method, args, ret);
    } catch (error) {
      throw this.fault(error);
    } finally {
      this.#depth--;
    }
    if (this.pendingError) this.#rethrowPending();
    if (status !== Status.Ok) throw this.error(status);
  }

  /** call() of a method that may wait in its middle: its number then (EventLoop.await), else 0. */
  begin(method: number, args: number, ret: number): number {
    return this.withMemory([], 1, (number) => {
      this.check(() => this.exports.leanclr_begin_call(this.runtime, method, args, ret, number));
      return this.memory.live().u32[number >>> 2];
    });
  }

  /** The error that makes this runtime unusable from now on. */
  fault(error: unknown): RuntimeFaultError {
    this.#fault ??= new RuntimeFaultError(`The runtime stopped: ${textOf(error)}`, { cause: error });
    return this.#fault;
  }

  #rethrowPending(): void {
    if (this.#depth > 0 || !this.pendingError) return;
    const { error } = this.pendingError;
    this.pendingError = undefined;
    throw error;
  }

  /** enter() for an export that gives a leanclr_status. */
  check(body: () => number): void {
    const status = this.enter(body);
    if (status !== Status.Ok) throw this.error(status);
  }

  /** What the runtime says about the failure behind a status. */
  error(status: number, fallback?: LeanClrError): LeanClrError {
    const text = (name: 'leanclr_error_kind' | 'leanclr_error_message' | 'leanclr_exception_type' |
      'leanclr_exception_message' | 'leanclr_exception_stack') =>
      readCString(this.memory, this.enter(() => this.exports[name](this.runtime)));
    if (status === Status.ManagedException || text('leanclr_error_kind') === 'ManagedException') {
      const type = text('leanclr_exception_type');
      const message = text('leanclr_exception_message');
      const stack = text('leanclr_exception_stack');
      const exception = this.enter(() => this.exports.leanclr_exception_object(this.runtime)) >>> 0;
      const cause = this.exceptions?.causeOf(exception) ?? this.#lastThrown(type, message) ?? this.#innerError();
      const error = withDeepStack(() => new ManagedError(type, message, stack, cause));
      if (exception !== 0) this.exceptions?.adopt(error, exception);
      return error;
    }
    const kind = text('leanclr_error_kind');
    if (fallback && (kind === '' || kind === 'None')) return fallback;
    return errorOfKind(kind, text('leanclr_error_message'), kind === 'Interrupted' ? { cause: this.abortReason } : undefined);
  }

  #lastThrown(type: string, message: string): ErrorOptions | undefined {
    const cause = this.lastHostError;
    return type === kJSException && message === textOf(cause) ? { cause } : undefined;
  }

  /** The inner exception of the one that was asked for last. */
  #innerError(): ErrorOptions | undefined {
    const inner = this.enter(() => this.exports.leanclr_exception_inner(this.runtime));
    return inner ? { cause: this.error(Status.ManagedException) } : undefined;
  }

  alloc(size: number): number {
    const address = this.enter(() => this.exports.leanclr_alloc(this.runtime, size));
    if (address === 0) throw new OutOfMemoryError('OutOfMemory', `The runtime has no ${size} bytes left.`);
    return address;
  }

  free(address: number): void {
    this.enter(() => this.exports.leanclr_free(this.runtime, address));
  }

  /** Memory that ends with `use`: `texts` as C strings and `slots` free slots, given by their addresses. */
  withMemory<T>(texts: readonly string[], slots: number, use: (slots: number, ...texts: number[]) => T): T {
    const encoded = texts.map(encodeCString);
    const size = encoded.reduce((sum, bytes) => sum + bytes.length, slots * kSlot);
    const block = this.alloc(Math.max(size, 1));
    let next = block + slots * kSlot;
    const addresses = encoded.map((bytes) => {
      const address = next;
      this.memory.bytes(address, bytes.length).set(bytes);
      next += bytes.length;
      return address;
    });
    try {
      return use(block, ...addresses);
    } finally {
      if (!this.#fault) this.free(block);
    }
  }

  /** The address of a new String. */
  newString = (text: string): number => {
    const { length } = text;
    if (length > this.#chars.capacity) this.#growChars(length);
    const chars = this.#chars.address;
    writeChars(this.memory, chars, text);
    const string = this.enter(() => this.exports.leanclr_new_string(this.runtime, chars, length));
    if (string === 0) throw new OutOfMemoryError('OutOfMemory', `No memory for a String of ${length} characters.`);
    return string;
  };

  #growChars(length: number): void {
    const capacity = Math.max(256, length);
    const address = this.alloc(capacity * 2);
    if (this.#chars.address !== 0) this.free(this.#chars.address);
    this.#chars = { address, capacity };
  }
}
