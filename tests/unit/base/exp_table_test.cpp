// The computed table of exp: each entry against the C library's long double, which knows 11 bits more than a double; the
// tail's own bits against two entries whose product is a third.
#include "base/exp_table.h"

#include <cmath>
#include <cstring>

#include "unit/test.h"

namespace leanclr {
namespace {

struct Entry {
  double nearest, lacks;
};

Entry entry(const uint64_t* table, uint64_t k) {
  const uint64_t bits = table[2 * k + 1] + (k << 45);
  Entry result;
  std::memcpy(&result.nearest, &bits, sizeof(bits));
  std::memcpy(&result.lacks, &table[2 * k], sizeof(uint64_t));
  return result;
}

TEST(exp_table_holds_powers_of_two) {
  uint64_t table[2 * kExpTableSize];
  fill_exp_table(table);
  for (uint64_t k = 0; k < kExpTableSize; ++k) {
    const Entry power = entry(table, k);
    const long double exact = std::exp2(static_cast<long double>(k) / kExpTableSize);
    EXPECT_EQ(power.nearest, static_cast<double>(exact));
    EXPECT(std::fabs(power.nearest * (1 + static_cast<long double>(power.lacks)) - exact) < 0x1p-62L);
    EXPECT(std::fabs(power.lacks) < 0x1p-53);
  }
  EXPECT_EQ(entry(table, 0).lacks, 0.0);
}

TEST(exp_table_tails_are_exact) {
  uint64_t table[2 * kExpTableSize];
  fill_exp_table(table);
  // (H(1+T))² for k is H(1+T) for 2k: what the squares of the doubles lack, which fma gives, is what the tails say.
  for (uint64_t k = 1; k < kExpTableSize / 2; ++k) {
    const Entry root = entry(table, k), square = entry(table, 2 * k);
    const double high = root.nearest * root.nearest, low = std::fma(root.nearest, root.nearest, -high);
    const double difference = (high - square.nearest) + low;
    const double said = square.nearest * square.lacks - 2 * high * root.lacks;
    EXPECT(std::fabs(difference - said) < 0x1p-100);
  }
}

}  // namespace
}  // namespace leanclr
