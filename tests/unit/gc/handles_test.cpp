// Handles: weak, long weak, normal, pinned, dependent; and numbers that are no handles.
#include <vector>

#include "unit/gc/heap_fixture.h"

namespace leanclr::test {
namespace {

TEST(handles_keep_what_their_kind_says) {
  HeapFixture f;
  Type& type = f.make_class(16, {});
  struct {
    HandleKind kind;
    bool keeps;
  } rows[] = {{HandleKind::Weak, false},
              {HandleKind::WeakTrackResurrection, false},
              {HandleKind::Normal, true},
              {HandleKind::Pinned, true},
              {HandleKind::Dependent, false}};
  for (auto row : rows) {
    Object* object = f.new_object(type);
    uint32_t handle = f.heap.new_handle(object, row.kind);
    EXPECT(handle != 0 && handle % 8 == 0);
    EXPECT(f.heap.is_handle(handle) && f.heap.handle_kind(handle) == row.kind);
    EXPECT_EQ(f.heap.handle_target(handle), object);
    f.heap.collect();
    EXPECT_EQ(f.heap.handle_target(handle), row.keeps ? object : nullptr);
    f.heap.free_handle(handle);
    EXPECT(!f.heap.is_handle(handle));
  }
}

TEST(a_handle_follows_its_new_target) {
  HeapFixture f;
  Type& type = f.make_class(16, {});
  uint32_t handle = f.heap.new_handle(nullptr, HandleKind::Normal);
  f.heap.collect();
  EXPECT(f.heap.handle_target(handle) == nullptr);
  Object* object = f.new_object(type);
  f.heap.set_handle_target(handle, object);
  f.heap.collect();
  EXPECT_EQ(f.heap.handle_target(handle), object);
  EXPECT_EQ(f.heap.statistics().live_bytes, 16u);
}

TEST(numbers_that_are_no_handles_do_nothing) {
  HeapFixture f;
  Type& type = f.make_class(16, {});
  uint32_t handle = f.heap.new_handle(f.new_object(type), HandleKind::Normal);
  for (uint32_t bad : {0u, 1u, handle + 1, handle + 8, handle - 8, 0xFFFFFFF8u}) {
    EXPECT(!f.heap.is_handle(bad));
    EXPECT(f.heap.handle_target(bad) == nullptr);
    f.heap.set_handle_target(bad, nullptr);
    f.heap.free_handle(bad);
  }
  EXPECT(f.heap.is_handle(handle));
  f.heap.free_handle(handle);
  f.heap.free_handle(handle);
  EXPECT_EQ(f.heap.new_handle(nullptr, HandleKind::Weak), handle);
  EXPECT(f.heap.new_handle(nullptr, HandleKind::Weak) != handle);
}

TEST(a_dependent_lives_as_long_as_its_key) {
  HeapFixture f({.stress = true});
  Type& node = f.make_class(16, {8});
  Object* key = f.root(f.new_object(node));
  Object* value = f.new_object(node);
  HeapFixture::reference(value, 8) = f.new_object(node);
  uint32_t handle = f.heap.new_handle(key, HandleKind::Dependent, value);
  f.heap.collect();
  EXPECT_EQ(f.heap.handle_dependent(handle), value);
  EXPECT_EQ(f.heap.statistics().live_bytes, 48u);
  // The value does not keep its key, even when it refers to it.
  HeapFixture::reference(value, 8) = key;
  f.roots.objects.clear();
  f.heap.collect();
  EXPECT(f.heap.handle_target(handle) == nullptr);
  EXPECT(f.heap.handle_dependent(handle) == nullptr);
  EXPECT_EQ(f.heap.statistics().live_bytes, 0u);
}

TEST(chains_of_dependents_in_any_order) {
  for (int order = 0; order < 3; ++order) {
    HeapFixture f;
    Type& type = f.make_class(16, {});
    constexpr int kLength = 300;
    std::vector<Object*> objects;
    for (int i = 0; i <= kLength; ++i) objects.push_back(f.new_object(type));
    std::vector<uint32_t> handles;
    for (int i = 0; i < kLength; ++i) {
      int link = order == 0 ? i : order == 1 ? kLength - 1 - i : i * 77 % kLength;
      handles.push_back(f.heap.new_handle(objects[link], HandleKind::Dependent, objects[link + 1]));
    }
    f.root(objects[0]);
    f.heap.collect();
    EXPECT_EQ(f.heap.statistics().live_bytes, (kLength + 1) * 16u);
    f.roots.objects = {objects[100]};
    f.heap.collect();
    EXPECT_EQ(f.heap.statistics().live_bytes, (kLength - 99) * 16u);
    f.heap.set_handle_dependent(handles[order == 0 ? 100 : order == 1 ? kLength - 101 : 0], nullptr);
    f.heap.collect();
    if (order < 2) EXPECT_EQ(f.heap.statistics().live_bytes, 16u);
  }
}

}  // namespace
}  // namespace leanclr::test
