// HostFailure: what a host function has thrown, until the call that it failed takes it. Not here: how the host makes an
// exception of it (leanclr_throw, leanclr_set_host_exception).
#pragma once

#include <string>
#include <utility>

#include "interp/thread.h"

namespace leanclr::interop {

struct HostFailure {
  /// Must stay alive until the host function returns; null: `message` and `stack` say it.
  gc::Object* exception = nullptr;
  std::string message, stack;

  Error take(interp::Thread& thread);
};

}  // namespace leanclr::interop
