// The shapes of managed objects that C++ code touches: String, Array, a box's value.
//
// Layouts are those that CoreLib's own code assumes: a string's length at 8 and code units at 12;
// an array's bounds at 8, length at 12, data at 16. Fields of other CoreLib classes are reached
// through ObjectModel, which looks their offsets up by name.
#pragma once

#include <string_view>

#include "gc/heap.h"

namespace leanclr::objects {

using gc::Object;
using types::Type;

struct String : Object {
  int32_t length;     // UTF-16 code units
  char16_t chars[1];  // followed by a zero

  std::u16string_view view() const { return {chars, static_cast<size_t>(length)}; }
};

/// Of a general array: one per dimension.
struct ArrayBound {
  int32_t length;
  int32_t lower_bound;
};

struct Array : Object {
  Ref<ArrayBound> bounds;  // null for vectors; general arrays keep theirs behind the elements
  uint32_t length;         // of all dimensions together

  uint8_t* data() { return reinterpret_cast<uint8_t*>(this) + types::kArrayDataOffset; }
  template <typename T>
  T* elements() {
    return reinterpret_cast<T*>(data());
  }
  uint8_t* element(uint32_t index) { return data() + static_cast<size_t>(index) * type->element_size; }
};

/// A boxed value's first byte.
inline uint8_t* unbox(Object* box) { return reinterpret_cast<uint8_t*>(box) + types::kObjectHeaderBytes; }

/// The field of an object, whatever its class, at an offset that was looked up by name.
template <typename T>
T& field_at(Object* object, uint32_t offset) {
  return *reinterpret_cast<T*>(reinterpret_cast<uint8_t*>(object) + offset);
}

}  // namespace leanclr::objects
