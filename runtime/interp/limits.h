// Limits: how long managed code may run, how deep calls may nest, and the request from outside to stop.
//
// One per runtime (Services::limits). Every managed stack asks it: when the loop comes out, every few natives, behind
// what allocates or copies in bulk. Under a deadline the loop's slices follow the clock, so that one takes about half a
// millisecond whatever its instructions cost. What it is not: the stop itself, which Thread and Unwinder carry out.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "base/result.h"

namespace leanclr::interp {

/// What a run or call may use. Zeros are no limits.
struct Budget {
  double milliseconds = 0;    // of the clock, waits included
  uint64_t instructions = 0;  // counted where code can go on for long: one for each call and each jump backwards
};

class Limits {
 public:
  /// The loop's slice without a deadline: engines replace a running wasm function only when it is entered anew.
  static constexpr int32_t kLongestSlice = 20'000;
  /// Natives that call managed code that calls natives …: what the engine's stack is known to bear.
  static constexpr uint32_t kMostEntries = 200;

  /// Milliseconds of a clock that never goes back. `context` is the first argument.
  double (*clock)(void* context) = nullptr;  // null: the system's
  void* clock_context = nullptr;
  /// Bytes of the C++ stack that nested entries may take.
  size_t native_stack_bytes = 1024 * 1024;

  double now() const;

  // --- by vm/, around what the host asks for
  [[gnu::always_inline]] void start(const Budget& budget) {
    running_ = true;
    interrupted_.store(false, std::memory_order_relaxed);
    if (is_limited() || budget.milliseconds > 0 || budget.instructions) set(budget);
  }
  [[gnu::always_inline]] void finish() {
    running_ = false;
    if (is_limited()) set({});
  }
  bool running() const { return running_; }
  /// Asks for a stop of what runs; any thread may.
  void interrupt();
  /// When the budget's time is over, by now(); infinity without such a budget.
  double deadline() const { return deadline_; }

  // --- by interp/ and natives
  /// Counts an entry from native code; false when they nest too deep. `here`: an address on the C++ stack.
  [[gnu::always_inline]] bool enter(const void* here) {
    if (entries_ == 0) entry_ = here;
    const auto from = reinterpret_cast<uintptr_t>(entry_), to = reinterpret_cast<uintptr_t>(here);
    if (entries_ >= kMostEntries || (from > to ? from - to : to - from) > native_stack_bytes) return false;
    ++entries_;
    return true;
  }
  void leave() { --entries_; }
  uint32_t entries() const { return entries_; }

  /// How many calls and back edges the loop may take in one go.
  int32_t slice() const {
    return budget_.instructions ? static_cast<int32_t>(std::min<uint64_t>(static_cast<uint64_t>(slice_), instructions_left_)) : slice_;
  }
  void charge(int32_t instructions) {
    if (budget_.instructions) instructions_left_ -= std::min(instructions_left_, static_cast<uint64_t>(instructions));
  }
  /// Reads the clock where there is a deadline. Errors: Interrupted, BudgetExceeded.
  Status check();

  /// A stop begins: finally blocks get a little time from here, more in a deadlock.
  void begin_grace(ErrorKind reason);
  bool in_grace();

  /// Natives left until Thread::check_after_native; 0 asks for it after the next one.
  int32_t natives_until_check = kNativesPerCheck;
  void count_natives_anew() { natives_until_check = watched_ ? next_natives_ : kNativesPerCheck; }

 private:
  static constexpr int32_t kNativesPerCheck = 1024;
  [[gnu::always_inline]] bool is_limited() const { return watched_ || budget_.instructions; }
  void set(const Budget& budget);
  Error used_up(std::string amount) const;
  void adapt(double now);
  Budget budget_;
  double deadline_ = std::numeric_limits<double>::infinity();
  double last_look_ = 0;            // when due() last read the clock
  double grace_end_ = 0;
  int32_t looks_left_ = 0;          // in_grace() says yes so often, whatever the clock says
  uint64_t instructions_left_ = 0;
  int32_t slice_ = kLongestSlice;
  int32_t next_natives_ = 1;
  bool running_ = false;
  bool watched_ = false;            // the clock counts
  std::atomic<bool> interrupted_{false};
  uint32_t entries_ = 0;
  const void* entry_ = nullptr;     // on the C++ stack, of the outermost entry
};

/// Errors that end what runs: no managed handler sees them.
inline bool ends_run(ErrorKind kind) {
  return kind == ErrorKind::ProcessExit || kind == ErrorKind::StackOverflow || kind == ErrorKind::Interrupted ||
         kind == ErrorKind::BudgetExceeded || kind == ErrorKind::Deadlock;
}

}  // namespace leanclr::interp
