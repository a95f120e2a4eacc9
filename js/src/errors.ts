// The errors that the host throws: one class per cause, all of them LeanClrError. Wrong values in a call are plain
// TypeError and RangeError (marshal.ts). `kind` is the runtime's own name of the cause (runtime/base/error_kinds.def).

export class LeanClrError extends Error {
  override name = 'LeanClrError';

  constructor(readonly kind: string, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** A file that is no assembly, or a damaged one; the message names the file and the reason. */
export class BadImageError extends LeanClrError {
  override name = 'BadImageError';
}

/** An assembly that no source has; the message says who wanted it. */
export class AssemblyNotFoundError extends LeanClrError {
  override name = 'AssemblyNotFoundError';
}

/** A class library of another version than this runtime is made for. */
export class WrongPackError extends LeanClrError {
  override name = 'WrongPackError';
}

/** No static method, or no registered function, goes by that key. */
export class MissingMethodError extends LeanClrError {
  override name = 'MissingMethodError';
}

/** A key that fits several methods or entries; the message lists them. */
export class AmbiguousEntryError extends LeanClrError {
  override name = 'AmbiguousEntryError';
}

/** A function is already registered under that key. */
export class DuplicateEntryError extends LeanClrError {
  override name = 'DuplicateEntryError';
}

/** A method whose types cannot cross between C# and JavaScript. */
export class MarshalDirectiveError extends LeanClrError {
  override name = 'MarshalDirectiveError';
}

/** The memory limit, or what the browser gives, is used up. */
export class OutOfMemoryError extends LeanClrError {
  override name = 'OutOfMemoryError';
}

/**
 * C# was stopped: its budget was used up, or an AbortSignal asked for it (`cause` is the signal's reason). No `catch` in
 * C# has seen it; the runtime goes on.
 */
export class InterruptedError extends LeanClrError {
  override name = 'InterruptedError';
  readonly reason: 'budget' | 'abort';

  constructor(kind: string, message: string, options?: ErrorOptions) {
    super(kind, message, options);
    this.reason = kind === 'BudgetExceeded' ? 'budget' : 'abort';
  }
}

/** The managed stack is full, or calls between C# and JavaScript nest too deep. No `catch` in C# has seen it. */
export class StackOverflowError extends LeanClrError {
  override name = 'StackOverflowError';
}

/** Main waits for a task, and nothing is left that could complete it. */
export class DeadlockError extends LeanClrError {
  override name = 'DeadlockError';
}

/** A wasm module or library is unusable: not a module, not ours, an import that nobody supplies, code that cannot be converted. */
export class ModuleError extends LeanClrError {
  override name = 'ModuleError';

  constructor(message: string, options?: ErrorOptions) {
    super('Module', message, options);
  }
}

/** A download or a file that could not be read; the message names it and the status. */
export class FetchError extends LeanClrError {
  override name = 'FetchError';

  constructor(message: string, options?: ErrorOptions) {
    super('Fetch', message, options);
  }
}

/** The runtime, or what is left of a C# object, was disposed of. */
export class DisposedError extends LeanClrError {
  override name = 'DisposedError';

  constructor(message = 'This runtime was disposed; create another one.') {
    super('Disposed', message);
  }
}

/** A view was used after what it shows had ended. */
export class ViewEndedError extends LeanClrError {
  override name = 'ViewEndedError';

  constructor(message: string) {
    super('ViewEnded', message);
  }
}

/** A trap, or a JavaScript exception that left the module's frames: only dispose() works after it. */
export class RuntimeFaultError extends LeanClrError {
  override name = 'RuntimeFaultError';

  constructor(message: string, options?: ErrorOptions) {
    super('Fault', message, options);
  }
}

/** A C# exception that nobody caught. `cause` is the InnerException, or the JavaScript error behind a JSException. */
export class ManagedError extends LeanClrError {
  override name = 'ManagedError';

  constructor(
    /** The exception's type: "System.InvalidOperationException"; empty where it came through [JSExport], which does not tell. */
    readonly type: string,
    /** The exception's own Message, without the type. */
    readonly managedMessage: string,
    /** Its StackTrace, as C# shows it. */
    readonly managedStack: string,
    options?: ErrorOptions,
  ) {
    super('ManagedException', [type, managedMessage].filter(Boolean).join(': '), options);
    if (managedStack) this.stack = `${this.name}: ${this.message}\n${managedStack}\n${ownFrames(this.stack)}`;
  }
}

/** The frames of a JavaScript stack, without the line that repeats the message. */
export function stackFrames(stack: unknown): string {
  return String(stack ?? '').split('\n').filter((line) => /^\s+at |@/.test(line)).join('\n');
}

/** Where the package's files are, unless an application's bundle has swallowed them. */
const kHome = /^.*\/js\/dist\//.exec(import.meta.url)?.[0];

/**
 * The frames of the JavaScript that runs between two calls of the module, without the host's own: those further out belong
 * behind the C# frames that lie in between.
 */
export function ownFrames(stack: unknown): string {
  const lines = stackFrames(stack).split('\n');
  const end = lines.findIndex((line) => /wasm[:-]/.test(line));
  return lines.slice(0, end < 0 ? lines.length : end).filter((line) => kHome === undefined || !line.includes(kHome)).join('\n');
}

/** Makes an error whose stack has room for the frames that matter. */
export function withDeepStack<T>(make: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

type ErrorClass = new (kind: string, message: string, options?: ErrorOptions) => LeanClrError;

const classes: Record<string, ErrorClass> = {
  BadImage: BadImageError,
  FileNotFound: AssemblyNotFoundError,
  WrongPack: WrongPackError,
  MissingMethod: MissingMethodError,
  EntryPointNotFound: MissingMethodError,
  AmbiguousEntry: AmbiguousEntryError,
  DuplicateEntry: DuplicateEntryError,
  MarshalDirective: MarshalDirectiveError,
  OutOfMemory: OutOfMemoryError,
  Interrupted: InterruptedError,
  BudgetExceeded: InterruptedError,
  StackOverflow: StackOverflowError,
  Deadlock: DeadlockError,
};

/** The error class for a kind that the runtime reported. */
export function errorOfKind(kind: string, message: string, options?: ErrorOptions): LeanClrError {
  return new (classes[kind] ?? LeanClrError)(kind, message, options);
}
