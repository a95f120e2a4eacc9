// LowLevelMonitor: a mutex and a condition. A stack is suspended nowhere but in waits, which leave the mutex: it is never
// contended. A wait ends when another stack signals (event_loop.h).
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
  interp::Wait wait;
  wait.is_over = [](const interp::Wait& wait, double now) { return *wait.signals != wait.signals_before || now >= wait.end; };
  wait.end = end_of_wait(thread, milliseconds);
  wait.signals = &monitor->signals;
  wait.signals_before = monitor->signals;
  wait = TRY(wait_for(thread, wait));
  return *wait.signals != wait.signals_before;
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
