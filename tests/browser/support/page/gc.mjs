// tests/js/support/gc.mjs for a page; the browsers are told to let their collectors be called.
import { setTimeout as delay } from './node.mjs';

export async function collectUntil(isDone, most = 50) {
  for (let i = 0; i < most; i++) {
    await delay(1);
    if (globalThis.gc) globalThis.gc();
    else await TestUtils.gc();
    await delay(1);
    if (isDone()) return true;
  }
  return false;
}

/** Chromium alone tells. */
export const heapUsed = () => performance.memory?.usedJSHeapSize ?? 0;
