// See event_loop.h. CoreLib hands over functions as addresses of methods.
#include "icalls/event_loop.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>

#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

int64_t now() {
  auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_start).count();
}

void sleep_until(int64_t time) {
  int64_t left = time - now();
  if (left > 0) std::this_thread::sleep_for(std::chrono::milliseconds(left));
}

}  // namespace

Result<bool> run_due_work(Thread& thread) {
  PendingWork& work = state_of(thread).pending;
  Method* due = nullptr;
  if (work.background_job) due = std::exchange(work.background_job, nullptr);
  else if (work.timer && now() >= work.timer_due) due = std::exchange(work.timer, nullptr);
  if (!due) return false;
  TRY(thread.invoke(*due, nullptr, nullptr));
  return true;
}

Result<bool> wait_until(Thread& thread, int32_t milliseconds, bool (*done)(const void* context),
                        const void* context) {
  const int64_t deadline = milliseconds < 0 ? kNever : now() + milliseconds;
  for (;;) {
    if (done(context)) return true;
    if (now() >= deadline) return false;
    if (TRY(run_due_work(thread))) continue;
    const PendingWork& work = state_of(thread).pending;
    int64_t next = std::min(deadline, work.timer ? work.timer_due : kNever);
    if (next == kNever)
      return not_supported(
          "The wait can never end: the runtime has one thread of execution, and no job or timer is pending.");
    sleep_until(next);
  }
}

namespace {

void schedule_job(Thread& thread, Method* handler) { state_of(thread).pending.background_job = handler; }

void schedule_timer(Thread& thread, Method* handler, int32_t milliseconds) {
  PendingWork& work = state_of(thread).pending;
  work.timer = handler;
  work.timer_due = now() + std::max(milliseconds, 0);
}

constexpr NativeEntry kPoolRows[] = {native<schedule_job>("MainThreadScheduleBackgroundJob")};
constexpr NativeEntry kTimerRows[] = {native<schedule_timer>("MainThreadScheduleTimer")};

}  // namespace

constinit const NativeClass kThreadPool{"System.Threading.ThreadPool", kPoolRows};
constinit const NativeClass kTimerQueue{"System.Threading.TimerQueue", kTimerRows};

}  // namespace leanclr::icalls
