// The predicates and conversions that the expressions of ops.def use (§III.3).
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

#include "base/result.h"

namespace leanclr::interp {

template <typename T>
T get(const void* at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}
template <typename T>
void put(void* at, T value) {
  std::memcpy(at, &value, sizeof(T));
}

/// Copies a value type's bytes, which may overlap: the engine's own memory.copy costs more than small ones are worth.
inline void copy_value(void* to, const void* from, uint32_t bytes) {
  if (bytes > 8 && bytes <= 24) {
    auto* target = static_cast<uint8_t*>(to);
    auto* source = static_cast<const uint8_t*>(from);
    const uint64_t first = get<uint64_t>(source);
    const uint64_t last = get<uint64_t>(source + bytes - 8);
    if (bytes > 16) put(target + 8, get<uint64_t>(source + 8));
    put(target, first);
    put(target + bytes - 8, last);
    return;
  }
  std::memmove(to, from, bytes);
}

/// Copies whole slots that do not overlap; the engine's own memory.copy costs more than a few are worth.
[[gnu::always_inline]] inline void copy_slots(uint8_t* to, const uint8_t* from, uint32_t bytes) {
  for (const uint8_t* end = from + bytes; from < end; from += 8, to += 8) {
    put(to, get<uint64_t>(from));
    asm volatile("" ::: "memory");  // or it would become a memory.copy
  }
}

/// Clears whole slots; the engine's own memory.fill costs more than a few are worth.
[[gnu::always_inline]] inline void clear_slots(uint8_t* from, const uint8_t* end) {
  for (; from < end; from += 8) {
    put<uint64_t>(from, 0);
    asm volatile("" ::: "memory");  // or it would become a memory.fill
  }
}

/// Clears memory, in most cases a few slots.
[[gnu::always_inline]] inline void clear_bytes(uint8_t* at, uint32_t bytes) {
  if (bytes > 64 || bytes % 8) std::memset(at, 0, bytes);
  else clear_slots(at, at + bytes);
}

template <typename T>
bool divide_fault(T a, T b) {
  return b == 0 || (b == -1 && a == std::numeric_limits<T>::min());
}
template <typename T>
ErrorKind divide_error(T b) {
  return b == 0 ? ErrorKind::DivideByZero : ErrorKind::Overflow;
}
template <typename T>
bool add_overflows(T a, T b) {
  T result;
  return __builtin_add_overflow(a, b, &result);
}
template <typename T>
bool subtract_overflows(T a, T b) {
  T result;
  return __builtin_sub_overflow(a, b, &result);
}
template <typename T>
bool multiply_overflows(T a, T b) {
  T result;
  return __builtin_mul_overflow(a, b, &result);
}

template <typename To, typename From>
bool in_range(From value) {
  return value >= static_cast<From>(std::numeric_limits<To>::min()) &&
         value <= static_cast<From>(std::numeric_limits<To>::max());
}

/// Does the value, cut towards zero, lie in To's range? False for NaN.
template <typename To>
bool truncates_to(double value) {
  double low = static_cast<double>(std::numeric_limits<To>::min());
  double high = std::ldexp(1.0, std::numeric_limits<To>::digits);
  double cut = std::trunc(value);
  return cut >= low && cut < high;
}

/// Conversion as .NET defines it on every platform: NaN is 0, what is out of range becomes the nearest bound.
template <typename To>
To saturate(double value) {
#ifdef __wasm__  // one instruction
  if constexpr (std::is_same_v<To, int32_t>) return __builtin_wasm_trunc_saturate_s_i32_f64(value);
  if constexpr (std::is_same_v<To, uint32_t>) return static_cast<uint32_t>(__builtin_wasm_trunc_saturate_u_i32_f64(value));
  if constexpr (std::is_same_v<To, int64_t>) return __builtin_wasm_trunc_saturate_s_i64_f64(value);
  if constexpr (std::is_same_v<To, uint64_t>) return static_cast<uint64_t>(__builtin_wasm_trunc_saturate_u_i64_f64(value));
#endif
  if (truncates_to<To>(value)) return static_cast<To>(value);
  if (std::isnan(value)) return 0;
  return value < 0 ? std::numeric_limits<To>::min() : std::numeric_limits<To>::max();
}

}  // namespace leanclr::interp
