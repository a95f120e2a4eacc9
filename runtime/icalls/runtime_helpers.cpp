// System.Runtime.CompilerServices.RuntimeHelpers.
#include <cstring>

#include "icalls/identity_hash.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

/// Enough for a few deep frames more; a quarter of the default stack is always left to natives and
/// finalizers.
constexpr size_t kSufficientStackBytes = 64 * 1024;

/// A copy of a box: what is passed on as an object must not change when the original does.
Result<Object*> object_value(Thread& thread, Object* object) {
  if (!object || !object->type->flags.value_type) return object;
  return allocated(thread.objects().box(*object->type, objects::unbox(object)));
}

Result<uint32_t> data_bytes(Thread& thread, const Field& field) {
  if (!field.has_rva || !field.rva_data)
    return failure(ErrorKind::Argument, "The field has no data in the image.");
  TRY(thread.types().ensure(*field.type, TypeState::Sized));
  return field.type->value_size;
}

Result<uint8_t*> span_data(Thread& thread, Field* field, Type* element, int32_t* count) {
  TRY(thread.types().ensure(*element, TypeState::Sized));
  uint32_t bytes = TRY(data_bytes(thread, *field));
  if (element->flags.has_references || !element->flags.value_type)
    return failure(ErrorKind::Argument, "The elements of a span over data must not hold references.");
  *count = static_cast<int32_t>(bytes / element->value_size);
  return const_cast<uint8_t*>(field->rva_data);
}

Status initialize_array(Thread& thread, Array* array, Field* field) {
  uint32_t bytes = TRY(data_bytes(thread, *field));
  const Type& element = *array->type->element;
  if (element.is_reference() || element.flags.has_references)
    return failure(ErrorKind::Argument, "Value must be a primitive type array.");
  size_t wanted = static_cast<size_t>(array->length) * array->type->element_size;
  if (wanted > bytes) return failure(ErrorKind::Argument, "The field is smaller than the array.");
  std::memcpy(array->data(), field->rva_data, wanted);
  return {};
}

Result<Object*> uninitialized_object(Thread& thread, Type* type) {
  TRY(thread.types().ensure(*type, TypeState::Complete));
  if (type == thread.types().known().string) return failure(ErrorKind::Argument, "Uninitialized Strings cannot be created.");
  if (type->is_array() || type->is_pointer_like()) return failure(ErrorKind::Argument, "Type is not supported.");
  if (type->flags.abstract_ || type->flags.interface) return failure(ErrorKind::MemberAccess, "Cannot create an abstract class.");
  if (type->flags.contains_generic_parameters)
    return failure(ErrorKind::MemberAccess, "Cannot create a type for which Type.ContainsGenericParameters is true.");
  if (type->flags.by_ref_like)
    return failure(ErrorKind::NotSupported, "Cannot create boxed ByRef-like values.");
  Type& boxed = type->flags.nullable ? *type->element : *type;
  TRY(thread.run_static_constructor(boxed));
  TRY(thread.types().ensure(boxed, TypeState::Complete));
  return allocated(thread.objects().new_object(boxed));
}

Result<Object*> box(Thread& thread, QCallTypeHandle handle, const uint8_t* value) {
  TRY(thread.types().ensure(handle.type(), TypeState::Complete));
  Object* object = thread.objects().box(handle.type(), value);
  if (!object && !handle.type().flags.nullable) return ErrorKind::OutOfMemory;
  return object;
}

int32_t hash_code(const Object* object) { return identity_hash(object); }

bool has_component_size(Thread& thread, Object* object) {
  return object->type->is_array() || object->type.get() == thread.types().known().string;
}

Status run_class_constructor(Thread& thread, Type* type) { return thread.run_static_constructor(*type); }

Status run_module_constructor(Thread& thread, const AssemblyHandle* module) {
  Type* module_type = TRY(thread.types().find_type(*module->assembly, "", "<Module>"));
  if (!module_type) return {};
  return thread.run_static_constructor(*module_type);
}

/// Imports the method. What only an instantiation of it could be is left for its first call.
Status prepare_method(Thread& thread, Method* method, const Address*, int32_t) {
  if (!method) return ErrorKind::Argument;
  const Type& owner = *method->declaring_type;
  if (method->is_abstract() || method->is_generic_definition() || owner.flags.generic_definition ||
      owner.flags.contains_generic_parameters)
    return {};
  TRY(thread.body_of(*method));
  return {};
}

Result<int32_t> size_of(Thread& thread, QCallTypeHandle handle) {
  TRY(thread.types().ensure(handle.type(), TypeState::Sized));
  return static_cast<int32_t>(handle.type().value_size);
}

bool sufficient_execution_stack(Thread& thread) { return thread.stack_left() >= kSufficientStackBytes; }

constexpr NativeEntry kRows[] = {
    native<hash_code>("GetHashCode"),
    allocating<object_value>("GetObjectValue"),
    native<span_data>("GetSpanDataFrom"),
    native<uninitialized_object>("GetUninitializedObjectInternal"),
    native<initialize_array>("InitializeArray"),
    allocating<box>("InternalBox"),
    native<hash_code>("InternalGetHashCode"),
    native<has_component_size>("ObjectHasComponentSize"),
    native<prepare_method>("PrepareMethod"),
    native<run_class_constructor>("RunClassConstructor"),
    native<run_module_constructor>("RunModuleConstructor"),
    native<size_of>("SizeOf"),
    native<sufficient_execution_stack>("SufficientExecutionStack"),
    native<hash_code>("TryGetHashCode"),
};

}  // namespace

constinit const NativeClass kRuntimeHelpers{"System.Runtime.CompilerServices.RuntimeHelpers", kRows};

}  // namespace leanclr::icalls
