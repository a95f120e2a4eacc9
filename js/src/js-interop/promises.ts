// Tasks and promises. A promise that C# gets has a holder here, whose end completes C#'s task; a task that JavaScript gets
// has a promise here, which C# settles (ResolveOrRejectPromise).

import type { Context } from './context.js';
import { argumentAt, elementKindOf, handleOf, kFirst, Kind, kindOf, setHandle, setKind } from './protocol.js';
import { readAny, readException, type Read } from './to-js.js';
import { writeException, type Write } from './to-managed.js';

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && typeof (value as PromiseLike<unknown>).then === 'function';
}

/** What C# waits for. */
class PromiseHolder {
  readonly #context: Context;
  readonly #gcHandle: number;
  readonly #write: Write | undefined;
  #isSettled = false;

  constructor(context: Context, gcHandle: number, write: Write | undefined) {
    this.#context = context;
    this.#gcHandle = gcHandle;
    this.#write = write;
    context.loop.awaited++;
  }

  resolve(value: unknown): void {
    this.#settle((error, result) => {
      try {
        this.#write?.(result, value);
      } catch (reason) {
        writeException(this.#context, error, reason);
      }
    });
  }

  reject(reason: unknown): void {
    this.#settle((error) => writeException(this.#context, error, reason ?? new Error(`The promise was rejected with ${String(reason)}.`)));
  }

  /** C# waits no longer; what the promise comes to is nobody's. */
  cancel(): void {
    queueMicrotask(() => this.reject(new Error('OperationCanceledException')));
  }

  #settle(write: (error: number, result: number) => void): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const { instance, loop, managed, proxies } = this.#context;
    loop.awaited--;
    if (!instance.usable || instance.stopped) return;
    try {
      managed.callExport(this.#context, 'CompleteTask', this.#gcHandle, 3,
        (block) => write(argumentAt(block, kFirst + 1), argumentAt(block, kFirst + 2)), () => {});
    } finally {
      proxies.dispose(this, true);
    }
  }
}

/** A promise as a task. `write` writes its value. */
export function writeTask(context: Context, argument: number, promise: PromiseLike<unknown>, write: Write | undefined): void {
  const { instance: { memory }, proxies } = context;
  const gcHandle = proxies.chooseGcHandle();
  const holder = new PromiseHolder(context, gcHandle, write);
  proxies.adopt(gcHandle, holder);
  setHandle(memory, argument, gcHandle);
  setKind(memory, argument, Kind.Task);
  promise.then((value) => holder.resolve(value), (reason: unknown) => holder.reject(reason));
}

/** Interop/Runtime::CancelPromise */
export function cancelPromise({ proxies }: Context, gcHandle: number): void {
  const holder = proxies.proxy(gcHandle);
  if (holder instanceof PromiseHolder) holder.cancel();
}

/** What JavaScript waits for. */
class TaskHolder {
  readonly promise: Promise<unknown>;
  resolve!: (value: unknown) => void;
  reject!: (reason: unknown) => void;

  constructor(readonly read: Read | undefined) {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

/** A task as a promise. `read` reads its result. */
export function readTask(context: Context, argument: number, read: Read | undefined): Promise<unknown> {
  const { instance: { memory }, proxies } = context;
  const kind = kindOf(memory, argument);
  if (kind !== Kind.Task) return readCompleted(context, argument, kind, read);
  const holder = new TaskHolder(read);
  proxies.setChosen(handleOf(memory, argument), holder);
  return holder.promise;
}

function readCompleted(context: Context, argument: number, kind: number, read: Read | undefined): Promise<unknown> {
  const { memory } = context.instance;
  const elementKind = elementKindOf(memory, argument);
  setKind(memory, argument, elementKind);
  if (kind === Kind.TaskRejected) return Promise.reject(readException(context, argument));
  return Promise.resolve(elementKind === Kind.Void ? undefined : readResult(context, argument, read));
}

function readResult(context: Context, argument: number, read: Read | undefined): unknown {
  return read ? read(argument) : readAny(context, argument);
}

/** A promise for the task that a call is going to return; finish() tells which it is. */
export class ExpectedTask {
  readonly #context: Context;
  readonly #argument: number;
  readonly #holder: TaskHolder;
  readonly #jsHandle: number;

  constructor(context: Context, argument: number, read: Read | undefined) {
    const { memory } = context.instance;
    this.#context = context;
    this.#argument = argument;
    this.#holder = new TaskHolder(read);
    this.#jsHandle = context.proxies.jsHandleOf(this.#holder);
    setHandle(memory, argument, this.#jsHandle);
    setKind(memory, argument, Kind.TaskPreCreated);
  }

  /** What the call returned. */
  finish(): Promise<unknown> | null {
    const kind = kindOf(this.#context.instance.memory, this.#argument);
    if (kind === Kind.TaskPreCreated) return this.#holder.promise;
    this.drop();
    return kind === Kind.None ? null : readCompleted(this.#context, this.#argument, kind, this.#holder.read);
  }

  /** The call failed. */
  drop(): void {
    this.#context.proxies.releaseObject(this.#jsHandle);
  }
}

/** Interop/Runtime::ResolveOrRejectPromise: a block with the holder's JSHandle and the value. */
export function settlePromise(context: Context, block: number): void {
  const { instance: { memory }, proxies } = context;
  const about = argumentAt(block, kFirst);
  const value = argumentAt(block, kFirst + 1);
  const jsHandle = handleOf(memory, about);
  const holder = proxies.object(jsHandle) as TaskHolder;
  if (kindOf(memory, about) === Kind.TaskRejected) holder.reject(readException(context, value));
  else holder.resolve(kindOf(memory, value) === Kind.Void ? undefined : readResult(context, value, holder.read));
  proxies.releaseObject(jsHandle);
  setKind(memory, block, Kind.None);
  setKind(memory, argumentAt(block, 1), Kind.Void);
}
