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

namespace {

bool same_parameters(const MethodSignature& one, const MethodSignature& other) {
  return one.has_this == other.has_this && one.generic_parameters == other.generic_parameters &&
         std::equal(one.parameters.begin(), one.parameters.end(), other.parameters.begin(),
                    other.parameters.end());
}

/// The signature of `method`, with the generic parameters of `other` in place of its own.
Result<const MethodSignature*> signature_as(TypeSystem& types, Method& method, const Method& other) {
  const MethodSignature* signature = TRY(types.signature_of(method));
  if (method.generic_parameters.empty()) return signature;
  return substitute(types, *signature, GenericContext{{}, other.generic_parameters});
}

/// Cheap, and enough to tell most methods apart.
Result<bool> same_shape(TypeSystem& types, Method& one, Method& other) {
  if (one.generic_parameters.size() != other.generic_parameters.size()) return false;
  return TRY(parameter_count(types, one)) == TRY(parameter_count(types, other));
}

}  // namespace

bool same_signature(const MethodSignature& one, const MethodSignature& other) {
  return one.return_type == other.return_type && same_parameters(one, other);
}

Result<bool> same_signature(TypeSystem& types, Method& one, Method& other) {
  if (!TRY(same_shape(types, one, other))) return false;
  const MethodSignature* right = TRY(types.signature_of(other));
  const MethodSignature* left = TRY(signature_as(types, one, other));
  return left == right || same_signature(*left, *right);
}

Result<bool> may_override(TypeSystem& types, Method& declaration, Method& body) {
  if (!TRY(same_shape(types, declaration, body))) return false;
  const MethodSignature* given = TRY(types.signature_of(body));
  const MethodSignature* wanted = TRY(signature_as(types, declaration, body));
  if (!same_parameters(*wanted, *given)) return false;
  Type &result = *given->return_type, &expected = *wanted->return_type;
  return &result == &expected || (result.is_reference() && expected.is_reference() && types.is_assignable(expected, result));
}

}  // namespace leanclr::types
