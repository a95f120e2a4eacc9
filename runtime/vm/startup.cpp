// Starting a runtime: CoreLib, the first thread, AppContext.
#include "base/list.h"
#include "base/utf.h"
#include "vm/clr.h"

namespace leanclr::vm {
namespace {

/// What an app gets unless its runtimeconfig.json says otherwise. CoreLib's own defaults assume a desktop.
constexpr std::pair<const char*, const char*> kDefaults[] = {
    {"System.Globalization.Invariant", "true"},
    {"System.Globalization.PredefinedCulturesOnly", "true"},
    {"System.Diagnostics.Tracing.EventSource.IsSupported", "false"},
    {"System.Diagnostics.Debugger.IsSupported", "false"},
    {"System.StartupHookProvider.IsSupported", "false"},
    {"APP_CONTEXT_BASE_DIRECTORY", "/"},
    {"RUNTIME_IDENTIFIER", "browser-wasm"},
};

/// What no app can change: there is no Reflection.Emit, whatever the SDK writes into a runtimeconfig.json.
constexpr std::pair<const char*, const char*> kFixed[] = {
    {"System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", "false"},
};

}  // namespace

Status Clr::start() {
  if (started()) return failure(ErrorKind::InvalidOperation, "the runtime is started already");
  TRY(types_->load_assembly("System.Private.CoreLib", "the runtime"));
  TRY(types_->bind_corelib());
  TRY(objects_->bind());
  for (types::Type* type : {types_->known().object, types_->known().string, types_->known().exception})
    TRY(types_->ensure(*type, types::TypeState::Complete));
  // CoreLib leaves this one field to the runtime.
  types::Type& string = *types_->known().string;
  if (types::Field* empty = types_->find_field(string, "Empty"); empty && string.statics)
    *reinterpret_cast<Ref<gc::Object>*>(string.statics + empty->offset) = objects_->intern(u"");
  interp::ThreadOptions options;
  if (options_.stack_bytes) options.stack_bytes = options_.stack_bytes;
  thread_ = TRY(new_stack(options, false))->thread.get();
  Status status = set_up_app_context();
  if (status.ok()) return {};
  return describe(status.take_error());
}

/// AppContext.Setup(char** names, uint* name_lengths, char** values, uint* value_lengths, int count) copies what it is
/// given; lengths are in UTF-16 code units.
Status Clr::set_up_app_context() {
  for (const auto& [key, value] : kDefaults)
    if (!find_property(key)) properties_.emplace_back(key, value);
  for (const auto& [key, value] : kFixed) store_property(std::string(key), std::string(value));
  types::Type& context = *TRY(types_->type_by_name(*types_->known().object->assembly, "System", "AppContext"));
  types::Method* setup = types_->find_method(context, "Setup");
  if (!setup) return {};  // trimmed away: nobody asks
  if (TRY(types_->signature_of(*setup))->parameters.size() != 5)
    return failure(
        ErrorKind::WrongPack,
        "AppContext.Setup has another signature: the class library is not the supported one",
        {types_->known().object->assembly->file_name(), ErrorPlace::kUnknown, ErrorPlace::kUnknown});
  size_t count = properties_.size();
  List<void*> blocks;
  auto allocate = [&](size_t bytes) {
    void* block = region_->allocate(bytes);
    if (block) blocks.push_back(block);
    return block;
  };
  // Four parallel arrays: names, their lengths, values, their lengths.
  auto* table = static_cast<uint32_t*>(allocate(count * 4 * sizeof(uint32_t)));
  auto text = [&](const std::string& utf8, uint32_t* address, uint32_t* length) {
    Utf16 wide = to_utf16(utf8);
    *length = static_cast<uint32_t>(wide.size());
    wide.push_back(u'\0');
    void* copy = allocate(wide.size() * sizeof(char16_t));
    if (copy) std::memcpy(copy, wide.data(), wide.size() * sizeof(char16_t));
    else *length = 0;
    *address = address_of(copy);
  };
  Status status = ErrorKind::OutOfMemory;
  if (table) {
    size_t i = 0;
    for (const auto& [key, value] : properties_) {
      text(key, &table[i], &table[count + i]);
      text(value, &table[2 * count + i], &table[3 * count + i]);
      ++i;
    }
    abi::Slot args[5];
    for (size_t column = 0; column < 4; ++column) args[column].address = address_of(table + column * count);
    args[4].i4 = static_cast<int32_t>(count);
    status = thread_->run_static_constructor(context);
    if (status.ok()) status = thread_->invoke(*setup, args, nullptr);
  }
  for (void* block : blocks) region_->free(block);
  return status;
}

}  // namespace leanclr::vm
