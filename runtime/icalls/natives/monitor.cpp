// LowLevelMonitor: a mutex and a condition. One thread of execution: the mutex is never contended, and a wait can only
// end by its time. CoreLib loops on waits until signalled, so one that could never be signalled throws.
#include <chrono>
#include <thread>

#include "icalls/natives/native_tables.h"

namespace leanclr::icalls {
namespace {

/// CoreLib wants a handle that is not null; nothing is kept behind it.
constexpr Address kMonitor = 1;

Address create() { return kMonitor; }
void nothing_to_do(Address) {}

Status wait(Thread&, Address) {
  return not_supported("A wait without a time limit cannot end: the runtime has one thread, and nothing could signal it.");
}

/// Sleeps and answers that the time is over.
Result<int32_t> timed_wait(Thread& thread, Address monitor, int32_t milliseconds) {
  if (milliseconds < 0) {
    TRY(wait(thread, monitor));
    return 0;
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  return 0;
}

constexpr NativeEntry kRows[] = {
    native<nothing_to_do>("SystemNative_LowLevelMonitor_Acquire"),
    native<create>("SystemNative_LowLevelMonitor_Create"),
    native<nothing_to_do>("SystemNative_LowLevelMonitor_Destroy"),
    native<nothing_to_do>("SystemNative_LowLevelMonitor_Release"),
    native<nothing_to_do>("SystemNative_LowLevelMonitor_Signal_Release"),
    native<timed_wait>("SystemNative_LowLevelMonitor_TimedWait"),
    native<wait>("SystemNative_LowLevelMonitor_Wait"),
};

}  // namespace

std::span<const NativeEntry> monitor_natives() { return kRows; }

}  // namespace leanclr::icalls
