// The identity hash of an object: from its address, which never changes, so that nothing is stored for it.
#pragma once

#include "gc/heap.h"

namespace leanclr::icalls {

/// Positive and not 0, except for null.
inline int32_t identity_hash(const gc::Object* object) {
  if (!object) return 0;
  uint32_t mixed = (address_of(object) >> 3) * 0x9E3779B1u;
  return static_cast<int32_t>(((mixed ^ mixed >> 15) & 0x7FFFFFFF) | 1);
}

}  // namespace leanclr::icalls
