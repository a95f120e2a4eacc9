// The lock word in an object's header, in the format that CoreLib's ObjectHeader works on.
//
// Flat: status 0 in bits 0-1, nesting in bits 2-9, the owner's small id above; zero is free. Inflated: status
// 2, the rest the address of a Sync. Locks are inflated only when nesting exceeds its bits, and deflated when
// left: the bit that says that threads wait makes CoreLib leave the last exit to us. Hash codes come from
// addresses and are never stored here.
#pragma once

#include "gc/heap.h"

namespace leanclr::icalls {

struct LockWord {
  static constexpr uint32_t kInflated = 2;
  static constexpr uint32_t kStatusMask = 3;
  static constexpr uint32_t kNestShift = 2;
  static constexpr uint32_t kFlatDepthMax = 256;
  static constexpr uint32_t kNestMask = 0xFF;
  static constexpr uint32_t kWaiters = 0x80000000;
  static constexpr uint32_t kOwnerShift = 10;

  /// What an inflated word points at; CoreLib reads the fields.
  struct Sync {
    uint32_t status;  // the owner in the low 16 bits, kWaiters
    uint32_t nest;
    int32_t hash;
  };

  uint32_t bits;

  bool inflated() const { return bits & kInflated; }
  bool free() const { return bits == 0; }
  Sync* sync() const { return pointer_at<Sync>(bits & ~kStatusMask); }
  uint32_t owner() const { return inflated() ? sync()->status & 0xFFFF : bits >> kOwnerShift; }
  /// How often the owner entered.
  uint32_t depth() const {
    return inflated() ? sync()->nest : free() ? 0 : 1 + ((bits >> kNestShift) & kNestMask);
  }
  static LockWord flat(uint32_t owner, uint32_t depth) {
    return {depth == 0 ? 0 : owner << kOwnerShift | (depth - 1) << kNestShift};
  }
};

}  // namespace leanclr::icalls
