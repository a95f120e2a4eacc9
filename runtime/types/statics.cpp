// The static half of Sized: where static and thread-static fields lie, and the data of RVA fields.
#include "base/list.h"
#include "types/attributes.h"
#include "types/type_builder.h"

namespace leanclr::types {

using metadata::Table;
using metadata::Token;

namespace {

constexpr uint64_t kMaxStaticBytes = 16 << 20;

/// One block of static fields, as they are placed.
class StaticBlock {
 public:
  void place(Field& field) {
    const Type& type = *field.type;
    size_ = (size_ + type.alignment - 1) & ~uint64_t{type.alignment - 1};
    if (size_ > kMaxStaticBytes) return;
    field.offset = static_cast<uint32_t>(size_);
    if (type.is_reference()) references_.push_back(field.offset);
    if (type.flags.value_type)
      for (uint32_t inner : type.references) references_.push_back(field.offset + inner);
    size_ += type.value_size;
  }
  bool too_large() const { return size_ > kMaxStaticBytes; }
  uint32_t size() const { return static_cast<uint32_t>(size_); }
  std::span<const uint32_t> references() const { return references_; }

 private:
  uint64_t size_ = 0;
  List<uint32_t> references_;
};

}  // namespace

Status TypeBuilder::lay_out_statics(Type& type) {
  StaticBlock shared, per_thread;
  for (Field& field : type.fields) {
    if (!field.is_static || field.is_literal || field.has_rva) continue;
    TRY(size_value_of(field));
    if (field.type->element_type == ElementType::ByRef || field.type->flags.by_ref_like)
      return load_error(type, "a static field of a ref struct");
    field.is_thread_static = TRY(find_attribute(type.assembly->image(), Token(Table::Field, field.row),
                                                "System", "ThreadStaticAttribute")) != 0;
    (field.is_thread_static ? per_thread : shared).place(field);
  }
  if (shared.too_large() || per_thread.too_large()) return load_error(type, "too many static fields");
  type.flags.has_static_references = !shared.references().empty();
  if (shared.size()) {
    type.statics = static_cast<uint8_t*>(arena_.allocate(shared.size()));
    type.static_references = arena_.copy(shared.references());
  }
  if (per_thread.size()) {
    type.thread_static_size = per_thread.size();
    type.thread_static_index = ++interned_.thread_static_blocks;
    type.thread_static_references = arena_.copy(per_thread.references());
  }
  return {};
}

Status TypeBuilder::bind_rva(Field& field) {
  if (!field.has_rva || field.rva_data) return {};
  Type& type = *field.declaring_type;
  TRY(resolve_field_type(field));
  TRY(size_value_of(field));
  const TypeFlags& flags = field.type->flags;
  if (field.type->is_reference() || flags.has_references || flags.by_ref_like || field.type->element_type == ElementType::ByRef)
    return load_error(type, "references in a field with preset data");
  const metadata::Image& image = type.assembly->image();
  auto rows = image.rows_with_key<Table::FieldRVA>(field.row);
  if (rows.empty()) return load_error(type, "a field with preset data that has none");
  Bytes data = TRY(image.at_rva(TRY(image.row<Table::FieldRVA>(rows.begin)).rva));
  if (data.size() < field.type->value_size) return load_error(type, "preset data that is too short");
  field.rva_data = data.data();
  return {};
}

}  // namespace leanclr::types
