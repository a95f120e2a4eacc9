// Registry: every native target of `extern` methods, whoever wrote it.
//
// An entry is a key and a NativeEntry: a C++ function with the invoker deduced from its type, a C++ function with a
// hand-written invoker, a native function that is called by the managed signature alone, or a host (JavaScript) function. bind() looks a method up when it is first called:
//   [library]type::method(types), then type::method(types), then both without the parameter list, then [library]entry.
// The bracket may name the declaring assembly or the DllImport library; entries under both are ambiguous.
// Entries may come and go at any time; replacing or removing one takes effect on the next call.
// A C++ function whose invoker comes from its type is called by a marshalling plan (plan.h); one with a hand-written
// invoker gets what lies in managed slots, a string as its object; host functions do their own.
#pragma once

#include <string>
#include <vector>

#include "abi/native.h"
#include "base/list.h"
#include "interop/key.h"
#include "interop/marshalling.h"
#include "interop/native_code.h"
#include "types/type_system.h"

namespace leanclr::interop {

/// The seed API's invoker (tests/seed/seed-api.md): unpacks the arguments by hand.
using SeedPointer = void (*)();
using SeedInvoker = Status (*)(SeedPointer pointer, const types::Method* method, const abi::Slot* params, abi::Slot* ret);

/// How host functions are called; see leanclr_host.call.
struct HostFunctions {
  void* context = nullptr;
  int32_t (*call)(void* context, uint32_t id, const char* signature, const abi::Slot* args, abi::Slot* ret) = nullptr;
};

class Registry {
 public:
  /// leanclr_host.call's id for a call of a delegate.
  static constexpr uint32_t kDelegateCall = ~0u;
  /// Its ids for calls of C and C++ functions, where they are traced: before one, behind it, and behind one that failed.
  static constexpr uint32_t kTraceBegin = ~0u - 1, kTraceEnd = ~0u - 2, kTraceFailed = ~0u - 3;

  Registry(Marshalling& marshalling, HostFunctions host, const HostCode& code = {});
  ~Registry();

  /// The host is told of each call of a C or C++ function, those of the runtime itself excepted: leanclr_host.call with the
  /// ids above. Where it is not, a call costs what it cost before.
  void trace_calls() { traces_ = true; }

  // Errors: Argument (a bad key), DuplicateEntry (the key is taken; replace() is for that).
  Status add(std::string_view key, const abi::NativeEntry& entry);
  Status add_seed(std::string_view key, SeedPointer function, SeedInvoker invoker);
  Status add_host(std::string_view key, uint32_t id);
  /// A C function whose type the managed signature tells; in a module its index in the table.
  Status add_function(std::string_view key, const void* function);
  /// Every function of a table of the runtime's own under one library name.
  Status add_library(std::string_view library, std::span<const abi::NativeEntry> entries);
  /// Sets or exchanges a target. Errors: Argument.
  Status replace(std::string_view key, const abi::NativeEntry& entry);
  Status replace_host(std::string_view key, uint32_t id);
  /// Errors: Argument; EntryPointNotFound when nothing has that key.
  Status remove(std::string_view key);
  std::vector<std::string> keys() const;

  /// The entry that serves an extern method, compared with its signature. An internal call has no library; its key's
  /// bracket names the assembly. Errors: DllNotFound, EntryPointNotFound (with the key to register, what was tried and the
  /// nearest registered keys), MissingInternalCall, AmbiguousEntry, MarshalDirective.
  /// `library`: what a DllImportResolver has put in the place of the declared one; empty: nothing.
  Result<const abi::NativeEntry*> bind(types::TypeSystem& types, types::Method& method, std::string_view library = {});

  /// The externs of an assembly, a line for each: key, library, entry point, state (bound, missing, mismatch), kind of target
  /// (C++, function, JavaScript), the key that serves it, what is wrong; separated by tabs. Errors: load errors.
  Result<std::string> externs(types::TypeSystem& types, types::Assembly& assembly);

  // Libraries by name, for NativeLibrary: one exists when something is registered for it.
  /// 0: there is none.
  Address library_handle(std::string_view name);
  const std::string* library_of(Address handle) const;
  /// What C calls the function by. Errors: Argument, EntryPointNotFound.
  Result<Address> export_address(Address handle, std::string_view name);

  /// A method whose target is the host, as leanclr_host.call with kDelegateCall: what the delegates of a type call that are
  /// host functions. Its first argument is the delegate itself. One per type. Errors: load errors.
  Result<types::Method*> delegate_target(types::TypeSystem& types, types::Type& delegate);

  /// What a host function threw; taken by the call that it failed.
  void set_host_exception(std::string message, std::string stack) { host_failure_ = {nullptr, std::move(message), std::move(stack)}; }
  /// The same with the exception object itself. It must stay alive until the host function returns.
  void set_host_exception(gc::Object* exception) { host_failure_.exception = exception; }

  static abi::NativeEntry seed_entry(SeedPointer function, SeedInvoker invoker);
  static abi::NativeEntry host_entry(uint32_t id);
  static abi::NativeEntry function_entry(const void* function);

  NativeCode& native_code() { return native_code_; }

 private:
  struct Entry {
    std::string text;  // canonical
    Key key;
    abi::NativeEntry native;
    bool is_own = false;  // the runtime's
  };
  struct Bound;
  struct Names;
  static Status invoke_host(const abi::Call& call);
  static Status invoke_function(const abi::Call& call);
  static Status invoke_planned(const abi::Call& call);
  static Status invoke_traced(const abi::Call& call);
  Status call_host(interp::Thread& thread, uint32_t id, const char* signature, const abi::Slot* args, abi::Slot* ret);
  Status store(std::string_view key, const abi::NativeEntry& entry, bool replaces, bool is_own = false);
  static Result<Names> names_of(types::TypeSystem& types, types::Method& method);
  Status add_extern(types::TypeSystem& types, types::Method& method, std::string& text);
  Result<const Entry*> find(const Names& names, std::vector<std::string>& tried) const;
  size_t position_of(std::string_view text) const;
  const Entry* look_up(std::string_view text) const;
  Failure not_found(const Names& names, const std::vector<std::string>& tried) const;
  Result<const abi::NativeEntry*> make_bound(types::TypeSystem& types, types::Method& method, const Entry& entry);
  Status plan(types::TypeSystem& types, types::Method& method, Bound& bound);
  void unbind_all();
  Marshalling& marshalling_;
  HostFunctions host_;
  HostFailure host_failure_;
  NativeCode native_code_;
  OwningList<Entry> entries_;   // sorted by text
  OwningList<Bound> bound_;     // methods in use, and those still on a stack
  OwningList<Bound> delegates_; // by delegate type; `owner` says which
  OwningList<std::string> libraries_;  // by handle - 1
  bool traces_ = false;
};

}  // namespace leanclr::interop
