// NativeCode: calls to native functions whose C type is known only at run time, and function pointers made at run time
// that call back.
//
// A C type is an ABI text, one letter per value, the result first: v void, i 32 bits (integers, pointers), l 64 bits,
// f float, d double. A struct by value is a pointer to a copy, a struct result a pointer in front of the arguments
// (clang's C ABI of wasm32; a struct of one scalar is that scalar). In a wasm module the host makes the code that
// unpacks and packs slots, once per text; natively platform/native_calls does.
// What it is not: marshalling. Slots hold what C is to get; whoever calls has converted it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/hash_table.h"
#include "base/list.h"
#include "base/platform/native_calls.h"
#include "interop/host_failure.h"
#include "interop/native_pool.h"
#include "interp/thread.h"

namespace leanclr::interop {

using abi::Slot;

/// The host's part in a module; see leanclr_host. Natively the functions are null.
struct HostCode {
  void* context = nullptr;
  uint32_t (*bind_function)(void* context, uint32_t function, const char* abi) = nullptr;
  int32_t (*call_function)(void* context, uint32_t function, const char* abi, const Slot* args, Slot* ret) = nullptr;
  uint32_t (*make_callbacks)(void* context, const char* abi, uint32_t first, uint32_t count) = nullptr;
};

/// A native function together with the C type that it is called by.
struct NativeFunction {
  const void* function = nullptr;
  const char* abi = nullptr;  // NativeCode's own copy
  NativeInvoker invoker = nullptr;  // null: the host or the platform calls
};

/// What a function pointer made here runs: `args` has one slot per argument of the ABI text, `ret` one that is zero
/// before (none for v). An error becomes the exception of the native call that the callback belongs to.
struct Callback {
  Status (*run)(interp::Thread& thread, void* target, const Slot* args, Slot* ret) = nullptr;
  void* target = nullptr;
};

class NativeCode {
 public:
  /// C code calls a function pointer made here: enter() must follow, on a thread that may run managed code.
  using Entry = void (*)(void* context, uint32_t number, const Slot* args, Slot* ret);

  NativeCode(const HostCode& host, HostFailure& host_failure) : host_(host), host_failure_(host_failure) {}
  ~NativeCode();
  NativeCode(const NativeCode&) = delete;
  NativeCode& operator=(const NativeCode&) = delete;

  /// Who is told that C code calls back. Before the first make_callback.
  void set_entry(Entry entry, void* context);

  /// A function (natively its pointer, in a module its index in the table) to be called by an ABI text. Errors:
  /// MarshalDirective when the host sees that the function is of another type; PlatformNotSupported.
  Result<NativeFunction> bind(const void* function, std::string_view abi);
  /// Calls it, with one slot per argument. Collects when it calls back. Errors: what a callback inside it failed with, a
  /// ManagedException included; what a host function threw; NotSupported (more arguments than the platform passes).
  Status call(interp::Thread& thread, const NativeFunction& function, const Slot* args, Slot* ret) {
    if (!function.invoker) [[unlikely]] return call_by_text(thread, function, args, ret);
    interp::Thread* outer = std::exchange(caller_, &thread);
    function.invoker(function.function, args, ret);
    caller_ = outer;
    if (has_failure_) [[unlikely]] return take_failure(thread);
    return {};
  }

  /// A C function of the process under an address that managed code can hold; the same one each time. Errors:
  /// PlatformNotSupported.
  Result<Address> expose(const void* function);

  /// A C function pointer that runs `callback` until free_callback. Errors: PlatformNotSupported.
  Result<Address> make_callback(std::string_view abi, const Callback& callback);
  /// Whoever calls the pointer afterwards gets an InvalidOperation. Its address comes back into use as late as possible.
  void free_callback(Address address);
  /// What a live function pointer made here runs; null for every other address.
  const Callback* callback_at(Address address) const;

  /// Runs a callback by its number. The error of one that fails waits for the native call that it belongs to; until that
  /// has returned, further callbacks do nothing. Outside of a native call it is given back.
  Status enter(interp::Thread& thread, uint32_t number, const Slot* args, Slot* ret);

 private:
  /// An ABI text in use, and its function pointers that wait to be used again, the one that is free longest first.
  struct Shape {
    std::string abi;
    List<uint32_t> fresh, freed;
    size_t first_freed = 0;
  };
  struct Thunk {
    Address address = 0;
    uint32_t number = 0;
    Shape* shape = nullptr;
    Callback callback;
  };
  struct Exposed {
    const void* function;
    Address address;
  };
  Shape& shape_of(std::string_view abi);
  Status add_thunks(Shape& shape);
  Result<Address> make_cell(const void* code, const void* data);
  Thunk* thunk_at(Address address) const;
  Status call_by_text(interp::Thread& thread, const NativeFunction& function, const Slot* args, Slot* ret);
  Error take_failure(interp::Thread& thread);

  HostCode host_;
  HostFailure& host_failure_;
  Entry entry_ = nullptr;
  void* entry_context_ = nullptr;
  OwningList<Shape> shapes_;
  OwningList<Thunk> thunks_;           // by number
  HashTable<Thunk*> by_address_;
  List<platform::CodePage> pages_;
  size_t cells_used_ = 0;              // of the last page
  OwningList<platform::CallbackTarget> targets_;
  OwningList<Exposed> exposed_;
  interp::Thread* caller_ = nullptr;   // whose native call is going on
  bool has_failure_ = false;           // a callback of it has failed
  Error failure_ = ErrorKind::None;
  uint32_t exception_ = 0;             // handle of the exception object, for ManagedException
};

}  // namespace leanclr::interop
