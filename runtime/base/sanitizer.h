// poison/unpoison: tell AddressSanitizer which bytes of the region nobody may touch; nothing in other builds.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define LEANCLR_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEANCLR_ASAN 1
#endif
#endif

#ifdef LEANCLR_ASAN
#include <sanitizer/asan_interface.h>
#endif

namespace leanclr {

#ifdef LEANCLR_ASAN
inline void poison(const volatile void* memory, size_t bytes) { ASAN_POISON_MEMORY_REGION(memory, bytes); }
inline void unpoison(const volatile void* memory, size_t bytes) {
  ASAN_UNPOISON_MEMORY_REGION(memory, bytes);
}
#else
inline void poison(const volatile void*, size_t) {}
inline void unpoison(const volatile void*, size_t) {}
#endif

}  // namespace leanclr
