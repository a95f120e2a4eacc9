// System.Runtime.InteropServices.Marshal. Marshalling itself is interop/'s; here are the few calls that
// CoreLib makes.
#include "icalls/mirrors.h"
#include "base/utf.h"
#include "icalls/shared.h"
#include "interop/exchange.h"

namespace leanclr::icalls {
namespace {

using interop::Exchange;
using interop::Form;
using interop::Ownership;

int32_t get_last_error(Thread& thread) { return state_of(thread).marshalling->last_error; }
void set_last_error(Thread& thread, int32_t error) { state_of(thread).marshalling->last_error = error; }

/// The native form of a struct or of a class with layout. Errors: Argument, as Marshal has it.
Result<const Form*> structure_of(Thread& thread, Type& type) {
  if (type.is_generic_instance() || type.flags.generic_definition)
    return failure(ErrorKind::Argument, "The specified Type must not be a generic type.");
  Result<const Form*> form = state_of(thread).marshalling->forms.of_structure(type);
  if (form.ok() || form.error().kind() != ErrorKind::MarshalDirective) return form;
  return failure_with(ErrorKind::Argument, "Type '%' cannot be marshaled as an unmanaged structure; no meaningful size or offset can be computed: %.", {thread.types().full_name(type), form.take_error().message()});
}

Result<int32_t> size_of(Thread& thread, QCallTypeHandle handle, bool) {
  return static_cast<int32_t>(TRY(structure_of(thread, handle.type()))->size);
}

Result<Address> offset_of(Thread& thread, Object* mirror, String* name) {
  Type* type = TRY(type_of_mirror(thread, mirror));
  if (!type) return ErrorKind::ArgumentNull;
  const Form& form = *TRY(structure_of(thread, *type));
  const Field* field = thread.types().find_field(*type, std::string_view(to_utf8(name->view())));
  if (field && !field->is_static) {
    const uint32_t managed = field->offset - (type->flags.value_type ? 0 : types::kObjectHeaderBytes);
    for (const interop::FieldForm& part : form.fields)
      if (part.managed_offset == managed && part.form->type == field->type) return part.native_offset;
  }
  return failure(ErrorKind::Argument, "Field passed in is not a marshaled member of the type.");
}

Status structure_to_pointer(Thread& thread, Object* object, uint8_t* target, bool delete_old) {
  const Form& form = *TRY(structure_of(thread, *object->type));
  Local<Object> kept(thread.heap(), object);
  Exchange exchange(thread, *state_of(thread).marshalling);
  if (delete_old) exchange.release(form, target, nullptr, Ownership::Owned);
  return exchange.to_native(form, objects::unbox(object), target, Ownership::Owned);
}

Status pointer_to_structure(Thread& thread, const uint8_t* source, Object* object, bool) {
  const Form& form = *TRY(structure_of(thread, *object->type));
  Local<Object> kept(thread.heap(), object);
  return Exchange(thread, *state_of(thread).marshalling).to_managed(form, source, objects::unbox(object));
}

Status destroy_structure(Thread& thread, uint8_t* target, Object* mirror) {
  Type* type = TRY(type_of_mirror(thread, mirror));
  if (!type) return ErrorKind::ArgumentNull;
  const Form& form = *TRY(structure_of(thread, *type));
  Exchange(thread, *state_of(thread).marshalling).release(form, target, nullptr, Ownership::Owned);
  return {};
}

Result<Address> function_pointer(Thread& thread, Object* delegate) {
  return state_of(thread).marshalling->functions->pointer_of(thread, delegate);
}

Status delegate_for_function(Thread& thread, QCallTypeHandle handle, Address pointer, ObjectOnStack result) {
  *result = TRY(state_of(thread).marshalling->functions->delegate_of(thread, pointer, handle.type()));
  return {};
}

/// Binds an extern method now, so that what is wrong with it shows now.
Status prelink(Thread& thread, Object* mirror) {
  Method& method = *TRY(method_of_mirror(thread, mirror));
  if (method.is_pinvoke()) TRY(thread.services().bind_native(thread, method));
  return {};
}

constexpr NativeEntry kRows[] = {
    native<destroy_structure>("DestroyStructure"),
    native<delegate_for_function>("GetDelegateForFunctionPointerInternal"),
    native<function_pointer>("GetFunctionPointerForDelegateInternal"),
    native<get_last_error>("GetLastPInvokeError"),
    native<offset_of>("OffsetOf"),
    native<prelink>("PrelinkInternal"),
    native<pointer_to_structure>("PtrToStructureHelper"),
    native<set_last_error>("SetLastPInvokeError"),
    native<size_of>("SizeOfHelper"),
    native<structure_to_pointer>("StructureToPtr"),
};

}  // namespace

constinit const NativeClass kMarshal{"System.Runtime.InteropServices.Marshal", kRows};

}  // namespace leanclr::icalls
