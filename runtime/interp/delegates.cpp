// See delegates.h.
#include "interp/delegates.h"

namespace leanclr::interp {

using objects::field_at;

void init_delegate(objects::ObjectModel& objects, gc::Object* delegate, gc::Object* target, types::Method& method,
                   const types::Method& invoke) {
  const objects::CoreFields& fields = objects.fields();
  size_t taken = method.signature->parameters.size() + (method.signature->has_this ? 1 : 0);
  bool bound = taken == invoke.signature->parameters.size() + 1;
  field_at<Address>(delegate, fields.delegate_method) = address_of(&method);
  field_at<Address>(delegate, fields.delegate_method_ptr) = address_of(&method);
  field_at<uint8_t>(delegate, fields.delegate_bound) = bound;
  // One that is open over a virtual method calls what its first argument has in its place.
  field_at<uint8_t>(delegate, fields.delegate_method_is_virtual) =
      !bound && method.signature->has_this && method.is_virtual() && !method.declaring_type->flags.value_type;
  // An unbound delegate's Target is null; what was passed is dropped.
  field_at<Ref<gc::Object>>(delegate, fields.delegate_target) = bound ? target : nullptr;
}

types::Method* delegate_method(objects::ObjectModel& objects, gc::Object* delegate) {
  return pointer_at<types::Method>(field_at<Address>(delegate, objects.fields().delegate_method));
}

gc::Object* delegate_target(objects::ObjectModel& objects, gc::Object* delegate) {
  return field_at<Ref<gc::Object>>(delegate, objects.fields().delegate_target);
}

}  // namespace leanclr::interp
