// Ref<T>: a 32-bit reference to something in the region, the same 4 bytes on every host.
//
// Managed code sees a 32-bit machine everywhere (docs/architecture.md, "one machine model"). On wasm32 a Ref
// is simply a pointer; on x64 the region lies below 2 GiB, so a pointer into it fits 32 bits.
// What it is not: a GC root. A Ref in a C++ local is safe only as long as nothing can collect.
#pragma once

#include <cstdint>
#include <type_traits>

#include "base/result.h"

namespace leanclr {

/// An address in the region as managed code sees it (IntPtr, byref, function pointer).
using Address = uint32_t;

inline Address address_of(const volatile void* pointer) {
  return static_cast<Address>(reinterpret_cast<uintptr_t>(pointer));
}

template <typename T>
T* pointer_at(Address address) {
  return reinterpret_cast<T*>(static_cast<uintptr_t>(address));
}

template <typename T>
class Ref {
 public:
  Ref() = default;
  Ref(T* pointer) : bits_(address_of(pointer)) {}  // NOLINT: implicit by design
  Ref(std::nullptr_t) : bits_(0) {}                // NOLINT
  T* get() const { return pointer_at<T>(bits_); }
  T* operator->() const { return get(); }
  operator T*() const { return get(); }  // NOLINT
  Address address() const { return bits_; }

 private:
  Address bits_ = 0;
};
static_assert(sizeof(Ref<int>) == 4 && std::is_trivially_copyable_v<Ref<int>>);

}  // namespace leanclr
