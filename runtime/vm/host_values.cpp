// What hosts need to read and write values of any type: types by name, objects, delegates and exceptions of their own.
// How values look stands in interop/host_signature.
#include "icalls/type_names.h"
#include "interp/delegates.h"
#include "vm/entry.h"

namespace leanclr::vm {

using types::Type;
using types::TypeState;

Result<Type*> Clr::find_type(std::string_view text) {
  if (!started()) return failure(ErrorKind::InvalidOperation, "the runtime is not started");
  std::string_view name = text;
  const size_t end = text.find(']');
  Type* found = nullptr;
  if (!text.empty() && text[0] == '[' && end != text.npos) {
    name.remove_prefix(end + 1);
    types::Assembly& home = *TRY(types_->load_assembly(interop::library_name(text.substr(1, end - 1)), "the host"));
    found = TRY(icalls::find_type_by_display_name(*thread_, home, name, false));
  } else {
    for (size_t i = 0; i < types_->assemblies().size() && !found; ++i)
      found = TRY(icalls::find_type_by_display_name(*thread_, *types_->assemblies()[i], name, false));
  }
  if (!found) return failure_with(ErrorKind::TypeLoad, "no type '%' in the loaded assemblies", {text});
  TRY(types_->ensure(*found, TypeState::Linked));
  return found;
}

Result<uint8_t*> Clr::statics_of(Type& type) {
  Entry entry(*this);
  TRY(types_->ensure(type, TypeState::Complete));
  Status ran = thread_->run_static_constructor(type);
  if (!ran.ok()) return describe(ran.take_error());
  return type.statics;
}

Result<gc::Object*> Clr::new_object(Type& type, uint32_t length) {
  TRY(types_->ensure(type, TypeState::Complete));
  gc::Object* object = type.element_type == types::ElementType::SzArray ? objects_->new_vector(type, length) : objects_->new_object(type);
  if (!object) return ErrorKind::OutOfMemory;
  return object;
}

Result<gc::Object*> Clr::new_host_delegate(Type& type) {
  types::Method& target = *TRY(registry_->delegate_target(*types_, type));
  gc::Object* delegate = TRY(new_object(type, 0));
  interp::init_delegate(*objects_, delegate, delegate, target, *types_->find_method(type, "Invoke"));
  return delegate;
}

Result<gc::Object*> Clr::new_host_exception(std::string_view message, std::string_view stack) {
  Entry entry(*this);
  std::string text(message);
  if (!stack.empty()) text.append(1, '\0').append(stack);
  Error error(ErrorKind::HostException, text);
  Result<gc::Object*> exception = thread_->make_exception(error);
  if (!exception.ok()) return describe(exception.take_error());
  return exception.value();
}

void Clr::throw_from_host(gc::Object* exception, std::string_view trace) {
  if (!trace.empty()) {
    objects::String* text = objects_->new_string(std::string(trace) + "\n");
    const objects::CoreFields& fields = objects_->fields();
    if (text) {
      objects::field_at<Ref<objects::String>>(exception, fields.exception_remote_stack_trace_string) = text;
      objects::field_at<Ref<gc::Object>>(exception, fields.exception_trace_ips) = nullptr;
      objects::field_at<Ref<gc::Object>>(exception, fields.exception_stack_trace_string) = nullptr;
      objects::field_at<Ref<gc::Object>>(exception, fields.exception_foreign_frames) = nullptr;
    }
  }
  registry_->set_host_exception(exception);
}

}  // namespace leanclr::vm
