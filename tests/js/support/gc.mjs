// JavaScript's collector, for tests of what it frees.
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Collects, and lets finalization registries tell, until `isDone` says so. Whether it did. */
export async function collectUntil(isDone, most = 50) {
  for (let i = 0; i < most; i++) {
    await delay(1); // what isDone() looked at is held until its task is over
    collect();
    await delay(1);
    if (isDone()) return true;
  }
  return false;
}

/** Bytes of JavaScript's heap; after collectUntil(). */
export const heapUsed = () => process.memoryUsage().heapUsed;
