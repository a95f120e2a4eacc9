// See root_ranges.h.
#include "gc/root_ranges.h"

namespace leanclr::gc {

void RootRanges::remove(Address start) {
  for (Range& range : ranges_) {
    if (range.start != start) continue;
    range = ranges_.back();
    ranges_.pop_back();
    return;
  }
}

void RootRanges::visit(Marker& marker) const {
  for (const Range& range : ranges_) {
    const auto* words = pointer_at<const Address>(range.start);
    for (uint32_t i = 0; i < range.bytes / sizeof(Address); ++i)
      if (words[i] != 0) marker.mark_interior(words[i]);
  }
}

}  // namespace leanclr::gc
