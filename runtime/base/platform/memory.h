// What Region asks of its host: address space below 2 GiB, memory behind it, and to give both back.
//
// One file per host implements it (memory_<host>.cpp). What it is not: an allocator; Region keeps the books.
#pragma once

#include <cstddef>

namespace leanclr::platform {

/// How the host hands out memory.
struct MemoryTraits {
  /// True: a region is one reservation of its whole limit. False: it grows by chunks.
  bool reserves_whole_limit;
  /// Can managed code hold what malloc gives?
  bool reaches_malloc = false;
};
MemoryTraits memory_traits();

/// Address space of `bytes` (a multiple of Region::kPageBytes), aligned to Region::kPageBytes, which managed
/// code can address; null when there is none. Not yet usable: see commit. `is_zero`: it reads zero then.
void* reserve(size_t bytes, bool& is_zero);
/// Makes a part of a reservation readable and writable. False when the host is out of memory.
bool commit(void* memory, size_t bytes);
/// Tells the host that the contents of committed memory are not needed; it stays usable. True when it reads
/// zero from now on, false when the host kept it as it was.
bool discard(void* memory, size_t bytes);
/// Where managed code can hold what the C library's malloc gives (in wasm), blocks that C and managed code free for each
/// other are malloc's. `block` null allocates; null is the answer when memory is out, and always on other hosts.
void* reallocate_foreign(void* block, size_t bytes);
/// Constants are left alone.
void free_foreign(void* block);
/// The size of such a block, of a constant 0.
size_t foreign_bytes(void* block);
/// Gives a whole reservation back.
void release(void* memory, size_t bytes);

}  // namespace leanclr::platform
