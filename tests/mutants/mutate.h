// Broken copies of a file, each drawn from its number alone. tests/mutants/mutate.mjs draws the same ones.
#pragma once

#include <cstdint>
#include <vector>

namespace leanclr::test {

/// xorshift32; the number's own sequence.
class Draw {
 public:
  explicit Draw(uint32_t number) : state_((number + 1) * 0x9E3779B9u | 1) {}
  uint32_t below(uint32_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return state_ % limit;
  }

 private:
  uint32_t state_;
};

/// Six in ten have one byte changed; three a number of one, two or four bytes made extreme or one off, as lengths, offsets
/// and row numbers are; one is cut off.
inline std::vector<uint8_t> mutant(const std::vector<uint8_t>& original, uint32_t number) {
  constexpr uint32_t kExtremes[] = {0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x1FFFFFFF, 0x7FFFFFFF, 0xFFFFFFFF};
  Draw draw(number);
  std::vector<uint8_t> bytes = original;
  const uint32_t kind = draw.below(10);
  const uint32_t place = draw.below(static_cast<uint32_t>(bytes.size()));
  if (kind < 6) {
    bytes[place] ^= static_cast<uint8_t>(1 + draw.below(255));
  } else if (kind < 9) {
    const uint32_t width = 1u << draw.below(3), choice = draw.below(12);
    uint32_t value = 0;
    for (uint32_t i = 0; i < width && place + i < bytes.size(); ++i) value |= static_cast<uint32_t>(bytes[place + i]) << 8 * i;
    value = choice < 10 ? kExtremes[choice] : choice == 10 ? value + 1 : value - 1;
    for (uint32_t i = 0; i < width && place + i < bytes.size(); ++i) bytes[place + i] = static_cast<uint8_t>(value >> 8 * i);
  } else {
    bytes.resize(place);
  }
  return bytes;
}

}  // namespace leanclr::test
