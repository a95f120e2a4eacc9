// The broken copies of mutate.h, in JavaScript: the same number draws the same copy.

/** xorshift32; the number's own sequence. */
function draw(number) {
  let state = (Math.imul(number + 1, 0x9E3779B9) | 1) >>> 0;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return state % limit;
  };
}

const kExtremes = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x1FFFFFFF, 0x7FFFFFFF, 0xFFFFFFFF];

/** Six in ten have one byte changed; three a number made extreme or one off; one is cut off. */
export function mutant(original, number) {
  const below = draw(number);
  const bytes = original.slice();
  const kind = below(10);
  const place = below(bytes.length);
  if (kind >= 9) return bytes.slice(0, place);
  if (kind < 6) {
    bytes[place] ^= 1 + below(255);
    return bytes;
  }
  const width = 1 << below(3);
  const choice = below(12);
  const end = Math.min(place + width, bytes.length);
  let value = 0;
  for (let i = place; i < end; i++) value |= bytes[i] << (8 * (i - place));
  value = choice < 10 ? kExtremes[choice] : value + (choice === 10 ? 1 : -1);
  for (let i = place; i < end; i++) bytes[i] = value >>> (8 * (i - place));
  return bytes;
}
