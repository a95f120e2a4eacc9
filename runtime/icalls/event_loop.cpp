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

/// TimerHandler walks a list in a static field while it fires timers. While one of them waits, the next handler gets a list
/// of its own.
Status renew_timer_list(Thread& thread, Type& queue) {
  types::Field* field = thread.types().find_field(queue, "s_scheduledTimersToFire");
  if (!field || !field->is_static || !queue.statics) return failure(ErrorKind::MissingField, "TimerQueue");
  Type& list_type = *field->type;
  TRY(thread.types().ensure(list_type, TypeState::Complete));
  Local<Object> list(thread.heap(), TRY(allocated(thread.objects().new_object(list_type))));
  Method* constructor = thread.types().find_method(list_type, ".ctor", 0);
  Slot self;
  self.object = list.get();
  if (constructor) TRY(thread.invoke(*constructor, &self, nullptr));
  *reinterpret_cast<Ref<Object>*>(queue.statics + field->offset) = list.get();
  return {};
}

}  // namespace

Result<DueWork> take_due_work(Thread& thread) {
  PendingWork& work = state_of(thread).pending;
  const bool timer_is_due = work.timer && thread.services().limits.now() >= work.timer_due;
  if (!work.background_job && !timer_is_due) return DueWork{};
  work.job_was_last = work.background_job && !(timer_is_due && work.job_was_last);
  if (work.job_was_last) return DueWork{std::exchange(work.background_job, nullptr), false};
  if (work.timers_running > 0) TRY(renew_timer_list(thread, *work.timer->declaring_type));
  ++work.timers_running;
  return DueWork{std::exchange(work.timer, nullptr), true};
}

void end_timer(Thread& thread) { --state_of(thread).pending.timers_running; }

double next_due_work(Thread& thread) {
  const PendingWork& work = state_of(thread).pending;
  if (work.background_job) return 0;
  if (!work.timer) return kNever;
  const bool is_due = work.timer_due <= thread.services().limits.now();
  return is_due || has_timers(thread) ? work.timer_due : kNever;
}

namespace {

/// Why the stack cannot be suspended.
Failure cannot_wait(Thread& thread) {
  const Method* between = thread.native_in_between();
  constexpr const char* kNothing = "The wait can never end: no job or timer is pending, and the stack cannot be suspended, because %.";
  if (!between) return failure_with(ErrorKind::PlatformNotSupported, kNothing, {"its caller outside wants the result at once (callAsync would wait)"});
  return failure_with(ErrorKind::PlatformNotSupported, kNothing, {thread.types().full_name(*between) + " is waiting for its callback to return"});
}

}  // namespace

double end_of_wait(Thread& thread, int32_t milliseconds) {
  return milliseconds < 0 ? kNever : thread.services().limits.now() + milliseconds;
}

Result<interp::Wait> wait_for(Thread& thread, const interp::Wait& begun) {
  interp::Services& services = thread.services();
  interp::Wait& wait = thread.wait;
  if (!wait.is_over) {
    wait = begun;
    wait.order = ++state_of(thread).last_wait;
  }
  for (;;) {
    const double now = services.limits.now();
    if (wait.is_over(wait, now)) return std::exchange(wait, interp::Wait{});
    TRY(thread.check_stop());
    if (thread.may_suspend() && services.has_spare_stack()) {
      if (wait.end != kNever) services.schedule(std::max(0.0, wait.end - now));
      return Error(ErrorKind::Suspended);
    }
    if (TRY(services.run_other())) continue;
    const double next = std::min(wait.end > now ? wait.end : kNever, services.next_due());
    if (next == kNever) return cannot_wait(thread);
    const double left = std::min(next, services.limits.deadline()) - services.limits.now();
    if (left > 0) services.sleep(left);
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
