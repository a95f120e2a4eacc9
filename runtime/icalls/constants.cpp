// Reading Constant rows.
#include "icalls/constants.h"

#include <cstring>

#include "base/utf.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

using metadata::Table;

uint32_t size_of(ElementType type) {
  switch (type) {
    case ElementType::Boolean:
    case ElementType::I1:
    case ElementType::U1: return 1;
    case ElementType::Char:
    case ElementType::I2:
    case ElementType::U2: return 2;
    case ElementType::I8:
    case ElementType::U8:
    case ElementType::R8: return 8;
    default: return 4;
  }
}

Type* type_of(const types::WellKnownTypes& known, ElementType type) {
  switch (type) {
    case ElementType::Boolean: return known.boolean;
    case ElementType::Char: return known.char_;
    case ElementType::I1: return known.int8;
    case ElementType::U1: return known.uint8;
    case ElementType::I2: return known.int16;
    case ElementType::U2: return known.uint16;
    case ElementType::I4: return known.int32;
    case ElementType::U4: return known.uint32;
    case ElementType::I8: return known.int64;
    case ElementType::U8: return known.uint64;
    case ElementType::R4: return known.single;
    case ElementType::R8: return known.double_;
    default: return nullptr;
  }
}

Result<Object*> string_constant(Thread& thread, Bytes value) {
  return allocated<Object>(thread.objects().new_string(view(utf16_units(value))));
}

Failure short_constant(const metadata::Image& image, metadata::Token parent) {
  return failure(ErrorKind::BadImage, "a constant is shorter than its type", image.place(parent));
}

}  // namespace

Result<Object*> constant_object(Thread& thread, const metadata::Image& image, metadata::Token parent,
                                Type* type, bool& found) {
  metadata::RowRange rows = image.rows_with_key<Table::Constant>(parent.value);
  found = !rows.empty();
  if (!found) return static_cast<Object*>(nullptr);
  auto row = TRY(image.row<Table::Constant>(rows.begin));
  Bytes value = TRY(image.blob(row.value));
  ElementType element = static_cast<ElementType>(row.type);
  if (element == ElementType::String) return string_constant(thread, value);
  Type* plain = type_of(thread.types().known(), element);
  if (!plain) return static_cast<Object*>(nullptr);  // Class: the null reference
  if (value.size() < size_of(element)) return short_constant(image, parent);
  Type& boxed = type && type->flags.enumeration && type->element == plain ? *type : *plain;
  TRY(thread.types().ensure(boxed, TypeState::Complete));
  return allocated(thread.objects().box(boxed, value.data()));
}

Result<uint64_t> constant_bits(const metadata::Image& image, metadata::Token parent) {
  metadata::RowRange rows = image.rows_with_key<Table::Constant>(parent.value);
  if (rows.empty()) return failure(ErrorKind::BadImage, "a literal without a constant", image.place(parent));
  auto row = TRY(image.row<Table::Constant>(rows.begin));
  Bytes value = TRY(image.blob(row.value));
  ElementType element = static_cast<ElementType>(row.type);
  uint32_t size = size_of(element);
  if (value.size() < size) return short_constant(image, parent);
  uint64_t bits = 0;
  std::memcpy(&bits, value.data(), size);
  bool is_signed = element == ElementType::I1 || element == ElementType::I2 || element == ElementType::I4;
  if (!is_signed) return bits;
  int shift = 64 - 8 * static_cast<int>(size);
  return static_cast<uint64_t>(static_cast<int64_t>(bits << shift) >> shift);
}

}  // namespace leanclr::icalls
