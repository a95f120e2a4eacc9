// AppContext's events: how CoreLib hears of exceptions and of the end of a run. Each costs nothing where nobody listens.
//
// What a listener throws is dropped. Each may run managed code and collect.
#pragma once

#include "interp/thread.h"

namespace leanclr::interp {

/// AppDomain.FirstChanceException: for every throw and rethrow, before a handler is looked for.
void raise_first_chance(Thread& thread, Object* exception);
/// AppDomain.UnhandledException.
void raise_unhandled(Thread& thread, Object* exception);
/// AppDomain.ProcessExit, and AssemblyLoadContext.Unloading.
void raise_process_exit(Thread& thread);

}  // namespace leanclr::interp
