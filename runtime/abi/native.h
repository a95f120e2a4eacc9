// NativeEntry: one native target of a managed method; and what an invoker gets. Internal calls, libSystem.Native,
// users' C++ functions and JavaScript functions are all called through this one shape.
#pragma once

#include <array>
#include <string_view>

#include "abi/slot.h"

namespace leanclr::interp {
class Thread;
}
namespace leanclr::objects {
class ObjectModel;
}

namespace leanclr::abi {

struct NativeEntry;

/// A call on its way: `args` holds the parameters (a `this` first) one after the other, each in as many slots as
/// its value needs; `ret` has room for the result.
struct Call {
  interp::Thread& thread;
  gc::Heap& heap;
  const types::Method& method;
  const NativeEntry& entry;
  const Slot* args;
  Slot* ret;
};

/// Unpacks the arguments, calls the target, stores the result. An Error becomes a managed exception;
/// ErrorKind::ManagedException says that one is already pending on the thread.
using Invoker = Status (*)(const Call& call);

/// A signature as letters, result first, parameters after, so that a C++ type can be compared with metadata:
/// v void, i 32 bits or less, l 64 bits, f float, d double, o object reference, p address (byref, pointer, native
/// int, or a 32-bit integer: p and i agree), s<n> a value type of n slots is written as n letters 's'.
struct Letters {
  static constexpr size_t kMax = 31;
  char text[kMax + 1] = {};
  uint8_t size = 0;
  constexpr void push(char letter) {
    if (size < kMax) text[size++] = letter;
  }
  constexpr std::string_view view() const { return {text, size}; }
};

struct NativeEntry {
  std::string_view name;      // method or entry-point name; the key's text for registered P/Invokes
  const char* letters = nullptr;  // null: the invoker takes any signature
  Invoker invoke = nullptr;
  void* target = nullptr;     // what the invoker calls, where it does not know by itself
  void* seed_invoker = nullptr;  // the seed API's hand-written invoker (public/)
  uint32_t host_id = 0;       // JavaScript targets: leanclr_host.call's id
  const void* plan = nullptr;    // what interop/ keeps for the bound method
  /// The native does nothing before its first allocation, so after OutOfMemory it may be called once more.
  bool retryable = false;
};

}  // namespace leanclr::abi
