// System.RuntimeMethodHandle, and the member of another instance of a generic type.
#include <cstring>

#include "icalls/mirrors.h"
#include "icalls/shared.h"
#include "types/attributes.h"

namespace leanclr::icalls {
namespace {

/// A managed function pointer is the method's address.
Result<Address> function_pointer(Thread& thread, Method* method) {
  if (!TRY(types::is_unmanaged_function(*method, *thread.types().known().object->assembly))) return address_of(method);
  return thread.services().function_of(*method);
}

/// A box that holds a Nullable<T> itself, as only reflection makes: null, or the T in it boxed.
Status rebox_from_nullable(Thread& thread, Object* box, ObjectOnStack result) {
  *result = box;
  if (!box || !box->type->flags.nullable) return {};
  return give(result, thread.objects().box(*box->type, objects::unbox(box)));
}

Status rebox_to_nullable(Thread& thread, Object* value, QCallTypeHandle handle, ObjectOnStack result) {
  Type& nullable = handle.type();
  TRY(thread.types().ensure(nullable, TypeState::Complete));
  Object* box = TRY(allocated(thread.objects().new_object(nullable)));
  if (value) {
    *objects::unbox(box) = 1;
    std::memcpy(objects::unbox(box) + objects::nullable_value_offset(nullable), objects::unbox(value),
                nullable.element->value_size);
  }
  *result = box;
  return {};
}

Result<Object*> inflated_method(Thread& thread, QCallTypeHandle handle, Object* mirror) {
  Method* method = TRY(method_of_mirror(thread, mirror));
  return method_mirror(thread, *TRY(thread.types().method_on(handle.type(), *method)), nullptr);
}

constexpr NativeEntry kRows[] = {
    native<function_pointer>("GetFunctionPointer"),
    allocating<rebox_from_nullable>("ReboxFromNullable"),
    allocating<rebox_to_nullable>("ReboxToNullable"),
};
constexpr NativeEntry kTypeRows[] = {allocating<inflated_method>("GetCorrespondingInflatedMethod")};

}  // namespace

constinit const NativeClass kRuntimeMethodHandle{"System.RuntimeMethodHandle", kRows};
constinit const NativeClass kInflatedMembers{"System.RuntimeType", kTypeRows};

}  // namespace leanclr::icalls
