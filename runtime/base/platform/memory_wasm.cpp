// Memory in wasm: every address is managed code's, so chunks come from the module's own malloc and go back to
// it.
#include <malloc.h>
#include <unistd.h>

#include <cstdlib>

#include "base/platform/memory.h"
#include "base/region.h"

extern "C" char __heap_base;  // the linker's: where constants and statics end

namespace leanclr::platform {

MemoryTraits memory_traits() { return {.reserves_whole_limit = false, .reaches_malloc = true}; }

// What lies behind the end of all that malloc had before comes from the engine, which gives zeros.
void* reserve(size_t bytes, bool& is_zero) {
  const void* end = sbrk(0);
  void* memory = std::aligned_alloc(Region::kPageBytes, bytes);
  is_zero = memory >= end;
  return memory;
}

bool commit(void*, size_t) { return true; }

bool discard(void*, size_t) { return false; }

void release(void* memory, size_t) { std::free(memory); }

void* reallocate_foreign(void* block, size_t bytes) { return std::realloc(block, bytes); }

void free_foreign(void* block) {
  if (block >= &__heap_base) std::free(block);
}

size_t foreign_bytes(void* block) { return block >= &__heap_base ? malloc_usable_size(block) : 0; }

}  // namespace leanclr::platform
