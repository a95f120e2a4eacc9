// Assembly: an image with its caches, and the index of its types by name.
#include "types/type_name.h"
#include "types/type_system.h"

namespace leanclr::types {

using metadata::RowNumber;
using metadata::Table;
using metadata::Token;

namespace {

constexpr uint32_t kVisibilityMask = 0x7;  // §II.23.1.15
constexpr uint32_t kNestedPublic = 0x2;

uint32_t hash_name(const TypeName& name) { return hash_text(name.name, hash_text(name.name_space)); }
uint32_t hash_nested(RowNumber enclosing, std::string_view name) { return hash_text(name, enclosing); }

}  // namespace

Assembly::Assembly(std::unique_ptr<metadata::Image> image, std::string simple_name)
    : image_(std::move(image)),
      name_(std::move(simple_name)),
      type_defs_(image_->row_count(Table::TypeDef) + 1),
      type_refs_(image_->row_count(Table::TypeRef) + 1),
      assembly_refs_(image_->row_count(Table::AssemblyRef) + 1),
      member_ref_methods_(image_->row_count(Table::MemberRef) + 1),
      member_ref_fields_(image_->row_count(Table::MemberRef) + 1) {}

Status Assembly::index_types() {
  if (top_level_indexed_) return {};
  uint32_t type_defs = image_->row_count(Table::TypeDef), exported = image_->row_count(Table::ExportedType);
  HashTable<uint32_t> index;
  index.reserve(type_defs + exported);
  for (RowNumber number = 1; number <= type_defs; ++number) {
    auto row = TRY(image_->row<Table::TypeDef>(number));
    if ((row.flags & kVisibilityMask) >= kNestedPublic) continue;
    index.insert(hash_name(TRY(type_name_of(*image_, row))), Token(Table::TypeDef, number).value);
  }
  for (RowNumber number = 1; number <= exported; ++number) {
    auto row = TRY(image_->row<Table::ExportedType>(number));
    if (row.implementation.table() == Table::ExportedType) continue;
    index.insert(hash_name(TRY(type_name_of(*image_, row))), Token(Table::ExportedType, number).value);
  }
  top_level_ = std::move(index);
  top_level_indexed_ = true;
  return {};
}

Status Assembly::index_nested_types() {
  if (nested_indexed_) return {};
  uint32_t rows = image_->row_count(Table::NestedClass);
  HashTable<uint32_t> index;
  index.reserve(rows);
  for (RowNumber number = 1; number <= rows; ++number) {
    auto nested = TRY(image_->row<Table::NestedClass>(number));
    auto type = TRY(image_->row<Table::TypeDef>(nested.nested_class));
    index.insert(hash_nested(nested.enclosing_class, TRY(image_->string(type.type_name))),
                 nested.nested_class);
  }
  nested_ = std::move(index);
  nested_indexed_ = true;
  return {};
}

Result<Token> Assembly::find_top_level(std::string_view name_space, std::string_view name) {
  TRY(index_types());
  TypeName wanted{name_space, name};
  return Token(top_level_.find(hash_name(wanted), [&](uint32_t token) {
    return value_or(type_name_of(*image_, Token(token)), TypeName{}) == wanted;
  }));
}

Result<RowNumber> Assembly::find_nested(RowNumber enclosing, std::string_view name) {
  TRY(index_nested_types());
  return nested_.find(hash_nested(enclosing, name), [&](RowNumber row) {
    return value_or(type_name_of(*image_, Token(Table::TypeDef, row)), TypeName{}).name == name &&
           image_->enclosing_type(row) == enclosing;
  });
}

}  // namespace leanclr::types
