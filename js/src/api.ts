// What both entry points export besides createRuntime.

export type * from './declarations.js';
export {
  AmbiguousEntryError, AssemblyNotFoundError, BadImageError, DeadlockError, DisposedError, DuplicateEntryError, FetchError,
  InterruptedError, LeanClrError, ManagedError, MarshalDirectiveError, MissingMethodError, ModuleError, OutOfMemoryError,
  RuntimeFaultError, StackOverflowError, ViewEndedError, WrongPackError,
} from './errors.js';
export type { Extern, ExternState } from './externs.js';
export type { HostFunction, PInvokeOptions } from './host-functions.js';
export type { MemoryView as InteropMemoryView } from './js-interop/memory-view.js';
export type { ManagedFunction } from './methods.js';
export type * from './options.js';
export { pack } from './pack.js';
export { defaultProperties } from './properties.js';
export { Clr } from './runtime.js';
export type { DelegateFunction } from './values/delegates.js';
export type { HandleReport } from './values/diagnostics.js';
export type { ManagedObject, ManagedType } from './values/types.js';
export type { Box } from './values/values.js';
export type { MemoryView } from './values/views.js';
