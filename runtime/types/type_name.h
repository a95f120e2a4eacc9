// TypeName: namespace and name of a type as rows have them, for comparisons that load nothing.
#pragma once

#include <string_view>

#include "metadata/image.h"

namespace leanclr::types {

struct TypeName {
  std::string_view name_space, name;
  bool operator==(const TypeName&) const = default;
};

/// Of a TypeDef, TypeRef or ExportedType row.
template <typename Row>
Result<TypeName> type_name_of(const metadata::Image& image, const Row& row) {
  return TypeName{TRY(image.string(row.type_namespace)), TRY(image.string(row.type_name))};
}

/// Of a TypeDef, TypeRef or ExportedType token; empty for other tables.
Result<TypeName> type_name_of(const metadata::Image& image, metadata::Token token);

}  // namespace leanclr::types
