// Assembly: an image with its caches, and the index of its types by name.
#include "types/interned.h"

namespace leanclr::types {

using metadata::RowNumber;
using metadata::Table;
using metadata::Token;

namespace {

constexpr uint32_t kVisibilityMask = 0x7;  // §II.23.1.15
constexpr uint32_t kNestedPublic = 0x2;

uint32_t hash_name(std::string_view name_space, std::string_view name) {
  return hash_text(name, hash_text(name_space));
}
uint32_t hash_nested(RowNumber enclosing, std::string_view name) { return hash_text(name, enclosing); }

/// Compares the name columns of a TypeDef or ExportedType row.
template <typename Row>
bool names_are(const metadata::Image& image, const Row& row, std::string_view name_space,
               std::string_view name) {
  auto own_name = image.string(row.type_name);
  if (!own_name.ok() || own_name.value() != name) return false;
  auto own_space = image.string(row.type_namespace);
  return own_space.ok() && own_space.value() == name_space;
}

bool is_named(const metadata::Image& image, Token token, std::string_view name_space, std::string_view name) {
  if (token.table() == Table::TypeDef) {
    auto row = image.row<Table::TypeDef>(token.row());
    return row.ok() && names_are(image, row.value(), name_space, name);
  }
  auto row = image.row<Table::ExportedType>(token.row());
  return row.ok() && names_are(image, row.value(), name_space, name);
}

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
    uint32_t hash = hash_name(TRY(image_->string(row.type_namespace)), TRY(image_->string(row.type_name)));
    index.insert(hash, Token(Table::TypeDef, number).value);
  }
  for (RowNumber number = 1; number <= exported; ++number) {
    auto row = TRY(image_->row<Table::ExportedType>(number));
    if (row.implementation.table() == Table::ExportedType) continue;
    uint32_t hash = hash_name(TRY(image_->string(row.type_namespace)), TRY(image_->string(row.type_name)));
    index.insert(hash, Token(Table::ExportedType, number).value);
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
  return Token(top_level_.find(hash_name(name_space, name), [&](uint32_t token) {
    return is_named(*image_, Token(token), name_space, name);
  }));
}

Result<RowNumber> Assembly::find_nested(RowNumber enclosing, std::string_view name) {
  TRY(index_nested_types());
  return nested_.find(hash_nested(enclosing, name), [&](RowNumber row) {
    auto type = image_->row<Table::TypeDef>(row);
    if (!type.ok() || image_->enclosing_type(row) != enclosing) return false;
    auto own_name = image_->string(type.value().type_name);
    return own_name.ok() && own_name.value() == name;
  });
}

}  // namespace leanclr::types
