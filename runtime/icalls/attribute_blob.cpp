// See attribute_blob.h.
#include "icalls/attribute_blob.h"

#include <cstring>

#include "icalls/shared.h"
#include "icalls/type_names.h"

namespace leanclr::icalls {
namespace {

/// §II.23.1.16: element types that occur in attributes only.
enum Tag : uint8_t {
  kTagType = 0x50,
  kTagBoxed = 0x51,
  kTagField = 0x53,
  kTagEnum = 0x55,
  kTagVector = 0x1D,
  kTagString = 0x0E
};
constexpr int kMaxDepth = 8;

}  // namespace

Status AttributeReader::begin() {
  if (TRY(reader_.u16()) != 1) return failure(ErrorKind::BadImage, "a custom attribute without its prolog");
  return {};
}

Result<bool> AttributeReader::ser_string(std::string_view& text) {
  constexpr uint8_t kNull = 0xFF;
  size_t at = reader_.position();
  if (TRY(reader_.u8()) == kNull) return false;
  TRY(reader_.seek(at));
  Bytes bytes = TRY(reader_.take(TRY(reader_.compressed_u32())));
  text = {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  return true;
}

Result<Object*> AttributeReader::string() {
  std::string_view text;
  if (!TRY(ser_string(text))) return static_cast<Object*>(nullptr);
  return new_string(thread_, text);
}

Result<Type*> AttributeReader::named_type(std::string_view name) {
  Type* type = TRY(find_type_by_display_name(thread_, assembly_, name, false));
  if (type) return type;
  return failure_with(ErrorKind::TypeLoad, "Could not load type '%' named by a custom attribute.", {name});
}

Result<Object*> AttributeReader::type_object() {
  std::string_view name;
  if (!TRY(ser_string(name))) return static_cast<Object*>(nullptr);
  return mirror_of(thread_, *TRY(named_type(name)));
}

Result<Object*> AttributeReader::primitive(Type& type) {
  TRY(thread_.types().ensure(type, TypeState::Complete));
  Bytes bytes = TRY(reader_.take(type.value_size));
  return allocated(thread_.objects().box(type, bytes.data()));
}

Result<Object*> AttributeReader::vector(Type& element) {
  constexpr uint32_t kNull = 0xFFFFFFFF;
  uint32_t count = TRY(reader_.u32());
  if (count == kNull) return static_cast<Object*>(nullptr);
  if (count > reader_.remaining())
    return failure(ErrorKind::BadImage, "a custom attribute's array is longer than its data");
  Type& type = *TRY(thread_.types().vector_of(element));
  TRY(thread_.types().ensure(type, TypeState::Complete));
  Array* array = TRY(allocated(thread_.objects().new_vector(type, count)));
  for (uint32_t i = 0; i < count; ++i) {
    Object* value = TRY(fixed(element));
    if (element.is_reference()) *reinterpret_cast<Ref<Object>*>(array->element(i)) = value;
    else std::memcpy(array->element(i), objects::unbox(value), element.value_size);
  }
  return array;
}

Result<Object*> AttributeReader::fixed(Type& type) {
  if (++depth_ > kMaxDepth) return failure(ErrorKind::BadImage, "a custom attribute nests too deep");
  const types::WellKnownTypes& known = thread_.types().known();
  TRY(thread_.types().ensure(type, TypeState::Linked));
  auto read = [&]() -> Result<Object*> {
    if (&type == known.string) return string();
    if (&type == known.type) return type_object();
    if (&type == known.object) return fixed(*TRY(field_or_prop_type()));
    if (type.element_type == ElementType::SzArray) return vector(*type.element);
    if (type.flags.enumeration || type.flags.primitive) return primitive(type);
    return failure(ErrorKind::BadImage, "a custom attribute's argument is of no type that attributes can hold");
  };
  Result<Object*> value = read();
  --depth_;
  return value;
}

Result<Type*> AttributeReader::field_or_prop_type() {
  const types::WellKnownTypes& known = thread_.types().known();
  uint8_t tag = TRY(reader_.u8());
  switch (tag) {
    case kTagType: return known.type;
    case kTagBoxed: return known.object;
    case kTagString: return known.string;
    case kTagVector: {
      if (++depth_ > kMaxDepth) return failure(ErrorKind::BadImage, "a custom attribute nests too deep");
      Type* element = TRY(field_or_prop_type());
      --depth_;
      return thread_.types().vector_of(*element);
    }
    case kTagEnum: {
      std::string_view name;
      if (!TRY(ser_string(name)))
        return failure(ErrorKind::BadImage, "a custom attribute's enum has no name");
      return named_type(name);
    }
    default: break;
  }
  for (Type* type : {known.boolean, known.char_, known.int8, known.uint8, known.int16, known.uint16,
                     known.int32, known.uint32, known.int64, known.uint64, known.single, known.double_})
    if (static_cast<uint8_t>(type->element_type) == tag) return type;
  return failure(ErrorKind::BadImage, "a custom attribute holds a value of an unknown type");
}

Result<uint32_t> AttributeReader::named_count() { return static_cast<uint32_t>(TRY(reader_.u16())); }

Result<AttributeReader::Named> AttributeReader::named() {
  Named named;
  named.is_field = TRY(reader_.u8()) == kTagField;
  named.type = TRY(field_or_prop_type());
  if (!TRY(ser_string(named.name)))
    return failure(ErrorKind::BadImage, "a named argument of a custom attribute has no name");
  named.value = TRY(fixed(*named.type));
  return named;
}

}  // namespace leanclr::icalls
