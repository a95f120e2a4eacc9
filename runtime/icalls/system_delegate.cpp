// System.Delegate: delegates made from other delegates and from methods.
#include "icalls/mirrors.h"
#include "icalls/shared.h"
#include "interp/delegates.h"

namespace leanclr::icalls {
namespace {

/// An empty delegate of the same type; the caller makes it a list of others.
Result<Object*> allocate_like(Thread& thread, Object* delegate) {
  Object* copy = TRY(allocated(thread.objects().new_object(*delegate->type)));
  Method* method = interp::delegate_method(thread.objects(), delegate);
  const objects::CoreFields& fields = thread.objects().fields();
  objects::field_at<Address>(copy, fields.delegate_method) = address_of(method);
  objects::field_at<Address>(copy, fields.delegate_method_ptr) = address_of(method);
  objects::field_at<uint8_t>(copy, fields.delegate_bound) =
      objects::field_at<uint8_t>(delegate, fields.delegate_bound);
  objects::field_at<Ref<Object>>(copy, fields.delegate_target) =
      interp::delegate_target(thread.objects(), delegate);
  return copy;
}

/// Can the target be the first argument, where the delegate passes one less than the method takes?
bool binds(types::TypeSystem& types, const Method& method, const Method& invoke, Object* target) {
  const types::MethodSignature& takes = *method.signature;
  if (takes.parameters.size() + takes.has_this != invoke.signature->parameters.size() + 1) return true;
  Type& first = takes.has_this ? *method.declaring_type : *takes.parameters[0];
  if (!takes.has_this && !first.is_reference()) return false;
  return !target || types.is_assignable(first, *target->type);
}

/// Null when the target does not fit; the rest CoreLib has checked. A virtual method means the target's own.
Result<Object*> create(Thread& thread, QCallTypeHandle handle, Object* target, Object* info, bool throws) {
  Type& type = handle.type();
  TRY(thread.types().ensure(type, TypeState::Complete));
  Method* method = TRY(method_of_mirror(thread, info));
  if (target && method->is_virtual())
    method = TRY(thread.types().find_implementation(*target->type, *method));
  TRY(thread.types().signature_of(*method));
  Method* invoke = thread.types().find_method(type, "Invoke");
  if (!invoke) return ErrorKind::Argument;
  TRY(thread.types().signature_of(*invoke));
  if (!binds(thread.types(), *method, *invoke, target)) {
    if (!throws) return static_cast<Object*>(nullptr);
    return failure(ErrorKind::Argument,
                   "Cannot bind to the target method because its signature is not compatible with "
                   "that of the delegate type.");
  }
  Object* delegate = TRY(allocated(thread.objects().new_object(type)));
  interp::init_delegate(thread.objects(), delegate, target, *method, *invoke);
  return delegate;
}

/// The method that a delegate bound to a virtual one reaches on its target.
Result<Object*> virtual_method(Thread& thread, Object* delegate) {
  Method* method = interp::delegate_method(thread.objects(), delegate);
  Object* target = interp::delegate_target(thread.objects(), delegate);
  if (target && method->is_virtual())
    method = TRY(thread.types().find_implementation(*target->type, *method));
  return method_mirror(thread, *method, nullptr);
}

constexpr NativeEntry kRows[] = {
    allocating<allocate_like>("AllocDelegateLike_internal"),
    allocating<create>("CreateDelegate_internal"),
    allocating<virtual_method>("GetVirtualMethod_internal"),
};

}  // namespace

constinit const NativeClass kSystemDelegate{"System.Delegate", kRows};

}  // namespace leanclr::icalls
