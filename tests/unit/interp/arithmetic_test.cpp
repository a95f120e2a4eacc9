// The predicates behind checked arithmetic and conversions, at the edges of their ranges.
#include "interp/arithmetic.h"

#include "unit/test.h"

namespace leanclr::test {

using namespace interp;

namespace {

constexpr int32_t kMin32 = INT32_MIN, kMax32 = INT32_MAX;
constexpr int64_t kMin64 = INT64_MIN, kMax64 = INT64_MAX;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST(division_has_two_faults) {
  EXPECT(divide_fault(1, 0) && divide_fault(kMin32, -1) && divide_fault(kMin64, int64_t{-1}));
  EXPECT(!divide_fault(kMin32, 1) && !divide_fault(kMax32, -1) && !divide_fault(kMin32 + 1, -1));
  EXPECT(!divide_fault(int64_t{kMin32}, int64_t{-1}));
  EXPECT(divide_error(0) == ErrorKind::DivideByZero);
  EXPECT(divide_error(-1) == ErrorKind::Overflow);
}

TEST(overflow_depends_on_signedness) {
  EXPECT(add_overflows(kMax32, 1) && !add_overflows(kMax32, 0) && add_overflows(kMin32, -1));
  EXPECT(!add_overflows(uint32_t{kMax32}, 1u) && add_overflows(UINT32_MAX, 1u));
  EXPECT(subtract_overflows(kMin32, 1) && subtract_overflows(0u, 1u) && !subtract_overflows(0, 1));
  EXPECT(multiply_overflows(65536, 32768) && !multiply_overflows(65536u, 65535u) &&
         multiply_overflows(65536u, 65536u));
  EXPECT(multiply_overflows(kMin64, int64_t{-1}) && !multiply_overflows(kMax64, int64_t{-1}));
}

TEST(integers_are_in_range_or_not) {
  EXPECT(in_range<int8_t>(-128) && !in_range<int8_t>(-129) && in_range<int8_t>(127) &&
         !in_range<int8_t>(128));
  EXPECT(in_range<uint8_t>(255) && !in_range<uint8_t>(256) && !in_range<uint8_t>(-1));
  EXPECT(in_range<uint16_t>(65535) && !in_range<uint16_t>(65536) && !in_range<int16_t>(32768));
  EXPECT(in_range<int32_t>(int64_t{kMin32}) && !in_range<int32_t>(int64_t{kMin32} - 1));
  EXPECT(in_range<uint32_t>(int64_t{UINT32_MAX}) && !in_range<uint32_t>(int64_t{UINT32_MAX} + 1));
}

TEST(floats_truncate_before_they_are_compared) {
  EXPECT(truncates_to<int32_t>(2147483647.9) && !truncates_to<int32_t>(2147483648.0));
  EXPECT(truncates_to<int32_t>(-2147483648.9) && !truncates_to<int32_t>(-2147483649.0));
  EXPECT(truncates_to<uint32_t>(4294967295.9) && !truncates_to<uint32_t>(4294967296.0));
  EXPECT(truncates_to<uint8_t>(-0.9) && !truncates_to<uint8_t>(-1.0) && truncates_to<uint8_t>(255.5));
  EXPECT(truncates_to<int64_t>(-9223372036854775808.0) && !truncates_to<int64_t>(9223372036854775808.0));
  EXPECT(truncates_to<uint64_t>(18446744073709549568.0) && !truncates_to<uint64_t>(18446744073709551616.0));
  for (double value : {kNaN, kInfinity, -kInfinity})
    EXPECT(!truncates_to<int32_t>(value) && !truncates_to<uint64_t>(value) && !truncates_to<int8_t>(value));
}

TEST(conversions_saturate) {
  EXPECT_EQ(saturate<int32_t>(kNaN), 0);
  EXPECT_EQ(saturate<int32_t>(kInfinity), kMax32);
  EXPECT_EQ(saturate<int32_t>(-kInfinity), kMin32);
  EXPECT_EQ(saturate<int32_t>(1e10), kMax32);
  EXPECT_EQ(saturate<int32_t>(-1.9), -1);
  EXPECT_EQ(saturate<uint32_t>(-5.0), 0u);
  EXPECT_EQ(saturate<uint32_t>(4294967295.0), UINT32_MAX);
  EXPECT_EQ(saturate<int64_t>(9223372036854775807.0), kMax64);
  EXPECT_EQ(saturate<int64_t>(-1e300), kMin64);
  EXPECT_EQ(saturate<uint64_t>(1e300), UINT64_MAX);
  EXPECT_EQ(saturate<uint64_t>(kNaN), 0u);
}

}  // namespace leanclr::test
