// Plan: how one method's arguments and result cross to a C function and back, made once when the method is bound.
//
// A call by a plan: every argument is converted into native slots (Exchange), the target is called with them, what it wrote
// behind pointers comes back, what was made for the call is freed. Where everything already looks the same there is no
// plan and the target gets the managed slots.
// A C function that takes the managed object itself (gc::Object* and its kin) gets it unconverted.
#pragma once

#include "abi/native.h"
#include "interop/exchange.h"

namespace leanclr::interop {

struct PlannedValue {
  const Form* form = nullptr;  // null: the object itself
  bool in = true, out = false;
  uint16_t managed_slot = 0, native_slot = 0;
  uint16_t size_parameter = MarshalAs::kNoParameter;  // the parameter that counts an array's elements
  uint32_t size = 0;                                  // and how many are added to it
};

struct Plan {
  PlannedValue result;
  List<PlannedValue> parameters;
  uint32_t native_slots = 0;
  bool set_last_error = false;
  bool preserve_sig = true;   // else the function gives an HRESULT, and its result behind a last pointer
  bool is_direct = false;     // the arguments are what C wants already; only the result or the error are looked at
  bool is_trivial = false;    // no plan is needed at all
};

/// Slots that a value of a type takes on the managed stack.
inline uint32_t managed_slots(const types::Type& type) { return type.flags.value_type ? abi::slots_for(type.value_size) : 1; }

/// The plan of a method for a target of these letters (null: of any; its arguments are then all converted). Errors:
/// MarshalDirective naming the parameter, its type and the reason; load errors.
Result<Plan> make_plan(Forms& forms, types::Method& method, const char* letters);

/// How many elements an array has that C hands over, by its SizeParamIndex and SizeConst; `native`: the plan's native slots.
uint32_t counted(const Plan& plan, const PlannedValue& value, const abi::Slot* native);

/// The letters of the C function that a plan calls (abi::Letters).
abi::Letters letters_of(const Plan& plan);

/// What a call needs besides its plan.
struct PlannedCall {
  const Plan& plan;
  Marshalling& marshalling;
  const abi::NativeEntry& target;
};
Status call_by_plan(const PlannedCall& planned, const abi::Call& call);

}  // namespace leanclr::interop
