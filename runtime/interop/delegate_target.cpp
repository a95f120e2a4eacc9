// See delegate_target.h.
#include "interop/delegate_target.h"

namespace leanclr::interop {

Result<types::Method*> make_delegate_target(types::TypeSystem& types, types::Method& invoke, std::string_view name, const abi::NativeEntry& native) {
  types::MethodSignature signature = *TRY(types.signature_of(invoke));
  List<types::Type*> parameters;
  parameters.push_back(types.known().object);
  for (types::Type* type : signature.parameters) parameters.push_back(type);
  signature.parameters = types.arena().copy(std::span<types::Type* const>(parameters.data(), parameters.size()));
  signature.has_this = false;
  types::Method* target = types.add_generated_method(name, signature);
  target->impl_attributes |= types::kImplInternalCall;  // imported as an extern
  target->native = &native;
  return target;
}

}  // namespace leanclr::interop
