// Custom attributes by name: rows and blobs only.
#include "types/attributes.h"

#include "types/type_name.h"
#include "types/type_system.h"

namespace leanclr::types {

using metadata::Image;
using metadata::RowNumber;
using metadata::Table;
using metadata::Token;

namespace {

/// The TypeDef or TypeRef that declares an attribute's constructor; nil for constructed types.
Result<Token> type_of_constructor(const Image& image, Token constructor) {
  if (constructor.table() == Table::MethodDef)
    return Token(Table::TypeDef, TRY(image.owner_of_method(constructor.row())));
  return TRY(image.row<Table::MemberRef>(constructor.row())).class_;
}

}  // namespace

Result<RowNumber> find_attribute(const Image& image, Token parent, std::string_view name_space,
                                 std::string_view name) {
  auto rows = image.rows_with_key<Table::CustomAttribute>(parent.value);
  for (RowNumber number = rows.begin; number != rows.end; ++number) {
    Token constructor = TRY(image.row<Table::CustomAttribute>(number)).type;
    Token type = TRY(type_of_constructor(image, constructor));
    if (TRY(type_name_of(image, type)) == TypeName{name_space, name}) return number;
  }
  return RowNumber{0};
}

Result<bool> is_unmanaged_function(const Method& method, const Assembly& corelib) {
  const Assembly* assembly = method.declaring_type->assembly;
  if (!method.is_static() || method.row == 0 || assembly == &corelib) return false;
  const Token token(Table::MethodDef, method.row);
  return TRY(find_attribute(assembly->image(), token, "System.Runtime.InteropServices", "UnmanagedCallersOnlyAttribute")) != 0;
}

Result<int32_t> attribute_int(const Image& image, RowNumber attribute) {
  constexpr uint16_t kProlog = 1;  // §II.23.3
  auto row = TRY(image.row<Table::CustomAttribute>(attribute));
  Reader reader = TRY(image.blob_reader(row.value));
  if (TRY(reader.u16()) != kProlog) return reader.bad("bad custom attribute");
  return reader.read<int32_t>();
}

}  // namespace leanclr::types
