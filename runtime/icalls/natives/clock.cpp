// The clocks: wall time in ticks of 100 ns since 1970, a monotonic one in nanoseconds, the same in
// milliseconds.
#include <ctime>

#include "icalls/natives/native_tables.h"

namespace leanclr::icalls {
namespace {

template <clockid_t clock, int64_t nanoseconds_per_unit>
int64_t now() {
  constexpr int64_t kNanoseconds = 1'000'000'000;
  timespec time{};
  clock_gettime(clock, &time);
  return time.tv_sec * (kNanoseconds / nanoseconds_per_unit) + time.tv_nsec / nanoseconds_per_unit;
}

constexpr NativeEntry kRows[] = {
    native<now<CLOCK_MONOTONIC, 1'000'000>>("SystemNative_GetLowResolutionTimestamp"),
    native<now<CLOCK_REALTIME, 100>>("SystemNative_GetSystemTimeAsTicks"),
    native<now<CLOCK_MONOTONIC, 1>>("SystemNative_GetTimestamp"),
};

}  // namespace

std::span<const NativeEntry> clock_natives() { return kRows; }

}  // namespace leanclr::icalls
