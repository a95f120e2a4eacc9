// Bit sets over 64-bit words: one bit per page of a region, one per cell of a heap block.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace leanclr {

inline bool get_bit(const uint64_t* words, size_t index) { return words[index / 64] >> (index % 64) & 1; }

inline void set_bit(uint64_t* words, size_t index) { words[index / 64] |= uint64_t{1} << (index % 64); }

/// Gives `count` bits from `first` on the value.
inline void set_bits(uint64_t* words, size_t first, size_t count, bool value) {
  for (size_t end = first + count; first < end;) {
    size_t in_word = 64 - first % 64;
    if (in_word > end - first) in_word = end - first;
    uint64_t mask = (~uint64_t{0} >> (64 - in_word)) << (first % 64);
    if (value) words[first / 64] |= mask;
    else words[first / 64] &= ~mask;
    first += in_word;
  }
}

/// The first index in [from, end) whose bit is `value`, or `end`.
inline size_t find_bit(const uint64_t* words, size_t from, size_t end, bool value) {
  while (from < end) {
    uint64_t word = (value ? words[from / 64] : ~words[from / 64]) >> (from % 64);
    if (word) {
      size_t found = from + static_cast<size_t>(std::countr_zero(word));
      return found < end ? found : end;
    }
    from = (from / 64 + 1) * 64;
  }
  return end;
}

}  // namespace leanclr
