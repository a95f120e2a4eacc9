// The event loop: what CoreLib has asked to be run later (the thread pool's job, the next timer), and waiting
// for it.
//
// One thread of execution. Between calls into the runtime the host runs what is due (vm/main_run.cpp); whoever
// waits in managed code runs it on its own stack. A wait that nothing could end throws.
#pragma once

#include "interp/thread.h"

namespace leanclr::icalls {

struct PendingWork {
  types::Method* background_job = nullptr;  // ThreadPool.BackgroundJobHandler
  types::Method* timer = nullptr;           // TimerQueue.TimerHandler
  double timer_due = 0;                     // by Limits::now
  bool job_was_last = false;                // jobs and timers that are due take turns
  uint32_t timers_running = 0;              // timer handlers inside timer handlers
};

/// Runs the thread pool's job or a due timer; false when nothing is due. Collects. An exception that leaves
/// either ends the process (ProcessExit).
Result<bool> run_due_work(interp::Thread& thread);
/// When there is something to run next, by Limits::now; infinity when nothing is pending. Collects.
double next_due(interp::Thread& thread);
/// Runs and sleeps until `done(context)` or until `milliseconds` have passed (negative: no limit). Answers
/// done. Collects. Errors: PlatformNotSupported when there is no limit and nothing left that could make it
/// done; what ends the run.
Result<bool> wait_until(interp::Thread& thread, int32_t milliseconds, bool (*done)(const void* context),
                        const void* context);

}  // namespace leanclr::icalls
