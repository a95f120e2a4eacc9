// createRuntime's `trace`: who is called by C#, with what, how it ended and how long it took; JavaScript functions and C's.
// Loaded by import() where it is wanted.

import { kBind, type BindableFunction } from './host-functions.js';
import type { Instance } from './instance.js';
import type { CallTrace } from './options.js';
import { readCString } from './text.js';
import type { AnyFunction } from './values/calls.js';
import type { Bridge } from './values/index.js';
import { parametersOf } from './values/shapes.js';
import { MemoryView } from './values/views.js';

type Report = (call: CallTrace) => void;
type Reader = (address: number) => unknown[];

/** leanclr_host.call's ids for calls of C functions (leanclr.h). */
const kBegin = -2;
const kEnd = -3;

interface Traced {
  key: string;
  readArguments: Reader;
  readResult: Reader;
}

export class Tracing {
  readonly #instance: Instance;
  readonly #bridge: Bridge;
  readonly #report: Report;
  /** By address of signature. */
  readonly #traced = new Map<number, Traced>();
  /** Calls of C functions that are going on, the innermost last. */
  readonly #open: { key: string; args: unknown[]; start: number }[] = [];

  constructor(instance: Instance, bridge: Bridge, report: Report) {
    this.#instance = instance;
    this.#bridge = bridge;
    this.#report = report;
  }

  /** The JavaScript function, with a report behind each call. */
  traced(key: string, fn: AnyFunction): AnyFunction {
    const bind = (fn as BindableFunction)[kBind];
    const reported: AnyFunction = (...args) => {
      const start = performance.now();
      const report = (outcome: Pick<CallTrace, 'result' | 'error'>) => this.#report({ key, args, ...outcome, milliseconds: performance.now() - start });
      let result: unknown;
      try {
        result = fn(...args);
      } catch (error) {
        report({ error });
        throw error;
      }
      report({ result });
      return result;
    };
    return bind ? Object.assign(reported, { [kBind]: (of: string, types: readonly string[]) => this.traced(key, bind(of, types)) }) : reported;
  }

  /** Before and behind a call of a C function. */
  report(id: number, signature: number, args: number, ret: number): void {
    const { memory } = this.#instance;
    if (id === kBegin) {
      const { key, readArguments } = this.#of(signature);
      this.#open.push({ key, args: readArguments(args), start: performance.now() });
      return;
    }
    const { start, ...call } = this.#open.pop()!;
    const milliseconds = performance.now() - start;
    if (id !== kEnd) return this.#report({ ...call, error: new Error(readCString(memory, signature)), milliseconds });
    this.#report({ ...call, result: this.#of(signature).readResult(ret)[0], milliseconds });
  }

  #of(signature: number): Traced {
    const known = this.#traced.get(signature);
    if (known) return known;
    const [key, types] = readCString(this.#instance.memory, signature).split('\n');
    const [result] = parametersOf(types);
    const traced = {
      key,
      readArguments: this.#reader(key, types.slice(result.type.length)),
      readResult: result.type === 'v' ? () => [] : this.#reader(key, result.type),
    };
    this.#traced.set(signature, traced);
    return traced;
  }

  /** Reads values as a JavaScript function would get them. Nothing is written back: to the invoker they are [In]. */
  #reader(key: string, types: string): Reader {
    const values = types.replaceAll(/[<>]/g, '').replaceAll(/t\d+;/g, '>$&');
    const invoke = this.#bridge.hostInvoker(key, `v${values}`);
    return (address) => {
      let read: unknown[] = [];
      invoke((...given) => { read = given.map((value) => value instanceof MemoryView ? value.slice() : value); }, address, 0);
      return read;
    };
  }
}
