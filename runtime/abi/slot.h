// Slot: the 8-byte unit of arguments, results, locals and temporaries (leanclr_slot in C, RtStackObject in the
// seed API). Integers of less than 32 bits are widened to 32; a value type takes ceil(size / 8) slots.
#pragma once

#include "gc/heap.h"

namespace leanclr::abi {

union Slot {
  int32_t i4;
  uint32_t u4;
  int64_t i8;
  float r4;
  double r8;
  Address address;         // byrefs, pointers, native ints
  Ref<gc::Object> object;  // references
  Slot() : i8(0) {}
};
static_assert(sizeof(Slot) == 8);

/// Slots that a value of `bytes` takes.
constexpr uint32_t slots_for(uint32_t bytes) { return bytes == 0 ? 1 : (bytes + 7) / 8; }

}  // namespace leanclr::abi
