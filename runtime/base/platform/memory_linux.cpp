// Memory on Linux x64: one mapping below 2 GiB, accessible as far as it is committed, backed when touched.
#include <sys/mman.h>

#include <cstdint>

#include "base/platform/memory.h"

namespace leanclr::platform {

namespace {

// Position-independent executables leave this range alone; AddressSanitizer's shadow starts at 0x7fff8000.
constexpr uintptr_t kLowest = 0x10000000;
constexpr uintptr_t kEnd = 0x7fff0000;
constexpr uintptr_t kStep = 16 * 1024 * 1024;

}  // namespace

MemoryTraits memory_traits() { return {.reserves_whole_limit = true}; }

void* reserve(size_t bytes, bool& is_zero) {
  is_zero = true;
  for (uintptr_t at = kLowest; at < kEnd && bytes <= kEnd - at; at += kStep) {
    void* wanted = reinterpret_cast<void*>(at);
    void* got = mmap(wanted, bytes, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (got == wanted) return got;
    if (got != MAP_FAILED) munmap(got, bytes);  // a kernel that takes the address for a hint
  }
  return nullptr;
}

bool commit(void* memory, size_t bytes) { return mprotect(memory, bytes, PROT_READ | PROT_WRITE) == 0; }

bool discard(void* memory, size_t bytes) { return madvise(memory, bytes, MADV_DONTNEED) == 0; }

void release(void* memory, size_t bytes) { munmap(memory, bytes); }

// malloc's blocks lie where managed code has no numbers for them.
void* reallocate_foreign(void*, size_t) { return nullptr; }
void free_foreign(void*) {}
size_t foreign_bytes(void*) { return 0; }

}  // namespace leanclr::platform
