// UnmanagedCalls: `delegate* unmanaged`. What ldftn gives for a method with [UnmanagedCallersOnly], so that C code can
// call it, and calls through the address of a C function.
//
// Managed code that calls such a method by its pointer does not leave the interpreter: the pointer leads back to the
// method (method_at).
#pragma once

#include "interop/native_code.h"

namespace leanclr::interop {

class UnmanagedCalls {
 public:
  UnmanagedCalls(NativeCode& code, types::TypeSystem& types);
  ~UnmanagedCalls();

  /// A C function pointer that runs a static method; the same one each time. Errors: MarshalDirective (C has no such
  /// type), PlatformNotSupported.
  Result<Address> address_of_method(types::Method& method);
  /// The method behind an address that address_of_method gave; null for every other.
  types::Method* method_at(Address address) const;
  /// Calls the C function at an address by a call site's signature. Errors: MarshalDirective, and NativeCode::call's.
  Status call(interp::Thread& thread, Address function, const types::MethodSignature& signature, const Slot* args, Slot* ret);

 private:
  struct Exported;
  struct Site;
  static Status run_method(interp::Thread& thread, void* target, const Slot* args, Slot* ret);
  Result<const Site*> site_at(Address function, const types::MethodSignature& signature);
  NativeCode& code_;
  types::TypeSystem& types_;
  OwningList<Exported> exported_;
  HashTable<Exported*> by_method_;
  OwningList<Site> sites_;
  HashTable<Site*> by_function_;
  const Site* last_ = nullptr;
};

}  // namespace leanclr::interop
