// See native_signature.h.
#include "interop/native_signature.h"

namespace leanclr::interop {
namespace {

using types::ElementType;

struct Lowered {
  char abi = 0;  // 0: C has no such value
  char small = ' ';
};

Lowered lower(const types::Type& type) {
  switch (type.underlying()->element_type) {
    case ElementType::Void: return {'v'};
    case ElementType::Boolean: return {'i', 'z'};
    case ElementType::I1: return {'i', 'b'};
    case ElementType::U1: return {'i', 'B'};
    case ElementType::I2: return {'i', 'h'};
    case ElementType::U2:
    case ElementType::Char: return {'i', 'H'};
    case ElementType::I4:
    case ElementType::U4:
    case ElementType::I:
    case ElementType::U:
    case ElementType::Ptr:
    case ElementType::ByRef:
    case ElementType::FnPtr: return {'i'};
    case ElementType::I8:
    case ElementType::U8: return {'l'};
    case ElementType::R4: return {'f'};
    case ElementType::R8: return {'d'};
    default: return {};
  }
}

}  // namespace

Result<NativeSignature> lower_signature(types::TypeSystem& types, const types::MethodSignature& signature, std::string_view name) {
  NativeSignature result;
  auto add = [&](types::Type& type, const std::string& what) -> Status {
    TRY(types.ensure(type, types::TypeState::Linked));  // an enum's underlying type
    const Lowered lowered = lower(type);
    if (!lowered.abi)
      return failure_with(ErrorKind::MarshalDirective, "%: % of type % cannot be passed to a native function", {name, what, types.full_name(type)});
    result.abi += lowered.abi;
    result.small += lowered.small;
    return {};
  };
  TRY(add(*signature.return_type, "the result"));
  if (signature.has_this)
    return failure_with(ErrorKind::MarshalDirective, "%: an instance method has no native form", {name});
  for (size_t i = 0; i < signature.parameters.size(); ++i)
    TRY(add(*signature.parameters[i], "parameter " + std::to_string(i + 1)));
  return result;
}

void widen(abi::Slot& slot, char small) {
  switch (small) {
    case 'z': slot.i4 = slot.i4 != 0; break;
    case 'b': slot.i4 = static_cast<int8_t>(slot.i4); break;
    case 'B': slot.i4 = static_cast<uint8_t>(slot.i4); break;
    case 'h': slot.i4 = static_cast<int16_t>(slot.i4); break;
    case 'H': slot.i4 = static_cast<uint16_t>(slot.i4); break;
    default: break;
  }
}

}  // namespace leanclr::interop
