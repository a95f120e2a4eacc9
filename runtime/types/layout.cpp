// Linked → Sized: field offsets, sizes and reference maps of instances (§II.10.1.2, §II.10.7), as wasm32 has
// them on every host: references, pointers and native ints are 4 bytes, 8-byte numbers are aligned to 8. Auto
// layout keeps the declared order, as CoreLib's shared layouts want it. Open types are not laid out.
#include <algorithm>
#include <bit>

#include "base/list.h"
#include "base/sort.h"
#include "types/attributes.h"
#include "types/errors.h"
#include "types/type_builder.h"

namespace leanclr::types {

using metadata::Image;
using metadata::RowNumber;
using metadata::Table;
using metadata::Token;

namespace {

constexpr uint64_t kMaxInstanceBytes = 1 << 20;

uint64_t align_up(uint64_t value, uint64_t alignment) { return (value + alignment - 1) & ~(alignment - 1); }

void sort_unique(List<uint32_t>& offsets) {
  sort_in_place(std::span(offsets), std::less<uint32_t>());
  offsets.erase(std::unique(offsets.begin(), offsets.end()), offsets.end());
}

struct ClassLayout {
  uint32_t packing = 0;
  uint64_t size = 0;
};

Result<ClassLayout> class_layout(const Type& type) {
  const Image& image = type.assembly->image();
  auto rows = image.rows_with_key<Table::ClassLayout>(type.row);
  if (rows.empty()) return ClassLayout{};
  auto row = TRY(image.row<Table::ClassLayout>(rows.begin));
  constexpr uint32_t kMaxPacking = 128;
  if (row.packing_size > kMaxPacking ||
      (row.packing_size && !std::has_single_bit(uint32_t{row.packing_size})))
    return bad_image(*type.assembly, Token(Table::TypeDef, type.row), "packing size that is no power of two");
  return ClassLayout{row.packing_size, row.class_size};
}

Result<uint32_t> declared_offset(const TypeSystem& types, const Field& field) {
  const Image& image = field.declaring_type->assembly->image();
  auto rows = image.rows_with_key<Table::FieldLayout>(field.row);
  if (rows.empty())
    return type_load(types, *field.declaring_type, "explicit layout with a field without an offset");
  return TRY(image.row<Table::FieldLayout>(rows.begin)).offset;
}

/// The length that InlineArrayAttribute gives, or 0.
Result<uint32_t> inline_array_length(const TypeSystem& types, const Type& type) {
  const Image& image = type.assembly->image();
  RowNumber attribute = TRY(find_attribute(image, Token(Table::TypeDef, type.row),
                                           "System.Runtime.CompilerServices", "InlineArrayAttribute"));
  if (!attribute) return 0u;
  int32_t length = TRY(attribute_int(image, attribute));
  auto fields =
      std::count_if(type.fields.begin(), type.fields.end(), [](const Field& f) { return !f.is_static; });
  if (length <= 0 || fields != 1 || type.flags.explicit_layout)
    return type_load(types, type, "an inline array needs one field and a positive length");
  return static_cast<uint32_t>(length);
}

bool all_aligned(const List<uint32_t>& offsets) {
  return std::all_of(offsets.begin(), offsets.end(),
                     [](uint32_t offset) { return offset % sizeof(Address) == 0; });
}

/// Two references that overlap in part would both be followed.
bool apart(const List<uint32_t>& sorted) {
  for (size_t i = 1; i < sorted.size(); ++i)
    if (sorted[i] - sorted[i - 1] < sizeof(Address)) return false;
  return true;
}

bool is_blittable(const Type& type) {
  if (type.flags.primitive)
    return type.element_type != ElementType::Boolean && type.element_type != ElementType::Char;
  if (type.element_type == ElementType::ByRef) return false;
  if (type.is_pointer_like()) return true;
  return type.flags.value_type && type.flags.blittable;
}

bool all_blittable(const Type& type) {
  return std::all_of(type.fields.begin(), type.fields.end(),
                     [](const Field& field) { return field.is_static || is_blittable(*field.type); });
}

}  // namespace

/// The instance fields of one type, as they are placed.
class TypeBuilder::InstanceLayout {
 public:
  explicit InstanceLayout(uint64_t base) : base_(base), cursor_(base) {}

  void place_next(Field& field, uint32_t packing) {
    uint64_t alignment = field_alignment(field, packing);
    place(field, align_up(cursor_, alignment), alignment);
  }
  void place_at(Field& field, uint64_t offset, uint32_t packing) {
    place(field, base_ + offset, field_alignment(field, packing));
  }
  /// More copies of the one field behind each other (InlineArray).
  void repeat(const Field& field, uint64_t count) {
    for (uint64_t i = 1; i < count && !too_large(); ++i) {
      note_references(field, cursor_);
      cursor_ += field.type->value_size;
    }
  }
  void extend_to(uint64_t size) { cursor_ = std::max(cursor_, base_ + size); }
  bool too_large() const { return cursor_ > kMaxInstanceBytes; }
  /// The parent's references come before.
  void inherit(RefMap references) {
    references_.insert(references_.begin(), references.data(), references.data() + references.size());
  }
  void sort() {
    sort_unique(references_);
    sort_unique(byrefs_);
  }
  uint64_t base() const { return base_; }
  uint64_t end() const { return cursor_; }
  uint32_t alignment() const { return alignment_; }
  const List<uint32_t>& references() const { return references_; }
  const List<uint32_t>& byrefs() const { return byrefs_; }

 private:
  static uint64_t field_alignment(const Field& field, uint32_t packing) {
    return packing ? std::min(field.type->alignment, packing) : field.type->alignment;
  }
  void place(Field& field, uint64_t offset, uint64_t alignment) {
    field.offset = static_cast<uint32_t>(std::min<uint64_t>(offset, UINT32_MAX));
    cursor_ = std::max(cursor_, offset + field.type->value_size);
    alignment_ = std::max<uint32_t>(alignment_, static_cast<uint32_t>(alignment));
    if (!too_large()) note_references(field, offset);
  }
  void note_references(const Field& field, uint64_t offset) {
    const Type& type = *field.type;
    auto at = static_cast<uint32_t>(offset);
    if (type.element_type == ElementType::ByRef) byrefs_.push_back(at);
    else if (type.is_reference()) references_.push_back(at);
    if (!type.flags.value_type) return;
    for (uint32_t inner : type.references) references_.push_back(at + inner);
    for (uint32_t inner : type.byrefs) byrefs_.push_back(at + inner);
  }

  uint64_t base_, cursor_;
  uint32_t alignment_ = 1;
  List<uint32_t> references_, byrefs_;
};

/// With explicit offsets a reference may overlap nothing but a reference and a byref nothing but a byref, and they must be
/// aligned: the collector follows them.
bool TypeBuilder::references_are_clean(const Type& type, const InstanceLayout& layout) {
  enum Use : uint8_t { kFree, kData, kReference, kInterior };
  List<uint8_t> bytes(static_cast<size_t>(layout.end() - layout.base()), kFree);
  for (const Field& field : type.fields) {
    if (field.is_static) continue;
    uint64_t start = field.offset - layout.base();
    const Type& value = *field.type;
    const bool is_byref = value.element_type == ElementType::ByRef;
    List<uint8_t> uses(value.value_size, is_byref ? kInterior : value.is_reference() ? kReference : kData);
    auto mark = [&](RefMap offsets, Use use) {
      for (uint32_t offset : offsets) std::fill_n(uses.begin() + offset, sizeof(Address), use);
    };
    if (value.flags.value_type) {
      mark(value.references, kReference);
      mark(value.byrefs, kInterior);
    }
    for (size_t i = 0; i < uses.size(); ++i) {
      uint8_t& use = bytes[start + i];
      if (use != kFree && use != uses[i]) return false;
      use = uses[i];
    }
  }
  return true;
}

void TypeBuilder::size_primitive(Type& type) {
  if (type.element_type == ElementType::Void) {
    type.value_size = 0;
    type.alignment = 1;
  }
  for (Field& field : type.fields)
    if (!field.is_static) field.offset = 0;
  type.instance_size = kObjectHeaderBytes + static_cast<uint32_t>(align_up(type.value_size, sizeof(Address)));
  type.flags.blittable = type.flags.primitive && is_blittable(type);
}

Status TypeBuilder::resolve_field_types(Type& type) {
  if (type.building & kHasFieldTypes) return {};
  if (type.is_generic_instance()) TRY(resolve_field_types(*type.definition));
  for (Field& field : type.fields)
    if (!field.has_rva) TRY(resolve_field_type(field));
  type.building |= kHasFieldTypes;
  return {};
}

Status TypeBuilder::size_value_of(Field& field) {
  if (field.type->flags.value_type) return ensure(*field.type, TypeState::Sized);
  return {};
}

Status TypeBuilder::size_array(Type& type) {
  Type& element = *type.element;
  if (element.flags.value_type) TRY(ensure(element, TypeState::Sized));
  if (element.flags.by_ref_like || element.flags.has_byrefs || element.element_type == ElementType::ByRef)
    return load_error(type, "an array of a ref struct or byref");
  if (element.element_type == ElementType::Void) return load_error(type, "an array of nothing");
  type.element_size = element.value_size;
  type.instance_size = kArrayDataOffset;
  type.flags.has_references = element.is_reference() || element.flags.has_references;
  return {};
}

Status TypeBuilder::size(Type& type) {
  if (type.is_array()) return size_array(type);
  if (type.parent) TRY(ensure(*type.parent, TypeState::Sized));
  TRY(resolve_field_types(type));
  if (type.flags.contains_generic_parameters) return {};
  if (type.flags.primitive || type.element_type == ElementType::Void) size_primitive(type);
  else TRY(lay_out_instance(type));
  type.state = TypeState::Sized;  // statics of the type itself are legal from here on
  return lay_out_statics(type);
}

Status TypeBuilder::place_fields(Type& type, InstanceLayout& layout) {
  ClassLayout declared = TRY(class_layout(type));
  Field* only = nullptr;
  for (Field& field : type.fields) {
    if (field.is_static) continue;
    TRY(size_value_of(field));
    bool needs_stack = field.type->element_type == ElementType::ByRef || field.type->flags.by_ref_like;
    if (needs_stack && !type.flags.by_ref_like) return load_error(type, "only a ref struct may hold a byref");
    if (type.flags.explicit_layout)
      layout.place_at(field, TRY(declared_offset(types_, field)), declared.packing);
    else layout.place_next(field, declared.packing);
    if (layout.too_large()) return load_error(type, "too large");
    only = &field;
  }
  if (type.flags.value_type) {
    if (uint32_t length = TRY(inline_array_length(types_, type))) layout.repeat(*only, length);
    layout.extend_to(std::max<uint64_t>(1, align_up(layout.end(), layout.alignment())));
  }
  if (!type.flags.enumeration) layout.extend_to(declared.size);
  if (layout.too_large()) return load_error(type, "too large");
  return {};
}

/// The collector follows every reference: each must be one, whole and alone.
Status TypeBuilder::check_references(Type& type, InstanceLayout& layout) {
  const bool has_any = !layout.references().empty() || !layout.byrefs().empty();
  if (type.flags.explicit_layout && has_any && !references_are_clean(type, layout))
    return load_error(type, "a reference overlaps something else");
  layout.sort();
  const bool are_apart = apart(layout.references()) && apart(layout.byrefs());
  if (!are_apart || !all_aligned(layout.references()) || !all_aligned(layout.byrefs()))
    return load_error(type, "a reference that is not aligned");
  return {};
}

Status TypeBuilder::lay_out_instance(Type& type) {
  bool is_value = type.flags.value_type;
  InstanceLayout layout(is_value ? 0 : type.parent ? type.parent->instance_size : kObjectHeaderBytes);
  TRY(place_fields(type, layout));
  TRY(check_references(type, layout));
  auto end = static_cast<uint32_t>(layout.end());
  auto instance_end = static_cast<uint32_t>(align_up(end, sizeof(Address)));
  if (is_value) {
    type.value_size = end;
    type.alignment = layout.alignment();
    type.instance_size = kObjectHeaderBytes + instance_end;
  } else {
    type.instance_size = &type == known_.string ? kStringCharsOffset : instance_end;
    if (type.parent) layout.inherit(type.parent->references);
  }
  type.references = arena_.copy(std::span<const uint32_t>(layout.references()));
  type.byrefs = arena_.copy(std::span<const uint32_t>(layout.byrefs()));
  type.flags.has_references = !type.references.empty();
  type.flags.has_byrefs = !type.byrefs.empty();
  type.flags.blittable = is_value && all_blittable(type);
  return {};
}

}  // namespace leanclr::types
