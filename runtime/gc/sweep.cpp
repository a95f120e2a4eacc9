// Space's freeing half.
//
// Sweeping a block is copying its mark bits over its live bits: free cells are not touched, runs of them are
// found and zeroed when they are handed out again. So a sweep costs a few words per block, and is done at
// once.
#include "base/sanitizer.h"
#include "gc/space.h"

namespace leanclr::gc {

namespace {

constexpr int kFreedByte = 0xDB;

size_t count_bits(const uint64_t* words, size_t count) {
  size_t bits = 0;
  for (size_t i = 0; i < count; ++i) bits += static_cast<size_t>(std::popcount(words[i]));
  return bits;
}

}  // namespace

uint64_t Space::sweep() {
  for (auto& block : current_) block = nullptr;
  for (auto& block : available_) block = nullptr;
  uint64_t live = sweep_large();
  Block* block = blocks_;
  blocks_ = nullptr;
  while (block) {
    Block* next = block->next;
    live += sweep_block(*block);
    block = next;
  }
  return live;
}

uint64_t Space::sweep_block(Block& block) {
  size_t live_cells = count_bits(block.marked, block.words());
  if (live_cells == 0) {
    free_block(block);
    return 0;
  }
#ifdef LEANCLR_ASAN
  constexpr bool kShadowFreed = true;
#else
  constexpr bool kShadowFreed = false;
#endif
  if (poison_freed_ || kShadowFreed) {
    for (size_t i = 0; i < block.cell_count; ++i)
      if (get_bit(block.live, i) && !get_bit(block.marked, i)) fill_freed(block.cell(i), block.cell_bytes);
  }
  for (size_t i = 0; i < block.words(); ++i) {
    block.live[i] = block.marked[i];
    block.marked[i] = 0;
  }
  block.next_cell = 0;
  block.free_is_zero = false;
  block.next = blocks_;
  blocks_ = &block;
  if (live_cells < block.cell_count) {
    block.next_available = available_[block.size_class];
    available_[block.size_class] = &block;
  }
  return live_cells * block.cell_bytes;
}

uint64_t Space::sweep_large() {
  uint64_t live = 0;
  size_t kept = 0;
  for (LargeObject* large : large_) {
    if (!large->marked) {
      free_large(*large);
      continue;
    }
    large->marked = false;
    live += large->page_bytes;
    large_[kept++] = large;
  }
  large_.resize_down(kept);
  return live;
}

void Space::fill_freed(void* memory, size_t bytes) const {
  if (poison_freed_) {
    unpoison(memory, bytes);
    std::memset(memory, kFreedByte, bytes);
  }
  poison(memory, bytes);
}

void Space::free_block(Block& block) {
  set_bits(block_pages_.begin(), address_of(&block) / kBlockBytes, 1, false);
  fill_freed(&block, kBlockBytes);
  give_pages(&block, kBlockBytes);
}

void Space::free_large(LargeObject& large) {
  size_t bytes = large.page_bytes;
  fill_freed(&large, bytes);
  give_pages(&large, bytes);
}

}  // namespace leanclr::gc
