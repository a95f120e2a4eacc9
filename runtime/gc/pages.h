// Block and LargeObject: how the heap's pages look.
//
// A block is one page of equal cells, a large object a run of pages with one object. Both open with a
// PageHeader, so the header of any object is found by masking its address. What it is not: the books over all
// of them (Space).
#pragma once

#include "base/bits.h"
#include "gc/heap.h"

namespace leanclr::gc {

constexpr size_t kBlockBytes = Region::kPageBytes;

struct PageHeader {
  bool is_large = false;
  bool rescan = false;  // a marked object here still has to be scanned: the mark stack was full
};

struct Block : PageHeader {
  static constexpr size_t kMostCells = 1024;
  static constexpr size_t kWords = kMostCells / 64;

  uint16_t cell_count = 0;
  uint16_t next_cell = 0;  // where the search for free cells goes on
  uint8_t size_class = 0;
  bool free_is_zero = true;  // cells from next_cell on were never used
  uint32_t cell_bytes = 0;
  uint32_t reciprocal = 0;
  Ref<Block> next;            // of all blocks
  Ref<Block> next_available;  // of those of the class that may have free cells
  uint64_t live[kWords];      // handed out, or found alive by the last collection
  uint64_t marked[kWords];    // zero outside of collections

  uint8_t* first_cell();
  uint8_t* cell(size_t index) { return first_cell() + index * cell_bytes; }
  Object* object(size_t index) { return reinterpret_cast<Object*>(cell(index)); }
  /// The cell that holds the byte at `pointer`; may be cell_count for the slack behind the last.
  size_t index_of(const void* pointer) {
    auto offset = static_cast<uint32_t>(static_cast<const uint8_t*>(pointer) - first_cell());
    return offset / 8 * reciprocal >> kReciprocalShift;
  }
  size_t words() const { return (cell_count + 63u) / 64; }

  // offset / 8 is below 2^11 and cell_bytes / 8 below 2^10, so ceil(2^21 / size) divides exactly, in 32 bits.
  static constexpr uint32_t kReciprocalShift = 21;
  static constexpr uint32_t reciprocal_of(uint32_t cell_bytes) {
    uint32_t size = cell_bytes / 8;
    return ((1u << kReciprocalShift) + size - 1) / size;
  }
};

/// The first cell of a block, and the object of a large object's pages, lies here.
constexpr size_t kFirstCellOffset = sizeof(Block);
static_assert(kFirstCellOffset % 8 == 0);
inline uint8_t* Block::first_cell() { return reinterpret_cast<uint8_t*>(this) + kFirstCellOffset; }
/// At least 8 bytes stay free behind the last cell, so that an address just past its end is still in its
/// block.
constexpr size_t kBlockPayload = kBlockBytes - kFirstCellOffset - 8;
static_assert(kBlockPayload / kCellBytes[0] <= Block::kMostCells && kMostCellBytes * 2 <= kBlockPayload);

struct LargeObject : PageHeader {
  bool marked = false;
  size_t page_bytes = 0;  // as passed to the region

  static constexpr size_t kHeaderBytes = 32;
  Object* object() { return reinterpret_cast<Object*>(reinterpret_cast<uint8_t*>(this) + kHeaderBytes); }
  uint8_t* end() { return reinterpret_cast<uint8_t*>(this) + page_bytes; }
};
static_assert(sizeof(LargeObject) <= LargeObject::kHeaderBytes);

/// The header of the page in which an object starts.
inline PageHeader* header_of(const Object* object) {
  return reinterpret_cast<PageHeader*>(reinterpret_cast<uintptr_t>(object) & ~(kBlockBytes - 1));
}

}  // namespace leanclr::gc
