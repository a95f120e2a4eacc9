// A heap with types made by hand: what the collector's tests build their graphs from.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "base/arena.h"
#include "gc/heap.h"
#include "unit/test.h"

namespace leanclr::test {

using gc::HandleKind;
using gc::Heap;
using gc::Object;
using types::ElementType;
using types::Type;

/// Roots that a test holds.
struct RootList final : gc::RootSource {
  std::vector<Object*> objects;
  std::vector<Address> interiors;
  void visit_roots(gc::Marker& marker) override {
    for (Object* object : objects) marker.mark(object);
    for (Address address : interiors) marker.mark_interior(address);
  }
};

struct HeapFixture {
  std::unique_ptr<Region> region;
  Arena arena;
  Heap heap;
  RootList roots;

  explicit HeapFixture(gc::HeapOptions options = {}, size_t limit = size_t{256} << 20)
      : region(Region::create(limit).take_value()), arena(*region), heap(*region, options) {
    heap.add_root_source(roots);
  }
  ~HeapFixture() { heap.remove_root_source(roots); }

  /// A class of `size` bytes (header included) with references at the offsets.
  Type& make_class(uint32_t size, std::initializer_list<uint32_t> references) {
    Type& type = *arena.make<Type>();
    type.element_type = ElementType::Class;
    type.state = types::TypeState::Complete;
    type.instance_size = size;
    type.value_size = sizeof(Ref<Object>);
    return set_references(type, references);
  }
  /// A struct of `size` bytes with references at the offsets.
  Type& make_struct(uint32_t size, std::initializer_list<uint32_t> references) {
    Type& type = make_class(size + types::kObjectHeaderBytes, references);
    type.element_type = ElementType::ValueType;
    type.flags.value_type = true;
    type.value_size = size;
    return type;
  }
  Type& make_finalizable(uint32_t size, std::initializer_list<uint32_t> references) {
    Type& type = make_class(size, references);
    type.flags.has_finalizer = true;
    return type;
  }
  /// T[] (rank 0) or a general array.
  Type& make_array(Type& element, uint8_t rank = 0) {
    Type& type = make_class(types::kArrayDataOffset, {});
    type.element_type = rank ? ElementType::Array : ElementType::SzArray;
    type.rank = rank ? rank : 1;
    type.element = &element;
    type.element_size = element.value_size;
    return type;
  }
  Object* new_object(Type& type) { return heap.allocate(type, type.instance_size); }
  Object* new_array(Type& type, uint32_t length, size_t extra_bytes = 0) {
    Object* array =
        heap.allocate(type, types::kArrayDataOffset + size_t{length} * type.element_size + extra_bytes);
    if (array) at<uint32_t>(array, types::kArrayDataOffset - 4) = length;
    return array;
  }
  Object* root(Object* object) {
    roots.objects.push_back(object);
    return object;
  }

  template <typename T>
  static T& at(Object* object, size_t offset) {
    return *reinterpret_cast<T*>(reinterpret_cast<uint8_t*>(object) + offset);
  }
  static Ref<Object>& reference(Object* object, size_t offset) { return at<Ref<Object>>(object, offset); }
  static Ref<Object>& element(Object* array, size_t index) {
    return reference(array, types::kArrayDataOffset + index * sizeof(Ref<Object>));
  }

 private:
  Type& set_references(Type& type, std::initializer_list<uint32_t> references) {
    std::span<uint32_t> map = arena.make_array<uint32_t>(references.size());
    std::copy(references.begin(), references.end(), map.begin());
    type.references = map;
    type.flags.has_references = !map.empty();
    return type;
  }
};

}  // namespace leanclr::test
