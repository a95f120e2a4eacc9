// Heap::Collector: one collection's marking. See collect.cpp for the whole picture.
#pragma once

#include "gc/heap_state.h"

namespace leanclr::gc {

class Heap::Collector final : public Marker {
 public:
  explicit Collector(State& state)
      : space_(state.space),
        handles_(state.handles),
        objects_(state.mark_stack),
        arrays_(state.array_stack) {}

  void mark(Object* object) override;
  void mark_interior(Address address) override;

  /// Marks everything reachable from what was marked, through ephemerons too.
  void finish();
  static bool is_marked(const Object* object);

 private:
  void mark_object(Object* object);
  void drain();
  void empty_stacks();
  bool mark_dependents();
  void scan(Object* object);
  void scan_array(ArrayPart part);
  void scan_elements(Object* array, uint32_t first, uint32_t end);
  void scan_whole(Object* object);
  void fetch(const Ref<Object>* objects, uint32_t count);
  bool rescan();
  void rescan_block(Block& block);
  void defer(Object* object);

  Space& space_;
  HandleTable& handles_;
  GrowArray<Ref<Object>>& objects_;  // marked, still to be scanned
  GrowArray<ArrayPart>& arrays_;
  uint32_t fetched_ = 0;     // what fetch() read, or no compiler would read it
  bool overflowed_ = false;  // some page has `rescan` set
};

}  // namespace leanclr::gc
