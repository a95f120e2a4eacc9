// Does not compile: types.test.mjs wants the errors.
import type { Clr, Libraries } from 'leanclr';

export const library = { Add: (a: string, b: string) => a + b } satisfies Partial<Libraries['declared']>;

export function use(clr: Clr): number {
  return clr.getType('HostTests.Declared.Ship').Create();
}
