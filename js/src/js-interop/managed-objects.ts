// What C# objects and exceptions are in JavaScript when they are more than values: proxies that know nothing but who they are.

import { ManagedError, ownFrames } from '../errors.js';
import { readString } from '../text.js';
import type { Context } from './context.js';
import { addressOf, argumentAt } from './protocol.js';
import type { Proxies } from './proxies.js';

/** An opaque C# object: it can be given back to C#, no more. */
export class ManagedObject {
  readonly #proxies: Proxies;
  readonly #gcHandle: number;

  constructor(proxies: Proxies, gcHandle: number) {
    this.#proxies = proxies;
    this.#gcHandle = gcHandle;
  }

  /** Lets C# forget it before the collector would. */
  dispose(): void {
    this.#proxies.dispose(this);
  }

  get isDisposed(): boolean {
    return this.#proxies.gcHandleOf(this) === 0;
  }

  toString(): string {
    return `CsObject(gc_handle: ${this.#gcHandle})`;
  }
}

type ErrorClass = new (message: string) => ManagedError;
const classes = new WeakMap<Context, ErrorClass>();

/** The class of the errors for C# exceptions: a ManagedError whose stack C# is asked for when somebody wants it. */
export function managedErrorClass(context: Context): ErrorClass {
  let found = classes.get(context);
  if (!found) classes.set(context, found = makeClass(context));
  return found;
}

function makeClass(context: Context): ErrorClass {
  const { instance: { memory }, managed, proxies } = context;
  /** C#'s StackTrace; '' when the exception is not held any more or C# may not be called. */
  const stackOf = (gcHandle: number | undefined): string => {
    if (!gcHandle) return '';
    try {
      return managed.callExport(context, 'GetManagedStackTrace', gcHandle, 1, () => {},
        (block) => readString(memory, addressOf(memory, argumentAt(block, 1)))) ?? '';
    } catch {
      return '';
    }
  };
  return class extends ManagedError {
    constructor(message: string) {
      super('', message, '');
      const frames = ownFrames(this.stack);
      let managedStack: string | undefined;
      const lazily = (get: (managedStack: string) => string) => ({ configurable: true, get: () => get(managedStack ??= stackOf(proxies.gcHandleOf(this))) });
      Object.defineProperties(this, {
        managedStack: lazily((stack) => stack),
        stack: lazily((stack) => [`${this.name}: ${this.message}`, stack, frames].filter(Boolean).join('\n')),
      });
    }

    /** Lets C# forget the exception before the collector would. */
    dispose(): void {
      proxies.dispose(this);
    }
  };
}
