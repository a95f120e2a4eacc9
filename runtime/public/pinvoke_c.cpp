// The C interface to the registry of P/Invoke targets (leanclr.h).
#include "public/runtime_handle.h"

using namespace leanclr;

namespace {

Status invoke_c(const abi::Call& call) {
  auto invoker = reinterpret_cast<leanclr_invoker>(call.entry.seed_invoker);
  leanclr_status status = invoker(call.entry.target, reinterpret_cast<const leanclr_slot*>(call.args), reinterpret_cast<leanclr_slot*>(call.ret));
  if (status == LEANCLR_OK) return {};
  return failure_with(ErrorKind::HostException, "the native function registered under '%' failed", {call.entry.name});
}

leanclr_status finish(leanclr_runtime& runtime, Status status) {
  return status.ok() ? LEANCLR_OK : failed(runtime, status.take_error());
}

}  // namespace

extern "C" {

leanclr_status leanclr_register_pinvoke(leanclr_runtime* runtime, const char* key, void* target, leanclr_invoker invoker) {
  abi::NativeEntry entry;
  entry.invoke = invoke_c;
  entry.target = target;
  entry.seed_invoker = reinterpret_cast<void*>(invoker);
  return finish(*runtime, runtime->clr->registry().add(key, entry));
}

leanclr_status leanclr_register_function(leanclr_runtime* runtime, const char* key, void (*function)(void)) {
  return finish(*runtime, runtime->clr->registry().add_function(key, reinterpret_cast<const void*>(function)));
}

void leanclr_callback(leanclr_runtime* runtime, uint32_t number, const leanclr_slot* args, leanclr_slot* ret) {
  runtime->clr->enter_callback(number, reinterpret_cast<const abi::Slot*>(args), reinterpret_cast<abi::Slot*>(ret));
}

leanclr_status leanclr_register_host_pinvoke(leanclr_runtime* runtime, const char* key, uint32_t id) {
  return finish(*runtime, runtime->clr->registry().add_host(key, id));
}

leanclr_status leanclr_replace_host_pinvoke(leanclr_runtime* runtime, const char* key, uint32_t id) {
  return finish(*runtime, runtime->clr->registry().replace_host(key, id));
}

leanclr_status leanclr_unregister_pinvoke(leanclr_runtime* runtime, const char* key) {
  return finish(*runtime, runtime->clr->registry().remove(key));
}

const char* leanclr_list_externs(leanclr_runtime* runtime, const char* assembly) {
  Result<std::string> lines = runtime->clr->externs(assembly);
  if (!lines.ok()) return (void)leanclr::failed(*runtime, lines.take_error()), nullptr;
  runtime->text = lines.take_value();
  return runtime->text.c_str();
}

const char* leanclr_list_pinvokes(leanclr_runtime* runtime) {
  runtime->text.clear();
  for (const std::string& key : runtime->clr->registry().keys()) runtime->text += (runtime->text.empty() ? "" : "\n") + key;
  return runtime->text.c_str();
}

}  // extern "C"
