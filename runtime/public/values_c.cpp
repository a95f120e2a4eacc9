// The C interface to types, objects and values of any type (leanclr.h), for hosts that marshal by themselves.
#include "interop/host_signature.h"
#include "public/runtime_handle.h"

using namespace leanclr;

namespace {

/// What the host is taken to keep for an object that it has a weak handle of, so that it goes before there are too many.
constexpr int64_t kHostedBytes = 256;

types::Type& type_of(leanclr_type* type) { return *reinterpret_cast<types::Type*>(type); }

const char* give(leanclr_runtime& runtime, Result<std::string> text) {
  if (!text.ok()) return failed(runtime, text.take_error()), nullptr;
  runtime.text = text.take_value();
  return runtime.text.c_str();
}

uint32_t give(leanclr_runtime& runtime, Result<gc::Object*> object) {
  if (!object.ok()) return failed(runtime, object.take_error()), 0;
  return address_of(object.value());
}

leanclr_type* give(leanclr_runtime& runtime, Result<types::Type*> type) {
  if (!type.ok()) return failed(runtime, type.take_error()), nullptr;
  return reinterpret_cast<leanclr_type*>(type.value());
}

gc::Object* object_at(uint32_t address) { return pointer_at<gc::Object>(address); }

}  // namespace

extern "C" {

leanclr_type* leanclr_find_type(leanclr_runtime* runtime, const char* name) { return give(*runtime, runtime->clr->find_type(name)); }

const char* leanclr_type_shape(leanclr_runtime* runtime, leanclr_type* type) {
  return give(*runtime, interop::type_shape(runtime->clr->types(), type_of(type)));
}

const char* leanclr_type_members(leanclr_runtime* runtime, leanclr_type* type) {
  return give(*runtime, interop::type_members(runtime->clr->types(), type_of(type)));
}

const char* leanclr_method_defaults(leanclr_runtime* runtime, leanclr_method* method) {
  return give(*runtime, interop::method_defaults(runtime->clr->types(), *reinterpret_cast<types::Method*>(method)));
}

leanclr_type* leanclr_instantiate_type(leanclr_runtime* runtime, leanclr_type* definition, leanclr_type* const* arguments, uint32_t count) {
  auto* types = reinterpret_cast<types::Type* const*>(arguments);
  types::Type& open = type_of(definition);
  if (!open.flags.generic_definition || open.generic_parameters.size() != count)
    return failed(*runtime, Error(failure_with(ErrorKind::Argument, "% does not take % type arguments", {runtime->clr->types().full_name(open), std::to_string(count)}))), nullptr;
  Result<types::Type*> type = runtime->clr->types().instantiate(open, std::span(types, count));
  if (type.ok()) {
    Status checked = runtime->clr->types().check_constraints(*type.value());
    if (!checked.ok()) return failed(*runtime, checked.take_error()), nullptr;
  }
  return give(*runtime, type);
}

leanclr_type* leanclr_vector_type(leanclr_runtime* runtime, leanclr_type* element) {
  return give(*runtime, runtime->clr->types().vector_of(type_of(element)));
}

leanclr_method* leanclr_instantiate_method(leanclr_runtime* runtime, leanclr_method* definition, leanclr_type* const* arguments, uint32_t count) {
  auto* types = reinterpret_cast<types::Type* const*>(arguments);
  Result<types::Method*> method = runtime->clr->types().instantiate(*reinterpret_cast<types::Method*>(definition), std::span(types, count));
  if (!method.ok()) return failed(*runtime, method.take_error()), nullptr;
  return reinterpret_cast<leanclr_method*>(method.value());
}

int32_t leanclr_is_assignable(leanclr_runtime* runtime, leanclr_type* target, leanclr_type* source) {
  types::TypeSystem& types = runtime->clr->types();
  Status linked = types.ensure(type_of(source), types::TypeState::Complete);
  return succeeded(linked) && types.is_assignable(type_of(target), type_of(source));
}

uint8_t* leanclr_type_statics(leanclr_runtime* runtime, leanclr_type* type) {
  Result<uint8_t*> statics = runtime->clr->statics_of(type_of(type));
  if (!statics.ok()) return failed(*runtime, statics.take_error()), nullptr;
  return statics.value();
}

leanclr_status leanclr_call_virtual(leanclr_runtime* runtime, leanclr_method* method, const leanclr_slot* args, leanclr_slot* ret) {
  Status status = runtime->clr->call(*reinterpret_cast<types::Method*>(method), reinterpret_cast<const abi::Slot*>(args),
                                     reinterpret_cast<abi::Slot*>(ret), true);
  return status.ok() ? LEANCLR_OK : failed(*runtime, status.take_error());
}

uint32_t leanclr_new_object(leanclr_runtime* runtime, leanclr_type* type, uint32_t length) {
  return give(*runtime, runtime->clr->new_object(type_of(type), length));
}

uint32_t leanclr_new_host_delegate(leanclr_runtime* runtime, leanclr_type* type) {
  return give(*runtime, runtime->clr->new_host_delegate(type_of(type)));
}

uint32_t leanclr_new_host_exception(leanclr_runtime* runtime, const char* message, const char* stack) {
  return give(*runtime, runtime->clr->new_host_exception(message, stack));
}

void leanclr_throw(leanclr_runtime* runtime, uint32_t exception, const char* trace) {
  runtime->clr->throw_from_host(object_at(exception), trace);
}

uint32_t leanclr_exception_object(leanclr_runtime* runtime) { return address_of(runtime->clr->last_exception_object()); }

uint32_t leanclr_new_handle(leanclr_runtime* runtime, uint32_t object, int32_t weak) {
  gc::Heap& heap = runtime->clr->heap();
  if (weak) heap.add_pressure(kHostedBytes);
  return heap.new_handle(object_at(object), weak ? gc::HandleKind::Weak : gc::HandleKind::Normal);
}
void leanclr_free_handle(leanclr_runtime* runtime, uint32_t handle) {
  gc::Heap& heap = runtime->clr->heap();
  if (heap.handle_kind(handle) == gc::HandleKind::Weak) heap.add_pressure(-kHostedBytes);
  heap.free_handle(handle);
}
uint32_t leanclr_handle_target(leanclr_runtime* runtime, uint32_t handle) { return address_of(runtime->clr->heap().handle_target(handle)); }
void leanclr_set_host_roots(leanclr_runtime* runtime, uint32_t block) { runtime->clr->host_roots = block; }

}  // extern "C"
