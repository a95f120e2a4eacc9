// FunctionPointers: delegates as C function pointers and back (Marshal.GetFunctionPointerForDelegate and its kin).
#pragma once

#include "interp/thread.h"

namespace leanclr::interop {

class FunctionPointers {
 public:
  /// The C function pointer that calls a delegate; the same one each time, good as long as the delegate lives. Errors:
  /// MarshalDirective for a delegate type whose signature C cannot have, OutOfMemory.
  virtual Result<Address> pointer_of(interp::Thread& thread, gc::Object* delegate) = 0;
  /// A delegate of `type` that calls a C function; the delegate itself, when the pointer is one's of pointer_of.
  virtual Result<gc::Object*> delegate_of(interp::Thread& thread, Address pointer, types::Type& type) = 0;

 protected:
  ~FunctionPointers() = default;
};

}  // namespace leanclr::interop
