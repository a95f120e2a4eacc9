// Region's pages: chunks from the host, a bitmap of pages in use in each, and which free pages are still
// zero.
#include "base/region.h"

#include <algorithm>
#include <cstring>

#include "base/platform/memory.h"
#include "base/region_chunk.h"
#include "base/sanitizer.h"

namespace leanclr {

namespace {

constexpr size_t kLeastChunkPages = 64;   // 1 MiB
constexpr size_t kMostChunkPages = 1024;  // 16 MiB, unless one request needs more
constexpr size_t kCommitStepPages = 64;   // memory is made usable in steps of 1 MiB
constexpr size_t kDiscardPages = 64;      // runs that are given back to the host when freed

size_t pages_for(size_t bytes) { return bytes / Region::kPageBytes + (bytes % Region::kPageBytes != 0); }

}  // namespace

Result<std::unique_ptr<Region>> Region::create(size_t limit) {
  if (limit == 0) limit = kDefaultLimit;
  std::unique_ptr<Region> region(new Region(pages_for(limit)));
  if (platform::memory_traits().reserves_whole_limit && !region->add_chunk(region->page_limit_))
    return failure_with(ErrorKind::OutOfMemory, "no address space of % bytes below 2 GiB", {std::to_string(limit)});
  return region;
}

Region::Region(size_t page_limit) : page_limit_(page_limit) {}

Region::~Region() {
  for (auto& chunk : chunks_) chunk->release();
}

Region::Chunk* Region::add_chunk(size_t least_pages) {
  size_t pages = least_pages;
  if (!platform::memory_traits().reserves_whole_limit)
    pages = std::max(least_pages, std::clamp(pages_in_use_ / 8, kLeastChunkPages, kMostChunkPages));
  bool is_zero = false;
  void* memory = platform::reserve(pages * kPageBytes, is_zero);
  if (!memory && pages > least_pages) memory = platform::reserve((pages = least_pages) * kPageBytes, is_zero);
  if (!memory) return nullptr;
  auto* chunk = new Chunk(static_cast<uint8_t*>(memory), pages, is_zero);
  auto after = std::upper_bound(chunks_.begin(), chunks_.end(), memory,
                                [](const void* base, const auto& other) { return base < other->base; });
  chunks_.insert(after, chunk);
  return chunk;
}

Region::Chunk* Region::find_chunk(const void* page) const {
  auto after = std::upper_bound(chunks_.begin(), chunks_.end(), page,
                                [](const void* wanted, const auto& chunk) { return wanted < chunk->base; });
  if (after == chunks_.begin()) return nullptr;
  Chunk* chunk = *std::prev(after);
  return page < chunk->base + chunk->pages * kPageBytes ? chunk : nullptr;
}

// A chunk that is wholly free goes back to the host when it was made for one large request or when another
// free one is at hand; the latter keeps a program at the edge from taking and giving the same chunk for ever.
void Region::drop_chunk_if_spare(Chunk& chunk) {
  if (platform::memory_traits().reserves_whole_limit || chunk.free_pages != chunk.pages) return;
  auto is_free = [](const auto& other) { return other->free_pages == other->pages; };
  if (chunk.pages <= kMostChunkPages && std::count_if(chunks_.begin(), chunks_.end(), is_free) < 2) return;
  chunk.release();
  chunks_.erase(std::find(chunks_.begin(), chunks_.end(), &chunk));
  delete &chunk;
}

void* Region::take_pages(size_t count, bool zeroed) {
  if (count == 0 || count + pages_counted() > page_limit_) return nullptr;
  void* pages = nullptr;
  for (auto& chunk : chunks_)
    if ((pages = chunk->take(count, zeroed))) break;
  if (!pages && !platform::memory_traits().reserves_whole_limit)
    if (Chunk* chunk = add_chunk(count)) pages = chunk->take(count, zeroed);
  if (pages) pages_in_use_ += count;
  return pages;
}

void Region::give_pages(void* first, size_t count) {
  Chunk* owner = find_chunk(first);
  CHECK(owner);
  Chunk& chunk = *owner;
  chunk.give(first, count);
  pages_in_use_ -= count;
  drop_chunk_if_spare(chunk);
}

void* Region::allocate_pages(size_t bytes) { return take_pages(pages_for(bytes), true); }

void Region::free_pages(void* pages, size_t bytes) {
  if (pages) give_pages(pages, pages_for(bytes));
}

Region::Chunk::Chunk(uint8_t* base, size_t pages, bool is_zero)
    : base(base), pages(pages), free_pages(pages), used((pages + 63) / 64), dirty((pages + 63) / 64) {
  if (!is_zero) set_bits(dirty.data(), 0, pages, true);
}

void Region::Chunk::release() {
  unpoison(base, pages * kPageBytes);
  platform::release(base, pages * kPageBytes);
}

size_t Region::Chunk::find_run(size_t count) {
  first_free = find_bit(used.data(), first_free, pages, false);
  for (size_t start = first_free; start + count <= pages;) {
    size_t end = find_bit(used.data(), start, start + count, true);
    if (end == start + count) return start;
    start = find_bit(used.data(), end, pages, false);
  }
  return pages;
}

void* Region::Chunk::take(size_t count, bool zeroed) {
  if (free_pages < count) return nullptr;
  size_t first = find_run(count);
  if (first == pages) return nullptr;
  if (first + count > committed) {
    size_t end =
        std::min(pages, (first + count + kCommitStepPages - 1) / kCommitStepPages * kCommitStepPages);
    if (!platform::commit(base + committed * kPageBytes, (end - committed) * kPageBytes)) return nullptr;
    committed = end;
  }
  set_bits(used.data(), first, count, true);
  free_pages -= count;
  uint8_t* memory = base + first * kPageBytes;
  unpoison(memory, count * kPageBytes);
  if (zeroed)
    for (size_t i = first; i < first + count; ++i)
      if (get_bit(dirty.data(), i)) std::memset(base + i * kPageBytes, 0, kPageBytes);
  set_bits(dirty.data(), first, count, true);
  return memory;
}

void Region::Chunk::give(void* memory, size_t count) {
  size_t first = static_cast<size_t>(static_cast<uint8_t*>(memory) - base) / kPageBytes;
  CHECK(first + count <= pages && find_bit(used.data(), first, first + count, false) == first + count);
  set_bits(used.data(), first, count, false);
  free_pages += count;
  first_free = std::min(first_free, first);
  if (count >= kDiscardPages && platform::discard(memory, count * kPageBytes))
    set_bits(dirty.data(), first, count, false);
  poison(memory, count * kPageBytes);
}

}  // namespace leanclr
