// DelegatePointers: delegates as C function pointers (FunctionPointers), by the same plans as P/Invokes, read the other way
// round: C's arguments become managed ones, the result goes back.
//
// A pointer holds its delegate weakly, as .NET has it: whoever gives a pointer away keeps the delegate. One that C calls
// after its delegate has died is an error, and comes back into use as late as possible.
// A delegate for a C function calls it by the plan of its own type.
#pragma once

#include "interop/lowering.h"
#include "interop/marshalling.h"

namespace leanclr::interop {

class DelegatePointers final : public FunctionPointers {
 public:
  DelegatePointers(NativeCode& code, Marshalling& marshalling, objects::ObjectModel& objects);
  ~DelegatePointers();

  Result<Address> pointer_of(interp::Thread& thread, gc::Object* delegate) override;
  Result<gc::Object*> delegate_of(interp::Thread& thread, Address pointer, types::Type& type) override;

 private:
  struct Shape;    // a delegate type
  struct Pointer;  // a delegate that C may call
  struct Function; // a C function that a delegate type calls
  class Incoming;  // a call from C
  static Status run(interp::Thread& thread, void* target, const Slot* args, Slot* ret);
  static Status call_native(const abi::Call& call);
  static Status call_function(const abi::Call& call);
  Result<Shape*> shape_of(types::Type& type);
  Status make_target(Shape& shape);
  Result<const Function*> function_at(Shape& shape, Address address);
  Address& pointer_field(gc::Object* delegate) const;
  void free_dead();

  NativeCode& code_;
  Marshalling& marshalling_;
  objects::ObjectModel& objects_;
  OwningList<Shape> shapes_;
  OwningList<Pointer> pointers_;
  List<Pointer*> free_;
  size_t look_for_dead_at_ = 64;  // live pointers
};

}  // namespace leanclr::interop
