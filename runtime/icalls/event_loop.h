// The event loop: what CoreLib has asked to be run later (the thread pool's job, the next timer), and waiting
// for it.
//
// One thread of execution: whoever waits runs what is due, on its own stack. A wait that nothing could end
// throws. What it is not: the host's event loop, which may run the same work between calls into the runtime.
#pragma once

#include "interp/thread.h"

namespace leanclr::icalls {

struct PendingWork {
  types::Method* background_job = nullptr;  // ThreadPool.BackgroundJobHandler
  types::Method* timer = nullptr;           // TimerQueue.TimerHandler
  int64_t timer_due = 0;                    // milliseconds of the steady clock
};

/// Runs the thread pool's job or a due timer; false when nothing is due. Collects.
Result<bool> run_due_work(interp::Thread& thread);
/// Runs and sleeps until `done(context)` or until `milliseconds` have passed (negative: no limit). Answers
/// done. Collects. Errors: PlatformNotSupported when there is no limit and nothing left that could make it
/// done.
Result<bool> wait_until(interp::Thread& thread, int32_t milliseconds, bool (*done)(const void* context),
                        const void* context);

}  // namespace leanclr::icalls
