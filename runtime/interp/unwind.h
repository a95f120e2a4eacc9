// Unwinder: exceptions, in two passes (§I.12.4.2.5, §II.19).
//
// Raising first looks for a handler from the newest frame down to the entry frame of this run of the loop, asking filters
// on the way; nothing has been unwound while it looks. The second pass leaves the frames above the handler, running
// their finally and fault blocks, then enters the handler.
//
// A finally block runs in the loop like any code. So that the second pass can go on after it, the clause's registers
// hold where it was going: the resume register a negative number that encodes the handler (kNoHandler when the exception
// leaves this run), the one behind it the exception. On the normal path the resume register is the positive code index
// behind the call.finally. An exception thrown inside the block simply starts anew and drops the old one.
//
// A stop (Interrupted, BudgetExceeded, StackOverflow) makes the second pass only, without a handler and without an
// exception; Thread::stop_ tells it from the rest. What a finally block throws then is caught inside that block or
// dropped. When the grace is over the remaining frames go without their blocks; so they do for ProcessExit.
//
// A filter runs on a copy of its frame at the stack's top, since the frames between are still alive; its changes to the
// locals are copied back. An exception that leaves a filter counts as "no".
#pragma once

#include "interp/thread.h"

namespace leanclr::interp {

class Unwinder {
 public:
  Unwinder(Thread& thread, Frame* entry) : thread_(thread), entry_(entry) {}

  /// Turns thread.failure_ into an exception and finds where to go on; thread.frame_ and its ip are set so. Gives false
  /// when the exception leaves the entry frame: it is then pending and the entry frame gone. Suspended is no exception:
  /// every frame stays.
  bool raise();
  /// After a finally block that the second pass ran: goes on with it.
  bool resume(Frame& frame, uint16_t slot);

 private:
  struct Handler {
    Frame* frame = nullptr;  // null: none
    uint32_t clause = 0;
  };
  /// Begins a stop, or goes on with it.
  bool stop(Error reason);
  /// Whether the exception's handler may be in the frame, or only (`inside` then says where) in the block that a stop runs.
  bool may_handle(const Frame& frame, const ir::Clause& clause) const;
  /// Drops every frame of this run without running anything; `reason` is what invoke() gives.
  bool leave_all(Error reason);
  /// Also adds the frames it passes to the trace.
  Handler find_handler(Object* exception, bool rethrown);
  bool filter_accepts(Frame& frame, const ir::Clause& clause, Object* exception);
  bool unwind_to(const Handler& handler, Object* exception);
  /// The next finally or fault clause of the frame for `pc`, among those before `end`; -1 when there is none.
  static int find_finally(const Frame& frame, uint32_t pc, uint32_t end);
  int64_t encode(const Handler& handler) const;
  Handler decode(int64_t resume) const;
  Thread& thread_;
  Frame* entry_;
};

}  // namespace leanclr::interp
