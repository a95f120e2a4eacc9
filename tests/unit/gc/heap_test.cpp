// Allocation: sizes, zeroes, limits, when a collection is wanted, and that freed memory comes back.
#include <vector>
#include <cstring>

#include "gc/heap_inline.h"
#include "unit/gc/heap_fixture.h"

namespace leanclr::test {
namespace {

bool is_zero(Object* object, size_t bytes) {
  auto* data = reinterpret_cast<uint8_t*>(object);
  return std::all_of(data + types::kObjectHeaderBytes, data + bytes, [](uint8_t byte) { return byte == 0; });
}

void fill(Object* object, size_t bytes, int value) {
  std::memset(reinterpret_cast<uint8_t*>(object) + types::kObjectHeaderBytes, value,
              bytes - types::kObjectHeaderBytes);
}

TEST(size_classes_hold_what_they_are_asked_for) {
  for (size_t bytes = 1; bytes <= gc::kMostCellBytes; ++bytes) {
    size_t size_class = gc::size_class_of(bytes);
    EXPECT(gc::kCellBytes[size_class] >= bytes);
    EXPECT(size_class == 0 || gc::kCellBytes[size_class - 1] < bytes);
  }
}

TEST(objects_are_zeroed_typed_and_apart) {
  HeapFixture f;
  Type& type = f.make_class(16, {});
  std::vector<std::pair<Object*, size_t>> objects;
  for (int round = 0; round < 3; ++round) {
    for (size_t bytes = 8; bytes < 40000; bytes += bytes < 600 ? 4 : 1111) {
      Object* object = f.heap.allocate(type, bytes);
      REQUIRE(object != nullptr);
      EXPECT(object->type == &type && object->lock_word == 0 && address_of(object) % 8 == 0);
      EXPECT(is_zero(object, bytes));
      EXPECT(f.heap.size_of(object) >= bytes);
      fill(object, bytes, static_cast<int>(bytes));
      f.root(object);
      objects.push_back({object, bytes});
    }
    f.heap.collect();
  }
  for (auto [object, bytes] : objects)
    EXPECT(bytes == 8 || *(reinterpret_cast<uint8_t*>(object) + bytes - 1) == (bytes & 0xFF));
}

TEST(freed_cells_are_zeroed_when_used_again) {
  for (bool stress : {false, true}) {
    HeapFixture f({.stress = stress});
    Type& type = f.make_class(40, {});
    for (int round = 0; round < 4; ++round) {
      for (int i = 0; i < 2000; ++i) {
        Object* object = f.new_object(type);
        EXPECT(is_zero(object, 40));
        fill(object, 40, 0xFF);
        if (i % 3 == 0) f.root(object);
      }
      f.heap.collect();
    }
  }
}

TEST(the_quick_path_leaves_the_rest_to_allocate) {
  HeapFixture f;
  Type& type = f.make_class(24, {});
  const size_t size_class = gc::size_class_of(24);
  EXPECT(f.heap.try_allocate_cell(type, size_class) == nullptr);
  Object* first = f.new_object(type);
  Object* second = f.heap.try_allocate_cell(type, size_class);
  EXPECT_EQ(address_of(second), address_of(first) + 24);
  EXPECT(second->type == &type);
  size_t more = 0;
  while (f.heap.try_allocate_cell(type, size_class)) ++more;
  EXPECT(more > 500);
}

TEST(what_nothing_reaches_is_freed) {
  HeapFixture f;
  Type& type = f.make_class(24, {});
  Type& bytes = f.make_array(f.make_struct(1, {}));
  size_t before = f.region->bytes_in_use();
  for (int i = 0; i < 10000; ++i) f.new_object(type);
  Object* large = f.root(f.new_array(bytes, 3000000));
  f.new_array(bytes, 5000000);
  EXPECT(f.region->bytes_in_use() > before + 8000000);
  f.heap.collect();
  EXPECT(f.heap.statistics().live_bytes >= 3000000 && f.heap.statistics().live_bytes < 3100000);
  EXPECT(f.region->bytes_in_use() < before + 3100000);
  EXPECT_EQ(f.heap.object_at(address_of(large) + 2999999), large);
  f.roots.objects.clear();
  f.heap.collect();
  EXPECT_EQ(f.heap.statistics().live_bytes, 0u);
  EXPECT_EQ(f.heap.statistics().held_bytes, 0u);
  EXPECT_EQ(f.region->bytes_in_use(), before);
}

TEST(freed_cells_between_live_ones_are_used_again) {
  HeapFixture f({.first_collection = 100 << 20});
  Type& type = f.make_class(24, {});
  for (int i = 0; i < 20000; ++i) {
    Object* object = f.new_object(type);
    if (i % 10 == 0) f.root(object);
  }
  f.heap.collect();
  uint64_t held = f.heap.statistics().held_bytes;
  for (int i = 0; i < 18000; ++i) f.new_object(type);
  EXPECT_EQ(f.heap.statistics().held_bytes, held);
  EXPECT_EQ(f.heap.statistics().live_bytes, 20000u * 24);
}

TEST(short_lived_objects_fit_a_small_heap) {
  HeapFixture f({.limit = size_t{8} << 20});
  Type& node = f.make_class(24, {8});
  Type& array = f.make_array(node);
  uint64_t allocated = 0;
  Object* last = nullptr;
  while (allocated < 300u << 20) {
    uint32_t length = static_cast<uint32_t>(allocated / 24 % 100);
    Object* object = allocated % 7 ? f.new_object(node) : f.new_array(array, length);
    REQUIRE(object != nullptr);
    allocated += allocated % 7 ? 24 : 16 + 4 * length;
    if (allocated % 1000 < 24) last = object;
    f.roots.objects.assign(1, last);
    if (f.heap.wants_collection()) f.heap.collect();
  }
  EXPECT(f.heap.statistics().allocated_bytes >= 300u << 20);
  EXPECT(f.heap.statistics().collections >= 50 && f.heap.statistics().collections < 100);
}

TEST(the_limit_answers_null_and_a_collection_helps) {
  HeapFixture f({.limit = 1 << 20, .first_collection = 100 << 20});
  Type& type = f.make_class(64, {8});
  Type& bytes = f.make_array(f.make_struct(1, {}));
  int count = 0;
  while (Object* object = f.new_object(type)) {
    f.roots.objects.assign(1, object);
    ++count;
  }
  EXPECT(count > 14000 && count <= 16384);
  EXPECT(f.heap.wants_collection());
  EXPECT(f.new_array(bytes, 100000) == nullptr);
  f.heap.collect();
  EXPECT(!f.heap.wants_collection());
  EXPECT(f.new_array(bytes, 100000) != nullptr);
  EXPECT(f.new_array(bytes, 0x7FFF0000) == nullptr);
  EXPECT(f.new_object(type) != nullptr);
}

TEST(the_regions_end_is_no_end_of_the_heap) {
  HeapFixture f({.first_collection = 100 << 20}, 2 << 20);
  Type& type = f.make_finalizable(48, {});
  while (f.new_object(type)) {
  }
  f.heap.collect();
  while (f.heap.next_finalizable()) {
  }
  f.heap.collect();
  EXPECT(f.new_object(type) != nullptr);
}

TEST(a_stretch_without_collection_ends_when_its_bytes_are_used_up) {
  HeapFixture f({.first_collection = 1 << 20, .stress = true});
  Type& bytes = f.make_array(f.make_struct(1, {}));
  EXPECT(!f.heap.end_no_collection());
  EXPECT(f.heap.start_no_collection(4 << 20) && !f.heap.start_no_collection(1));
  EXPECT(!f.heap.wants_collection());
  f.new_array(bytes, 3 << 20);
  EXPECT(!f.heap.wants_collection());
  f.new_array(bytes, 2 << 20);
  EXPECT(f.heap.wants_collection());
  EXPECT(f.heap.end_no_collection() && !f.heap.end_no_collection());
  EXPECT(f.heap.wants_collection());
  f.heap.collect();
  EXPECT(f.heap.wants_collection() && f.heap.stress());
}

TEST(a_collection_is_wanted_when_as_much_was_allocated_as_lived) {
  HeapFixture f({.first_collection = 1 << 20});
  Type& bytes = f.make_array(f.make_struct(1, {}));
  EXPECT(!f.heap.wants_collection());
  f.root(f.new_array(bytes, 10 << 20));
  EXPECT(f.heap.wants_collection());
  f.heap.collect();
  EXPECT(!f.heap.wants_collection());
  f.new_array(bytes, 9 << 20);
  EXPECT(!f.heap.wants_collection());
  f.new_array(bytes, 2 << 20);
  EXPECT(f.heap.wants_collection());
}

TEST(memory_outside_counts) {
  HeapFixture f({.first_collection = 1 << 20});
  f.heap.add_pressure(600 << 10);
  EXPECT(!f.heap.wants_collection());
  f.heap.add_pressure(600 << 10);
  EXPECT(f.heap.wants_collection());
  f.heap.collect();
  EXPECT(!f.heap.wants_collection());
  f.heap.add_pressure(-(1 << 30));
  f.heap.add_pressure(900 << 10);
  EXPECT(!f.heap.wants_collection());
  f.heap.add_pressure(INT64_MIN);
}

TEST(stress_wants_a_collection_always) {
  HeapFixture f({.stress = true});
  f.heap.collect();
  EXPECT(f.heap.wants_collection());
}

TEST(stress_fills_what_it_frees) {
  HeapFixture f({.stress = true});
  Type& type = f.make_class(48, {});
  Object* kept = f.root(f.new_object(type));
  Object* freed = f.new_object(type);
  auto* bytes = reinterpret_cast<uint8_t*>(freed);
  f.heap.collect();
  EXPECT_EQ(f.heap.object_at(address_of(freed)), nullptr);
  EXPECT_EQ(f.heap.object_at(address_of(kept)), kept);
#ifdef LEANCLR_ASAN
  EXPECT(__asan_region_is_poisoned(bytes, 48) == bytes);
  unpoison(bytes, 48);
#endif
  EXPECT(std::all_of(bytes, bytes + 48, [](uint8_t byte) { return byte == 0xDB; }));
  EXPECT(is_zero(f.new_object(type), 48));
}

TEST(statistics_count_objects_not_runs) {
  HeapFixture f({.clock_microseconds = [] { return uint64_t{5}; }});
  Type& type = f.make_class(24, {});
  for (int i = 0; i < 10; ++i) f.root(f.new_object(type));
  EXPECT_EQ(f.heap.statistics().allocated_bytes, 240u);
  EXPECT_EQ(f.heap.statistics().live_bytes, 240u);
  f.roots.objects.resize(4);
  f.heap.collect();
  EXPECT_EQ(f.heap.statistics().allocated_bytes, 240u);
  EXPECT_EQ(f.heap.statistics().live_bytes, 96u);
  f.new_object(type);
  EXPECT_EQ(f.heap.statistics().allocated_bytes, 264u);
  EXPECT_EQ(f.heap.statistics().live_bytes, 120u);
  EXPECT_EQ(f.heap.statistics().collections, 1u);
}

}  // namespace
}  // namespace leanclr::test
