// FinalizationTable: its hash table, which must be able to grow before an object is made, and its queue.
#include "gc/finalization.h"
#include "base/sort.h"

#include <algorithm>

namespace leanclr::gc {

namespace {

size_t hash_of(const Object* object) { return (address_of(object) >> 3) * 0x9E3779B1u; }

}  // namespace

// The slot that holds the object, or else the first where it may go. The table is never full.
FinalizationTable::Entry& FinalizationTable::slot_of(const Object* object) {
  size_t mask = table_.size() - 1;
  Entry* reusable = nullptr;
  for (size_t i = (hash_of(object) >> 7) & mask;; i = (i + 1) & mask) {
    Entry& entry = table_[i];
    if (entry.object.get() == object) return entry;
    if (!entry.object) return reusable ? *reusable : entry;
    if (!is_object(entry) && !reusable) reusable = &entry;
  }
}

bool FinalizationTable::rehash(size_t capacity) {
  GrowArray<Entry> old;
  if (!old.reserve(registered_ + 1)) return false;
  for (const Entry& entry : table_)
    if (is_object(entry) && !old.push(entry)) return false;
  if (!table_.reserve(capacity)) return false;
  table_.resize_down(0);
  while (table_.size() < capacity) CHECK(table_.push({}));
  for (const Entry& entry : old) slot_of(entry.object) = entry;
  touched_ = registered_;
  return true;
}

bool FinalizationTable::reserve() {
  if ((touched_ + 1) * 4 >= table_.size() * 3) {
    size_t capacity = 64;
    while (capacity < (registered_ + 1) * 2) capacity *= 2;
    if (!rehash(capacity)) return false;
  }
  return ready_.reserve(ready_.size() + registered_ + 1);
}

bool FinalizationTable::add(Object* object) {
  if (!reserve()) return false;
  Entry& slot = slot_of(object);
  if (slot.object.get() == object) return true;
  if (!slot.object) ++touched_;
  slot = {object, next_order_++};
  ++registered_;
  return true;
}

void FinalizationTable::remove(Object* object) {
  if (table_.empty()) return;
  Entry& slot = slot_of(object);
  if (slot.object.get() == object) {
    remove_entry(slot);
    --registered_;
    return;
  }
  size_t kept = next_ready_;
  for (size_t i = next_ready_; i < ready_.size(); ++i)
    if (ready_[i].object.get() != object) ready_[kept++] = ready_[i];
  ready_.resize_down(kept);
}

Object* FinalizationTable::next() {
  current_ = has_ready() ? ready_[next_ready_++].object : nullptr;
  if (!has_ready()) drop_handed_out();
  return current_;
}

void FinalizationTable::drop_handed_out() {
  std::move(ready_.begin() + next_ready_, ready_.end(), ready_.begin());
  ready_.resize_down(ready_.size() - next_ready_);
  next_ready_ = 0;
}

void FinalizationTable::sort_ready(size_t from) {
  sort_in_place(std::span(ready_.begin() + from, ready_.end()),
                [](const Entry& left, const Entry& right) { return left.order < right.order; });
}

}  // namespace leanclr::gc
