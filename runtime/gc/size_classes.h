// The size classes of the heap: cell sizes, and the class of a request by table look-up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace leanclr::gc {

/// Multiples of 8. Above 1 KiB each size is what lets a whole number of cells fill a block.
constexpr uint16_t kCellBytes[] = {16,  24,  32,   40,   48,   56,   64,   72,   80,   96,   112,
                                   128, 144, 160,  192,  224,  256,  320,  384,  448,  512,  640,
                                   768, 896, 1024, 1336, 1608, 2008, 2680, 3216, 4016, 5360, 8040};
constexpr size_t kSizeClassCount = sizeof kCellBytes / sizeof kCellBytes[0];
/// Objects above this have pages of their own.
constexpr size_t kMostCellBytes = kCellBytes[kSizeClassCount - 1];

namespace detail {
constexpr auto make_size_class_table() {
  std::array<uint8_t, kMostCellBytes / 8 + 1> table{};
  size_t size_class = 0;
  for (size_t i = 0; i < table.size(); ++i) {
    if (i * 8 > kCellBytes[size_class]) ++size_class;
    table[i] = static_cast<uint8_t>(size_class);
  }
  return table;
}
inline constexpr auto kSizeClassTable = make_size_class_table();
}  // namespace detail

/// The class whose cells hold `bytes`, which is at most kMostCellBytes.
inline size_t size_class_of(size_t bytes) { return detail::kSizeClassTable[(bytes + 7) / 8]; }

/// Zeroed cells in a row, from which objects of one size class are cut without further ado.
struct AllocationRun {
  uint8_t* cursor = nullptr;
  uint8_t* end = nullptr;
  uint32_t cell_bytes = 0;
};

}  // namespace leanclr::gc
