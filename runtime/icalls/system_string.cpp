// System.String: allocation and interning. Its constructors are CoreLib's methods named Ctor.
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

Result<String*> fast_allocate(Thread& thread, int32_t length) {
  if (length < 0) return ErrorKind::OutOfMemory;
  return allocated(thread.objects().new_string(length));
}

Result<String*> intern(Thread& thread, String* text) {
  return allocated(thread.objects().intern(text->view()));
}

String* is_interned(Thread& thread, String* text) { return thread.objects().find_interned(text->view()); }

constexpr NativeEntry kRows[] = {
    allocating<fast_allocate>("FastAllocateString"),
    allocating<intern>("InternalIntern"),
    native<is_interned>("InternalIsInterned"),
};

}  // namespace

constinit const NativeClass kSystemString{"System.String", kRows};

}  // namespace leanclr::icalls
