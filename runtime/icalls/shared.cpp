// The helpers of shared.h.
#include "icalls/shared.h"

namespace leanclr::icalls {

Result<Type*> type_of_mirror(Thread& thread, Object* mirror) {
  if (!mirror) return static_cast<Type*>(nullptr);
  if (mirror->type.get() != thread.types().known().runtime_type)
    return failure(ErrorKind::Argument, "Type must be a type provided by the runtime.");
  return objects::field_at<Ref<Type>>(mirror, thread.objects().fields().type_impl).get();
}

Result<Type*> corelib_type(Thread& thread, const char* name_space, const char* name) {
  Type* type = TRY(thread.types().type_by_name(*thread.types().known().object->assembly, name_space, name));
  TRY(thread.types().ensure(*type, TypeState::Complete));
  return type;
}

Result<Object*> new_corelib_object(Thread& thread, const char* name_space, const char* name) {
  Type* type = TRY(corelib_type(thread, name_space, name));
  return allocated(thread.objects().new_object(*type));
}

Result<Array*> new_corelib_vector(Thread& thread, const char* name_space, const char* element,
                                  uint32_t length) {
  Type* type = TRY(corelib_type(thread, name_space, element));
  Type* vector = TRY(thread.types().vector_of(*type));
  TRY(thread.types().ensure(*vector, TypeState::Complete));
  return allocated(thread.objects().new_vector(*vector, length));
}

Result<uint32_t> field_offset(Thread& thread, Type& type, const char* field) {
  for (Type* owner = &type; owner; owner = owner->parent) {
    if (Field* found = thread.types().find_field(*owner, field)) return found->offset;
  }
  return failure_with(ErrorKind::MissingField, "%.%", {thread.types().full_name(type), field});
}

Status as_argument_error(Status status) {
  if (status.ok()) return {};
  Error error = status.take_error();
  if (error.kind() != ErrorKind::TypeLoad && error.kind() != ErrorKind::Verification) return error;
  std::string text(error.message());
  size_t at = text.find("of type parameter '");
  if (at != std::string::npos) text.erase(at + 8, sizeof("parameter ") - 1);
  return failure(ErrorKind::Argument, text);
}

}  // namespace leanclr::icalls
