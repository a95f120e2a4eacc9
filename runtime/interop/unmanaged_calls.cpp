// See unmanaged_calls.h.
#include "interop/unmanaged_calls.h"

#include "interop/native_signature.h"

namespace leanclr::interop {

struct UnmanagedCalls::Exported {
  types::Method* method = nullptr;
  Address address = 0;
  NativeSignature signature;
};

/// A C function as one call site's signature sees it.
struct UnmanagedCalls::Site {
  Address address = 0;
  const types::MethodSignature* signature = nullptr;
  NativeFunction function;
  NativeSignature lowered;
  static uint32_t hash(Address address, const types::MethodSignature& signature) { return combine_hashes(address, hash_address(&signature)); }
};

UnmanagedCalls::UnmanagedCalls(NativeCode& code, types::TypeSystem& types) : code_(code), types_(types) {}
UnmanagedCalls::~UnmanagedCalls() = default;

Result<Address> UnmanagedCalls::address_of_method(types::Method& method) {
  Exported* known = by_method_.find(hash_address(&method), [&](const Exported* exported) { return exported->method == &method; });
  if (known) return known->address;
  auto exported = std::make_unique<Exported>();
  exported->method = &method;
  exported->signature = TRY(lower_signature(types_, *TRY(types_.signature_of(method)), types_.full_name(method)));
  exported->address = TRY(code_.make_callback(exported->signature.abi, {run_method, exported.get()}));
  by_method_.insert(hash_address(&method), exported.get());
  return exported_.add(exported.release()).address;
}

types::Method* UnmanagedCalls::method_at(Address address) const {
  const Callback* callback = code_.callback_at(address);
  return callback && callback->run == run_method ? static_cast<Exported*>(callback->target)->method : nullptr;
}

Status UnmanagedCalls::run_method(interp::Thread& thread, void* target, const Slot* args, Slot* ret) {
  const Exported& exported = *static_cast<Exported*>(target);
  const NativeSignature& signature = exported.signature;
  TRY(thread.run_static_constructor(*exported.method->declaring_type));
  const List<Slot> managed = signature.raised(args);
  List<Slot> result(signature.result.slots);
  TRY(thread.invoke(*exported.method, managed.data(), result.data()));
  if (signature.result.by_pointer) std::memcpy(pointer_at<void>(args->address), result.data(), signature.result.bytes);
  else *ret = result[0];
  return {};
}

Result<const UnmanagedCalls::Site*> UnmanagedCalls::site_at(Address address, const types::MethodSignature& signature) {
  if (last_ && last_->address == address && last_->signature == &signature) return last_;
  const uint32_t hash = Site::hash(address, signature);
  Site* known = by_function_.find(hash, [&](const Site* site) { return site->address == address && site->signature == &signature; });
  if (known) return last_ = known;
  NativeSignature lowered = TRY(lower_signature(types_, signature, "a call through a function pointer"));
  const NativeFunction function = TRY(code_.bind(pointer_at<const void>(address), lowered.abi));
  Site& site = sites_.add(new Site{address, &signature, function, std::move(lowered)});
  by_function_.insert(hash, &site);
  return last_ = &site;
}

Status UnmanagedCalls::call(interp::Thread& thread, Address address, const types::MethodSignature& signature, const Slot* args, Slot* ret) {
  const Site& site = *TRY(site_at(address, signature));
  const NativeSignature& lowered = site.lowered;
  if (lowered.is_plain) {
    TRY(code_.call(thread, site.function, args, ret));
    widen(*ret, lowered.result.small);
    return {};
  }
  List<Slot> result(lowered.result.slots);  // the arguments lie where `ret` is
  const List<Slot> native = lowered.lowered(args, result.data());
  TRY(code_.call(thread, site.function, native.data(), result.data()));
  widen(result[0], lowered.result.small);
  std::memcpy(ret, result.data(), result.size() * sizeof(Slot));
  return {};
}

}  // namespace leanclr::interop
