// Everything that a module instance imports: libc's functions, the runtime's host calls, the embedder's own (EM_JS).
// They are made before the instance exists and reach it through `link`.

import type { HostCalls } from './exports.js';
import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { nativeCalls } from './native-code.js';
import type { ImportHost, ModuleFunctions, ModuleImports } from './options.js';
import type { Output } from './output.js';
import { readCString } from './text.js';
import { systemImports } from './wasi.js';

/** What the imports need of the instance that they belong to; filled right after instantiation. */
export interface Link {
  instance?: Instance;
  /** Adds a referenced assembly; whether it could. */
  resolve?: (name: string) => boolean;
  /** Adds the symbols of that file name; whether it could. */
  resolveSymbols?: (file: string) => boolean;
  call?: HostCalls['call'];
  schedule?: HostCalls['schedule'];
}

export function makeImports(link: Link, stdout: Output, stderr: Output, own: ModuleImports | undefined): WebAssembly.Imports {
  const memory = () => link.instance!.memory;
  // An exception must not pass through the module's frames: it waits until the call into the module is over.
  const write = (fd: number, bytes: Uint8Array) => {
    try {
      (fd === 2 ? stderr : stdout).write(bytes);
    } catch (error) {
      link.instance!.pendingError ??= { error };
    }
  };
  const attempt = (add: (name: string) => boolean, name: number): number => {
    try {
      return add(readCString(memory(), name)) ? 1 : 0;
    } catch (error) {
      if (link.instance!.faulted) throw error;
      return 0; // a damaged file: the runtime reports the assembly as not found, with who wanted it
    }
  };
  const host: HostCalls = {
    write: (_context, fd, address, size) => write(fd, memory().bytes(address, size)),
    resolve_assembly: (_context, name) => attempt(link.resolve!, name),
    resolve_symbols: (_context, file) => attempt(link.resolveSymbols!, file),
    call: (context, id, signature, args, ret) => link.call!(context, id, signature, args, ret),
    schedule: (context, milliseconds) => link.schedule!(context, milliseconds),
    sleep: (_context, milliseconds) => sleep(milliseconds),
    now: () => performance.now(),
    ...nativeCalls(() => link.instance!),
  };
  const system = systemImports(memory, write);
  const functions = own ? ownFunctions(own, memory) : {};
  return { ...system, ...functions, env: { ...system.env, ...functions.env }, leanclr: { ...host } };
}

const gate = typeof SharedArrayBuffer === 'function' ? new Int32Array(new SharedArrayBuffer(4)) : undefined;

/** Blocks, as Thread.Sleep does; busily where a page's main thread may not wait. */
function sleep(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  try {
    if (gate) Atomics.wait(gate, 0, 0, milliseconds);
  } catch {
    // not allowed here
  }
  while (performance.now() < end);
}

function ownFunctions(own: ModuleImports, memory: () => Memory): ModuleFunctions {
  const given = typeof own === 'object' && 'default' in own ? own.default : own;
  return typeof given === 'function' ? given(importHost(memory)) : given as ModuleFunctions;
}

/** The names that Emscripten gives the memory, for the bodies of EM_JS functions. */
function importHost(memory: () => Memory): ImportHost {
  const buffer = () => memory().wasm.buffer;
  return {
    get HEAP8() { return new Int8Array(buffer()); },
    get HEAPU8() { return memory().live().u8; },
    get HEAP16() { return new Int16Array(buffer()); },
    get HEAPU16() { return memory().live().u16; },
    get HEAP32() { return memory().live().i32; },
    get HEAPU32() { return memory().live().u32; },
    get HEAPF32() { return memory().live().f32; },
    get HEAPF64() { return memory().live().f64; },
    UTF8ToString: (address) => readCString(memory(), address),
  };
}
