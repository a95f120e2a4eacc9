// What libc in the module asks of its host: a clock, random bytes, an (empty) environment, the two output streams, the
// end of the process. Files do not exist.

import type { Memory } from './memory.js';
import { RuntimeFaultError } from './errors.js';

const kBadFile = 8;
const kNoSys = 52;
const kMonotonic = 1;
/** crypto.getRandomValues gives no more at once. */
const kRandomChunk = 65536;

/** The imports that do not depend on LeanCLR. `memory` is only called once the module is instantiated. */
export function systemImports(memory: () => Memory, write: (fd: number, bytes: Uint8Array) => void): WebAssembly.Imports {
  const fillRandom = (address: number, size: number): number => {
    for (let done = 0; done < size; done += kRandomChunk) {
      crypto.getRandomValues(memory().bytes(address + done, Math.min(kRandomChunk, size - done)));
    }
    return 0;
  };

  const fdWrite = (fd: number, iovs: number, count: number, written: number): number => {
    if (fd !== 1 && fd !== 2) return kBadFile;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const { u32 } = memory().live();
      const size = u32[(iovs + i * 8 + 4) >>> 2];
      write(fd, memory().bytes(u32[(iovs + i * 8) >>> 2], size));
      total += size;
    }
    memory().live().u32[written >>> 2] = total;
    return 0;
  };

  const clockTime = (clock: number, _precision: bigint, out: number): number => {
    const ms = clock === kMonotonic ? performance.now() : performance.timeOrigin + performance.now();
    memory().live().u64[out >>> 3] = BigInt(Math.round(ms * 1e6));
    return 0;
  };

  const emptyList = (count: number, size: number): number => {
    const { u32 } = memory().live();
    u32[count >>> 2] = 0;
    u32[size >>> 2] = 0;
    return 0;
  };

  return {
    env: {
      emscripten_notify_memory_growth: () => void memory().refresh(),
      emscripten_get_now: () => performance.now(),
      emscripten_date_now: () => Date.now(),
      getentropy: fillRandom,
      abort: () => { throw new RuntimeFaultError('abort() was called'); },
    },
    wasi_snapshot_preview1: {
      fd_write: fdWrite,
      fd_read: () => kBadFile,
      fd_seek: () => kBadFile,
      fd_close: () => kBadFile,
      fd_fdstat_get: () => kNoSys,
      clock_time_get: clockTime,
      environ_sizes_get: emptyList,
      environ_get: () => 0,
      args_sizes_get: emptyList,
      args_get: () => 0,
      random_get: fillRandom,
      proc_exit: (code: number) => { throw new RuntimeFaultError(`the module ended with exit code ${code}`); },
    },
  };
}
