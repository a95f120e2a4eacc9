// Finalization: the queue and its order, resurrection, suppression, and what weak handles see of it.
#include <vector>

#include "unit/gc/heap_fixture.h"

namespace leanclr::test {
namespace {

TEST(unreachable_objects_queue_in_order_of_allocation) {
  HeapFixture f({.stress = true});
  Type* types[] = {&f.make_finalizable(24, {8}), &f.make_finalizable(16, {8})};  // in blocks of their own
  Type& leaf = f.make_class(16, {});
  std::vector<Object*> objects;
  for (int i = 0; i < 1000; ++i) {
    objects.push_back(f.new_object(*types[i % 2]));
    HeapFixture::reference(objects.back(), 8) = f.new_object(leaf);
    HeapFixture::at<int>(objects.back(), 12) = i;
  }
  f.root(objects[500]);
  EXPECT(!f.heap.has_finalizable());
  f.heap.collect();
  EXPECT(f.heap.has_finalizable());
  EXPECT_EQ(f.heap.statistics().live_bytes, 500u * 40 + 500u * 32);
  for (int i = 0; i < 1000; ++i) {
    if (i == 500) continue;
    Object* object = f.heap.next_finalizable();
    EXPECT_EQ(object, objects[i]);
    if (i % 100 == 0) f.heap.collect();  // the one handed out is a root
    EXPECT(object->type == types[i % 2] && HeapFixture::reference(object, 8)->type == &leaf);
    EXPECT_EQ(HeapFixture::at<int>(object, 12), i);
  }
  EXPECT(f.heap.next_finalizable() == nullptr);
  f.heap.collect();
  EXPECT(!f.heap.has_finalizable());
  EXPECT_EQ(f.heap.statistics().live_bytes, 40u);
}

TEST(a_finalizer_runs_once_unless_registered_again) {
  HeapFixture f;
  Type& type = f.make_finalizable(16, {});
  Object* object = f.new_object(type);
  f.heap.collect();
  EXPECT_EQ(f.heap.next_finalizable(), object);
  f.root(object);  // resurrected by its finalizer
  f.heap.collect();
  EXPECT(f.heap.next_finalizable() == nullptr);
  EXPECT(f.heap.register_for_finalize(object));
  EXPECT(f.heap.register_for_finalize(object));
  f.heap.collect();
  EXPECT(!f.heap.has_finalizable());
  f.roots.objects.clear();
  f.heap.collect();
  EXPECT_EQ(f.heap.next_finalizable(), object);
  EXPECT(f.heap.next_finalizable() == nullptr);
  f.heap.collect();
  EXPECT_EQ(f.heap.statistics().live_bytes, 0u);
}

TEST(suppressed_objects_are_freed_at_once) {
  HeapFixture f;
  Type& type = f.make_finalizable(16, {});
  for (int i = 0; i < 5000; ++i) {
    Object* object = f.new_object(type);
    if (i % 10) f.heap.suppress_finalize(object);
    if (i % 1000 == 999) f.heap.collect();
  }
  EXPECT_EQ(f.heap.statistics().live_bytes, 500u * 16);
  int queued = 0;
  while (f.heap.next_finalizable()) ++queued;
  EXPECT_EQ(queued, 500);
}

TEST(suppression_takes_an_object_off_the_queue) {
  HeapFixture f;
  Type& type = f.make_finalizable(16, {});
  Object* first = f.new_object(type);
  Object* second = f.new_object(type);
  Object* third = f.new_object(type);
  f.heap.collect();
  EXPECT_EQ(f.heap.next_finalizable(), first);
  f.heap.suppress_finalize(second);
  EXPECT_EQ(f.heap.next_finalizable(), third);
  EXPECT(f.heap.next_finalizable() == nullptr);
}

TEST(short_weak_handles_end_before_the_finalizer_long_ones_after) {
  HeapFixture f;
  Type& type = f.make_finalizable(16, {8});
  Type& leaf = f.make_class(16, {});
  Object* object = f.new_object(type);
  Object* inner = f.new_object(leaf);
  HeapFixture::reference(object, 8) = inner;
  uint32_t short_weak = f.heap.new_handle(object, HandleKind::Weak);
  uint32_t long_weak = f.heap.new_handle(object, HandleKind::WeakTrackResurrection);
  uint32_t long_weak_inner = f.heap.new_handle(inner, HandleKind::WeakTrackResurrection);
  f.heap.collect();
  EXPECT(f.heap.handle_target(short_weak) == nullptr);
  EXPECT_EQ(f.heap.handle_target(long_weak), object);
  EXPECT_EQ(f.heap.handle_target(long_weak_inner), inner);
  EXPECT_EQ(f.heap.next_finalizable(), object);
  EXPECT(f.heap.next_finalizable() == nullptr);
  f.heap.collect();
  EXPECT(f.heap.handle_target(long_weak) == nullptr);
  EXPECT(f.heap.handle_target(long_weak_inner) == nullptr);
}

TEST(a_dependent_of_a_resurrected_key_stays) {
  HeapFixture f;
  Type& type = f.make_finalizable(16, {});
  Type& leaf = f.make_class(16, {});
  Object* key = f.new_object(type);
  Object* value = f.new_object(leaf);
  uint32_t handle = f.heap.new_handle(key, HandleKind::Dependent, value);
  f.heap.collect();
  EXPECT_EQ(f.heap.handle_target(handle), key);
  EXPECT_EQ(f.heap.handle_dependent(handle), value);
  EXPECT_EQ(f.heap.next_finalizable(), key);
  EXPECT(f.heap.next_finalizable() == nullptr);
  f.heap.collect();
  EXPECT(f.heap.handle_target(handle) == nullptr);
}

TEST(objects_that_only_a_queued_one_reaches_queue_with_it) {
  HeapFixture f;
  Type& type = f.make_finalizable(16, {8});
  Object* outer = f.new_object(type);
  Object* inner = f.new_object(type);
  HeapFixture::reference(outer, 8) = inner;
  f.heap.collect();
  EXPECT_EQ(f.heap.next_finalizable(), outer);
  EXPECT_EQ(f.heap.next_finalizable(), inner);
  EXPECT(f.heap.next_finalizable() == nullptr);
}

}  // namespace
}  // namespace leanclr::test
