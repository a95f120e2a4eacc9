// Comparison of method signatures, cheapest parts first.
#include "types/method_match.h"

#include <algorithm>

#include "types/substitution.h"

namespace leanclr::types {

using metadata::Table;

namespace {

/// A method's header, as its definition's blob has it.
Result<metadata::MethodSignatureHeader> header_of(const Method& method) {
  const Method* definition = &method;
  while (definition->definition != definition) definition = definition->definition;
  const metadata::Image& image = definition->declaring_type->assembly->image();
  auto row = TRY(image.row<Table::MethodDef>(definition->row));
  Reader reader = TRY(image.blob_reader(row.signature));
  return metadata::read_method_header(reader);
}

}  // namespace

Result<uint32_t> parameter_count(TypeSystem& types, Method& method) {
  if (method.signature || method.row == 0)
    return static_cast<uint32_t>(TRY(types.signature_of(method))->parameters.size());
  return TRY(header_of(method)).parameters;
}

bool same_signature(const MethodSignature& one, const MethodSignature& other) {
  return one.return_type == other.return_type && one.has_this == other.has_this &&
         one.generic_parameters == other.generic_parameters &&
         std::equal(one.parameters.begin(), one.parameters.end(), other.parameters.begin(),
                    other.parameters.end());
}

Result<bool> same_signature(TypeSystem& types, Method& one, Method& other) {
  if (one.generic_parameters.size() != other.generic_parameters.size()) return false;
  if (TRY(parameter_count(types, one)) != TRY(parameter_count(types, other))) return false;
  const MethodSignature* left = TRY(types.signature_of(one));
  const MethodSignature* right = TRY(types.signature_of(other));
  if (left != right && !one.generic_parameters.empty())
    left = TRY(substitute(types, *left, GenericContext{{}, other.generic_parameters}));
  return left == right || same_signature(*left, *right);
}

}  // namespace leanclr::types
