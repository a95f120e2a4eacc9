// Stack: a managed stack and the work that it does, which goes on behind waits. Private to vm/.
#pragma once

#include <memory>

#include "base/list.h"
#include "interp/thread.h"

namespace leanclr::vm {

/// What ends when a stack comes to its end.
enum class Work : uint8_t {
  None,       // it is free
  Main,
  Job,        // the thread pool's
  Timer,
  Call,       // from outside, which has not waited for it
  Finalizer,
};

struct Stack {
  std::unique_ptr<interp::Thread> thread;
  Work work = Work::None;
  bool is_for_finalizers = false;  // and for nothing else
  List<abi::Slot> result;          // of the work
  types::Method* method = nullptr; // a Call's
  uint32_t call = 0;               // its number
};

}  // namespace leanclr::vm
