// All that has to do with values that are no scalars and no strings, as one module that is loaded beside the rest while the
// runtime starts.

import type { EventLoop } from '../event-loop.js';
import type { ExceptionIdentity, Instance } from '../instance.js';
import { hostInvoker, managedCaller, managedStarter, type HostInvoker, type ManagedMethod } from './calls.js';
import { Diagnostics } from './diagnostics.js';
import { exceptionIdentity, exceptionOf } from './objects.js';
import { ManagedTypes, type ManagedType } from './types.js';
import { Values, type ValuesOptions } from './values.js';

/** What the host uses of it. */
export class Bridge {
  readonly exceptions: ExceptionIdentity;
  readonly diagnostics: Diagnostics;
  readonly #values: Values;
  readonly #types: ManagedTypes;

  constructor(instance: Instance, loop: EventLoop, options: ValuesOptions) {
    this.#values = new Values(instance, loop, options);
    this.#types = new ManagedTypes(this.#values);
    this.exceptions = exceptionIdentity(this.#values);
    this.diagnostics = new Diagnostics(this.#values);
  }

  /** How a JavaScript function is called with slots of a signature, which begin at `first` bytes. */
  hostInvoker(name: string, signature: string, first = 0, arraysAreViews = false): HostInvoker {
    return hostInvoker(this.#values, name, signature, first, arraysAreViews);
  }

  /** A C# method as a function of `this` and the arguments. */
  managedCaller(method: ManagedMethod): (self: number, args: unknown[]) => unknown {
    return managedCaller(this.#values, method);
  }

  /** The same for a method that may wait: the function then gives a promise. */
  managedStarter(method: ManagedMethod): (self: number, args: unknown[]) => unknown {
    return managedStarter(this.#values, method);
  }

  /** The function that a delegate of JavaScript's stands for, and the delegate type's name. */
  delegateAt(delegate: number): { fn: (...args: unknown[]) => unknown; name: string } {
    const { hosted, shapes, memory } = this.#values;
    return { fn: hosted.at(delegate) as (...args: unknown[]) => unknown, name: shapes.of(memory.live().u32[delegate >>> 2]).name };
  }

  /** The C# exception for what JavaScript threw. */
  exceptionOf(error: unknown, stack: string): number {
    return exceptionOf(this.#values, error, stack);
  }

  /** Whether an error is a C# exception's. */
  isManaged(error: unknown): boolean {
    return this.#values.refs.of(error) !== undefined;
  }

  /** The class for a C# type. */
  typeNamed(name: string): ManagedType {
    return this.#types.named(name);
  }
}
