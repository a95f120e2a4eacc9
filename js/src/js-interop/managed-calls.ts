// Calls into C#: argument blocks, methods by their address, and what the assembly exports to its host under fixed names.

import { kSlotBytes, type SlotStack } from '../slots.js';
import type { Context, Host } from './context.js';
import { argumentAt, clearKind, kArgument, kFirst, Kind, kindOf, kInteropAssembly, setHandle, setKind } from './protocol.js';
import { readException } from './to-js.js';

/** Before a block: the slot of leanclr_call's argument, the address of the block, and that of its result. */
const kHeader = 2 * kSlotBytes;

type ExportName = 'CallDelegate' | 'CompleteTask' | 'GetManagedStackTrace' | 'ReleaseJSOwnedObjectByGCHandle';

export class ManagedCalls {
  readonly #host: Host;
  readonly #blocks: SlotStack;
  readonly #exports = new Map<ExportName, number>();

  constructor(host: Host) {
    this.#host = host;
    const { instance } = host;
    this.#blocks = instance.slots; // what lies there is kept alive: references before C# takes them over, and after it gave them
  }

  /** A block for so many arguments, of kind None; end() gives it back. */
  begin(count: number): number {
    const { instance } = this.#host;
    instance.assertCallable();
    const size = kHeader + (kFirst + count) * kArgument;
    const block = this.#blocks.push(size) + kHeader;
    for (let position = 0; position < kFirst + count; position++) clearKind(instance.memory, argumentAt(block, position));
    return block;
  }

  end(block: number): void {
    this.#blocks.pop(block - kHeader);
  }

  /** Calls a method with a block; throws what it throws. */
  call(context: Context, method: number, block: number): void {
    const { instance, loop } = this.#host;
    const { memory } = instance;
    const slot = block - kHeader;
    memory.live().u32[slot >>> 2] = block;
    if (loop.idle) loop.wake();
    if (method === this.#exports.get('CompleteTask')) {
      // Whoever awaited the task goes on inside the call, and may come to wait; C# is done with the block by then.
      const number = instance.begin(method, slot, slot + kSlotBytes);
      if (number !== 0) return loop.await(number, { bytes: 0, returned() {}, failed() {} });
    } else {
      instance.call(method, slot, slot + kSlotBytes);
    }
    if (kindOf(memory, block) !== Kind.None) throw readException(context, block);
  }

  /** Calls one of the assembly's own methods about the object of a GCHandle. */
  callExport<T>(context: Context, name: ExportName, gcHandle: number, count: number, write: (block: number) => void, read: (block: number) => T): T {
    const { memory } = this.#host.instance;
    const block = this.begin(count);
    try {
      const about = argumentAt(block, kFirst);
      setKind(memory, about, Kind.Object);
      setHandle(memory, about, gcHandle);
      write(block);
      this.call(context, this.#export(name), block);
      return read(block);
    } finally {
      this.end(block);
    }
  }

  /** JavaScript is done with the object of a GCHandle. */
  release(context: Context, gcHandle: number): void {
    if (!this.#host.instance.usable) return;
    this.callExport(context, 'ReleaseJSOwnedObjectByGCHandle', gcHandle, 1, () => {}, () => {});
  }

  #export(name: ExportName): number {
    const known = this.#exports.get(name);
    if (known !== undefined) return known;
    const method = this.#host.methods.addressOf(`[${kInteropAssembly}]${kInteropAssembly}.JavaScriptExports::${name}`);
    this.#exports.set(name, method);
    return method;
  }
}
