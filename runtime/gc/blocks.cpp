// Space's allocating half: blocks, runs of free cells, large objects, and the way from an address to its
// object.
#include <algorithm>

#include "base/sanitizer.h"
#include "base/sort.h"
#include "gc/space.h"

namespace leanclr::gc {

Space::Space(Region& region, size_t limit, bool poison_freed)
    : region_(region), limit_(limit ? limit : SIZE_MAX), poison_freed_(poison_freed) {}

Space::~Space() {
  for (Block* block = blocks_; block;) {
    Block* next = block->next;
    give_pages(block, kBlockBytes);
    block = next;
  }
  for (LargeObject* large : large_) give_pages(large, large->page_bytes);
}

void* Space::take_pages(size_t bytes) {
  if (bytes > limit_ - held_bytes_) return nullptr;
  void* pages = region_.allocate_pages(bytes);
  if (pages) held_bytes_ += bytes;
  return pages;
}

void Space::give_pages(void* pages, size_t bytes) {
  unpoison(pages, bytes);
  region_.free_pages(pages, bytes);
  held_bytes_ -= bytes;
}

Block* Space::add_block(size_t size_class) {
  auto* block = static_cast<Block*>(take_pages(kBlockBytes));
  if (!block) return nullptr;
  size_t word = address_of(block) / kBlockBytes / 64;
  while (block_pages_.size() <= word) {
    if (block_pages_.push(0)) continue;
    give_pages(block, kBlockBytes);
    return nullptr;
  }
  new (block) Block;
  block->size_class = static_cast<uint8_t>(size_class);
  block->cell_bytes = kCellBytes[size_class];
  block->cell_count = static_cast<uint16_t>(kBlockPayload / block->cell_bytes);
  block->reciprocal = Block::reciprocal_of(block->cell_bytes);
  std::fill(std::begin(block->live), std::end(block->live), 0);
  std::fill(std::begin(block->marked), std::end(block->marked), 0);
  block->next = blocks_;
  blocks_ = block;
  set_bit(block_pages_.begin(), address_of(block) / kBlockBytes);
  return block;
}

bool Space::refill(size_t size_class, AllocationRun& run) {
  Ref<Block>& current = current_[size_class];
  while (!current || !take_run(*current, run)) {
    current = available_[size_class];
    if (current) available_[size_class] = current->next_available;
    else current = add_block(size_class);
    if (!current) return false;
  }
  return true;
}

bool Space::take_run(Block& block, AllocationRun& run) {
  size_t first = find_bit(block.live, block.next_cell, block.cell_count, false);
  if (first == block.cell_count) return false;
  size_t end = find_bit(block.live, first, block.cell_count, true);
  set_bits(block.live, first, end - first, true);
  block.next_cell = static_cast<uint16_t>(end);
  run = {block.cell(first), block.cell(end), block.cell_bytes};
  size_t bytes = (end - first) * block.cell_bytes;
  if (!block.free_is_zero) {
    unpoison(run.cursor, bytes);
    std::memset(run.cursor, 0, bytes);
  }
  poison(run.cursor, bytes);
  return true;
}

Object* Space::allocate_large(size_t bytes) {
  // One byte more, so that an address just past the object's end is still in its pages.
  if (bytes > SIZE_MAX / 2 || !large_.reserve(large_.size() + 1)) return nullptr;
  size_t page_bytes = (LargeObject::kHeaderBytes + bytes + 1 + kBlockBytes - 1) / kBlockBytes * kBlockBytes;
  auto* large = static_cast<LargeObject*>(take_pages(page_bytes));
  if (!large) return nullptr;
  new (large) LargeObject;
  large->is_large = true;
  large->page_bytes = page_bytes;
  if (!large_.push(large)) return nullptr;  // cannot fail: reserved
  large_sorted_ = false;
  uint8_t* object_end = reinterpret_cast<uint8_t*>(large->object()) + bytes;
  poison(object_end, static_cast<size_t>(large->end() - object_end));
  return large->object();
}

size_t Space::size_of(const Object* object) const {
  PageHeader* header = header_of(object);
  if (!header->is_large) return static_cast<Block*>(header)->cell_bytes;
  return static_cast<LargeObject*>(header)->page_bytes - LargeObject::kHeaderBytes;
}

Block* Space::block_at(Address address) const {
  size_t page = address / kBlockBytes;
  if (page / 64 >= block_pages_.size() || !get_bit(block_pages_.begin(), page)) return nullptr;
  return pointer_at<Block>(address & ~static_cast<Address>(kBlockBytes - 1));
}

LargeObject* Space::large_at(Address address) const {
  if (!large_sorted_) sort_in_place(std::span(large_.begin(), large_.end()), std::less<LargeObject*>());
  large_sorted_ = true;
  auto* pointer = pointer_at<LargeObject>(address);
  auto after = std::upper_bound(large_.begin(), large_.end(), pointer);
  if (after == large_.begin()) return nullptr;
  LargeObject* large = *(after - 1);
  auto* byte = reinterpret_cast<uint8_t*>(pointer);
  return byte >= reinterpret_cast<uint8_t*>(large->object()) && byte < large->end() ? large : nullptr;
}

// A cell is an object when it was handed out or survived, and is not in the unused rest of a run (that is
// zero).
static Object* object_in(Block& block, size_t index) {
  if (index >= block.cell_count || !get_bit(block.live, index)) return nullptr;
  Object* object = block.object(index);
  unpoison(object, sizeof(Object));
  return object->type ? object : nullptr;
}

Object* Space::object_at(Address address) const {
  Block* block = block_at(address);
  if (!block) {
    LargeObject* large = large_at(address);
    return large ? large->object() : nullptr;
  }
  if (address % kBlockBytes < kFirstCellOffset) return nullptr;
  return object_in(*block, block->index_of(pointer_at<uint8_t>(address)));
}

Object* Space::object_ending_at(Address address) const {
  Block* block = block_at(address);
  if (!block || address % kBlockBytes <= kFirstCellOffset) return nullptr;
  size_t index = block->index_of(pointer_at<uint8_t>(address - 1));
  if (index >= block->cell_count || block->cell(index + 1) != pointer_at<uint8_t>(address)) return nullptr;
  return object_in(*block, index);
}

}  // namespace leanclr::gc
