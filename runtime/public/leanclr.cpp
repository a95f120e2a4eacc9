// The C interface (leanclr.h) over vm::Clr: creation, assemblies, runs and calls.
#include "public/leanclr.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "interop/host_signature.h"
#include "public/runtime_handle.h"

using leanclr::Error;
using leanclr::ErrorKind;
using leanclr::Status;

namespace leanclr {

leanclr_runtime*& current_runtime() {
  LEANCLR_PER_THREAD leanclr_runtime* current = nullptr;
  return current;
}

leanclr_status failed(leanclr_runtime& runtime, const ErrorView& error) {
  runtime.error_kind = name_of(error.kind());
  Error unkinded(ErrorKind::None, error.message(), error.place());
  std::string text = unkinded.to_string();  // "None: message (place)"
  constexpr std::string_view kPrefix = "None";
  text.erase(0, text.compare(0, 6, "None: ") == 0 ? 6 : kPrefix.size());
  runtime.error_message = std::move(text);
  return error.kind() == ErrorKind::ManagedException ? LEANCLR_MANAGED_EXCEPTION : LEANCLR_ERROR;
}

namespace {

[[gnu::always_inline]] inline leanclr_status finish(leanclr_runtime& runtime, Status status) {
  return status.ok() ? LEANCLR_OK : failed(runtime, status.take_error());
}

leanclr_status run_state(leanclr_runtime& runtime, Result<vm::Clr::Run> run, int32_t* exit_code) {
  if (exit_code) *exit_code = runtime.clr->exit_code;
  if (!run.ok()) return failed(runtime, run.take_error());
  return run.value() == vm::Clr::Run::Pending ? LEANCLR_PENDING : LEANCLR_OK;
}

const char* give(leanclr_runtime& runtime, std::string text) {
  runtime.text = std::move(text);
  return runtime.text.c_str();
}

std::string lines(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : "\n") + text;
  return result;
}

types::Method& method_of(leanclr_method* method) { return *reinterpret_cast<types::Method*>(method); }

/// leanclr_slot and abi::Slot are the same 8 bytes.
const abi::Slot* slots(const leanclr_slot* values) { return reinterpret_cast<const abi::Slot*>(values); }
abi::Slot* slots(leanclr_slot* values) { return reinterpret_cast<abi::Slot*>(values); }
static_assert(sizeof(leanclr_slot) == sizeof(abi::Slot));

}  // namespace
}  // namespace leanclr

using namespace leanclr;

extern "C" {

leanclr_status leanclr_create(const leanclr_options* options, leanclr_runtime** out) {
  *out = nullptr;
  vm::Options converted;
  if (options) {
    if (options->size < offsetof(leanclr_options, host)) return LEANCLR_ERROR;
    leanclr_options given = {};
    std::memcpy(&given, options, std::min<size_t>(options->size, sizeof(given)));
    converted.stack_bytes = given.stack_bytes;
    converted.memory_limit = given.memory_limit;
    converted.gc_stress = given.flags & LEANCLR_GC_STRESS;
    converted.trace_calls = given.flags & LEANCLR_TRACE_CALLS && given.host.call;
    const leanclr_host& host = given.host;
    using HostInvoke = int32_t (*)(void*, uint32_t, const char*, const abi::Slot*, abi::Slot*);
    using HostCall = int32_t (*)(void*, uint32_t, const char*, const abi::Slot*, abi::Slot*);
    converted.host = {host.context, host.write, host.resolve_assembly, host.resolve_symbols, reinterpret_cast<HostCall>(host.call),
                      host.schedule, host.sleep, host.now,
                      {nullptr, host.bind_function, reinterpret_cast<HostInvoke>(host.call_function), host.make_callbacks}};
  }
  Result<std::unique_ptr<vm::Clr>> clr = vm::Clr::create(converted);
  if (!clr.ok()) return (void)clr.take_error(), LEANCLR_ERROR;
  *out = new leanclr_runtime{clr.take_value(), {}, {}, {}};
  current_runtime() = *out;
  return LEANCLR_OK;
}

void leanclr_destroy(leanclr_runtime* runtime) {
  if (current_runtime() == runtime) current_runtime() = nullptr;
  delete runtime;
}

void* leanclr_alloc(leanclr_runtime* runtime, uint32_t size) { return runtime->clr->region().allocate(size); }
void leanclr_free(leanclr_runtime* runtime, void* block) { runtime->clr->region().free(block); }

void leanclr_add_roots(leanclr_runtime* runtime, void* block, uint32_t size) {
  runtime->clr->root_ranges().add(address_of(block), size);
}
void leanclr_remove_roots(leanclr_runtime* runtime, void* block) {
  runtime->clr->root_ranges().remove(address_of(block));
}

leanclr_status leanclr_add_assembly(leanclr_runtime* runtime, const char* file_name, uint8_t* bytes, uint32_t size) {
  return finish(*runtime, runtime->clr->add_assembly(file_name, bytes, size));
}

void leanclr_add_symbols(leanclr_runtime* runtime, const char* file_name, uint8_t* bytes, uint32_t size) {
  runtime->clr->add_symbols(file_name, bytes, size);
}

const char* leanclr_missing_references(leanclr_runtime* runtime) {
  return give(*runtime, lines(runtime->clr->types().missing_references()));
}

leanclr_status leanclr_set_property(leanclr_runtime* runtime, const char* key, const char* value) {
  return finish(*runtime, runtime->clr->set_property(key, value));
}

leanclr_status leanclr_start(leanclr_runtime* runtime) { return finish(*runtime, runtime->clr->start()); }

leanclr_status leanclr_run_main(leanclr_runtime* runtime, const char* assembly, int32_t argc, const char* const* argv,
                                int32_t* exit_code) {
  Result<int32_t> code = runtime->clr->run_main(assembly, std::vector<std::string>(argv, argv + argc));
  if (exit_code) *exit_code = runtime->clr->exit_code;
  return code.ok() ? LEANCLR_OK : failed(*runtime, code.take_error());
}

leanclr_status leanclr_start_main(leanclr_runtime* runtime, const char* assembly, int32_t argc, const char* const* argv,
                                  int32_t* exit_code) {
  return run_state(*runtime, runtime->clr->start_main(assembly, std::vector<std::string>(argv, argv + argc)), exit_code);
}

leanclr_status leanclr_run_pending(leanclr_runtime* runtime, int32_t* exit_code, double* next) {
  leanclr_status status = run_state(*runtime, runtime->clr->run_pending(next), exit_code);
  if (*next == std::numeric_limits<double>::infinity()) *next = -1;
  return status;
}

leanclr_status leanclr_give_up(leanclr_runtime* runtime) {
  Result<int32_t> ended = runtime->clr->give_up();
  return ended.ok() ? LEANCLR_OK : failed(*runtime, ended.take_error());
}

void leanclr_set_budget(leanclr_runtime* runtime, double milliseconds, uint64_t instructions) {
  runtime->clr->set_budget({milliseconds, instructions});
}

void leanclr_interrupt(leanclr_runtime* runtime) { runtime->clr->interrupt(); }

leanclr_status leanclr_find_method(leanclr_runtime* runtime, const char* key, leanclr_method** out) {
  *out = nullptr;
  Result<types::Method*> method = runtime->clr->find_method(key);
  if (!method.ok()) return failed(*runtime, method.take_error());
  *out = reinterpret_cast<leanclr_method*>(method.value());
  return LEANCLR_OK;
}

const char* leanclr_method_signature(leanclr_runtime* runtime, leanclr_method* method) {
  Result<std::string> signature = interop::host_signature(runtime->clr->types(), method_of(method));
  if (signature.ok()) return give(*runtime, signature.take_value());
  failed(*runtime, signature.take_error());
  return nullptr;
}

leanclr_status leanclr_call(leanclr_runtime* runtime, leanclr_method* method, const leanclr_slot* args, leanclr_slot* ret) {
  return finish(*runtime, runtime->clr->call(method_of(method), slots(args), slots(ret)));
}

leanclr_status leanclr_begin_call(leanclr_runtime* runtime, leanclr_method* method, const leanclr_slot* args, leanclr_slot* ret, uint32_t* call) {
  Result<uint32_t> begun = runtime->clr->begin_call(method_of(method), slots(args), slots(ret));
  *call = 0;
  if (!begun.ok()) return failed(*runtime, begun.take_error());
  *call = begun.value();
  return LEANCLR_OK;
}

leanclr_status leanclr_take_call(leanclr_runtime* runtime, uint32_t* call, leanclr_slot* ret) {
  return finish(*runtime, runtime->clr->take_call(call, slots(ret)));
}

uint32_t leanclr_new_string(leanclr_runtime* runtime, const uint16_t* chars, uint32_t length) {
  std::u16string_view text(reinterpret_cast<const char16_t*>(chars), length);
  return address_of(runtime->clr->objects().new_string(text));
}

void leanclr_set_host_exception(leanclr_runtime* runtime, const char* message, const char* stack) {
  runtime->clr->registry().set_host_exception(message ? message : "", stack ? stack : "");
}

const char* leanclr_error_kind(leanclr_runtime* runtime) { return runtime->error_kind.c_str(); }
const char* leanclr_error_message(leanclr_runtime* runtime) { return runtime->error_message.c_str(); }
const char* leanclr_exception_type(leanclr_runtime* runtime) { return runtime->clr->last_exception().type.c_str(); }
const char* leanclr_exception_message(leanclr_runtime* runtime) { return runtime->clr->last_exception().message.c_str(); }
const char* leanclr_exception_stack(leanclr_runtime* runtime) { return runtime->clr->last_exception().stack.c_str(); }
int32_t leanclr_exception_inner(leanclr_runtime* runtime) { return runtime->clr->show_inner_exception(); }
uint32_t leanclr_memory_in_use(leanclr_runtime* runtime) { return static_cast<uint32_t>(runtime->clr->region().bytes_in_use()); }
const char* leanclr_version(void) { return "0.1.0"; }

}  // extern "C"
