// Region::allocate: a small general allocator on the region's pages.
//
// Blocks of up to 2.7 KB are cells of a page that holds only such cells; larger ones are runs of pages.
// Either way the first 32 bytes of the page in which a block starts say what it is, so a block needs no
// header of its own.
#include <algorithm>
#include <cstring>

#include "base/ref.h"
#include "base/region.h"

#include "base/platform/memory.h"
#include "base/sanitizer.h"

namespace leanclr {

namespace {

constexpr uint16_t kCellBytes[] = {16,  32,  48,  64,   96,   128,  192,  256,
                                   384, 512, 768, 1024, 1360, 1632, 2032, 2720};
constexpr size_t kHeaderBytes = 32;
constexpr uint32_t kSmallTag = 0x6C6C6D73;
constexpr uint32_t kRunTag = 0x6E757270;

struct FreeCell {
  Ref<FreeCell> next;
};

}  // namespace

struct Region::BlockHeader {
  uint32_t tag;
  uint32_t pages;  // of a run
};

struct Region::SmallPage : BlockHeader {
  uint16_t size_class;
  uint16_t used;
  uint32_t fresh;  // offset of the first cell never handed out
  Ref<FreeCell> free;
  Ref<SmallPage> next;  // among the pages of the class that have a free cell
  Ref<SmallPage> previous;

  uint32_t cell_bytes() const { return kCellBytes[size_class]; }
  bool full() const { return !free && fresh + cell_bytes() > kPageBytes; }
};

static_assert(std::size(kCellBytes) == 16);

size_t Region::capacity_of(const void* block) {
  auto* header = reinterpret_cast<const BlockHeader*>(reinterpret_cast<uintptr_t>(block) & ~(kPageBytes - 1));
  if (header->tag == kSmallTag) return static_cast<const SmallPage*>(header)->cell_bytes();
  if (header->tag == kRunTag) return header->pages * kPageBytes - kHeaderBytes;
  return 0;
}

void* Region::allocate(size_t bytes) {
  static_assert(kSizeClasses == std::size(kCellBytes) && sizeof(SmallPage) <= kHeaderBytes);
  const uint16_t* cell = std::lower_bound(std::begin(kCellBytes), std::end(kCellBytes), bytes);
  if (cell == std::end(kCellBytes)) return allocate_run(bytes);
  return allocate_small(static_cast<size_t>(cell - kCellBytes), bytes);
}

void* Region::allocate_run(size_t bytes) {
  if (bytes > limit()) return nullptr;
  size_t count = (bytes + kHeaderBytes + kPageBytes - 1) / kPageBytes;
  auto* header = static_cast<BlockHeader*>(take_pages(count, false));
  if (!header) return nullptr;
  *header = {kRunTag, static_cast<uint32_t>(count)};
  uint8_t* block = reinterpret_cast<uint8_t*>(header) + kHeaderBytes;
  poison(block + bytes, count * kPageBytes - kHeaderBytes - bytes);
  return block;
}

void* Region::allocate_small(size_t size_class, size_t bytes) {
  SmallPage* page = small_pages_[size_class];
  if (!page && !(page = add_small_page(size_class))) return nullptr;
  FreeCell* cell = page->free;
  if (cell) {
    unpoison(cell, bytes < sizeof(FreeCell) ? sizeof(FreeCell) : bytes);
    page->free = cell->next;
  } else {
    cell = reinterpret_cast<FreeCell*>(reinterpret_cast<uint8_t*>(page) + page->fresh);
    page->fresh += page->cell_bytes();
    unpoison(cell, bytes);
  }
  page->used++;
  if (page->full()) unlink(*page);
  return cell;
}

Region::SmallPage* Region::add_small_page(size_t size_class) {
  auto* page = static_cast<SmallPage*>(take_pages(1, false));
  if (!page) return nullptr;
  *page = {};
  page->tag = kSmallTag;
  page->size_class = static_cast<uint16_t>(size_class);
  page->fresh = kHeaderBytes;
  poison(reinterpret_cast<uint8_t*>(page) + kHeaderBytes, kPageBytes - kHeaderBytes);
  link(*page);
  return page;
}

void Region::link(SmallPage& page) {
  SmallPage*& first = small_pages_[page.size_class];
  page.next = first;
  page.previous = nullptr;
  if (first) first->previous = &page;
  first = &page;
}

void Region::unlink(SmallPage& page) {
  if (page.previous) page.previous->next = page.next;
  else small_pages_[page.size_class] = page.next;
  if (page.next) page.next->previous = page.previous;
  page.next = page.previous = nullptr;
}

void Region::free(void* block) {
  if (!block) return;
  if (!find_chunk(block)) return free_shared(block);
  auto* header = reinterpret_cast<BlockHeader*>(reinterpret_cast<uintptr_t>(block) & ~(kPageBytes - 1));
  if (header->tag == kSmallTag) return free_small(*static_cast<SmallPage*>(header), block);
  if (header->tag != kRunTag) return;  // not one of ours: a guest's mistake
  header->tag = 0;
  give_pages(header, header->pages);
}

void Region::free_small(SmallPage& page, void* cell) {
  if (page.full()) link(page);
  auto* freed = static_cast<FreeCell*>(cell);
  unpoison(freed, sizeof(FreeCell));
  freed->next = page.free;
  page.free = freed;
  poison(freed, page.cell_bytes());
  page.used--;
  bool spare = page.used == 0 && (page.next || page.previous);
  if (!spare) return;
  unlink(page);
  page.tag = 0;
  give_pages(&page, 1);
}

void* Region::allocate_shared(size_t bytes) { return platform::memory_traits().reaches_malloc ? reallocate_shared(nullptr, bytes) : allocate(bytes); }

void* Region::reallocate_shared(void* block, size_t bytes) {
  const size_t before = block ? platform::foreign_bytes(block) : 0;
  if (bytes > before && bytes - before > limit() - std::min(limit(), bytes_in_use())) return nullptr;
  void* moved = platform::reallocate_foreign(block, bytes);
  if (!moved) return nullptr;
  shared_bytes_ += platform::foreign_bytes(moved);
  shared_bytes_ -= std::min(shared_bytes_, before);
  return moved;
}

void Region::free_shared(void* block) {
  shared_bytes_ -= std::min(shared_bytes_, platform::foreign_bytes(block));
  platform::free_foreign(block);
}

void* Region::reallocate(void* block, size_t bytes) {
  if (!block) return allocate(bytes);
  if (!find_chunk(block)) return reallocate_shared(block, bytes);
  size_t capacity = capacity_of(block);
  if (bytes <= capacity && bytes >= capacity / 2) {
    unpoison(block, bytes);
    poison(static_cast<uint8_t*>(block) + bytes, capacity - bytes);
    return block;
  }
  void* moved = allocate(bytes);
  if (!moved) return nullptr;
  unpoison(block, capacity);
  std::memcpy(moved, block, std::min(bytes, capacity));
  free(block);
  return moved;
}

}  // namespace leanclr
