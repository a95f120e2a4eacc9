// See delegate_pointers.h. Calls from C stand in incoming_call.cpp.
#include "interop/delegate_pointers.h"

#include "interop/delegate_target.h"
#include "interop/incoming_call.h"
#include "interp/delegates.h"

namespace leanclr::interop {

using gc::HandleKind;
using gc::Object;
using types::Method;
using types::Type;

struct DelegatePointers::Shape {
  DelegatePointers* owner = nullptr;
  Type* type = nullptr;
  Method* invoke = nullptr;
  Plan plan;
  Lowering lowering;
  Method* target = nullptr;    // what a delegate of this type for a C function calls; made with the first one
  abi::NativeEntry native;     // its entry
  OwningList<Function> functions;
  HashTable<Function*> by_address;  // asked at each call
};

struct DelegatePointers::Pointer {
  Shape* shape = nullptr;
  Address address = 0;
  uint32_t handle = 0;  // weak
};

struct DelegatePointers::Function {
  Shape* shape;
  Address address;
  NativeFunction function;
};

DelegatePointers::DelegatePointers(NativeCode& code, Marshalling& marshalling, objects::ObjectModel& objects)
    : code_(code), marshalling_(marshalling), objects_(objects) {}
DelegatePointers::~DelegatePointers() = default;

/// A delegate keeps the function pointer that it has: that of its thunk, or that of the C function which it calls.
Address& DelegatePointers::pointer_field(Object* delegate) const { return objects::field_at<Address>(delegate, objects_.fields().delegate_extra_arg); }

Result<DelegatePointers::Shape*> DelegatePointers::shape_of(Type& type) {
  for (Shape* shape : shapes_)
    if (shape->type == &type) return shape;
  types::TypeSystem& types = marshalling_.forms.types();
  auto shape = std::make_unique<Shape>();
  shape->owner = this;
  shape->type = &type;
  if (type.is_generic_instance()) return failure_with(ErrorKind::Argument, "The specified Type must not be a generic type: %", {types.full_name(type)});
  shape->invoke = types.find_method(type, "Invoke");
  if (!shape->invoke) return failure_with(ErrorKind::MissingMethod, "%::Invoke", {types.full_name(type)});
  shape->plan = TRY(make_plan(marshalling_.forms, *shape->invoke, nullptr));
  shape->lowering = TRY(lower(shape->plan));
  return &shapes_.add(shape.release());
}

void DelegatePointers::free_dead() {
  gc::Heap& heap = objects_.heap();
  size_t live = 0;
  for (Pointer* pointer : pointers_) {
    if (!pointer->address) continue;
    if (heap.handle_target(pointer->handle)) {
      ++live;
      continue;
    }
    code_.free_callback(pointer->address);
    heap.free_handle(pointer->handle);
    *pointer = {};
    free_.push_back(pointer);
  }
  look_for_dead_at_ = std::max<size_t>(64, live * 2);
}

Result<Address> DelegatePointers::pointer_of(interp::Thread& thread, Object* delegate) {
  Method* method = interp::delegate_method(objects_, delegate);
  Address& known = pointer_field(delegate);
  if (known) {
    if (method->native && method->native->invoke == call_native) return known;
    // A copy of a delegate has the field as well, and wants a pointer of its own.
    const Callback* callback = code_.callback_at(known);
    if (callback && callback->run == run && thread.heap().handle_target(static_cast<Pointer*>(callback->target)->handle) == delegate) return known;
  }
  Shape& shape = *TRY(shape_of(*delegate->type));
  TRY(check_incoming(shape.plan, thread.types(), *delegate->type));
  if (pointers_.size() - free_.size() >= look_for_dead_at_) free_dead();
  Pointer* pointer = free_.empty() ? &pointers_.add(new Pointer) : free_.back();
  pointer->shape = &shape;
  pointer->handle = thread.heap().new_handle(delegate, HandleKind::Weak);
  Result<Address> address = pointer->handle ? code_.make_callback(shape.lowering.abi, {run, pointer}) : Result<Address>(ErrorKind::OutOfMemory);
  if (!address.ok()) {
    if (free_.empty() || free_.back() != pointer) free_.push_back(pointer);
    return address;
  }
  if (!free_.empty() && free_.back() == pointer) free_.pop_back();
  pointer->address = address.value();
  known = address.value();
  return address;
}

Status DelegatePointers::run(interp::Thread& thread, void* target, const Slot* args, Slot* ret) {
  const Pointer& pointer = *static_cast<Pointer*>(target);
  Object* delegate = thread.heap().handle_target(pointer.handle);
  if (!delegate)
    return failure_with(ErrorKind::InvalidOperation, "C called a function pointer whose delegate, a %, was collected: keep a reference to the delegate as long as C holds the pointer", {thread.types().full_name(*pointer.shape->type)});
  const Shape& shape = *pointer.shape;
  return IncomingCall(thread, shape.owner->marshalling_, shape.plan, shape.lowering, *shape.invoke).run(delegate, args, ret);
}

Status DelegatePointers::make_target(Shape& shape) {
  shape.native.name = "C function";
  shape.native.invoke = call_native;
  shape.native.plan = &shape;
  shape.target = TRY(make_delegate_target(marshalling_.forms.types(), *shape.invoke, "Native", shape.native));
  return {};
}

Result<Object*> DelegatePointers::delegate_of(interp::Thread& thread, Address address, Type& type) {
  const Callback* callback = code_.callback_at(address);
  if (callback && callback->run == run) {
    Object* delegate = thread.heap().handle_target(static_cast<Pointer*>(callback->target)->handle);
    if (!delegate) return failure(ErrorKind::InvalidOperation, "the delegate of this function pointer was collected");
    if (delegate->type == &type) return delegate;
  }
  TRY(thread.types().ensure(type, types::TypeState::Complete));
  Shape& shape = *TRY(shape_of(type));
  if (!shape.target) TRY(make_target(shape));
  TRY(function_at(shape, address));
  gc::Local<Object> delegate(thread.heap(), objects_.new_object(type));
  if (!delegate.get()) return ErrorKind::OutOfMemory;
  interp::init_delegate(objects_, delegate, delegate, *shape.target, *shape.invoke);
  pointer_field(delegate) = address;
  return delegate.get();
}

Result<const DelegatePointers::Function*> DelegatePointers::function_at(Shape& shape, Address address) {
  const uint32_t hash = combine_hashes(address, 0);
  if (Function* known = shape.by_address.find(hash, [&](const Function* function) { return function->address == address; })) return known;
  NativeFunction function = TRY(code_.bind(pointer_at<const void>(address), shape.lowering.abi));
  Function& added = shape.functions.add(new Function{&shape, address, function});
  shape.by_address.insert(hash, &added);
  return &added;
}

Status DelegatePointers::call_native(const abi::Call& call) {
  Shape& shape = *static_cast<Shape*>(const_cast<void*>(call.entry.plan));
  DelegatePointers& self = *shape.owner;
  const Function* function = TRY(self.function_at(shape, self.pointer_field(call.args[0].object)));
  abi::NativeEntry target;
  target.invoke = call_function;
  target.plan = function;
  // The plan is of Invoke, whose arguments begin behind the delegate.
  const abi::Call inner{call.thread, call.heap, call.method, call.entry, call.args + 1, call.ret};
  gc::Local<Object> kept(call.heap, call.args[0].object);
  return call_by_plan({shape.plan, self.marshalling_, target}, inner);
}

Status DelegatePointers::call_function(const abi::Call& call) {
  const Function& function = *static_cast<const Function*>(call.entry.plan);
  return call_lowered(function.shape->owner->code_, call.thread, function.function, function.shape->lowering, call.args, call.ret);
}

}  // namespace leanclr::interop
