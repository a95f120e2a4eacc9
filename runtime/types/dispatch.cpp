// Which body a call reaches: virtual, interface and constrained static calls.
#include "types/array_methods.h"
#include "types/type_builder.h"

namespace leanclr::types {

namespace {

constexpr size_t kNone = static_cast<size_t>(-1);

size_t exact_entry(const Type& type, const Type& interface) {
  for (size_t i = 0; i < type.interfaces.size(); ++i)
    if (type.interfaces[i].interface == &interface) return i;
  return kNone;
}

/// The first entry of `type.interfaces` that converts to `interface` by variance.
size_t variant_entry(TypeSystem& types, const Type& type, Type& interface) {
  if (!interface.is_generic_instance()) return kNone;
  for (size_t i = 0; i < type.interfaces.size(); ++i) {
    Type& candidate = *type.interfaces[i].interface;
    if (candidate.definition == interface.definition && types.is_assignable(interface, candidate)) return i;
  }
  return kNone;
}

/// A method of a generic instance's method stands for its definition in slots.
Method& slot_owner(Method& method) { return method.generic_arguments.empty() ? method : *method.definition; }

Result<Method*> interface_implementation(TypeSystem& types, Type& type, Method& wanted) {
  Type& interface = *wanted.declaring_type;
  size_t index = exact_entry(type, interface);
  if (index == kNone && type.is_array() && is_array_interface(types.known(), interface))
    return types.is_assignable(interface, type) ? array_interface_method(types, wanted)
                                                : Result<Method*>(nullptr);
  if (index == kNone) index = variant_entry(types, type, interface);
  if (index == kNone) return static_cast<Method*>(nullptr);
  return TypeBuilder(types).interface_method(type, index, wanted.slot);
}

Failure not_implemented(TypeSystem& types, const Type& type, Method& method) {
  return failure_with(ErrorKind::EntryPointNotFound, "% does not implement %", {types.full_name(type), types.full_name(method)});
}

Result<Method*> with_arguments_of(TypeSystem& types, Method& found, const Method& method) {
  if (method.generic_arguments.empty()) return &found;
  return types.instantiate(found, method.generic_arguments);
}

}  // namespace

Result<Method*> TypeSystem::find_implementation(Type& type, Method& method) {
  if (!method.is_virtual() || method.is_static()) return &method;
  TRY(ensure(type, TypeState::Complete));
  Method& wanted = slot_owner(method);
  Type& owner = *wanted.declaring_type;
  Method* found = nullptr;
  if (owner.flags.interface) {
    found = TRY(interface_implementation(*this, type, wanted));
  } else if (type.derives_from(owner)) {
    TRY(ensure(owner, TypeState::Complete));
    if (wanted.slot < type.vtable.size()) found = type.vtable[wanted.slot];
  }
  if (!found || found->is_abstract()) return not_implemented(*this, type, method);
  return with_arguments_of(*this, *found, method);
}

Result<Method*> TypeSystem::find_static_implementation(Type& constraint, Method& method) {
  if (!method.is_virtual() || !method.declaring_type->flags.interface) return &method;
  TRY(ensure(constraint, TypeState::Complete));
  Method* found = TRY(interface_implementation(*this, constraint, slot_owner(method)));
  if (!found || found->is_abstract()) return not_implemented(*this, constraint, method);
  return with_arguments_of(*this, *found, method);
}

}  // namespace leanclr::types
