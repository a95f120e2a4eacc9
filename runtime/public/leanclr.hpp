// leanclr.hpp: the C++ interface: binding C++ functions to `extern` methods, and a runtime inside a C++ program.
//
// The static calls act on the thread's current runtime: the one that Runtime::Initialize or leanclr_create made last on
// this thread. C++ that drives several runtimes uses leanclr.h, or Runtime::make_current.
// What it is not: the runtime's insides; types come through as the names below and are not for taking apart.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "abi/bind.h"
#include "interop/registry.h"
#include "public/leanclr.h"

namespace leanclr {

using RtResultVoid = Status;

namespace metadata {
using RtManagedMethodPointer = interop::SeedPointer;
using RtMethodInfo = types::Method;
}  // namespace metadata

namespace interp {
using RtStackObject = abi::Slot;
}  // namespace interp

namespace vm {

using PInvokeFunction = interop::SeedPointer;
using PInvokeInvoker = interop::SeedInvoker;

/// How a C++ program runs assemblies. Strings are UTF-8.
struct RuntimeOptions {
  std::vector<std::string> library_directories;  // searched for "<name>.dll" and "<name>.pdb", in order
  std::vector<std::pair<std::string, std::string>> properties;  // AppContext properties
  /// Gives an assembly's bytes by simple name, after the directories; empty when it has none.
  std::function<std::string(std::string_view name)> load_assembly;
  /// Bytes written to stdout (1) or stderr (2); by default the process's own.
  std::function<void(int fd, std::string_view bytes)> write;
  uint32_t stack_bytes = 0;   // of managed code; 0: 1 MiB
  uint32_t memory_limit = 0;  // 0: 512 MiB
  /// Of every run and every call from outside, 0: no limit; see leanclr_set_budget.
  double budget_milliseconds = 0;
  uint64_t budget_instructions = 0;
  bool gc_stress = false;
};

class Runtime {
 public:
  /// What the next Initialize of this thread uses.
  static void configure(RuntimeOptions options);
  /// Creates and starts a runtime and makes it current. Errors: FileNotFound (no System.Private.CoreLib), load errors.
  static RtResultVoid Initialize();
  static RtResultVoid initialize() { return Initialize(); }
  /// Runs the entry point of the assembly of that simple name. Gives Main's exit code; an unhandled exception went to
  /// stderr and is ManagedException.
  static Result<int32_t> run_main(std::string_view assembly, const std::vector<std::string>& arguments = {});
  /// Ends the current runtime.
  static void Shutdown();
  static leanclr_runtime* current();
  static void make_current(leanclr_runtime* runtime);
};

}  // namespace vm

/// Why a registration failed; may be dropped, since the failure is also written to the runtime's stderr.
class Registration {
 public:
  explicit Registration(Status status) : ok_(status.ok()), error_(ok_ ? Error(ErrorKind::None) : status.take_error()) {}
  bool is_ok() const { return ok_; }
  bool is_err() const { return !ok_; }
  const Error& error() const { return error_; }

 private:
  bool ok_;
  Error error_;
};

class RuntimeApi {
 public:
  /// The argument at `offset` (in slots), which is advanced past it. A struct takes as many slots as it needs.
  template <typename T>
  static T get_argument(const interp::RtStackObject* params, size_t& offset) {
    const abi::Slot* slot = params + offset;
    if constexpr (requires { abi::Abi<T>::slots; }) {
      offset += abi::Abi<T>::slots;
      return abi::Abi<T>::read(slot);
    } else {
      static_assert(std::is_trivially_copyable_v<T>, "an argument type is trivially copyable");
      offset += abi::slots_for(sizeof(T));
      T value;
      __builtin_memcpy(&value, slot, sizeof(T));
      return value;
    }
  }
  template <typename T>
  static void set_return_value(interp::RtStackObject* ret, T value) {
    if constexpr (requires { abi::Abi<T>::slots; }) abi::Abi<T>::write(ret, value);
    else __builtin_memcpy(ret, &value, sizeof(T));
  }

  /// Registers a C++ function with an invoker that unpacks its arguments by hand. For keys see interop/key.h.
  /// Errors: Argument (no such key form), DuplicateEntry, InvalidOperation (no current runtime).
  static Registration register_pinvoke_func(std::string_view key, vm::PInvokeFunction function, vm::PInvokeInvoker invoker);
  static Registration register_entry(std::string_view key, const abi::NativeEntry& entry);
  /// Sets or exchanges the target of a key, from the next call on.
  static Registration replace_entry(std::string_view key, const abi::NativeEntry& entry);
  /// Errors: EntryPointNotFound.
  static Registration unregister_pinvoke(std::string_view key);
  static std::vector<std::string> list_pinvokes();
};

/// Registers a C++ function; the invoker comes from its type, which is compared with the C# declaration when the method
/// is bound (MarshalDirectiveException when they differ).
template <auto Fn>
Registration register_pinvoke(std::string_view key) {
  return RuntimeApi::register_entry(key, abi::native_with_address<Fn>());
}
/// Registers a C function of any type: how it is called follows from the C# declaration alone, which nothing here is
/// compared with. In a module the host sees to it when the method is bound.
template <typename R, typename... A>
Registration register_pinvoke(std::string_view key, R (*function)(A...)) {
  return RuntimeApi::register_entry(key, interop::Registry::function_entry(reinterpret_cast<const void*>(function)));
}
template <auto Fn>
Registration replace_pinvoke(std::string_view key) {
  return RuntimeApi::replace_entry(key, abi::native_with_address<Fn>());
}

}  // namespace leanclr

#define RET_VOID_OK() return ::leanclr::RtResultVoid()
