// C#'s event loop inside the host's: a turn runs the jobs, timers and waiting stacks of C# that are due and plans the next
// one, so that the host's own timers and promises go on between turns. A run of Main ends with the turn in which Main is
// done, a call that had to wait with the turn in which it returns; what a run leaves pending then waits for the next call
// or run.

import { DisposedError, LeanClrError } from './errors.js';
import { Status } from './exports.js';
import type { Instance } from './instance.js';
import type { Platform } from './platform.js';

/** setTimeout takes no longer delays. */
const kLongestDelay = 2 ** 31 - 1;
const kSlot = 8;

/** A run whose Main waits. */
interface Run {
  resolve(exitCode: number): void;
  reject(error: unknown): void;
  failWhenIdle: boolean;
}

/** A call that waits in its middle. */
export interface WaitingCall {
  /** Of its result, in slots. */
  bytes: number;
  /** It has returned: its result's address, in memory that ends with this. */
  returned(result: number): void;
  failed(error: unknown): void;
}

export class EventLoop {
  /** Nothing is planned: C# may have left something pending that nobody has looked at. */
  idle = true;
  /** How many promises of JavaScript C# waits for. */
  awaited = 0;

  readonly #instance: Instance;
  readonly #platform: Platform;
  #run: Run | undefined;
  readonly #calls = new Map<number, WaitingCall>();
  #inTurn = false;
  /** By performance.now(), when the next turn is due; Infinity when none is planned. */
  #plannedAt = Infinity;
  #cancelTurn = () => {};
  #stopWatching = () => {};

  constructor(instance: Instance, platform: Platform) {
    this.#instance = instance;
    this.#platform = platform;
  }

  /** leanclr_host.schedule: C# has something to run in so many milliseconds. */
  schedule = (_context: number, milliseconds: number): void => {
    if (!this.#inTurn) this.#plan(milliseconds);
  };

  /** A call is about to leave something pending, perhaps: a turn will tell. */
  wake(): void {
    this.#plan(0);
  }

  /** Runs Main: `start` calls leanclr_start_main. Gives the exit code when its task is done. */
  async run(start: () => number, exitCode: () => number, signal: AbortSignal | undefined, failWhenIdle: boolean): Promise<number> {
    if (this.#run) throw new LeanClrError('InvalidOperation', 'A run is going on already.');
    const stop = () => this.stop(signal!.reason);
    signal?.addEventListener('abort', stop);
    try {
      const status = this.#turn(start);
      if (status === Status.Ok) return exitCode();
      if (status !== Status.Pending) throw this.#instance.error(status);
      return await new Promise<number>((resolve, reject) => {
        this.#run = { resolve, reject, failWhenIdle };
        this.#plan(0);
      });
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#run = undefined;
      this.#instance.abortReason = undefined;
      this.#park();
      if (this.#calls.size > 0) this.wake();
    }
  }

  /** A call that leanclr_begin_call has given a number. */
  await(number: number, call: WaitingCall): void {
    this.#calls.set(number, call);
    this.wake();
  }

  /** Stops what runs, for an AbortSignal's reason. */
  stop(reason: unknown): void {
    const instance = this.#instance;
    if (!instance.usable) return;
    instance.abortReason = reason;
    instance.exports.leanclr_interrupt(instance.runtime);
    if ((this.#run || this.#calls.size > 0) && !instance.busy) this.#tick();
  }

  /** The runtime was disposed of. */
  dispose(): void {
    this.#park();
    this.#run?.reject(new DisposedError());
    for (const call of this.#calls.values()) call.failed(new DisposedError());
    this.#calls.clear();
  }

  /** Nothing runs any more before C# is called again. */
  #park(): void {
    this.#cancelTurn();
    this.#stopWatching();
    this.#plannedAt = Infinity;
    this.idle = true;
  }

  /** Calls into C# after which the next turn is planned anyway. */
  #turn(body: () => number): number {
    this.#inTurn = true;
    try {
      return body();
    } finally {
      this.#inTurn = false;
    }
  }

  /** One turn; an error that belongs to no run is thrown where the host reports what nobody caught. */
  #tick(): void {
    const run = this.#run;
    this.#park();
    if (!run && !this.#instance.usable) return;
    try {
      const next = this.#runPending();
      if (this.#calls.size > 0) this.#endCalls();
      if (next === undefined) return;
      if (next >= 0) this.#plan(next);
      else if (run?.failWhenIdle && this.awaited === 0) this.#giveUp();
      else if (run || this.#calls.size > 0) this.#stopWatching = this.#platform.whenExhausted?.(() => this.#giveUp()) ?? this.#stopWatching;
    } catch (error) {
      if (!run) throw error;
      run.reject(error);
    }
  }

  /** Milliseconds until the next turn, negative when nothing is pending; undefined when the run has ended. */
  #runPending(): number | undefined {
    const instance = this.#instance;
    return instance.withMemory([], 2, (slots) => {
      const status = this.#turn(() => instance.enter(() => instance.exports.leanclr_run_pending(instance.runtime, slots, slots + kSlot)));
      if (status !== Status.Ok && status !== Status.Pending) throw instance.error(status);
      const { i32, f64 } = instance.memory.live();
      if (status === Status.Pending || !this.#run) return f64[(slots + kSlot) >>> 3];
      this.#run.resolve(i32[slots >>> 2]);
      return undefined;
    });
  }

  #giveUp(): void {
    const instance = this.#instance;
    const status = this.#turn(() => instance.enter(() => instance.exports.leanclr_give_up(instance.runtime)));
    this.#run?.reject(instance.error(status));
    if (this.#calls.size > 0) this.#endCalls();
  }

  /** Tells those whose calls have returned. */
  #endCalls(): void {
    const { exports, runtime, slots, memory } = this.#instance;
    const bytes = Math.max(...Array.from(this.#calls.values(), (call) => call.bytes));
    const number = slots.pushZeroed(kSlot + bytes);
    try {
      for (;;) {
        const status = this.#turn(() => this.#instance.enter(() => exports.leanclr_take_call(runtime, number, number + kSlot)));
        const call = this.#calls.get(memory.live().u32[number >>> 2]);
        if (!call) return;
        this.#calls.delete(memory.live().u32[number >>> 2]);
        if (status === Status.Ok) call.returned(number + kSlot);
        else call.failed(this.#instance.error(status));
      }
    } finally {
      slots.pop(number);
    }
  }

  #plan(milliseconds: number): void {
    const at = performance.now() + milliseconds;
    if (at >= this.#plannedAt) return;
    this.#cancelTurn();
    this.#stopWatching();
    this.#plannedAt = at;
    this.idle = false;
    const tick = () => this.#tick();
    if (milliseconds > 0) {
      const timer = setTimeout(tick, Math.min(Math.ceil(milliseconds), kLongestDelay));
      this.#cancelTurn = () => clearTimeout(timer);
    } else {
      this.#cancelTurn = this.#platform.soon(tick);
    }
  }
}
