// Arena's blocks: page runs of the region, chained; and what happens when the region has none left.
#include "base/arena.h"

#include <algorithm>
#include <cstdlib>

namespace leanclr {

namespace {

constexpr size_t kBlockBytes = 2 * Region::kPageBytes;

uint8_t* aligned(uint8_t* pointer, size_t alignment) {
  return reinterpret_cast<uint8_t*>((reinterpret_cast<uintptr_t>(pointer) + alignment - 1) &
                                    ~(alignment - 1));
}

}  // namespace

Arena::~Arena() {
  for (Block* block = blocks_; block;) {
    Block* next = block->next;
    if (block->from_host) std::free(block);
    else region_.free_pages(block, block->bytes);
    block = next;
  }
}

void* Arena::allocate(size_t bytes, size_t alignment) {
  uint8_t* start = aligned(cursor_, alignment);
  if (cursor_ && start <= end_ && bytes <= static_cast<size_t>(end_ - start)) {
    cursor_ = start + bytes;
    return start;
  }
  return allocate_in_new_block(bytes, alignment);
}

// A block made for one large request leaves the current block in use.
void* Arena::allocate_in_new_block(size_t bytes, size_t alignment) {
  CHECK(bytes < SIZE_MAX / 2);
  size_t needed = sizeof(Block) + alignment + bytes;
  size_t block_bytes =
      needed <= kBlockBytes / 4 ? kBlockBytes : (needed + Region::kPageBytes - 1) & ~(Region::kPageBytes - 1);
  auto* block = static_cast<Block*>(region_.allocate_pages(block_bytes));
  bool from_host = !block;
  if (from_host) {
    exhausted_ = true;
    block_bytes = std::max(needed, sizeof(Block));
    block = static_cast<Block*>(std::calloc(1, block_bytes));
    CHECK(block != nullptr);
  }
  *block = {blocks_, block_bytes, from_host};
  blocks_ = block;
  bytes_ += block_bytes;
  uint8_t* start = aligned(reinterpret_cast<uint8_t*>(block + 1), alignment);
  uint8_t* block_end = reinterpret_cast<uint8_t*>(block) + block_bytes;
  if (!cursor_ || block_end - (start + bytes) > end_ - cursor_) {
    cursor_ = start + bytes;
    end_ = block_end;
  }
  return start;
}

bool Arena::holds(const void* address) const {
  const auto at = reinterpret_cast<uintptr_t>(address);
  for (const Block* block = blocks_; block; block = block->next) {
    const auto first = reinterpret_cast<uintptr_t>(block + 1), last = reinterpret_cast<uintptr_t>(block) + block->bytes;
    if (at >= first && at < last) return true;
  }
  return false;
}

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  char* data = static_cast<char*>(allocate(text.size(), 1));
  std::memcpy(data, text.data(), text.size());
  return {data, text.size()};
}

}  // namespace leanclr
