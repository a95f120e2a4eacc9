// The quick path of allocation, to be included where objects are made in a hot loop.
//
// A size class's run of free cells was zeroed when the heap handed it out, so making an object is a table
// look-up, an addition, a comparison and one store.
#pragma once

#include "base/sanitizer.h"
#include "gc/heap.h"

namespace leanclr::gc {

inline Object* Heap::try_allocate_cell(types::Type& type, size_t size_class) {
  return take_cell(runs_[size_class], type, type.instance_size);
}

inline Object* Heap::take_cell(AllocationRun& run, types::Type& type, [[maybe_unused]] size_t bytes) {
  uint8_t* cell = run.cursor;
  if (cell == run.end) [[unlikely]]
    return nullptr;
  run.cursor = cell + run.cell_bytes;
  unpoison(cell, bytes);
  auto* object = reinterpret_cast<Object*>(cell);
  object->type = &type;
  return object;
}

}  // namespace leanclr::gc
