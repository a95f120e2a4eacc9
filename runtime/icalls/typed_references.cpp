// System.TypedReference, and fields read and written through one.
#include "icalls/mirrors.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

Result<Object*> to_object(Thread& thread, const TypedReferenceValue* reference) {
  Type* type = reference->type;
  if (!type) return ErrorKind::ArgumentNull;
  TRY(thread.types().ensure(*type, TypeState::Complete));
  return thread.objects().box(*type, pointer_at<const void>(reference->value));
}

constexpr NativeEntry kRows[] = {allocating<to_object>("InternalToObject")};

}  // namespace

constinit const NativeClass kTypedReference{"System.TypedReference", kRows};

}  // namespace leanclr::icalls
