// Registration, replacement and removal of entries, and the invokers of hand-written and host targets. Binding stands in
// registry_bind.cpp.
#include "interop/registry.h"

#include <algorithm>

#include "interop/delegate_target.h"
#include "interop/host_signature.h"
#include "interop/registry_bound.h"
#include "interp/thread.h"

namespace leanclr::interop {
namespace {

Status invoke_seed(const abi::Call& call) {
  auto invoker = reinterpret_cast<SeedInvoker>(call.entry.seed_invoker);
  return invoker(reinterpret_cast<SeedPointer>(call.entry.target), &call.method, call.args, call.ret);
}

}  // namespace

Registry::Registry(Marshalling& marshalling, HostFunctions host, const HostCode& code) : marshalling_(marshalling), host_(host), native_code_(code, host_failure_) {}
Registry::~Registry() = default;

abi::NativeEntry Registry::seed_entry(SeedPointer function, SeedInvoker invoker) {
  abi::NativeEntry entry;
  entry.invoke = invoke_seed;
  entry.target = reinterpret_cast<void*>(function);
  entry.seed_invoker = reinterpret_cast<void*>(invoker);
  return entry;
}

abi::NativeEntry Registry::host_entry(uint32_t id) {
  abi::NativeEntry entry;
  entry.invoke = invoke_host;
  entry.host_id = id;
  return entry;
}

abi::NativeEntry Registry::function_entry(const void* function) {
  abi::NativeEntry entry;
  entry.invoke = invoke_function;
  entry.target = const_cast<void*>(function);
  return entry;
}

Status Registry::invoke_function(const abi::Call& call) {
  const Bound& bound = *static_cast<const Bound*>(call.entry.plan);
  const Lowering& lowering = bound.lowering;
  NativeCode& code = bound.registry->native_code_;
  if (!lowering.is_trivial) return call_lowered(code, call.thread, bound.function, lowering, call.args, call.ret);
  TRY(code.call(call.thread, bound.function, call.args, call.ret));
  if (is_small(lowering.result)) widen(lowering.result, call.ret);
  return {};
}

Error HostFailure::take(interp::Thread& thread) {
  const HostFailure taken = std::exchange(*this, {});
  if (taken.exception) return thread.raise(taken.exception);
  std::string text = taken.message.empty() ? "the host function failed" : taken.message;
  if (!taken.stack.empty()) text.append(1, '\0').append(taken.stack);
  return failure(ErrorKind::HostException, std::move(text));
}

Status Registry::call_host(interp::Thread& thread, uint32_t id, const char* signature, const abi::Slot* args, abi::Slot* ret) {
  if (host_.call(host_.context, id, signature, args, ret)) return host_failure_.take(thread);
  return {};
}

Status Registry::invoke_host(const abi::Call& call) {
  const Bound& bound = *static_cast<const Bound*>(call.entry.plan);
  return bound.registry->call_host(call.thread, call.entry.host_id, bound.host_signature.c_str(), call.args, call.ret);
}

/// The call between two reports. Its result may lie where its arguments do.
Status Registry::invoke_traced(const abi::Call& call) {
  const Bound& bound = *static_cast<const Bound*>(call.entry.plan);
  Registry& registry = *bound.registry;
  const char* signature = bound.host_signature.c_str();
  TRY(registry.call_host(call.thread, kTraceBegin, signature, call.args, nullptr));
  Status status = bound.traced.invoke({call.thread, call.heap, call.method, bound.traced, call.args, call.ret});
  if (!status.ok()) {
    Error error = status.take_error();
    gc::Local<gc::Object> thrown(call.heap, error.kind() == ErrorKind::ManagedException ? call.thread.take_exception() : nullptr);
    const std::string text = thrown.get() ? call.thread.types().full_name(*thrown->type) : std::string(error.message());
    TRY(registry.call_host(call.thread, kTraceFailed, text.c_str(), nullptr, nullptr));
    return thrown.get() ? call.thread.raise(thrown.get()) : Status(std::move(error));
  }
  const types::MethodSignature& types = *TRY(call.thread.types().signature_of(const_cast<types::Method&>(call.method)));
  gc::Local<gc::Object> result(call.heap, types.return_type->is_reference() ? call.ret->object.get() : nullptr);
  return registry.call_host(call.thread, kTraceEnd, signature, nullptr, call.ret);
}

Status Registry::invoke_planned(const abi::Call& call) {
  const Bound& bound = *static_cast<const Bound*>(call.entry.plan);
  return call_by_plan({bound.plan, bound.registry->marshalling_, bound.target}, call);
}

Status Registry::store(std::string_view text, const abi::NativeEntry& native, bool replaces, bool is_own) {
  Key key = TRY(parse_key(text));
  auto entry = std::make_unique<Entry>(Entry{key.text(), std::move(key), native, is_own});
  entry->native.name = entry->text;
  const size_t at = position_of(entry->text);
  if (!look_up(entry->text)) {
    entries_.insert(entries_.begin() + at, entry.release());
  } else if (replaces) {
    delete std::exchange(entries_[at], entry.release());
  } else {
    return failure_with(ErrorKind::DuplicateEntry, "'%' is registered already; use replace to exchange its target", {entry->text});
  }
  unbind_all();
  return {};
}

Status Registry::add(std::string_view key, const abi::NativeEntry& entry) { return store(key, entry, false); }
Status Registry::add_seed(std::string_view key, SeedPointer function, SeedInvoker invoker) {
  return store(key, seed_entry(function, invoker), false);
}
Status Registry::add_host(std::string_view key, uint32_t id) { return store(key, host_entry(id), false); }
Status Registry::add_function(std::string_view key, const void* function) { return store(key, function_entry(function), false); }
Status Registry::replace(std::string_view key, const abi::NativeEntry& entry) { return store(key, entry, true); }
Status Registry::replace_host(std::string_view key, uint32_t id) { return store(key, host_entry(id), true); }

Status Registry::add_library(std::string_view library, std::span<const abi::NativeEntry> entries) {
  for (const abi::NativeEntry& entry : entries)
    TRY(store("[" + std::string(library) + "]" + std::string(entry.name), entry, false, true));
  return {};
}

Status Registry::remove(std::string_view text) {
  Key key = TRY(parse_key(text));
  const std::string canonical = key.text();
  if (!look_up(canonical)) return failure_with(ErrorKind::EntryPointNotFound, "'%' is not registered", {canonical});
  const size_t at = position_of(canonical);
  delete entries_[at];
  entries_.erase(entries_.begin() + at);
  unbind_all();
  return {};
}

Result<types::Method*> Registry::delegate_target(types::TypeSystem& types, types::Type& delegate) {
  for (Bound* known : delegates_)
    if (known->owner == &delegate) return known->method;
  types::Method* invoke = types.find_method(delegate, "Invoke");
  if (!invoke) return failure_with(ErrorKind::MissingMethod, "%.Invoke", {types.full_name(delegate)});
  const types::MethodSignature& signature = *TRY(types.signature_of(*invoke));
  for (types::Type* type : signature.parameters) TRY(types.ensure(*type, types::TypeState::Sized));
  TRY(types.ensure(*signature.return_type, types::TypeState::Sized));
  std::unique_ptr<Bound> bound(new Bound);
  bound->host_signature = TRY(host_signature(types, *invoke));
  bound->registry = this;
  bound->owner = &delegate;
  bound->native = host_entry(kDelegateCall);
  bound->native.plan = bound.get();
  bound->method = TRY(make_delegate_target(types, *invoke, "JavaScript", bound->native));
  return delegates_.add(bound.release()).method;
}

std::vector<std::string> Registry::keys() const {
  std::vector<std::string> result;
  for (const auto& entry : entries_) result.push_back(entry->text);
  return result;
}

/// Bound entries stay alive: a call through one may be on the stack. Methods look theirs up anew.
void Registry::unbind_all() {
  for (Bound* bound : bound_) bound->method->native = nullptr;
}

}  // namespace leanclr::interop
