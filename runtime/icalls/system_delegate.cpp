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

/// CoreLib has checked that the method fits. A virtual method means the target's own.
Result<Object*> create(Thread& thread, QCallTypeHandle handle, Object* target, Object* info, bool) {
  Type& type = handle.type();
  TRY(thread.types().ensure(type, TypeState::Complete));
  Method* method = TRY(method_of_mirror(thread, info));
  if (target && method->is_virtual())
    method = TRY(thread.types().find_implementation(*target->type, *method));
  TRY(thread.types().signature_of(*method));
  Method* invoke = thread.types().find_method(type, "Invoke");
  if (!invoke) return ErrorKind::Argument;
  TRY(thread.types().signature_of(*invoke));
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
