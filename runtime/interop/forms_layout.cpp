// Native layouts of structs and of classes with layout, as clang lays them out for wasm32 (form.h): fields at their natural
// alignment, no more than Pack; explicit offsets as given; at least StructLayout's Size.
#include <algorithm>

#include "base/list.h"
#include "interop/form.h"

namespace leanclr::interop {

using metadata::Table;
using types::Field;
using types::Type;
using types::TypeState;

namespace {

constexpr uint32_t kLayoutMask = 0x18, kAutoLayout = 0;  // TypeAttributes (§II.23.1.15)
constexpr uint32_t kMostNesting = 64;
constexpr uint64_t kMostBytes = 1 << 24;

uint64_t align_up(uint64_t value, uint64_t alignment) { return (value + alignment - 1) & ~(alignment - 1); }

struct Layout {
  uint64_t end = 0;
  uint32_t alignment = 1;
  bool is_copy = true;  // every field stands where it stands in managed memory, with the same bytes
  List<FieldForm> fields;
};

struct ClassLayout {
  uint32_t packing = 0, size = 0;
};

Result<ClassLayout> class_layout(const Type& type) {
  const metadata::Image& image = type.assembly->image();
  auto rows = image.rows_with_key<Table::ClassLayout>(type.row);
  if (rows.empty()) return ClassLayout{};
  auto row = TRY(image.row<Table::ClassLayout>(rows.begin));
  return ClassLayout{row.packing_size, row.class_size};
}

Result<uint32_t> explicit_offset(const Field& field) {
  const metadata::Image& image = field.declaring_type->assembly->image();
  auto rows = image.rows_with_key<Table::FieldLayout>(field.row);
  if (rows.empty()) return failure(ErrorKind::MarshalDirective, "a field without an offset in an explicit layout");
  return TRY(image.row<Table::FieldLayout>(rows.begin)).offset;
}

uint32_t header_of(const Type& type) { return type.flags.value_type ? 0 : types::kObjectHeaderBytes; }

}  // namespace

bool has_layout(const Type& type) { return (type.attributes & kLayoutMask) != kAutoLayout; }

Result<const Form*> Forms::of_structure(Type& type) {
  if (const Form* known = structures_.find(hash_address(&type), [&](const Form* form) { return form->type == &type; })) return known;
  TRY(types_.ensure(type, TypeState::Sized));
  const Kind kind = TRY(kind_of(types_, type));
  Form form;
  form.type = &type;
  form.kind = kind;
  form.conversion = Conversion::Struct;
  form.letter = 's';
  if (is_primitive(kind) || kind == Kind::Pointer || kind == Kind::FunctionPointer) return make(type, {}, CharSet::Utf8, Place::Element);
  if (type.flags.by_ref_like) return failure(ErrorKind::MarshalDirective, "a ref struct cannot be passed to a C function");
  if (!has_layout(*type.definition)) return failure_with(ErrorKind::MarshalDirective, "% has neither sequential nor explicit layout", {types_.full_name(type)});
  if (depth_ >= kMostNesting) return failure(ErrorKind::MarshalDirective, "structures nest too deep");
  ++depth_;
  Status status = lay_out(form, !type.flags.value_type);
  --depth_;
  TRY(std::move(status));
  const Form* kept = keep(form);
  structures_.insert(hash_address(&type), kept);
  return kept;
}

Status Forms::lay_out(Form& form, bool is_class) {
  Type& type = *form.type;
  Layout layout;
  if (is_class && type.parent && type.parent->parent) {
    const Form* base = TRY(of_structure(*type.parent));
    layout.end = base->size;
    layout.alignment = base->alignment;
    layout.is_copy = base->is_copy();
    for (const FieldForm& field : base->fields) layout.fields.push_back(field);
  }
  const ClassLayout declared = TRY(class_layout(*type.definition));
  const CharSet char_set = char_set_of(*type.definition);
  const uint64_t start = layout.end;
  for (Field& field : type.fields) {
    if (field.is_static) continue;
    Result<const Form*> made = make(*field.type, TRY(marshal_as_of(field)), char_set, Place::Field);
    if (!made.ok()) {
      if (made.error().kind() != ErrorKind::MarshalDirective) return made.take_error();
      return failure_with(ErrorKind::MarshalDirective, "field '%' of %: %", {field.name, types_.full_name(type), made.take_error().message()});
    }
    const Form& value = *made.value();
    const uint32_t alignment = declared.packing ? std::min(value.alignment, declared.packing) : value.alignment;
    const uint64_t offset = type.flags.explicit_layout ? start + TRY(explicit_offset(field)) : align_up(layout.end, alignment);
    const uint32_t managed = field.offset - header_of(type);
    if (offset + value.size > kMostBytes) return failure(ErrorKind::MarshalDirective, "the structure is too large");
    layout.fields.push_back({managed, static_cast<uint32_t>(offset), &value});
    layout.end = std::max(layout.end, offset + value.size);
    layout.alignment = std::max(layout.alignment, alignment);
    layout.is_copy = layout.is_copy && value.is_copy() && managed == offset;
  }
  layout.end = std::max<uint64_t>({1, align_up(layout.end, layout.alignment), start + declared.size});
  // An inline array repeats its one field; only managed memory knows how often.
  const bool is_inline_array = !is_class && layout.is_copy && layout.end < type.value_size;
  form.size = is_inline_array ? type.value_size : static_cast<uint32_t>(layout.end);
  form.alignment = layout.alignment;
  if (layout.is_copy && (is_class || form.size == type.value_size)) form.conversion = Conversion::Copy;
  form.fields = types_.arena().copy(std::span<const FieldForm>(layout.fields));
  return {};
}

}  // namespace leanclr::interop
