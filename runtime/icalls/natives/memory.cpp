// malloc and its kin: memory that managed code can address and that C code can free (Region::allocate_shared).
#include <cstring>

#include "icalls/natives/native_tables.h"

namespace leanclr::icalls {
namespace {

/// C's malloc(0) answers a block too.
size_t at_least_one(uint64_t bytes) { return bytes ? static_cast<size_t>(bytes) : 1; }

void* allocate(Heap& heap, uint32_t bytes) { return heap.region().allocate_shared(at_least_one(bytes)); }

void* allocate_zeroed(Heap& heap, uint32_t count, uint32_t size) {
  uint64_t bytes = uint64_t{count} * size;
  if (bytes > UINT32_MAX) return nullptr;
  void* block = heap.region().allocate_shared(at_least_one(bytes));
  if (block) std::memset(block, 0, static_cast<size_t>(bytes));
  return block;
}

void* reallocate(Heap& heap, void* block, uint32_t bytes) {
  return block ? heap.region().reallocate(block, at_least_one(bytes)) : allocate(heap, bytes);
}
void release(Heap& heap, void* block) { heap.region().free(block); }

// Aligned blocks stand behind their own header: the block that holds them, and their size.
struct AlignedHeader {
  Address block;
  uint32_t bytes;
};

AlignedHeader& header_of(void* aligned) { return static_cast<AlignedHeader*>(aligned)[-1]; }

void* allocate_aligned(Heap& heap, uint32_t alignment, uint32_t bytes) {
  if (alignment == 0 || (alignment & (alignment - 1)) != 0) return nullptr;
  uint64_t total = uint64_t{bytes} + alignment + sizeof(AlignedHeader);
  if (total > UINT32_MAX) return nullptr;
  void* block = heap.region().allocate(static_cast<size_t>(total));
  if (!block) return nullptr;
  Address first = address_of(block) + static_cast<uint32_t>(sizeof(AlignedHeader));
  void* aligned = pointer_at<void>((first + alignment - 1) & ~(alignment - 1));
  header_of(aligned) = {address_of(block), bytes};
  return aligned;
}

void release_aligned(Heap& heap, void* aligned) {
  if (aligned) heap.region().free(pointer_at<void>(header_of(aligned).block));
}

void* reallocate_aligned(Heap& heap, void* aligned, uint32_t alignment, uint32_t bytes) {
  void* copy = allocate_aligned(heap, alignment, bytes);
  if (!copy || !aligned) return copy;
  std::memcpy(copy, aligned, std::min(bytes, header_of(aligned).bytes));
  release_aligned(heap, aligned);
  return copy;
}

constexpr NativeEntry kRows[] = {
    native<allocate_aligned>("SystemNative_AlignedAlloc"),
    native<release_aligned>("SystemNative_AlignedFree"),
    native<reallocate_aligned>("SystemNative_AlignedRealloc"),
    native<allocate_zeroed>("SystemNative_Calloc"),
    native<release>("SystemNative_Free"),
    native<allocate>("SystemNative_Malloc"),
    native<reallocate>("SystemNative_Realloc"),
};

}  // namespace

std::span<const NativeEntry> memory_natives() { return kRows; }

}  // namespace leanclr::icalls
