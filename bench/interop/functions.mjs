// The JavaScript side of bench/interop, the same in every column.
export const functions = {
  add: (a, b) => (a + b) | 0,
  length: (text) => text.length,
  count: (bytes) => bytes.length,
};

/** The best time of a call from JavaScript, in nanoseconds. */
export function timeOf(call) {
  let count = 16, best = Infinity;
  for (let round = 0; round < 5;) {
    const start = performance.now();
    for (let i = 0, sum = 0; i < count; i++) sum = call(sum, 1) | 0;
    const elapsed = performance.now() - start;
    if (elapsed < 50) count *= 2;
    else {
      best = Math.min(best, elapsed / count);
      round++;
    }
  }
  return best * 1e6;
}
