// The C++ interface (leanclr.hpp): RuntimeApi, and Runtime for programs that embed a CLR.
#include <cstdio>
#include <fstream>
#include <sstream>

#include "public/leanclr.hpp"
#include "public/runtime_handle.h"

namespace leanclr {
namespace {

/// Runs `action` on the current runtime's registry; a failure also goes to its stderr, since callers may drop it.
template <typename Action>
Registration on_registry(std::string_view key, Action action) {
  leanclr_runtime* runtime = current_runtime();
  if (!runtime) return Registration(Error(ErrorKind::InvalidOperation, "no runtime: call Runtime::Initialize first"));
  Status status = action(runtime->clr->registry());
  if (!status.ok()) {
    std::string text = "leanclr: '" + std::string(key) + "': " + status.error().to_string() + "\n";
    runtime->clr->write(2, reinterpret_cast<const uint8_t*>(text.data()), static_cast<uint32_t>(text.size()));
  }
  return Registration(status);
}

/// What a runtime made by Initialize needs for its life.
struct Embedding {
  vm::RuntimeOptions options;
  std::unique_ptr<leanclr_runtime> runtime;
};
std::unique_ptr<Embedding>& embedding() {
  LEANCLR_PER_THREAD std::unique_ptr<Embedding> current;
  return current;
}

/// The first file of that name in the directories; empty when there is none.
std::string read_file(const vm::RuntimeOptions& options, const std::string& name) {
  for (const std::string& directory : options.library_directories) {
    std::ifstream file(directory + "/" + name, std::ios::binary);
    if (!file) continue;
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }
  return {};
}

/// A copy in the region; null when there are no bytes, or no memory for them.
uint8_t* copy_to_region(vm::Clr& clr, const std::string& bytes) {
  auto* copy = bytes.empty() ? nullptr : static_cast<uint8_t*>(clr.region().allocate(bytes.size()));
  if (copy) std::memcpy(copy, bytes.data(), bytes.size());
  return copy;
}

int32_t resolve_assembly(void* context, const char* name, const char*) {
  Embedding& self = *static_cast<Embedding*>(context);
  std::string bytes = read_file(self.options, std::string(name) + ".dll");
  if (bytes.empty() && self.options.load_assembly) bytes = self.options.load_assembly(name);
  vm::Clr& clr = *self.runtime->clr;
  uint8_t* copy = copy_to_region(clr, bytes);
  if (!copy) return 0;
  Status added = clr.add_assembly(std::string(name) + ".dll", copy, static_cast<uint32_t>(bytes.size()));
  if (added.ok()) return 1;
  std::string text = "leanclr: " + added.take_error().to_string() + "\n";
  clr.write(2, reinterpret_cast<const uint8_t*>(text.data()), static_cast<uint32_t>(text.size()));
  return 0;
}

int32_t resolve_symbols(void* context, const char* file_name) {
  Embedding& self = *static_cast<Embedding*>(context);
  std::string bytes = read_file(self.options, file_name);
  vm::Clr& clr = *self.runtime->clr;
  uint8_t* copy = copy_to_region(clr, bytes);
  if (copy) clr.add_symbols(file_name, copy, static_cast<uint32_t>(bytes.size()));
  return copy != nullptr;
}

void write(void* context, int32_t fd, const uint8_t* bytes, uint32_t size) {
  Embedding& self = *static_cast<Embedding*>(context);
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (self.options.write) {
    self.options.write(fd, text);
    return;
  }
  FILE* stream = fd == 2 ? stderr : stdout;
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

}  // namespace

Registration RuntimeApi::register_pinvoke_func(std::string_view key, vm::PInvokeFunction function, vm::PInvokeInvoker invoker) {
  return on_registry(key, [&](interop::Registry& registry) { return registry.add_seed(key, function, invoker); });
}
Registration RuntimeApi::register_entry(std::string_view key, const abi::NativeEntry& entry) {
  return on_registry(key, [&](interop::Registry& registry) { return registry.add(key, entry); });
}
Registration RuntimeApi::replace_entry(std::string_view key, const abi::NativeEntry& entry) {
  return on_registry(key, [&](interop::Registry& registry) { return registry.replace(key, entry); });
}
Registration RuntimeApi::unregister_pinvoke(std::string_view key) {
  return on_registry(key, [&](interop::Registry& registry) { return registry.remove(key); });
}
std::vector<std::string> RuntimeApi::list_pinvokes() {
  leanclr_runtime* runtime = current_runtime();
  return runtime ? runtime->clr->registry().keys() : std::vector<std::string>();
}

namespace vm {

void Runtime::configure(RuntimeOptions options) {
  embedding() = std::make_unique<Embedding>();
  embedding()->options = std::move(options);
}

RtResultVoid Runtime::Initialize() {
  if (!embedding()) embedding() = std::make_unique<Embedding>();
  Embedding& self = *embedding();
  Options options;
  options.stack_bytes = self.options.stack_bytes;
  options.memory_limit = self.options.memory_limit;
  options.gc_stress = self.options.gc_stress;
  options.budget = {self.options.budget_milliseconds, self.options.budget_instructions};
  options.host.context = &self;
  options.host.write = write;
  options.host.resolve_assembly = resolve_assembly;
  options.host.resolve_symbols = resolve_symbols;
  self.runtime.reset(new leanclr_runtime{TRY(Clr::create(options)), {}, {}, {}});
  make_current(self.runtime.get());
  for (const auto& [key, value] : self.options.properties) TRY(self.runtime->clr->set_property(key, value));
  return self.runtime->clr->start();
}

Result<int32_t> Runtime::run_main(std::string_view assembly, const std::vector<std::string>& arguments) {
  leanclr_runtime* runtime = current_runtime();
  if (!runtime) return failure(ErrorKind::InvalidOperation, "no runtime: call Runtime::Initialize first");
  return runtime->clr->run_main(assembly, arguments);
}

void Runtime::Shutdown() {
  if (embedding() && current_runtime() == embedding()->runtime.get()) make_current(nullptr);
  embedding().reset();
}

leanclr_runtime* Runtime::current() { return current_runtime(); }
void Runtime::make_current(leanclr_runtime* runtime) { current_runtime() = runtime; }

}  // namespace vm
}  // namespace leanclr
