// See limits.h.
#include "interp/limits.h"

#include <algorithm>
#include <chrono>

namespace leanclr::interp {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
// A stop is promised to end within 10 ms; nobody is in a hurry where everything waits.
constexpr double kGraceMilliseconds = 5, kDeadlockGraceMilliseconds = 1000;
// A machine that does something else meanwhile must not cost finally blocks their turn.
constexpr int32_t kLeastLooksInGrace = 32;
// A slice that took longer than kLong is shortened, one that took less than kShort is lengthened.
constexpr double kShort = 0.25, kLong = 1;
constexpr int32_t kFirstSlice = 1'000;
constexpr int32_t kMostNatives = 16;

}  // namespace

double Limits::now() const {
  if (clock) return clock(clock_context);
  auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(since_start).count();
}

void Limits::set(const Budget& budget) {
  budget_ = budget;
  watched_ = budget.milliseconds > 0;
  instructions_left_ = budget.instructions;
  slice_ = kLongestSlice;
  deadline_ = kNever;
  if (watched_) {
    last_look_ = now();
    deadline_ = last_look_ + budget.milliseconds;
    slice_ = kFirstSlice;
    next_natives_ = kMostNatives;
  }
  count_natives_anew();
}

void Limits::interrupt() { interrupted_.store(true, std::memory_order_relaxed); }

Status Limits::check() {
  if (interrupted_.load(std::memory_order_relaxed)) return failure(ErrorKind::Interrupted, "the host asked for a stop");
  if (budget_.instructions && instructions_left_ == 0) return used_up(std::to_string(budget_.instructions) + " instructions");
  if (!watched_) return {};
  const double time = now();
  adapt(time);
  if (time < deadline_) return {};
  return used_up(std::to_string(static_cast<uint64_t>(budget_.milliseconds)) + " ms");
}

Error Limits::used_up(std::string amount) const {
  return failure_with(ErrorKind::BudgetExceeded, "the budget of % is used up", {amount});
}

void Limits::adapt(double time) {
  const double taken = time - last_look_;
  last_look_ = time;
  if (taken > kLong) {
    slice_ = std::max(1, slice_ / 4);
    next_natives_ = 1;
  } else if (taken < kShort) {
    slice_ = std::min(kLongestSlice, slice_ * 2);
    next_natives_ = std::min(kMostNatives, next_natives_ * 2);
  }
}

void Limits::begin_grace(ErrorKind reason) {
  watched_ = true;
  last_look_ = now();
  grace_end_ = last_look_ + kGraceMilliseconds;
  if (reason == ErrorKind::Deadlock) grace_end_ = std::max(grace_end_, std::min(deadline_, last_look_ + kDeadlockGraceMilliseconds));
  looks_left_ = kLeastLooksInGrace;
  slice_ = kFirstSlice;
  next_natives_ = 1;
  natives_until_check = 0;
}

bool Limits::in_grace() {
  if (looks_left_ > 0) {
    --looks_left_;
    return true;
  }
  return now() < grace_end_;
}

}  // namespace leanclr::interp
