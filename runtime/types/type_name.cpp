// Names by token.
#include "types/type_name.h"

namespace leanclr::types {

using metadata::Table;

Result<TypeName> type_name_of(const metadata::Image& image, metadata::Token token) {
  switch (token.table()) {
    case Table::TypeDef: return type_name_of(image, TRY(image.row<Table::TypeDef>(token.row())));
    case Table::TypeRef: return type_name_of(image, TRY(image.row<Table::TypeRef>(token.row())));
    case Table::ExportedType: return type_name_of(image, TRY(image.row<Table::ExportedType>(token.row())));
    default: return TypeName{};
  }
}

}  // namespace leanclr::types
