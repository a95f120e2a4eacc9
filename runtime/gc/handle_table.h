// HandleTable: the handles that managed code keeps as IntPtr (GCHandle, WeakReference, DependentHandle).
//
// Numbers are multiples of 8, because CoreLib keeps flags of its own in the low bits of a handle.
// What it is not: it does not know what is alive; the collector walks it.
#pragma once

#include "gc/grow_array.h"
#include "gc/heap.h"

namespace leanclr::gc {

struct HandleEntry {
  Ref<Object> target;
  Ref<Object> dependent;
  uint32_t next_free = 0;
  HandleKind kind = HandleKind::Weak;
  bool used = false;
};

class HandleTable {
 public:
  /// 0 when out of memory.
  uint32_t add(Object* target, HandleKind kind, Object* dependent);
  void remove(uint32_t handle);
  /// Null for a number that is no live handle.
  HandleEntry* find(uint32_t handle);
  bool has_dependents() const { return dependents_ != 0; }

  template <typename Visit>
  void for_each(Visit visit) {
    for (HandleEntry& entry : entries_)
      if (entry.used) visit(entry);
  }

 private:
  static constexpr uint32_t kStep = 8;
  GrowArray<HandleEntry> entries_;
  uint32_t first_free_ = 0;  // index + 1
  uint32_t dependents_ = 0;
};

}  // namespace leanclr::gc
