// The file system: an empty one that cannot be written to. There is the root; what looks for anything else
// finds nothing, what would make something is refused, each with the error that such a file system gives.
#include <cstring>

#include "icalls/natives/native_tables.h"

namespace leanclr::icalls {
namespace {

template <typename... Arguments>
int32_t not_found(Thread& thread, Arguments...) {
  return fail(thread, ErrorNumber::NOENT);
}
template <typename... Arguments>
int32_t read_only(Thread& thread, Arguments...) {
  return fail(thread, ErrorNumber::ROFS);
}
template <typename... Arguments>
int32_t bad_descriptor(Thread& thread, Arguments...) {
  return fail(thread, ErrorNumber::BADF);
}
int32_t no() { return 0; }

/// Interop.Sys.FileStatus.
struct FileStatus {
  int32_t flags, mode;
  uint32_t user, group;
  int64_t size, accessed, accessed_nanoseconds, modified, modified_nanoseconds, changed, changed_nanoseconds,
      born, born_nanoseconds, device, special_device, inode;
  uint32_t user_flags;
};

constexpr std::string_view kRoot = "/";

int32_t status(Thread& thread, const char* path, FileStatus* result) {
  constexpr int32_t kReadableDirectory = 0040555;
  if (path != kRoot) return fail(thread, ErrorNumber::NOENT);
  *result = {};
  result->mode = kReadableDirectory;
  return 0;
}

/// Interop.Sys.OpenFlags.
constexpr int32_t kCreate = 0x20;

int32_t open(Thread& thread, const char*, int32_t flags, int32_t) {
  return fail(thread, flags & kCreate ? ErrorNumber::ROFS : ErrorNumber::NOENT);
}

Address open_directory(Thread& thread, const char*) {
  fail(thread, ErrorNumber::NOENT);
  return 0;
}

char* current_directory(Thread& thread, char* buffer, int32_t size) {
  if (size <= static_cast<int32_t>(kRoot.size())) {
    fail(thread, ErrorNumber::RANGE);
    return nullptr;
  }
  std::memcpy(buffer, kRoot.data(), kRoot.size());
  buffer[kRoot.size()] = 0;
  return buffer;
}

using Path = const char*;

constexpr NativeEntry kRows[] = {
    native<not_found<Path, int32_t>>("SystemNative_Access"),
    native<no>("SystemNative_CanGetHiddenFlag"),
    native<not_found<Path>>("SystemNative_ChDir"),
    native<not_found<Path, int32_t>>("SystemNative_ChMod"),
    native<bad_descriptor<Address>>("SystemNative_CloseDir"),
    native<bad_descriptor<int32_t, void*>>("SystemNative_FStat"),
    native<current_directory>("SystemNative_GetCwd"),
    native<no>("SystemNative_LChflagsCanSetHiddenFlag"),
    native<status>("SystemNative_LStat"),
    native<not_found<Path, Path>>("SystemNative_Link"),
    native<read_only<Path, int32_t>>("SystemNative_MkDir"),
    native<open>("SystemNative_Open"),
    native<open_directory>("SystemNative_OpenDir"),
    native<not_found<Path, uint8_t*, int32_t>>("SystemNative_ReadLink"),
    native<not_found<Path, Path>>("SystemNative_Rename"),
    native<not_found<Path>>("SystemNative_RmDir"),
    native<status>("SystemNative_Stat"),
    native<read_only<Path, Path>>("SystemNative_SymLink"),
    native<not_found<Path>>("SystemNative_Unlink"),
    native<not_found<Path, void*>>("SystemNative_UTimensat"),
};

}  // namespace

std::span<const NativeEntry> file_natives() { return kRows; }

}  // namespace leanclr::icalls
