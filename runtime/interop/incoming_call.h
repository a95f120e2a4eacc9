// IncomingCall: a call from C of a managed method, by a plan of the method's signature.
//
// What it is not: a call of [UnmanagedCallersOnly] methods, whose arguments are C's already (unmanaged_calls.h).
#pragma once

#include "interop/lowering.h"

namespace leanclr::interop {

/// Can every argument come from C and the result go there? Errors: MarshalDirective naming the parameter.
Status check_incoming(const Plan& plan, types::TypeSystem& types, const types::Type& delegate);

class IncomingCall {
 public:
  IncomingCall(interp::Thread& thread, Marshalling& marshalling, const Plan& plan, const Lowering& lowering, types::Method& method)
      : thread_(thread), plan_(plan), lowering_(lowering), method_(method), exchange_(thread, marshalling) {}

  /// `args` as C passes them: one slot per letter of the lowering's ABI text. Errors: what the method throws, conversions'.
  Status run(gc::Object* self, const Slot* args, Slot* ret);

 private:
  Status unpack(const Slot* args);
  Status to_managed(const PlannedValue& value);
  Status by_ref_to_managed(const PlannedValue& value, Slot& slot);
  Status give_back();
  Status give_result(Slot* ret);
  uint8_t* native(const PlannedValue& value) { return reinterpret_cast<uint8_t*>(&native_[value.native_slot]); }
  Slot& managed(const PlannedValue& value) { return managed_[value.managed_slot + 1]; }

  interp::Thread& thread_;
  const Plan& plan_;
  const Lowering& lowering_;
  types::Method& method_;
  Exchange exchange_;
  List<Slot> native_;   // the arguments as a P/Invoke's native slots
  List<Slot> managed_;  // `this`, then the arguments
  OwningList<gc::Local<gc::Object>> kept_;  // by parameter: what holds the value that it refers to
};

}  // namespace leanclr::interop
