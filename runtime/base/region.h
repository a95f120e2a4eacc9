// Region: the address space whose addresses managed code may hold.
//
// Everything that managed code can point at lives here: GC heap, managed stacks, types and methods (their
// handles are addresses), assembly bytes, and what Marshal.AllocHGlobal gives. On x64 it is one mapping below
// 2 GiB, reserved in full and committed by touch; on wasm it is memory taken from the module in chunks.
// What it is not: an allocator of small things; Arena and gc::Heap stand on it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/list.h"
#include "base/result.h"

namespace leanclr {

class Region {
 public:
  static constexpr size_t kPageBytes = 16 * 1024;

  static constexpr size_t kDefaultLimit = size_t{512} * 1024 * 1024;

  /// `limit` is the most bytes that may be in use at once (rounded up to pages; 0: kDefaultLimit).
  /// Errors: OutOfMemory when the host has no such address space.
  static Result<std::unique_ptr<Region>> create(size_t limit);
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  /// `bytes` rounded up to whole pages, page-aligned and zeroed; null when the limit or the host's memory
  /// ends.
  void* allocate_pages(size_t bytes);
  /// Gives back what allocate_pages returned; `bytes` as passed there.
  void free_pages(void* pages, size_t bytes);

  /// General allocation (C's malloc) inside the region, 16-byte aligned, not zeroed; null when out of memory.
  void* allocate(size_t bytes);
  /// The same of memory that C code may free, and whose like it may give away to be freed here: malloc's, where managed
  /// code can hold that.
  void* allocate_shared(size_t bytes);
  /// C's realloc: null leaves the block as it was; a null block allocates.
  void* reallocate(void* block, size_t bytes);
  /// Null is ignored. A block of the C library's own goes back to it (platform::free_foreign).
  void free(void* block);

  size_t bytes_in_use() const { return pages_in_use_ * kPageBytes + shared_bytes_; }
  size_t limit() const { return page_limit_ * kPageBytes; }

 private:
  static constexpr size_t kSizeClasses = 16;
  struct Chunk;  // a run of pages got from the host
  struct BlockHeader;
  struct SmallPage;  // a page cut into equal cells

  explicit Region(size_t page_limit);
  Chunk* add_chunk(size_t least_pages);
  /// Null for what is not the region's.
  Chunk* find_chunk(const void* page) const;
  void drop_chunk_if_spare(Chunk& chunk);
  void* take_pages(size_t count, bool zeroed);
  void give_pages(void* first, size_t count);
  void* allocate_small(size_t size_class, size_t bytes);
  void* allocate_run(size_t bytes);
  void* reallocate_shared(void* block, size_t bytes);
  void free_shared(void* block);
  size_t pages_counted() const { return pages_in_use_ + shared_bytes_ / kPageBytes; }
  void free_small(SmallPage& page, void* cell);
  SmallPage* add_small_page(size_t size_class);
  void link(SmallPage& page);
  void unlink(SmallPage& page);
  static size_t capacity_of(const void* block);

  size_t page_limit_;
  size_t pages_in_use_ = 0;
  size_t shared_bytes_ = 0;  // of malloc's; what C freed itself still counts, what it gave away counts less
  OwningList<Chunk> chunks_;  // by address
  SmallPage* small_pages_[kSizeClasses] = {};   // those with a free cell, by size class
};

}  // namespace leanclr
