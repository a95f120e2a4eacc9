// Region and Arena: pages that are zero, blocks that keep apart, limits, addresses that fit 32 bits.
#include <algorithm>
#include <cstring>
#include <vector>

#include "base/arena.h"
#include "base/ref.h"
#include "unit/test.h"

namespace leanclr::test {
namespace {

struct Held {
  uint8_t* memory;
  size_t bytes;
};

class Random {
 public:
  explicit Random(uint32_t seed) : state_(seed) {}
  uint32_t below(uint32_t bound) {
    state_ = state_ * 1664525 + 1013904223;
    return (state_ >> 8) % bound;
  }

 private:
  uint32_t state_;
};

bool holds(const Held& held, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i)
    if (held.memory[i] != static_cast<uint8_t>(held.bytes)) return false;
  return true;
}

void fill(const Held& held) {
  if (held.bytes) std::memset(held.memory, static_cast<uint8_t>(held.bytes), held.bytes);
}

TEST(region_pages_are_zero_aligned_and_low) {
  auto region = REQUIRE_OK(Region::create(64 << 20));
  for (int round = 0; round < 3; ++round) {
    std::vector<Held> pages;
    for (size_t bytes : {size_t{1}, Region::kPageBytes, Region::kPageBytes + 1, size_t{3} << 20}) {
      Held held{static_cast<uint8_t*>(region->allocate_pages(bytes)), bytes};
      REQUIRE(held.memory != nullptr);
      EXPECT_EQ(address_of(held.memory) % Region::kPageBytes, 0u);
      EXPECT_EQ(pointer_at<uint8_t>(address_of(held.memory)), held.memory);
      EXPECT(address_of(held.memory + bytes) < 0x7fff0000u);
      for (size_t i = 0; i < bytes; ++i)
        if (held.memory[i]) return fail(report_, __FILE__, __LINE__, "a page is not zero");
      std::memset(held.memory, 0xAA, bytes);
      pages.push_back(held);
    }
    EXPECT_EQ(region->bytes_in_use(), 4 * Region::kPageBytes + (3 << 20));
    for (Held held : pages) region->free_pages(held.memory, held.bytes);
    EXPECT_EQ(region->bytes_in_use(), size_t{0});
  }
}

TEST(region_ends_at_its_limit) {
  auto region = REQUIRE_OK(Region::create(1 << 20));
  EXPECT_EQ(region->limit(), size_t{1} << 20);
  EXPECT(region->allocate_pages((1 << 20) + 1) == nullptr);
  EXPECT(region->allocate_pages(SIZE_MAX) == nullptr);
  EXPECT(region->allocate(SIZE_MAX) == nullptr);
  EXPECT(region->allocate(1 << 20) == nullptr);
  void* all = region->allocate_pages(1 << 20);
  EXPECT(all != nullptr);
  EXPECT(region->allocate(1) == nullptr);
  EXPECT(region->allocate_pages(1) == nullptr);
  region->free_pages(all, 1 << 20);
  EXPECT(region->allocate(1) != nullptr);
}

TEST(region_of_an_impossible_size_is_an_error) {
  if (sizeof(void*) == 4) SKIP("there the limit is only a number");
  auto region = Region::create(size_t{3} << 30);
  REQUIRE(!region.ok());
  EXPECT(region.take_error().kind() == ErrorKind::OutOfMemory);
}

TEST(several_regions_fit) {
  auto first = REQUIRE_OK(Region::create(256 << 20));
  auto second = REQUIRE_OK(Region::create(256 << 20));
  auto* one = static_cast<uint8_t*>(first->allocate(100));
  auto* two = static_cast<uint8_t*>(second->allocate(100));
  REQUIRE(one && two && one != two);
  *one = 1;
  *two = 2;
  EXPECT_EQ(*one, 1);
}

TEST(region_blocks_keep_apart) {
  auto region = REQUIRE_OK(Region::create(64 << 20));
  Random random(3);
  std::vector<Held> blocks;
  for (int i = 0; i < 20000; ++i) {
    uint32_t choice = random.below(10);
    uint32_t bytes = random.below(4) ? random.below(400) : random.below(30000);
    if (blocks.size() < 200 && choice < 5) {
      Held held{static_cast<uint8_t*>(region->allocate(bytes)), bytes};
      REQUIRE(held.memory != nullptr && address_of(held.memory) % 16 == 0);
      fill(held);
      blocks.push_back(held);
    } else if (!blocks.empty()) {
      Held& held = blocks[random.below(static_cast<uint32_t>(blocks.size()))];
      EXPECT(holds(held, held.bytes));
      if (choice < 8) {
        region->free(held.memory);
        held = blocks.back();
        blocks.pop_back();
        continue;
      }
      auto* moved = static_cast<uint8_t*>(region->reallocate(held.memory, bytes));
      REQUIRE(moved != nullptr);
      EXPECT(holds({moved, held.bytes}, std::min<size_t>(bytes, held.bytes)));
      held = {moved, bytes};
      fill(held);
    }
  }
  for (Held held : blocks) region->free(held.memory);
  EXPECT(region->bytes_in_use() <= 16 * Region::kPageBytes);
}

TEST(region_takes_null_and_foreign_addresses) {
  auto region = REQUIRE_OK(Region::create(1 << 20));
  region->free(nullptr);
  void* block = region->reallocate(nullptr, 40);
  EXPECT(block != nullptr);
  region->free(block);
  void* pages = region->allocate_pages(Region::kPageBytes);
  region->free(static_cast<uint8_t*>(pages) + 64);
  EXPECT_EQ(region->bytes_in_use(), 2 * Region::kPageBytes);
}

TEST(arena_memory_is_zero_and_aligned) {
  auto region = REQUIRE_OK(Region::create(32 << 20));
  size_t before = region->bytes_in_use();
  {
    Arena arena(*region);
    for (size_t i = 1; i < 3000; ++i) {
      size_t bytes = i % 100 == 0 ? i * 20 : i % 60;
      size_t alignment = size_t{1} << (i % 5);
      auto* memory = static_cast<uint8_t*>(arena.allocate(bytes, alignment));
      EXPECT_EQ(address_of(memory) % alignment, 0u);
      EXPECT(std::all_of(memory, memory + bytes, [](uint8_t byte) { return byte == 0; }));
      std::memset(memory, 0xFF, bytes);
    }
    EXPECT(!arena.exhausted());
    EXPECT(arena.bytes() < 3 << 20);
    EXPECT_EQ(arena.copy("text"), "text");
    EXPECT_EQ(arena.copy(""), "");
  }
  EXPECT_EQ(region->bytes_in_use(), before);
}

TEST(an_exhausted_arena_says_so_and_still_gives_memory) {
  auto region = REQUIRE_OK(Region::create(64 << 10));
  Arena arena(*region);
  auto* fits = static_cast<uint8_t*>(arena.allocate(1000));
  EXPECT(!arena.exhausted());
  auto* large = static_cast<uint8_t*>(arena.allocate(100000));
  EXPECT(arena.exhausted());
  std::memset(fits, 1, 1000);
  std::memset(large, 1, 100000);
}

}  // namespace
}  // namespace leanclr::test
