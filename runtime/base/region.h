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
#include <vector>

#include "base/result.h"

namespace leanclr {

class Region {
 public:
  static constexpr size_t kPageBytes = 16 * 1024;

  /// `limit` is the most bytes that may be in use at once (rounded up to pages).
  static Result<std::unique_ptr<Region>> create(size_t limit);
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  /// `bytes` rounded up to whole pages, page-aligned and zeroed; null when the limit or the host's memory ends.
  void* allocate_pages(size_t bytes);
  /// Gives back what allocate_pages returned; `bytes` as passed there.
  void free_pages(void* pages, size_t bytes);

  /// General allocation (C's malloc) inside the region, 16-byte aligned, not zeroed; null when out of memory.
  void* allocate(size_t bytes);
  void* reallocate(void* block, size_t bytes);
  void free(void* block);

  size_t bytes_in_use() const { return pages_in_use_ * kPageBytes; }
  size_t limit() const { return limit_; }

 private:
  Region() = default;
  struct Chunk;  // a run of pages got from the host
  struct SmallPage;
  Chunk* add_chunk(size_t pages);
  size_t limit_ = 0;
  size_t pages_in_use_ = 0;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  void* free_lists_[16] = {};  // size classes of `allocate`
  void* host_ = nullptr;       // platform state
};

}  // namespace leanclr
