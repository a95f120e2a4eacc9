// A managed signature of blittable values as the C type that NativeCode calls by, and such values on the way between
// managed slots and C's (clang's C ABI of wasm32): a struct is a pointer to a copy, or its only scalar; a struct result is
// written through a pointer in front of the arguments.
// What it is not: marshalling. P/Invokes and delegates go by plans; here are function pointers, which have no MarshalAs.
#pragma once

#include <string>

#include "abi/slot.h"
#include "base/list.h"
#include "types/type_system.h"

namespace leanclr::interop {

struct NativeSignature {
  struct Value {
    char letter = 'v';        // NativeCode's; a struct that is no scalar: 'i', a pointer
    bool by_pointer = false;  // a struct: `bytes` of it are copied
    /// How many bits of an integer count: b/B int8/uint8, h/H int16/uint16, z a bool of 32 bits, else all.
    char small = ' ';
    uint32_t slots = 1;       // managed
    uint32_t bytes = 0;
  };
  std::string abi;
  Value result;
  List<Value> parameters;
  uint32_t managed_slots = 0;  // of all parameters
  bool is_plain = true;        // managed slots are C's arguments already

  /// C's arguments out of managed ones, which must stay; `result` is where a struct result is to go.
  List<abi::Slot> lowered(const abi::Slot* managed, abi::Slot* result_slots) const;
  /// And the other way round.
  List<abi::Slot> raised(const abi::Slot* native) const;
};

/// Errors: MarshalDirective naming `name`, the parameter, its type and the reason; load errors.
Result<NativeSignature> lower_signature(types::TypeSystem& types, const types::MethodSignature& signature, std::string_view name);

/// C promises nothing about the bits above a small integer; managed code wants them.
void widen(abi::Slot& slot, char small);

}  // namespace leanclr::interop
