// System.Enum: the literals of an enum, by value.
#include <algorithm>

#include "base/list.h"
#include "base/sort.h"
#include "icalls/constants.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

struct Literal {
  uint64_t value;
  std::string_view name;
};

/// In the order of the unsigned values, as CoreLib's binary search wants them; equal ones keep their order.
Result<List<Literal>> literals_of(Thread& thread, Type& type) {
  TRY(thread.types().ensure(type, TypeState::Linked));
  List<Literal> literals;
  const uint32_t bits = type.element ? type.element->value_size * 8 : 32;
  const uint64_t mask = bits >= 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1;
  for (const Field& field : type.fields) {
    if (!field.is_literal) continue;
    metadata::Token token(metadata::Table::Field, field.row);
    literals.push_back({TRY(constant_bits(type.assembly->image(), token)) & mask, field.name});
  }
  stable_sort(std::span(literals), [](const Literal& a, const Literal& b) { return a.value < b.value; });
  return literals;
}

Status values_and_names(Thread& thread, QCallTypeHandle handle, ObjectOnStack values, ObjectOnStack names) {
  List<Literal> literals = TRY(literals_of(thread, handle.type()));
  uint32_t count = static_cast<uint32_t>(literals.size());
  Array* value_array = TRY(new_corelib_vector(thread, "System", "UInt64", count));
  Array* name_array = TRY(new_corelib_vector(thread, "System", "String", count));
  for (uint32_t i = 0; i < count; ++i) {
    value_array->elements<uint64_t>()[i] = literals[i].value;
    name_array->elements<Ref<Object>>()[i] = TRY(new_string(thread, literals[i].name));
  }
  *values = value_array;
  *names = name_array;
  return {};
}

/// Of a primitive type its own, as of its enums.
int32_t cor_element_type(QCallTypeHandle handle) {
  return static_cast<int32_t>(handle.type().underlying()->element_type);
}

Status underlying_type(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  TRY(thread.types().ensure(handle.type(), TypeState::Linked));
  return give(result, mirror_of(thread, handle.type().flags.enumeration ? handle.type().element : nullptr));
}

constexpr NativeEntry kRows[] = {
    allocating<values_and_names>("GetEnumValuesAndNames"),
    native<cor_element_type>("InternalGetCorElementType"),
    allocating<underlying_type>("InternalGetUnderlyingType"),
};

}  // namespace

constinit const NativeClass kSystemEnum{"System.Enum", kRows};

}  // namespace leanclr::icalls
