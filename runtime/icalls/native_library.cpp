// System.Runtime.InteropServices.NativeLibrary: there are none to load. P/Invoke targets are registered with
// the runtime.
#include "base/utf.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

Result<Address> load(String* name, bool throw_on_error) {
  if (!throw_on_error) return Address{0};
  return failure_with(ErrorKind::DllNotFound, "Unable to load '%': native libraries cannot be loaded; register their functions instead.", {to_utf8(name->view())});
}

Result<Address> load_by_name(String* name, Object*, bool, uint32_t, bool throw_on_error) {
  return load(name, throw_on_error);
}
Result<Address> load_from_path(String* path, bool throw_on_error) { return load(path, throw_on_error); }

Result<Address> symbol(Address, String* name, bool throw_on_error) {
  if (!throw_on_error) return Address{0};
  return failure(ErrorKind::EntryPointNotFound, to_utf8(name->view()));
}

void release(Address) {}

constexpr NativeEntry kRows[] = {
    native<release>("FreeLib"),
    native<symbol>("GetSymbol"),
    native<load_by_name>("LoadByName"),
    native<load_from_path>("LoadFromPath"),
};

/// Hot reload is not offered.
int32_t apply_update_enabled(int32_t) { return 0; }
Result<Object*> apply_update_capabilities(Thread& thread) { return new_string(thread, ""); }

constexpr NativeEntry kUpdaterRows[] = {
    native<apply_update_enabled>("ApplyUpdateEnabled"),
    allocating<apply_update_capabilities>("GetApplyUpdateCapabilities"),
};

}  // namespace

constinit const NativeClass kNativeLibrary{"System.Runtime.InteropServices.NativeLibrary", kRows};
constinit const NativeClass kMetadataUpdater{"System.Reflection.Metadata.MetadataUpdater", kUpdaterRows};

}  // namespace leanclr::icalls
