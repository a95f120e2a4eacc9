// Lowering: a plan's native slots as the arguments of a C function whose type is known from the plan alone (clang's C ABI
// of wasm32): a struct by value is a pointer to a copy, unless it is one scalar, which travels as itself; a struct result
// is written through a pointer in front of the arguments.
#pragma once

#include "interop/native_code.h"
#include "interop/plan.h"

namespace leanclr::interop {

struct Lowering {
  struct Value {
    uint16_t slot;
    bool by_pointer;
  };
  std::string abi;  // NativeCode's letters, the result first
  List<Value> parameters;
  bool returns_through_pointer = false;
  bool is_trivial = true;  // the slots are the arguments already
  uint32_t slots = 0;      // of the plan
  Kind result = Kind::Void;
};

/// Errors: MarshalDirective for a struct by value natively on 64-bit hosts, where the ABI is another one.
Result<Lowering> lower(const Plan& plan);
/// Calls a function bound with the lowering's ABI text.
Status call_lowered(NativeCode& code, interp::Thread& thread, const NativeFunction& function, const Lowering& lowering, const Slot* args, Slot* ret);

/// Whether widen() does anything.
constexpr bool is_small(Kind kind) { return kind >= Kind::Char && kind <= Kind::U2; }
/// What C leaves in a slot, whose upper bits it promises nothing about, as managed code has it.
void widen(Kind kind, Slot* slot);

}  // namespace leanclr::interop
