// Slots for the arguments and results of calls into C#: a stack in linear memory, since calls nest (JavaScript → C# →
// JavaScript → C#). It grows by blocks, which stay until the runtime ends.

export const kSlotBytes = 8;
const kBlockBytes = 512 * kSlotBytes;

interface Block {
  start: number;
  end: number;
  /** Where the stack stood in this block when it went on to the next. */
  top: number;
}

export class SlotStack {
  readonly #alloc: (size: number) => number;
  readonly #blocks: Block[] = [];
  #current = -1;
  #start = 0;
  #top = 0;
  #end = 0;

  constructor(alloc: (size: number) => number) {
    this.#alloc = alloc;
  }

  /** The address of `bytes` (a multiple of kSlotBytes) of slots, until pop() of that address. */
  push(bytes: number): number {
    if (this.#top + bytes > this.#end) this.#nextBlock(bytes);
    const address = this.#top;
    this.#top += bytes;
    return address;
  }

  /** Gives back what push() gave, and all that was pushed later. */
  pop(address: number): void {
    this.#top = address;
    if (address === this.#start && this.#current > 0) this.#enter(this.#current - 1);
  }

  #nextBlock(bytes: number): void {
    if (this.#current >= 0) this.#blocks[this.#current].top = this.#top;
    const next = this.#current + 1;
    const known: Block | undefined = this.#blocks[next];
    if (known && known.start + bytes <= known.end) known.top = known.start;
    else this.#blocks.splice(next, 0, this.#newBlock(Math.max(kBlockBytes, bytes)));
    this.#enter(next);
  }

  #newBlock(size: number): Block {
    const start = this.#alloc(size);
    return { start, end: start + size, top: start };
  }

  #enter(index: number): void {
    const { start, top, end } = this.#blocks[index];
    this.#current = index;
    this.#start = start;
    this.#top = top;
    this.#end = end;
  }
}
