// HandleTable: entries in one array, the free ones chained.
#include "gc/handle_table.h"

namespace leanclr::gc {

uint32_t HandleTable::add(Object* target, HandleKind kind, Object* dependent) {
  uint32_t index;
  if (first_free_) {
    index = first_free_ - 1;
    first_free_ = entries_[index].next_free;
  } else {
    index = static_cast<uint32_t>(entries_.size());
    if (!entries_.push({})) return 0;
  }
  entries_[index] = {target, dependent, 0, kind, true};
  if (kind == HandleKind::Dependent) ++dependents_;
  return (index + 1) * kStep;
}

void HandleTable::remove(uint32_t handle) {
  HandleEntry* entry = find(handle);
  if (!entry) return;
  if (entry->kind == HandleKind::Dependent) --dependents_;
  *entry = {};
  entry->next_free = first_free_;
  first_free_ = handle / kStep;
}

HandleEntry* HandleTable::find(uint32_t handle) {
  size_t index = handle / kStep - size_t{1};
  if (handle % kStep || handle == 0 || index >= entries_.size() || !entries_[index].used) return nullptr;
  return &entries_[index];
}

}  // namespace leanclr::gc
