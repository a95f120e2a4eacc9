// What both entry points export besides createRuntime.

export {
  AmbiguousEntryError, AssemblyNotFoundError, BadImageError, DisposedError, DuplicateEntryError, FetchError, LeanClrError,
  ManagedError, MarshalDirectiveError, MissingMethodError, ModuleError, OutOfMemoryError, RuntimeFaultError, WrongPackError,
} from './errors.js';
export type { HostFunction } from './host-functions.js';
export type { ManagedFunction } from './methods.js';
export type * from './options.js';
export { pack } from './pack.js';
export { defaultProperties } from './properties.js';
export { Clr } from './runtime.js';
