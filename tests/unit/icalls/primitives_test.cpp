// Widening of primitives, and lock words.
#include "icalls/primitives.h"
#include "icalls/lock_word.h"
#include "unit/test.h"

namespace leanclr::test {
namespace {

using icalls::same_bits;
using icalls::widens;
using metadata::ElementType;

}  // namespace

TEST(primitives_widen_as_dotnet_has_it) {
  EXPECT(widens(ElementType::I4, ElementType::I8));
  EXPECT(widens(ElementType::Char, ElementType::U2));
  EXPECT(widens(ElementType::U1, ElementType::Char));
  EXPECT(widens(ElementType::I8, ElementType::R4));
  EXPECT(!widens(ElementType::I4, ElementType::U4));
  EXPECT(!widens(ElementType::I1, ElementType::U2));
  EXPECT(!widens(ElementType::I8, ElementType::I4));
  EXPECT(!widens(ElementType::Boolean, ElementType::I4));
  EXPECT(!widens(ElementType::R8, ElementType::R4));
}

TEST(widening_keeps_the_value) {
  int8_t small = -5;
  double real = 0;
  icalls::widen(ElementType::I1, &small, ElementType::R8, &real);
  EXPECT_EQ(real, -5.0);
  uint32_t whole = 4'000'000'000u;
  int64_t wide = 0;
  icalls::widen(ElementType::U4, &whole, ElementType::I8, &wide);
  EXPECT_EQ(wide, 4'000'000'000);
}

TEST(only_the_sign_may_differ_in_same_bits) {
  EXPECT(same_bits(ElementType::I4, ElementType::U4));
  EXPECT(same_bits(ElementType::R8, ElementType::R8));
  EXPECT(!same_bits(ElementType::Char, ElementType::U2));
  EXPECT(!same_bits(ElementType::I4, ElementType::R4));
}

TEST(flat_lock_words_hold_owner_and_depth) {
  using icalls::LockWord;
  EXPECT(LockWord::flat(7, 0).free());
  for (uint32_t depth : {1u, 2u, LockWord::kFlatDepthMax}) {
    LockWord word = LockWord::flat(7, depth);
    EXPECT(!word.inflated());
    EXPECT_EQ(word.owner(), 7u);
    EXPECT_EQ(word.depth(), depth);
  }
}

}  // namespace leanclr::test
