// The System.Threading.Thread object of a stack, made when first asked for. Private to icalls/ and for vm/.
#pragma once

#include "interp/thread.h"

namespace leanclr::icalls {

/// The Thread object of the running stack. The first one is the main thread: managed id 1.
Result<gc::Object*> thread_object(interp::Thread& thread);
/// The id that lock words carry; never 0.
Result<uint32_t> thread_small_id(interp::Thread& thread);

}  // namespace leanclr::icalls
