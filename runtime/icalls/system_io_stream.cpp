// System.IO.Stream: whether a stream class has asynchronous methods of its own.
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

Result<bool> overrides(Thread& thread, Object* stream, std::string_view begin, std::string_view end) {
  Type& base = *TRY(corelib_type(thread, "System.IO", "Stream"));
  for (std::string_view name : {begin, end}) {
    Method* method = thread.types().find_method(base, name);
    if (!method) continue;  // trimmed away: nothing can override it
    if (TRY(thread.types().find_implementation(*stream->type, *method))->declaring_type != &base) return true;
  }
  return false;
}

Result<bool> overrides_read(Thread& thread, Object* stream) {
  return overrides(thread, stream, "BeginRead", "EndRead");
}
Result<bool> overrides_write(Thread& thread, Object* stream) {
  return overrides(thread, stream, "BeginWrite", "EndWrite");
}

constexpr NativeEntry kRows[] = {
    native<overrides_read>("HasOverriddenBeginEndRead"),
    native<overrides_write>("HasOverriddenBeginEndWrite"),
};

}  // namespace

constinit const NativeClass kSystemIoStream{"System.IO.Stream", kRows};

}  // namespace leanclr::icalls
