// ObjectModel: allocation of strings, arrays, boxes, and the field offsets of the CoreLib classes that the
// runtime reads or writes (core_fields.def), looked up by name once CoreLib is bound.
//
// Every allocating function answers null when out of memory and never collects.
#pragma once


#include "base/hash_table.h"
#include "objects/object.h"
#include "types/type_system.h"

namespace leanclr::objects {

struct CoreFields {
#define CORE_FIELD(member, name_space, type, field) uint32_t member = 0;
#include "objects/core_fields.def"
#undef CORE_FIELD
};

class ObjectModel {
 public:
  ObjectModel(gc::Heap& heap, types::TypeSystem& types) : heap_(heap), types_(types) {}

  /// After TypeSystem::bind_corelib. Errors: MissingField naming the field.
  Status bind();
  const CoreFields& fields() const { return fields_; }
  gc::Heap& heap() { return heap_; }
  types::TypeSystem& types() { return types_; }

  String* new_string(int32_t length);  // zeroed
  String* new_string(std::u16string_view text);
  String* new_string(std::string_view utf8);
  /// One String per distinct text (`ldstr`, String.Intern); a root.
  String* intern(std::u16string_view text);
  /// The interned one or null.
  String* find_interned(std::u16string_view text) const;

  /// `type` must be Sized. Negative sizes are the caller's to report; what is too large is out of memory.
  Object* new_object(Type& type);
  Array* new_vector(Type& array_type, uint32_t length);
  /// A general array; `bounds` has `rank` entries.
  Array* new_array(Type& array_type, const ArrayBound* bounds);
  /// Boxes a value of `type` (Nullable<T> gives null or a boxed T; a reference is answered as it is). Null
  /// also when out of memory: the caller tells the two apart by the source.
  Object* box(Type& type, const void* value);

  /// The OutOfMemoryException for when there is no memory for one. A root; null before bind and without the type.
  Object* spare_exception() const { return spare_exception_; }

  void visit_roots(gc::Marker& marker);

 private:
  Array* allocate_array(Type& array_type, uint64_t length, uint64_t bytes);

  gc::Heap& heap_;
  types::TypeSystem& types_;
  CoreFields fields_;
  Object* spare_exception_ = nullptr;
  HashTable<String*> interned_;
};

/// Where the value lies in a Nullable<T> (Linked), in bytes from its start; the flag that it has one lies at
/// 0.
uint32_t nullable_value_offset(const Type& nullable);

}  // namespace leanclr::objects
