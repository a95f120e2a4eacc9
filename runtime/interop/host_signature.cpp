// See host_signature.h.
#include "interop/host_signature.h"

namespace leanclr::interop {
namespace {

using types::ElementType;

/// 0: the type does not cross.
char letter_of(const types::Type& type) {
  switch (type.underlying()->element_type) {
    case ElementType::Void: return 'v';
    case ElementType::Boolean: return 'z';
    case ElementType::Char: return 'c';
    case ElementType::I1: return 'b';
    case ElementType::U1: return 'B';
    case ElementType::I2: return 'h';
    case ElementType::U2: return 'H';
    case ElementType::I4: return 'i';
    case ElementType::U4: return 'I';
    case ElementType::I8: return 'l';
    case ElementType::U8: return 'L';
    case ElementType::R4: return 'f';
    case ElementType::R8: return 'd';
    case ElementType::I: return 'n';
    case ElementType::U: return 'N';
    case ElementType::Ptr:
    case ElementType::FnPtr: return 'p';
    case ElementType::String: return 's';
    default: return 0;
  }
}

}  // namespace

Result<std::string> host_signature(types::TypeSystem& types, types::Method& method) {
  const types::MethodSignature& signature = *TRY(types.signature_of(method));
  std::string letters;
  auto add = [&](types::Type& type, const std::string& what) -> Status {
    TRY(types.ensure(type, types::TypeState::Linked));  // an enum's underlying type
    char letter = letter_of(type);
    if (!letter)
      return failure_with(ErrorKind::MarshalDirective, "%: % of type % cannot be passed to a JavaScript function", {types.full_name(method), what, types.full_name(type)});
    letters.push_back(letter);
    return {};
  };
  TRY(add(*signature.return_type, "the result"));
  if (signature.has_this)
    return failure_with(ErrorKind::MarshalDirective, "%: an instance method has no JavaScript form", {types.full_name(method)});
  for (size_t i = 0; i < signature.parameters.size(); ++i)
    TRY(add(*signature.parameters[i], "parameter " + std::to_string(i + 1)));
  return letters;
}

}  // namespace leanclr::interop
