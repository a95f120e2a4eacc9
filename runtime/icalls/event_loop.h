// The event loop: what CoreLib has asked to be run later (the thread pool's job, the next timer), and how natives wait.
//
// One thing runs at a time. A native that waits suspends its stack, and what runs next is for vm/stacks.cpp to say. Where a
// native stands in between that called managed code, the stack cannot be left: what is due then runs on other stacks
// above it, and a wait that nothing of it can end throws.
#pragma once

#include "interp/thread.h"

namespace leanclr::icalls {

struct PendingWork {
  types::Method* background_job = nullptr;  // ThreadPool.BackgroundJobHandler
  types::Method* timer = nullptr;           // TimerQueue.TimerHandler
  double timer_due = 0;                     // by Limits::now
  bool job_was_last = false;                // jobs and timers that are due take turns
  uint32_t timers_running = 0;              // timer handlers whose stacks have not ended
};

/// A job or timer to be run on a stack of its own.
struct DueWork {
  types::Method* handler = nullptr;  // without parameters; null: nothing is due
  bool is_timer = false;
};

/// Takes the thread pool's job or a due timer; of a timer, end_timer() tells the end. Collects.
Result<DueWork> take_due_work(interp::Thread& thread);
void end_timer(interp::Thread& thread);
/// When there is a job or timer to run, by Limits::now; infinity when none is pending. Collects.
double next_due_work(interp::Thread& thread);

/// The clock's time so many milliseconds from now; infinity for negative numbers.
double end_of_wait(interp::Thread& thread, int32_t milliseconds);
/// Waits: natives give what this gives unless it is the Wait, which has then come to its end. Called again when the stack
/// goes on, `wait` does not count, and thread.wait.is_over tells so beforehand. Errors: Suspended; PlatformNotSupported
/// when the stack cannot be suspended and nothing is left that could end the wait; what ends the run.
Result<interp::Wait> wait_for(interp::Thread& thread, const interp::Wait& wait);

}  // namespace leanclr::icalls
