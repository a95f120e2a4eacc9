// Starting a runtime: CoreLib, the first thread, AppContext.
#include "base/utf.h"
#include "vm/clr.h"

namespace leanclr::vm {
namespace {

/// What an app gets unless its runtimeconfig.json says otherwise. CoreLib's own defaults assume a desktop.
constexpr std::pair<const char*, const char*> kDefaults[] = {
    {"System.Globalization.Invariant", "true"},
    {"System.Globalization.PredefinedCulturesOnly", "true"},
    {"System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", "false"},
    {"System.Diagnostics.Tracing.EventSource.IsSupported", "false"},
    {"System.Diagnostics.Debugger.IsSupported", "false"},
    {"System.StartupHookProvider.IsSupported", "false"},
    {"APP_CONTEXT_BASE_DIRECTORY", "/"},
    {"RUNTIME_IDENTIFIER", "browser-wasm"},
};

}  // namespace

Status Clr::start() {
  if (started()) return Error(ErrorKind::InvalidOperation, "the runtime is started already");
  TRY(types_->load_assembly("System.Private.CoreLib", "the runtime"));
  TRY(types_->bind_corelib());
  TRY(objects_->bind());
  for (types::Type* type : {types_->known().object, types_->known().string, types_->known().exception})
    TRY(types_->ensure(*type, types::TypeState::Complete));
  interp::ThreadOptions options;
  if (options_.stack_bytes) options.stack_bytes = options_.stack_bytes;
  thread_ = TRY(interp::Thread::create(*this, *objects_, options));
  Status status = set_up_app_context();
  if (status.ok()) return {};
  return describe(status.take_error());
}

/// AppContext.Setup(char** names, char** values, int count) copies what it is given.
Status Clr::set_up_app_context() {
  for (const auto& [key, value] : kDefaults) properties_.try_emplace(key, value);
  types::Type& context = *TRY(types_->type_by_name(*types_->known().object->assembly, "System", "AppContext"));
  types::Method* setup = types_->find_method(context, "Setup");
  if (!setup) return {};  // trimmed away: nobody asks
  const types::MethodSignature& signature = *TRY(types_->signature_of(*setup));
  size_t count = properties_.size();
  std::vector<void*> blocks;
  auto allocate = [&](size_t bytes) {
    void* block = region_->allocate(bytes);
    if (block) blocks.push_back(block);
    return block;
  };
  auto* names = static_cast<Address*>(allocate(count * sizeof(Address)));
  auto* values = static_cast<Address*>(allocate(count * sizeof(Address)));
  auto text = [&](const std::string& utf8) -> Address {
    std::u16string wide = to_utf16(utf8);
    auto* copy = static_cast<char16_t*>(allocate((wide.size() + 1) * sizeof(char16_t)));
    if (copy) std::memcpy(copy, wide.c_str(), (wide.size() + 1) * sizeof(char16_t));
    return address_of(copy);
  };
  Status status = ErrorKind::OutOfMemory;
  if (names && values) {
    size_t i = 0;
    for (const auto& [key, value] : properties_) {
      names[i] = text(key);
      values[i++] = text(value);
    }
    std::vector<abi::Slot> args(std::max<size_t>(signature.parameters.size(), 3));
    args[0].address = address_of(names);
    args[1].address = address_of(values);
    args[2].i4 = static_cast<int32_t>(count);
    status = thread_->run_static_constructor(context);
    if (status.ok()) status = thread_->invoke(*setup, args.data(), nullptr);
  }
  for (void* block : blocks) region_->free(block);
  return status;
}

}  // namespace leanclr::vm
