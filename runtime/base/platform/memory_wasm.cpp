// Memory in wasm: every address is managed code's, so chunks come from the module's own malloc and go back to
// it.
#include <cstdlib>

#include "base/platform/memory.h"
#include "base/region.h"

namespace leanclr::platform {

MemoryTraits memory_traits() { return {.reserves_whole_limit = false, .fresh_is_zero = false}; }

void* reserve(size_t bytes) { return std::aligned_alloc(Region::kPageBytes, bytes); }

bool commit(void*, size_t) { return true; }

bool discard(void*, size_t) { return false; }

void release(void* memory, size_t) { std::free(memory); }

}  // namespace leanclr::platform
