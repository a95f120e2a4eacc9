// RootRanges: memory outside the heap that holds references at places the collector is not told of, such as argument blocks
// shared with the host. Every aligned word there keeps alive the object whose cell it points into.
// What it is not: for memory of managed frames, statics or objects, whose references are known precisely.
#pragma once

#include "base/list.h"
#include "gc/heap.h"

namespace leanclr::gc {

class RootRanges {
 public:
  /// `start` is aligned to 4; the range stays readable until it is removed.
  void add(Address start, uint32_t bytes) { ranges_.push_back({start, bytes}); }
  /// Forgets the range that starts there, if there is one.
  void remove(Address start);
  void visit(Marker& marker) const;

 private:
  struct Range {
    Address start;
    uint32_t bytes;
  };
  List<Range> ranges_;
};

}  // namespace leanclr::gc
