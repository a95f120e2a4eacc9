// Exchange's custom marshalers: MarshalAs(UnmanagedType.CustomMarshaler), ICustomMarshaler. One instance for each type name and
// cookie, made by GetInstance when it is first needed; null crosses without being asked about.
#include <algorithm>

#include "interop/exchange.h"

namespace leanclr::interop {

using gc::Object;
using types::Type;

namespace {

constexpr const char* kNamespace = "System.Runtime.InteropServices";

/// "Ns.Outer+Inner", or with ", Assembly" and more behind it.
Result<Type*> type_named(types::TypeSystem& types, const CustomMarshaler& marshaler) {
  const size_t comma = marshaler.name.find(',');
  std::string_view name = marshaler.name.substr(0, comma);
  types::Assembly* assembly = marshaler.assembly;
  if (comma != marshaler.name.npos) {
    std::string_view display = marshaler.name.substr(comma + 1);
    display.remove_prefix(std::min(display.find_first_not_of(' '), display.size()));
    assembly = TRY(types.load_assembly(display.substr(0, display.find(',')), marshaler.assembly->name()));
  }
  const size_t dot = name.substr(0, name.find('+')).rfind('.');
  const bool has_namespace = dot != name.npos;
  Type* type = TRY(types.find_type(*assembly, has_namespace ? name.substr(0, dot) : "", has_namespace ? name.substr(dot + 1) : name));
  if (!type) return failure_with(ErrorKind::TypeLoad, "Could not resolve type '%' in assembly '%'.", {name, assembly->name()});
  return type;
}

}  // namespace

Result<Object*> Exchange::custom_marshaler(const Form& form) {
  CustomMarshaler& marshaler = *form.marshaler;
  if (marshaler.handle) return thread_.heap().handle_target(marshaler.handle);
  types::TypeSystem& types = thread_.types();
  Type& interface = *TRY(types.type_by_name(*types.known().object->assembly, kNamespace, "ICustomMarshaler"));
  Type& type = *TRY(type_named(types, marshaler));
  TRY(types.ensure(type, types::TypeState::Complete));
  const std::string name = types.full_name(type);
  if (!types.is_assignable(interface, type)) return failure_with(ErrorKind::Application, "Custom marshaler '%' does not implement the ICustomMarshaler interface.", {name});
  types::Method* method = value_or(method_taking(type, "GetInstance", *types.known().string), static_cast<types::Method*>(nullptr));
  if (!method || !method->is_static() || TRY(types.signature_of(*method))->return_type != &interface)
    return failure_with(ErrorKind::Application, "Custom marshaler '%' does not implement a static GetInstance method that takes a single string parameter and returns an ICustomMarshaler.", {name});
  abi::Slot cookie, instance;
  cookie.object = thread_.objects().new_string(marshaler.cookie);
  if (!cookie.object.get()) return ErrorKind::OutOfMemory;
  TRY(thread_.invoke(*method, &cookie, &instance));
  if (!instance.object.get()) return failure_with(ErrorKind::Application, "A call to GetInstance() for custom marshaler '%' returned null, which is not allowed.", {name});
  marshaler.handle = thread_.heap().new_handle(instance.object.get(), gc::HandleKind::Normal);
  if (!marshaler.handle) return ErrorKind::OutOfMemory;
  return instance.object.get();
}

Status Exchange::call_marshaler(const Form& form, const char* name, abi::Slot argument, abi::Slot* result) {
  types::TypeSystem& types = thread_.types();
  abi::Slot slots[2];
  slots[0].object = TRY(custom_marshaler(form));
  slots[1] = argument;
  Type& interface = *TRY(types.type_by_name(*types.known().object->assembly, kNamespace, "ICustomMarshaler"));
  types::Method* method = types.find_method(interface, name, 1);
  if (!method) return failure_with(ErrorKind::MissingMethod, "ICustomMarshaler::%", {name});
  return thread_.invoke_virtual(*method, slots, result);
}

Status Exchange::custom_to_managed(const Form& form, Address native, uint8_t* managed) {
  abi::Slot pointer, object;
  pointer.address = native;
  TRY(call_marshaler(form, "MarshalNativeToManaged", pointer, &object));
  Object* made = object.object.get();
  if (made && !thread_.types().is_assignable(*form.type, *made->type))
    return failure_with(ErrorKind::InvalidCast, "the custom marshaler '%' made a %, where a % is wanted", {form.marshaler->name, thread_.types().full_name(*made->type), thread_.types().full_name(*form.type)});
  *reinterpret_cast<Ref<Object>*>(managed) = made;
  return {};
}

Status Exchange::clean_up_managed(const Form& form, Object* object) {
  if (!object) return {};
  abi::Slot argument, ignored;
  argument.object = object;
  return call_marshaler(form, "CleanUpManagedData", argument, &ignored);
}

}  // namespace leanclr::interop
