// Marking: reference maps, arrays of every kind, byrefs, Locals, deep graphs and a mark stack that is too
// small.
#include <vector>

#include "gc/root_ranges.h"
#include "unit/gc/heap_fixture.h"

namespace leanclr::test {
namespace {

/// True when the object is alive after a collection.
bool survives(HeapFixture& f, Object* object) {
  uint32_t handle = f.heap.new_handle(object, HandleKind::Weak);
  f.heap.collect();
  bool alive = f.heap.handle_target(handle) == object;
  f.heap.free_handle(handle);
  return alive;
}

TEST(only_the_reference_map_is_followed) {
  HeapFixture f;
  Type& leaf = f.make_class(16, {});
  Type& holder = f.make_class(32, {8, 20});
  Object* first = f.root(f.new_object(holder));
  Object* kept = f.new_object(leaf);
  Object* also_kept = f.new_object(leaf);
  Object* disguised = f.new_object(leaf);
  HeapFixture::reference(first, 8) = kept;
  HeapFixture::reference(first, 20) = also_kept;
  HeapFixture::at<uint32_t>(first, 12) = address_of(disguised);
  HeapFixture::at<uint32_t>(first, 28) = 0xFFFFFFFF;
  EXPECT(!survives(f, disguised));
  EXPECT(survives(f, kept));
  EXPECT(survives(f, also_kept));
}

TEST(cycles_are_freed) {
  HeapFixture f;
  Type& node = f.make_class(16, {8, 12});
  Object* a = f.root(f.new_object(node));
  Object* b = f.new_object(node);
  HeapFixture::reference(a, 8) = b;
  HeapFixture::reference(b, 12) = a;
  HeapFixture::reference(b, 8) = b;
  EXPECT(survives(f, b));
  f.roots.objects.clear();
  EXPECT(!survives(f, a));
  EXPECT_EQ(f.heap.statistics().live_bytes, 0u);
}

TEST(long_lists_need_no_stack) {
  HeapFixture f;
  Type& node = f.make_class(16, {8});
  Object* head = f.root(f.new_object(node));
  Object* tail = head;
  for (int i = 0; i < 400000; ++i) {
    Object* next = f.new_object(node);
    HeapFixture::reference(tail, 8) = next;
    tail = next;
  }
  f.heap.collect();
  EXPECT_EQ(f.heap.statistics().live_bytes, 400001u * 16);
}

TEST(every_word_of_a_root_range_keeps_its_object) {
  struct Ranges final : gc::RootSource {
    gc::RootRanges list;
    void visit_roots(gc::Marker& marker) override { list.visit(marker); }
  } ranges;
  HeapFixture f;
  f.heap.add_root_source(ranges);
  Type& leaf = f.make_class(16, {});
  auto* words = static_cast<Address*>(f.region->allocate(3 * sizeof(Address)));
  Object* object = f.new_object(leaf);
  words[0] = 0xFFFFFFFC;  // no address
  words[1] = 0;
  words[2] = address_of(object) + 8;
  ranges.list.add(address_of(words), 3 * sizeof(Address));
  EXPECT(survives(f, object));
  ranges.list.remove(address_of(&words[1]));  // is none
  EXPECT(survives(f, object));
  ranges.list.remove(address_of(words));
  EXPECT(!survives(f, object));
  f.heap.remove_root_source(ranges);
}

TEST(every_element_of_an_array_is_followed) {
  for (uint32_t length : {0u, 1u, 255u, 256u, 257u, 5000u, 100000u}) {
    HeapFixture f;
    Type& leaf = f.make_class(16, {});
    Type& array_type = f.make_array(leaf);
    Object* array = f.root(f.new_array(array_type, length));
    for (uint32_t i = 0; i < length; ++i) HeapFixture::element(array, i) = f.new_object(leaf);
    f.heap.collect();
    EXPECT_EQ(f.heap.statistics().live_bytes,
              f.heap.size_of(array) + (length > 2000 ? 32 : 0) + length * 16u);
  }
}

TEST(elements_that_are_structs_are_followed_by_their_map) {
  HeapFixture f;
  Type& leaf = f.make_class(16, {});
  Type& pair = f.make_struct(12, {4});
  Type& array_type = f.make_array(pair);
  Object* array = f.root(f.new_array(array_type, 700));
  std::vector<uint32_t> kept, freed;
  for (uint32_t i = 0; i < 700; ++i) {
    size_t element = types::kArrayDataOffset + i * 12;
    Object* object = f.new_object(leaf);
    Object* disguised = f.new_object(leaf);
    HeapFixture::at<uint32_t>(array, element) = address_of(disguised);
    HeapFixture::reference(array, element + 4) = object;
    kept.push_back(f.heap.new_handle(object, HandleKind::Weak));
    freed.push_back(f.heap.new_handle(disguised, HandleKind::Weak));
  }
  f.heap.collect();
  for (uint32_t handle : kept) EXPECT(f.heap.handle_target(handle) != nullptr);
  for (uint32_t handle : freed) EXPECT(f.heap.handle_target(handle) == nullptr);
}

TEST(boxes_of_structs_with_references_use_offsets_from_the_value) {
  HeapFixture f;
  Type& leaf = f.make_class(16, {});
  Type& pair = f.make_struct(8, {4});
  Object* box = f.root(f.new_object(pair));
  Object* object = f.new_object(leaf);
  HeapFixture::reference(box, types::kObjectHeaderBytes + 4) = object;
  EXPECT(survives(f, object));
}

TEST(bounds_of_general_arrays_are_no_reference) {
  HeapFixture f;
  Type& leaf = f.make_class(16, {});
  Type& matrix = f.make_array(leaf, 2);
  Object* array = f.root(f.new_array(matrix, 6, 16));
  HeapFixture::at<uint32_t>(array, 8) = address_of(array) + types::kArrayDataOffset + 24;
  for (uint32_t i = 0; i < 6; ++i) HeapFixture::element(array, i) = f.new_object(leaf);
  HeapFixture::at<uint32_t>(array, types::kArrayDataOffset + 24) = 2;
  f.heap.collect();
  EXPECT_EQ(f.heap.statistics().live_bytes, f.heap.size_of(array) + 6 * 16);
}

TEST(a_small_mark_stack_marks_all) {
  HeapFixture f({.mark_stack_limit = 3});
  Type& node = f.make_class(32, {8, 12, 16, 20});
  Type& array_type = f.make_array(node);
  // A tree of four children each; every 50th node has an array of further nodes for its fourth child.
  std::vector<Object*> nodes{f.root(f.new_object(node))};
  std::vector<uint32_t> handles;
  for (size_t i = 1; i < 20000; ++i) {
    Object* parent = nodes[(i - 1) / 4];
    Object* child = f.new_object(node);
    if (i % 4 == 0 && i % 50 == 0) {
      Object* array = f.new_array(array_type, 900);
      for (uint32_t k = 0; k < 900; k += 100) {
        HeapFixture::element(array, k) = f.new_object(node);
        handles.push_back(f.heap.new_handle(HeapFixture::element(array, k), HandleKind::Weak));
      }
      HeapFixture::element(array, 899) = child;
      HeapFixture::reference(parent, 20) = array;
    } else {
      HeapFixture::reference(parent, 8 + (i - 1) % 4 * 4) = child;
    }
    nodes.push_back(child);
    handles.push_back(f.heap.new_handle(child, HandleKind::Weak));
  }
  f.heap.collect();
  for (uint32_t handle : handles) EXPECT(f.heap.handle_target(handle) != nullptr);
}

TEST(byrefs_keep_their_object) {
  HeapFixture f({.stress = true});
  Type& byte = f.make_struct(1, {});
  Type& bytes = f.make_array(byte);
  for (uint32_t length : {0u, 1u, 8u, 9u, 100u, 5000u, 8024u, 8025u, 16335u, 16336u, 70000u}) {
    std::vector<Object*> neighbours;
    for (int i = 0; i < 9; ++i) neighbours.push_back(f.new_array(bytes, length));
    Object* array = neighbours[4];
    uint32_t data = address_of(array) + types::kArrayDataOffset;
    for (uint32_t offset : {0u, length / 2, length}) {
      f.roots.interiors = {data + offset};
      EXPECT(survives(f, array));
    }
    f.roots.interiors.clear();
    EXPECT(!survives(f, array));
  }
}

TEST(the_last_cell_of_a_block_is_found_by_its_end) {
  HeapFixture f;
  Type& type = f.make_class(16, {});
  std::vector<Object*> objects;
  for (int i = 0; i < 3000; ++i) objects.push_back(f.new_object(type));
  for (size_t i = 0; i < objects.size(); i += 7) f.roots.interiors.push_back(address_of(objects[i]) + 16);
  std::vector<uint32_t> handles;
  for (Object* object : objects) handles.push_back(f.heap.new_handle(object, HandleKind::Weak));
  f.heap.collect();
  for (size_t i = 0; i < objects.size(); i += 7) EXPECT(f.heap.handle_target(handles[i]) == objects[i]);
}

TEST(addresses_that_are_no_objects_are_ignored) {
  HeapFixture f({.stress = true});
  Type& type = f.make_class(24, {});
  Object* object = f.root(f.new_object(type));
  Object* dead = f.new_object(type);
  f.heap.collect();
  uint32_t page = address_of(object) & ~static_cast<uint32_t>(Region::kPageBytes - 1);
  for (uint32_t address = page; address < page + Region::kPageBytes; ++address)
    f.roots.interiors.push_back(address);
  for (uint32_t address : {0u, 1u, 16383u, 0x7FFFFFFFu, 0xFFFFFFFFu, address_of(&type), address_of(dead)})
    f.roots.interiors.push_back(address);
  f.heap.collect();
  EXPECT_EQ(f.heap.statistics().live_bytes, 24u);
  EXPECT(f.heap.object_at(0) == nullptr);
  EXPECT(f.heap.object_at(page) == nullptr);
  EXPECT(f.heap.object_at(address_of(dead)) == nullptr);
  EXPECT(f.heap.object_at(address_of(&type)) == nullptr);
  EXPECT_EQ(f.heap.object_at(address_of(object) + 23), object);
}

TEST(locals_are_roots) {
  HeapFixture f({.stress = true});
  Type& node = f.make_class(16, {8});
  gc::Local<Object> outer(f.heap, f.new_object(node));
  {
    gc::Local<Object> inner(f.heap);
    inner = f.new_object(node);
    EXPECT(survives(f, inner));
    EXPECT(survives(f, outer));
    f.heap.collect();
    EXPECT_EQ(f.heap.statistics().live_bytes, 32u);
  }
  f.heap.collect();
  EXPECT_EQ(f.heap.statistics().live_bytes, 16u);
}

}  // namespace
}  // namespace leanclr::test
