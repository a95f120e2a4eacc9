// LowLevelMonitor: a mutex and a condition. One thread of execution: the mutex is never contended, and a wait
// runs what is due until one of that signals (event_loop.h).
#include "icalls/event_loop.h"
#include "icalls/natives/native_tables.h"

namespace leanclr::icalls {
namespace {

struct Monitor {
  uint32_t signals;  // how often it was signalled
};

Monitor* create(Heap& heap) {
  auto* monitor = static_cast<Monitor*>(heap.region().allocate(sizeof(Monitor)));
  if (monitor) *monitor = {};
  return monitor;
}

void destroy(Heap& heap, Monitor* monitor) { heap.region().free(monitor); }
void nothing_to_do(Monitor*) {}
void signal(Monitor* monitor) { ++monitor->signals; }

/// 1 when signalled, 0 when the time was over first.
Result<int32_t> timed_wait(Thread& thread, Monitor* monitor, int32_t milliseconds) {
  struct Wait {
    const Monitor* monitor;
    uint32_t before;
  } wait{monitor, monitor->signals};
  auto signalled = [](const void* context) {
    const Wait& waiting = *static_cast<const Wait*>(context);
    return waiting.monitor->signals != waiting.before;
  };
  return TRY(wait_until(thread, milliseconds, signalled, &wait)) ? 1 : 0;
}

Status wait(Thread& thread, Monitor* monitor) {
  TRY(timed_wait(thread, monitor, -1));
  return {};
}

constexpr NativeEntry kRows[] = {
    native<nothing_to_do>("SystemNative_LowLevelMonitor_Acquire"),
    native<create>("SystemNative_LowLevelMonitor_Create"),
    native<destroy>("SystemNative_LowLevelMonitor_Destroy"),
    native<nothing_to_do>("SystemNative_LowLevelMonitor_Release"),
    native<signal>("SystemNative_LowLevelMonitor_Signal_Release"),
    native<timed_wait>("SystemNative_LowLevelMonitor_TimedWait"),
    native<wait>("SystemNative_LowLevelMonitor_Wait"),
};

}  // namespace

std::span<const NativeEntry> monitor_natives() { return kRows; }

}  // namespace leanclr::icalls
