// See event_loop.h. CoreLib hands over functions as addresses of methods.
#include "icalls/event_loop.h"

#include <algorithm>
#include <limits>

#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

/// CoreLib does not take back a timer that was disposed of: what it asked for stays until it is due.
bool has_timers(Thread& thread) {
  Result<Type*> timer = thread.types().type_by_name(*thread.types().known().object->assembly, "System.Threading", "Timer");
  if (!succeeded(timer)) return true;
  Method* count = thread.types().find_method(*timer.value(), "get_ActiveCount", 0);
  if (!count) return true;  // trimmed away
  Slot result;
  return !succeeded(thread.invoke(*count, nullptr, &result)) || result.i8 != 0;
}

/// TimerHandler walks a list in a static field while it fires timers. When one of them waits, the handler that runs
/// inside it gets a list of its own.
Status run_timers(Thread& thread, Method& handler) {
  if (state_of(thread).pending.timers_running == 1) return thread.invoke(handler, nullptr, nullptr);
  Type& queue = *handler.declaring_type;
  types::Field* field = thread.types().find_field(queue, "s_scheduledTimersToFire");
  if (!field || !field->is_static || !queue.statics) return failure(ErrorKind::MissingField, "TimerQueue");
  Type& list_type = *field->type;
  TRY(thread.types().ensure(list_type, TypeState::Complete));
  Local<Object> list(thread.heap(), TRY(allocated(thread.objects().new_object(list_type))));
  Method* constructor = thread.types().find_method(list_type, ".ctor", 0);
  Slot self;
  self.object = list.get();
  if (constructor) TRY(thread.invoke(*constructor, &self, nullptr));
  Ref<Object>& walked = *reinterpret_cast<Ref<Object>*>(queue.statics + field->offset);
  Local<Object> outer(thread.heap(), walked);
  walked = list.get();
  Status status = thread.invoke(handler, nullptr, nullptr);
  walked = outer.get();
  return status;
}

}  // namespace

Result<bool> run_due_work(Thread& thread) {
  PendingWork& work = state_of(thread).pending;
  const bool timer_is_due = work.timer && thread.services().limits.now() >= work.timer_due;
  if (!work.background_job && !timer_is_due) return false;
  work.job_was_last = work.background_job && !(timer_is_due && work.job_was_last);
  Method& due = *std::exchange(work.job_was_last ? work.background_job : work.timer, nullptr);
  interp::UnhandledIsFatal fatal(thread, true);
  const bool is_job = work.job_was_last;  // it changes, when what runs now waits and others are due
  work.timers_running += !is_job;
  Status status = is_job ? thread.invoke(due, nullptr, nullptr) : run_timers(thread, due);
  work.timers_running -= !is_job;
  if (status.ok()) return true;
  if (status.error().kind() != ErrorKind::ManagedException) return status.take_error();
  thread.services().end_by(thread.take_exception());
  return Error(ErrorKind::ProcessExit);
}

double next_due(Thread& thread) {
  const PendingWork& work = state_of(thread).pending;
  if (work.background_job) return 0;
  if (!work.timer) return kNever;
  const bool is_due = work.timer_due <= thread.services().limits.now();
  return is_due || has_timers(thread) ? work.timer_due : kNever;
}

Result<bool> wait_until(Thread& thread, int32_t milliseconds, bool (*done)(const void* context),
                        const void* context) {
  interp::Limits& limits = thread.services().limits;
  const double end = milliseconds < 0 ? kNever : limits.now() + milliseconds;
  for (;;) {
    if (done(context)) return true;
    TRY(limits.check());
    if (limits.now() >= end) return false;
    if (TRY(run_due_work(thread))) continue;
    const double next = std::min(end, next_due(thread));
    if (next == kNever)
      return not_supported(
          "The wait can never end: the runtime has one thread of execution, and no job or timer is pending.");
    const double left = std::min(next, limits.deadline()) - limits.now();
    if (left > 0) thread.services().sleep(left);
  }
}

namespace {

void schedule_job(Thread& thread, Method* handler) {
  state_of(thread).pending.background_job = handler;
  thread.services().schedule(0);
}

void schedule_timer(Thread& thread, Method* handler, int32_t milliseconds) {
  PendingWork& work = state_of(thread).pending;
  const double delay = std::max(milliseconds, 0);
  work.timer = handler;
  work.timer_due = thread.services().limits.now() + delay;
  thread.services().schedule(delay);
}

constexpr NativeEntry kPoolRows[] = {native<schedule_job>("MainThreadScheduleBackgroundJob")};
constexpr NativeEntry kTimerRows[] = {native<schedule_timer>("MainThreadScheduleTimer")};

}  // namespace

constinit const NativeClass kThreadPool{"System.Threading.ThreadPool", kPoolRows};
constinit const NativeClass kTimerQueue{"System.Threading.TimerQueue", kTimerRows};

}  // namespace leanclr::icalls
