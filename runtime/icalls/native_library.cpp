// System.Runtime.InteropServices.NativeLibrary: the libraries are those for which functions are registered.
#include "base/utf.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

Result<Address> load(Thread& thread, String* name, bool throw_on_error) {
  const std::string text = to_utf8(name->view());
  const Address handle = state_of(thread).registry->library_handle(text);
  if (handle || !throw_on_error) return handle;
  return failure_with(ErrorKind::DllNotFound, "Unable to load library '%': nothing is registered for it. Register its functions, or load it with loadLibrary.", {text});
}

Result<Address> load_by_name(Thread& thread, String* name, Object*, bool, uint32_t, bool throw_on_error) { return load(thread, name, throw_on_error); }

Result<Address> symbol(Thread& thread, Address library, String* name, bool throw_on_error) {
  Result<Address> address = state_of(thread).registry->export_address(library, to_utf8(name->view()));
  if (address.ok() || throw_on_error) return address;
  (void)address.take_error();
  return Address{0};
}

void release(Address) {}

constexpr NativeEntry kRows[] = {
    native<release>("FreeLib"),
    native<symbol>("GetSymbol"),
    native<load_by_name>("LoadByName"),
    native<load>("LoadFromPath"),
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
