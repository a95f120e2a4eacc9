// Region::Chunk: a run of pages got from the host, and which of them are in use. Private to Region's files.
#pragma once

#include "base/region.h"

namespace leanclr {

/// One bit per page.
class PageBits {
 public:
  explicit PageBits(size_t pages) : words_((pages + 63) / 64) {}
  bool get(size_t index) const;
  void set(size_t first, size_t count, bool value);
  /// The first index in [from, end) whose bit is `value`, or `end`.
  size_t find(size_t from, size_t end, bool value) const;

 private:
  std::vector<uint64_t> words_;
};

struct Region::Chunk {
  Chunk(uint8_t* base, size_t pages);
  /// `count` pages in a row; null when there are none.
  void* take(size_t count, bool zeroed);
  void give(void* memory, size_t count);
  void release();
  size_t find_run(size_t count);

  uint8_t* base;
  size_t pages;
  size_t free_pages;
  size_t committed = 0;   // pages from the start that the host has made usable
  size_t first_free = 0;  // no page below is free
  PageBits used;
  PageBits dirty;  // free pages that are not known to be zero
};

}  // namespace leanclr
