// Running the finalizers of what the collector has queued.
#pragma once

#include "interp/thread.h"

namespace leanclr::icalls {

/// Until the queue is empty, on this stack. Collects. An exception out of a finalizer is an unhandled one: it
/// stays pending and ends the run.
Status run_finalizers(interp::Thread& thread);

}  // namespace leanclr::icalls
