// System.Runtime.InteropServices.Marshal. Marshalling itself is interop/'s; here are the few calls that
// CoreLib makes.
#include <cstring>

#include "icalls/mirrors.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

int32_t get_last_error(Thread& thread) { return state_of(thread).last_pinvoke_error; }
void set_last_error(Thread& thread, int32_t error) { state_of(thread).last_pinvoke_error = error; }

/// Blittable types only: their native and managed layouts are one.
Status check_blittable(Thread& thread, Type& type) {
  TRY(thread.types().ensure(type, TypeState::Sized));
  bool fits = type.flags.value_type ? type.flags.blittable : !type.flags.has_references && !type.is_array();
  if (fits) return {};
  return not_supported("Structures that are not blittable cannot be marshalled: " +
                       thread.types().full_name(type));
}

uint32_t data_bytes(const Type& type) {
  return type.flags.value_type ? type.value_size : type.instance_size - types::kObjectHeaderBytes;
}

Result<int32_t> size_of(Thread& thread, QCallTypeHandle handle, bool) {
  TRY(check_blittable(thread, handle.type()));
  return static_cast<int32_t>(data_bytes(handle.type()));
}

Result<Address> offset_of(Thread& thread, Object* mirror, String* name) {
  Type* type = TRY(type_of_mirror(thread, mirror));
  if (!type) return ErrorKind::ArgumentNull;
  TRY(check_blittable(thread, *type));
  std::string wanted;
  for (char16_t unit : name->view()) wanted += static_cast<char>(unit);
  for (const Field& field : type->fields)
    if (!field.is_static && is(field.name, wanted))
      return field.offset - (type->flags.value_type ? 0 : types::kObjectHeaderBytes);
  return failure(ErrorKind::Argument, "Field passed in is not a marshaled member of the type.");
}

Status structure_to_pointer(Thread& thread, Object* object, uint8_t* target, bool) {
  TRY(check_blittable(thread, *object->type));
  std::memcpy(target, objects::unbox(object), data_bytes(*object->type));
  return {};
}

Status pointer_to_structure(Thread& thread, const uint8_t* source, Object* object, bool) {
  TRY(check_blittable(thread, *object->type));
  std::memcpy(objects::unbox(object), source, data_bytes(*object->type));
  return {};
}

/// Blittable structures own nothing.
Status destroy_structure(Thread& thread, uint8_t*, Object* mirror) {
  Type* type = TRY(type_of_mirror(thread, mirror));
  if (!type) return ErrorKind::ArgumentNull;
  return check_blittable(thread, *type);
}

/// Binds an extern method now, so that what is wrong with it shows now.
Status prelink(Thread& thread, Object* mirror) {
  Method& method = *TRY(method_of_mirror(thread, mirror));
  if (method.is_pinvoke()) TRY(thread.services().bind_native(thread, method));
  return {};
}

constexpr NativeEntry kRows[] = {
    native<destroy_structure>("DestroyStructure"),
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
