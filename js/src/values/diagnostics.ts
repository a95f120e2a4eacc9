// clr.diagnostics: what JavaScript and C# hold of each other.

import type { Values } from './values.js';

export interface HandleReport {
  /** C# objects that JavaScript holds, all kinds together, and by kind. */
  count: number;
  kinds: Record<string, number>;
  /** JavaScript values that C# holds. */
  hosted: number;
  /** With createRuntime's `diagnostics`: what each is and where it was made. */
  made?: { kind: string; type: string; stack: string }[];
}

export class Diagnostics {
  readonly #values: Values;

  /** @internal */
  constructor(values: Values) {
    this.#values = values;
  }

  /** The handles that keep C# objects alive for JavaScript. */
  handles(): HandleReport {
    const { refs, hosted, shapes, memory, instance } = this.#values;
    instance.assertUsable();
    const kinds: Record<string, number> = {};
    for (const { kind } of refs.live) kinds[kind] = (kinds[kind] ?? 0) + 1;
    const report: HandleReport = { count: refs.live.size, kinds, hosted: hosted.count };
    if (refs.traced) {
      report.made = Array.from(refs.live, ({ kind, address, made }) => ({ kind, type: shapes.of(memory.live().u32[address >>> 2]).name, stack: made ?? '' }));
    }
    return report;
  }
}
