// ObjectModel: how strings, arrays and boxes are laid out when they are made.
#include "objects/object_model.h"

#include "base/utf.h"

namespace leanclr::objects {

namespace {

// .NET's own limits: a longer string or array is out of memory there too.
constexpr uint64_t kMostStringUnits = 0x3FFFFFDF;
constexpr uint64_t kMostElements = 0x7FFFFFC7;
constexpr uint64_t kMostArrayBytes = 0x7FFF0000;

struct CoreField {
  uint32_t CoreFields::*member;
  const char* name_space;
  const char* type;
  const char* field;
};
constexpr CoreField kCoreFields[] = {
#define CORE_FIELD(member, name_space, type, field) {&CoreFields::member, name_space, type, field},
#include "objects/core_fields.def"
#undef CORE_FIELD
};

}  // namespace

Status ObjectModel::bind() {
  types::Assembly& corelib = *types_.known().object->assembly;
  for (const CoreField& row : kCoreFields) {
    Type* type = TRY(types_.type_by_name(corelib, row.name_space, row.type));
    TRY(types_.ensure(*type, types::TypeState::Sized));
    types::Field* field = types_.find_field(*type, row.field);
    if (!field || field->is_static)
      return failure_with(ErrorKind::MissingField, "%::%", {types_.full_name(*type), row.field});
    fields_.*row.member = field->offset;
  }
  Type* out_of_memory = TRY(types_.find_type(corelib, "System", "OutOfMemoryException"));
  if (!out_of_memory) return {};  // trimmed away: nobody catches it
  TRY(types_.ensure(*out_of_memory, types::TypeState::Complete));
  spare_exception_ = new_object(*out_of_memory);
  return {};
}

String* ObjectModel::new_string(int32_t length) {
  if (static_cast<uint32_t>(length) > kMostStringUnits) return nullptr;
  size_t bytes = types::kStringCharsOffset + (static_cast<size_t>(length) + 1) * sizeof(char16_t);
  auto* string = static_cast<String*>(heap_.allocate(*types_.known().string, bytes));
  if (string) string->length = length;
  return string;
}

String* ObjectModel::new_string(std::u16string_view text) {
  if (text.size() > kMostStringUnits) return nullptr;
  String* string = new_string(static_cast<int32_t>(text.size()));
  if (string && !text.empty()) std::memcpy(string->chars, text.data(), text.size() * sizeof(char16_t));
  return string;
}

String* ObjectModel::new_string(std::string_view utf8) {
  return new_string(view(to_utf16(utf8)));
}

String* ObjectModel::find_interned(std::u16string_view text) const {
  return interned_.find(hash_text(text), [&](const String* string) { return string->view() == text; });
}

String* ObjectModel::intern(std::u16string_view text) {
  if (String* known = find_interned(text)) return known;
  String* string = new_string(text);
  if (string) interned_.insert(hash_text(text), string);
  return string;
}

Object* ObjectModel::new_object(Type& type) { return heap_.allocate(type, type.instance_size); }

Array* ObjectModel::allocate_array(Type& array_type, uint64_t length, uint64_t bytes) {
  if (length > kMostElements || bytes > kMostArrayBytes) return nullptr;
  auto* array = static_cast<Array*>(heap_.allocate(array_type, static_cast<size_t>(bytes)));
  if (array) array->length = static_cast<uint32_t>(length);
  return array;
}

Array* ObjectModel::new_vector(Type& array_type, uint32_t length) {
  return allocate_array(array_type, length,
                        types::kArrayDataOffset + uint64_t{length} * array_type.element_size);
}

Array* ObjectModel::new_array(Type& array_type, const ArrayBound* bounds) {
  uint64_t length = 1;
  for (uint32_t i = 0; i < array_type.rank; ++i) {
    length *= static_cast<uint32_t>(bounds[i].length);
    if (length > kMostElements) return nullptr;
  }
  uint64_t bounds_offset = types::kArrayDataOffset + length * array_type.element_size;
  bounds_offset = (bounds_offset + alignof(ArrayBound) - 1) / alignof(ArrayBound) * alignof(ArrayBound);
  size_t bounds_bytes = array_type.rank * sizeof(ArrayBound);
  Array* array = allocate_array(array_type, length, bounds_offset + bounds_bytes);
  if (!array) return nullptr;
  // An address inside the array's own cell: the collector neither follows nor needs it.
  array->bounds = reinterpret_cast<ArrayBound*>(reinterpret_cast<uint8_t*>(array) + bounds_offset);
  std::memcpy(array->bounds.get(), bounds, bounds_bytes);
  return array;
}

Object* ObjectModel::box(Type& type, const void* value) {
  if (type.is_reference()) return static_cast<const Ref<Object>*>(value)->get();
  auto* bytes = static_cast<const uint8_t*>(value);
  if (type.flags.nullable)
    return bytes[0] ? box(*type.element, bytes + nullable_value_offset(type)) : nullptr;
  Object* object = new_object(type);
  if (object) std::memcpy(unbox(object), bytes, type.value_size);
  return object;
}

void ObjectModel::visit_roots(gc::Marker& marker) {
  interned_.for_each([&](String* string) { marker.mark(string); });
  marker.mark(spare_exception_);
}

uint32_t nullable_value_offset(const Type& nullable) {
  for (const types::Field& field : nullable.fields)
    if (!field.is_static && is(field.name, "value")) return field.offset;
  return nullable.element->alignment;  // where sequential layout puts it, behind the flag
}

}  // namespace leanclr::objects
