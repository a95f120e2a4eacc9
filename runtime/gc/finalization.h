// FinalizationTable: the objects whose finalizer is still to run, and the queue of those whose turn has come.
//
// Registered objects stand in a hash table (GC.SuppressFinalize looks them up often) and do not live by it.
// One that a collection finds unreachable moves to the queue, in the order of registration, and lives until
// it was handed out. What it is not: a runner of finalizers; interp/ takes them from Heap::next_finalizable.
#pragma once

#include "gc/grow_array.h"
#include "gc/heap.h"

namespace leanclr::gc {

class FinalizationTable {
 public:
  /// Makes room for one more registration. False when out of memory.
  bool reserve();
  /// Registering twice is registering once. False when out of memory.
  bool add(Object* object);
  /// Also takes the object off the queue.
  void remove(Object* object);

  /// Moves the registered objects that are not `is_marked` to the queue.
  template <typename IsMarked>
  void queue_unreachable(IsMarked is_marked);
  size_t ready_count() const { return ready_.size() - next_ready_; }
  bool has_ready() const { return ready_count() != 0; }
  /// The first of the queue, or null; it stays a root until the next call.
  Object* next();
  /// What the queue keeps alive.
  template <typename Visit>
  void for_each_root(Visit visit) {
    if (current_) visit(current_.get());
    for (size_t i = next_ready_; i < ready_.size(); ++i) visit(ready_[i].object.get());
  }

 private:
  struct Entry {
    Ref<Object> object;  // null: never used; kRemoved: used once
    uint32_t order = 0;
  };
  static constexpr Address kRemoved = 1;
  static bool is_object(const Entry& entry) { return entry.object.address() > kRemoved; }
  static void remove_entry(Entry& entry) { entry = {pointer_at<Object>(kRemoved), 0}; }
  Entry& slot_of(const Object* object);
  bool rehash(size_t capacity);
  void drop_handed_out();
  void sort_ready(size_t from);

  GrowArray<Entry> table_;  // open addressing, size a power of two
  size_t registered_ = 0;
  size_t touched_ = 0;  // slots that are not null, removed ones included
  uint32_t next_order_ = 0;
  GrowArray<Entry> ready_;  // has room for every registered object
  size_t next_ready_ = 0;
  Ref<Object> current_;
};

template <typename IsMarked>
void FinalizationTable::queue_unreachable(IsMarked is_marked) {
  drop_handed_out();
  size_t first_new = ready_.size();
  for (Entry& entry : table_) {
    if (!is_object(entry) || is_marked(entry.object.get())) continue;
    CHECK(ready_.push(entry));
    remove_entry(entry);
    --registered_;
  }
  sort_ready(first_new);
}

}  // namespace leanclr::gc
