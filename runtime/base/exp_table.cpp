// Powers of 2^(1/128) in fixed point, each split into a double and what that lacks.
#include "base/exp_table.h"

#include <cstring>

namespace leanclr {
namespace {

constexpr uint32_t kLimbs = 6;  // of 32 bits, the lowest first: 160 bits behind the point, 1 before
using Fixed = uint32_t[kLimbs];
constexpr Fixed kStep = {0x03EC04C3, 0x6DCDFA40, 0x4A66AE33, 0xB33356D8, 0x0163DA9F, 0x00000001};  // 2^(1/128)
constexpr int kFractionBits = 52, kRestBits = 160 - kFractionBits;

/// value × kStep, cut off.
void multiply(Fixed& value) {
  uint32_t product[2 * kLimbs] = {};
  for (uint32_t i = 0; i < kLimbs; ++i) {
    uint64_t carry = 0;
    for (uint32_t j = 0; j < kLimbs; ++j) {
      carry += uint64_t{value[i]} * kStep[j] + product[i + j];
      product[i + j] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    product[i + kLimbs] = static_cast<uint32_t>(carry);
  }
  std::memcpy(value, product + kLimbs - 1, sizeof(value));
}

constexpr int kDigitBits = 4;

/// The hexadecimal digit that ends at a position (a multiple of kDigitBits); 0 behind the last.
uint32_t digit(const Fixed& value, int position) {
  return position < 0 ? 0 : value[position / 32] >> (position % 32) & 0xF;
}

/// rest / (divisor × 2^kRestBits) by long division, rounded to nearest; `rest` has kRestBits bits and is not 0.
double quotient(const Fixed& rest, bool negated, uint64_t divisor) {
  uint64_t remainder = 0, result = 0;
  int position = kRestBits;
  while (result < uint64_t{1} << 54) {  // 53 bits, one to round by, one for what is behind
    position -= kDigitBits;
    remainder = remainder << kDigitBits | (digit(rest, position) ^ (negated && position >= 0 ? 0xF : 0));
    result = result << kDigitBits | remainder / divisor;
    remainder %= divisor;
  }
  const double rounded = static_cast<double>(result | (remainder != 0));
  const uint64_t scale = static_cast<uint64_t>(1023 + position - kRestBits) << kFractionBits;
  double power;
  std::memcpy(&power, &scale, sizeof(power));
  return rounded * power;
}

}  // namespace

void fill_exp_table(uint64_t* table) {
  Fixed power = {0, 0, 0, 0, 0, 1};
  for (uint64_t k = 0; k < kExpTableSize; ++k, multiply(power)) {
    const uint64_t leading = uint64_t{power[4]} << 32 | power[3];
    const bool up = leading >> 11 & 1;  // to the next double; what it lacks is negative then
    const uint64_t fraction = (leading >> 12) + up;
    double lacks = 0;
    if (k != 0) lacks = quotient(power, up, (uint64_t{1} << kFractionBits) + fraction);
    if (up) lacks = -lacks;
    std::memcpy(&table[2 * k], &lacks, sizeof(lacks));
    table[2 * k + 1] = (uint64_t{1023} << kFractionBits) + fraction - (k << 45);
  }
}

}  // namespace leanclr
