// Wait: what a managed stack waits for. A native that must wait describes it in one of these and gives
// ErrorKind::Suspended; the stack's frames stay in the region, and when the wait is over the native is called again with
// the same arguments, finds its Wait and goes on. icalls/event_loop.h is how natives do it.
// What it is not: the choice of what runs next, which is vm/stacks.cpp's.
#pragma once

#include <cstdint>

#include "gc/heap.h"

namespace leanclr::interp {

class Thread;

struct Wait {
  /// True when there is no more to wait for; `now` by Limits::now. Null: there is no wait.
  bool (*is_over)(const Wait& wait, double now) = nullptr;
  double end = 0;                   // when it is over in any case, or not wanted any more; infinity: never
  gc::Object* object = nullptr;     // of Monitor: a root
  const uint32_t* signals = nullptr;  // of LowLevelMonitor: how often it was signalled,
  uint32_t signals_before = 0;        // and how often before the wait
  uint32_t depth = 0;               // of Monitor.Wait: how often the stack had entered the lock that it left
  bool pulsed = false;
  uint64_t order = 0;               // who waits longer has the smaller number
  /// The wait is given up for an exception or a stop; null: nothing is to be done.
  void (*cancel)(Thread& thread, const Wait& wait) = nullptr;
};

}  // namespace leanclr::interp
