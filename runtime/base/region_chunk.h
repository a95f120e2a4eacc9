// Region::Chunk: a run of pages got from the host, and which of them are in use. Private to Region's files.
#pragma once

#include "base/bits.h"
#include "base/list.h"
#include "base/region.h"

namespace leanclr {

struct Region::Chunk {
  Chunk(uint8_t* base, size_t pages, bool is_zero);
  /// `count` pages in a row; null when there are none.
  void* take(size_t count, bool zeroed);
  void give(void* memory, size_t count);
  void release();
  size_t find_run(size_t count);

  uint8_t* base;
  size_t pages;
  size_t free_pages;
  size_t committed = 0;         // pages from the start that the host has made usable
  size_t first_free = 0;        // no page below is free
  List<uint64_t> used;   // a bit per page
  List<uint64_t> dirty;  // free pages that are not known to be zero
};

}  // namespace leanclr
