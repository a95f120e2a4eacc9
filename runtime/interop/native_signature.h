// A managed signature of blittable values as the C type that NativeCode calls by.
#pragma once

#include <string>

#include "abi/slot.h"
#include "types/type_system.h"

namespace leanclr::interop {

struct NativeSignature {
  std::string abi;    // NativeCode's letters, the result first
  std::string small;  // beside each: how many bits of it count and how they are widened; see widen()
};

/// Errors: MarshalDirective naming `name`, the parameter, its type and the reason.
Result<NativeSignature> lower_signature(types::TypeSystem& types, const types::MethodSignature& signature, std::string_view name);

/// C promises nothing about the bits above a small integer, managed code wants them: b/B int8/uint8, h/H int16/uint16,
/// z a bool of 32 bits, anything else stays.
void widen(abi::Slot& slot, char small);

}  // namespace leanclr::interop
