// Memory on Windows x64: one reservation below 2 GiB, committed in steps.
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <cstdint>

#include "base/platform/memory.h"

namespace leanclr::platform {

namespace {

// The system's own structures lie in scattered places, so a large run is found only from a low start.
constexpr uintptr_t kLowest = 0x04000000;
constexpr uintptr_t kEnd = 0x7fff0000;
constexpr uintptr_t kStep = 16 * 1024 * 1024;

}  // namespace

MemoryTraits memory_traits() { return {.reserves_whole_limit = true}; }

void* reserve(size_t bytes, bool& is_zero) {
  is_zero = true;
  for (uintptr_t at = kLowest; at < kEnd && bytes <= kEnd - at; at += kStep)
    if (void* got = VirtualAlloc(reinterpret_cast<void*>(at), bytes, MEM_RESERVE, PAGE_NOACCESS)) return got;
  return nullptr;
}

bool commit(void* memory, size_t bytes) {
  return VirtualAlloc(memory, bytes, MEM_COMMIT, PAGE_READWRITE) != nullptr;
}

// Committed again at once: the charge stays, so that later use cannot fail, but the physical pages go.
bool discard(void* memory, size_t bytes) {
  if (!VirtualFree(memory, bytes, MEM_DECOMMIT)) return false;
  return commit(memory, bytes);
}

void release(void* memory, size_t) { VirtualFree(memory, 0, MEM_RELEASE); }

// malloc's blocks lie where managed code has no numbers for them.
void* reallocate_foreign(void*, size_t) { return nullptr; }
void free_foreign(void*) {}
size_t foreign_bytes(void*) { return 0; }

}  // namespace leanclr::platform
