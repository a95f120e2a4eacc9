// The shared sorts against the library's, and numbers as text.
#include <vector>

#include "base/sort.h"

#include <algorithm>
#include <functional>
#include <random>
#include <string>

#include "base/text.h"
#include "unit/test.h"

namespace leanclr {
namespace {

struct Item {
  uint32_t key, place;
};

TEST(stable_sort_keeps_the_order_of_equals) {
  std::mt19937 random(7);
  for (size_t count : {0u, 1u, 2u, 3u, 17u, 64u, 1000u}) {
    std::vector<Item> items(count);
    for (uint32_t i = 0; i < count; ++i) items[i] = {static_cast<uint32_t>(random() % 20), i};
    stable_sort(std::span(items), [](const Item& a, const Item& b) { return a.key < b.key; });
    bool ordered = std::is_sorted(items.begin(), items.end(), [](const Item& a, const Item& b) {
      return a.key != b.key ? a.key < b.key : a.place < b.place;
    });
    EXPECT(ordered);
  }
}

TEST(stable_sort_moves_what_owns) {
  std::vector<std::string> texts{"pear", "a rather long name of an apple", "fig"};
  stable_sort(std::span(texts), [](auto& a, auto& b) { return a < b; });
  EXPECT_EQ(texts[0], "a rather long name of an apple");
  EXPECT_EQ(texts[2], "pear");
}

TEST(sort_in_place_agrees_with_the_library) {
  std::mt19937 random(11);
  for (size_t count : {0u, 1u, 2u, 5u, 100u, 999u}) {
    std::vector<uint32_t> numbers(count);
    for (uint32_t& number : numbers) number = static_cast<uint32_t>(random() % 500);
    std::vector<uint32_t> expected = numbers;
    std::sort(expected.begin(), expected.end());
    sort_in_place(std::span(numbers), std::less<uint32_t>());
    EXPECT(numbers == expected);
  }
}

TEST(numbers_as_text) {
  std::string text;
  append_hex(text, 0);
  append_hex(text += ' ', 0x2a, 4);
  append_hex(text += ' ', 0xFFFFFFFF, 4);
  append_decimal(text += ' ', 0);
  append_decimal(text += ' ', -42);
  append_decimal(text += ' ', INT64_MIN);
  EXPECT_EQ(text, "0 002a ffffffff 0 -42 -9223372036854775808");
}

}  // namespace
}  // namespace leanclr
