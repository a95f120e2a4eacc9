// Heap::State: what a Heap is made of. Private to gc/'s files.
#pragma once

#include "base/list.h"
#include "gc/finalization.h"
#include "gc/handle_table.h"
#include "gc/space.h"

namespace leanclr::gc {

/// Elements of a large array that are still to be scanned.
struct ArrayPart {
  Ref<Object> array;
  uint32_t next;
};

struct Heap::State {
  State(Region& region, const HeapOptions& options)
      : options(options),
        space(region, options.limit, options.stress),
        threshold(options.first_collection),
        mark_stack(options.mark_stack_limit),
        array_stack(options.mark_stack_limit) {}

  HeapOptions options;
  Space space;
  HandleTable handles;
  FinalizationTable finalization;
  List<RootSource*> root_sources;

  uint64_t live_after_collection = 0;
  uint64_t allocated_before = 0;  // bytes allocated before the last collection
  uint64_t allocated_since = 0;   // since then; the unused rest of the runs included
  uint64_t pressure = 0;          // bytes outside, as reported
  uint64_t pressure_since = 0;    // what was added to them since the last collection
  uint64_t threshold = 0;         // of allocated_since + pressure_since: the next collection is wanted
  uint64_t no_collection = 0;     // unless 0: while allocated_since is below, no collection is wanted
  uint32_t collections = 0;
  uint64_t pause_microseconds = 0;

  GrowArray<Ref<Object>> mark_stack;
  GrowArray<ArrayPart> array_stack;
};

}  // namespace leanclr::gc
