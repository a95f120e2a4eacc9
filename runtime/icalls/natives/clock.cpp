// The clocks: wall time in ticks of 100 ns since 1970, a monotonic one in nanoseconds, the same in
// milliseconds.
#include <chrono>

#include "icalls/natives/native_tables.h"

namespace leanclr::icalls {
namespace {

template <typename Unit, typename Clock>
int64_t now() {
  return std::chrono::duration_cast<Unit>(Clock::now().time_since_epoch()).count();
}

using Tick = std::chrono::duration<int64_t, std::ratio<1, 10'000'000>>;

constexpr NativeEntry kRows[] = {
    native<now<std::chrono::milliseconds, std::chrono::steady_clock>>(
        "SystemNative_GetLowResolutionTimestamp"),
    native<now<Tick, std::chrono::system_clock>>("SystemNative_GetSystemTimeAsTicks"),
    native<now<std::chrono::nanoseconds, std::chrono::steady_clock>>("SystemNative_GetTimestamp"),
};

}  // namespace

std::span<const NativeEntry> clock_natives() { return kRows; }

}  // namespace leanclr::icalls
