// Slots for the arguments and results of calls into C#, and for whatever else is being written: a stack in linear memory,
// since calls nest (JavaScript → C# → JavaScript → C#). What its words point into stays alive (leanclr_set_host_roots), so
// objects made on the way need no handles. It grows by blocks, which stay until the runtime ends.

import type { Instance } from './instance.js';

export const kSlotBytes = 8;
const kBlockBytes = 512 * kSlotBytes;
/** A block's header: the next block, and where its words end. */
const kTop = 4;
const kHeader = 8;

interface Block {
  address: number;
  end: number;
  /** Where the stack stood in this block when it went on to the next. */
  top: number;
}

export class SlotStack {
  readonly #instance: Instance;
  readonly #blocks: Block[] = [];
  #current = -1;
  #address = 0;
  #top = 0;
  #end = 0;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  /**
   * The address of `bytes` (a multiple of kSlotBytes) of slots, until drop() of that address. The collector need not see them:
   * for scalars and strings, between whose writing and the call nothing else runs.
   */
  take(bytes: number): number {
    if (this.#top + bytes > this.#end) this.#nextBlock(bytes);
    const address = this.#top;
    this.#top += bytes;
    return address;
  }

  /** Gives back what take() gave, and all that came later. */
  drop(address: number): void {
    this.#top = address;
    if (address === this.#address + kHeader && this.#current > 0) this.#enter(this.#current - 1);
  }

  /** take() of slots that the collector sees, until pop() of that address. */
  push(bytes: number): number {
    const address = this.take(bytes);
    this.#instance.memory.live().i32[(this.#address + kTop) >>> 2] = this.#top;
    return address;
  }

  /** push(), zeroed. */
  pushZeroed(bytes: number): number {
    const address = this.push(bytes);
    this.#instance.memory.bytes(address, bytes).fill(0);
    return address;
  }

  /** Gives back what push() gave, and all that came later. */
  pop(address: number): void {
    this.#instance.memory.live().i32[(this.#address + kTop) >>> 2] = address;
    this.drop(address);
  }

  #nextBlock(bytes: number): void {
    if (this.#current >= 0) this.#blocks[this.#current].top = this.#top;
    const next = this.#current + 1;
    const known: Block | undefined = this.#blocks[next];
    if (known && known.address + kHeader + bytes <= known.end) known.top = known.address + kHeader;
    else this.#insert(next, this.#newBlock(Math.max(kBlockBytes, kHeader + bytes)));
    this.#enter(next);
  }

  #newBlock(size: number): Block {
    const address = this.#instance.alloc(size);
    return { address, end: address + size, top: address + kHeader };
  }

  #insert(index: number, block: Block): void {
    const { memory, exports, runtime } = this.#instance;
    const following: Block | undefined = this.#blocks[index];
    const { i32 } = memory.live();
    i32[block.address >>> 2] = following?.address ?? 0;
    i32[(block.address + kTop) >>> 2] = block.top;
    if (index === 0) exports.leanclr_set_host_roots(runtime, block.address);
    else i32[this.#blocks[index - 1].address >>> 2] = block.address;
    this.#blocks.splice(index, 0, block);
  }

  #enter(index: number): void {
    const { address, top, end } = this.#blocks[index];
    this.#current = index;
    this.#address = address;
    this.#top = top;
    this.#end = end;
  }
}
