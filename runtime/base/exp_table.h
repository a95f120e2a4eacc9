// The table behind exp(), computed instead of carried along: two kilobytes that do not compress.
// What it is not: exp itself, which is the C library's (wasm/exp_data.cpp).
#pragma once

#include <cstdint>

namespace leanclr {

constexpr uint32_t kExpTableSize = 128;

/// Fills 2 × kExpTableSize words: for each k the bits of T, then those of H less k << 45, where H is 2^(k/128) as the nearest
/// double and 2^(k/128) = H × (1 + T), T correctly rounded too.
void fill_exp_table(uint64_t* table);

}  // namespace leanclr
