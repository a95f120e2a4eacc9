// See unwind.h.
#include "interp/unwind.h"

#include "base/list.h"
#include "interp/app_events.h"
#include "interp/arithmetic.h"
#include "interp/slow_path.h"
#include "interp/trace.h"

namespace leanclr::interp {
namespace {

using metadata::ClauseKind;

/// The instruction that a frame stands at: its ip points one word into or behind it.
uint32_t pc_of(const Frame& frame) { return static_cast<uint32_t>(frame.ip - frame.body->code) - 1; }

/// Does the clause protect what the frame is doing? A frame that runs a filter has the clauses inside that filter only: an
/// exception does not leave it.
bool covers(const ir::Clause& clause, const Frame& frame, uint32_t pc) {
  bool inside = !frame.filter || (clause.try_begin >= frame.filter->filter_begin && clause.try_end <= frame.filter->handler_begin);
  return inside && pc >= clause.try_begin && pc < clause.try_end;
}

bool stands_at(const Frame& frame, ir::Op op) { return frame.body->code[pc_of(frame)].op == op; }

bool is_finally(const ir::Clause& clause) { return clause.kind == ClauseKind::Finally || clause.kind == ClauseKind::Fault; }

}  // namespace

bool Unwinder::raise() {
  if (thread_.failure_.kind() == ErrorKind::Suspended) {
    ++thread_.frame_->ip;  // to the word that the stack map of the native's call is kept under
    return false;
  }
  Error failure = std::exchange(thread_.failure_, Error(ErrorKind::None));
  if (thread_.wait.is_over) thread_.cancel_wait();
  if (ends_run(failure.kind())) return stop(std::move(failure));
  Object* exception = nullptr;
  if (failure.kind() == ErrorKind::ManagedException) {
    exception = thread_.take_exception();
  } else {
    Result<Object*> made = thread_.make_exception(failure);
    if (!made.ok() && ends_run(made.error().kind())) return stop(made.take_error());
    // Making it may itself have thrown: then that exception takes its place.
    if (made.ok()) exception = made.value();
    else failure = made.take_error(), exception = thread_.take_exception();
    // Nothing to throw (the exception's type cannot be loaded, say): the error itself goes to whoever called.
    if (!exception) return leave_all(std::move(failure));
  }
  gc::Local<Object> kept(thread_.heap(), exception);
  const Frame& thrower = *thread_.frame_;
  const bool rethrown = stands_at(thrower, ir::Op::Rethrow);
  if (stands_at(thrower, ir::Op::Throw)) clear_trace(thread_.objects(), kept, *thrower.body->method);
  raise_first_chance(thread_, kept);
  Handler handler = find_handler(kept, rethrown);
  if (ends_run(thread_.failure_.kind())) return raise();  // a filter was stopped
  if (!handler.frame && thread_.stop_.kind != ErrorKind::None) return stop(thread_.stop_.kind);
  if (!handler.frame && entry_ == thread_.fatal_entry_) {
    thread_.exception_ = kept;
    return leave_all(ErrorKind::ManagedException);
  }
  return unwind_to(handler, kept);
}

bool Unwinder::stop(Error reason) {
  thread_.exception_ = nullptr;
  if (reason.kind() == ErrorKind::ProcessExit) return leave_all(std::move(reason));
  Limits& limits = thread_.services_.limits;
  Stop& stop = thread_.stop_;
  if (stop.kind == ErrorKind::None) {
    stop.kind = reason.kind();
    stop.reason = std::move(reason);
    limits.begin_grace(stop.kind);
  }
  stop.frame = nullptr;
  limits.natives_until_check = 0;
  if (!limits.in_grace()) return leave_all(stop.reason.clone());
  thread_.failure_ = stop.reason.clone();
  return unwind_to({}, nullptr);
}

bool Unwinder::may_handle(const Frame& frame, const ir::Clause& clause) const {
  // The job's own catch would only report the exception and end the process.
  if (&frame == thread_.fatal_entry_ && thread_.fatal_is_job_) return false;
  const Stop& stop = thread_.stop_;
  if (stop.kind == ErrorKind::None || &frame > stop.frame) return true;
  return &frame == stop.frame && clause.try_begin >= stop.clause->handler_begin && clause.try_end <= stop.clause->handler_end;
}

bool Unwinder::leave_all(Error reason) {
  thread_.failure_ = std::move(reason);
  thread_.frame_ = entry_ - 1;
  thread_.localloc_ = entry_->localloc;
  return false;
}

bool Unwinder::resume(Frame& frame, uint16_t slot) {
  int64_t resume = get<int64_t>(frame.base + slot);
  Object* exception = pointer_at<Object>(get<Address>(frame.base + slot + 8));
  put<Address>(frame.base + slot + 8, 0);
  if (!exception) return stop(thread_.stop_.kind);
  return unwind_to(decode(resume), exception);
}

Unwinder::Handler Unwinder::find_handler(Object* exception, bool rethrown) {
  gc::Local<Object> kept(thread_.heap(), exception);
  // A filter may run code that throws: the frames are handed over before it.
  List<uint32_t>& passed = thread_.passed_frames_;
  const auto hand_over = [&] {
    append_trace(thread_.objects(), kept, passed);
    passed.clear();
  };
  Handler handler;
  for (Frame* frame = thread_.frame_; frame >= entry_ && !handler.frame; --frame) {
    uint32_t pc = pc_of(*frame);
    // The frame that rethrows is in the trace already, as that which caught.
    if (!rethrown || frame != thread_.frame_) {
      passed.push_back(address_of(frame->body));
      passed.push_back(pc);
    }
    std::span<const ir::Clause> clauses = frame->body->clauses;
    for (uint32_t i = 0; i < clauses.size(); ++i) {
      const ir::Clause& clause = clauses[i];
      if (!covers(clause, *frame, pc) || !may_handle(*frame, clause)) continue;
      if (clause.kind == ClauseKind::Filter) hand_over();
      bool accepts = clause.kind == ClauseKind::Catch
                         ? clause.catch_type && is_instance(thread_.types(), kept, *clause.catch_type)
                         : clause.kind == ClauseKind::Filter && filter_accepts(*frame, clause, kept);
      if (ends_run(thread_.failure_.kind())) return {};
      if (!accepts) continue;
      handler = {frame, i};
      break;
    }
  }
  hand_over();
  return handler;
}

bool Unwinder::filter_accepts(Frame& frame, const ir::Clause& clause, Object* exception) {
  gc::Local<Object> kept(thread_.heap(), exception);
  Frame* newest = thread_.frame_;
  uint8_t* copy = thread_.top();
  abi::Slot answer;
  Result<Frame*> pushed = thread_.push_frame(*frame.body, copy, reinterpret_cast<uint8_t*>(&answer));
  if (!pushed.ok()) return succeeded(pushed);
  const uint32_t variables = frame.body->zero_end;
  std::memcpy(copy, frame.base, variables);
  put<Address>(copy + clause.slot, address_of(exception));
  pushed.value()->filter = &clause;
  pushed.value()->ip = frame.body->code + clause.filter_begin + 1;
  bool ran = thread_.run(pushed.value());
  pushed.value()->filter = nullptr;  // calls that reuse the frame do not set it
  thread_.frame_ = newest;
  std::memcpy(frame.base, copy, variables);
  if (ran) return answer.i4 != 0;
  thread_.take_exception();
  if (!ends_run(thread_.failure_.kind())) thread_.failure_ = ErrorKind::None;
  return false;
}

int Unwinder::find_finally(const Frame& frame, uint32_t pc, uint32_t end) {
  std::span<const ir::Clause> clauses = frame.body->clauses;
  for (uint32_t i = 0; i < clauses.size() && i < end; ++i)
    if (is_finally(clauses[i]) && covers(clauses[i], frame, pc)) return static_cast<int>(i);
  return -1;
}

bool Unwinder::unwind_to(const Handler& handler, Object* exception) {
  for (Frame* frame = thread_.frame_;; --frame) {
    bool target = frame == handler.frame;
    uint32_t end = target ? handler.clause : ~0u;
    int found = find_finally(*frame, pc_of(*frame), end);
    if (found >= 0) {
      const ir::Clause& clause = frame->body->clauses[static_cast<size_t>(found)];
      put<int64_t>(frame->base + clause.slot, encode(handler));
      put<Address>(frame->base + clause.slot + 8, address_of(exception));
      frame->ip = frame->body->code + clause.handler_begin + 1;
      thread_.frame_ = frame;
      if (!exception) {  // a stop
        thread_.stop_.frame = frame;
        thread_.stop_.clause = &clause;
        thread_.failure_ = ErrorKind::None;
      }
      return true;
    }
    if (target) {
      const ir::Clause& clause = frame->body->clauses[handler.clause];
      put<Address>(frame->base + clause.slot, address_of(exception));
      frame->ip = frame->body->code + clause.handler_begin + 1;
      thread_.frame_ = frame;
      return true;
    }
    thread_.localloc_ = frame->localloc;
    if (frame == entry_) {
      thread_.frame_ = frame - 1;
      thread_.exception_ = exception;
      return false;
    }
    thread_.frame_ = frame - 1;
  }
}

// Negative numbers: bit 63, then 31 bits of frame index + 1 (0: no handler), 32 bits of clause index.
int64_t Unwinder::encode(const Handler& handler) const {
  uint64_t frame = handler.frame ? static_cast<uint64_t>(handler.frame - thread_.frames_) + 1 : 0;
  return static_cast<int64_t>(uint64_t{1} << 63 | frame << 32 | handler.clause);
}

Unwinder::Handler Unwinder::decode(int64_t resume) const {
  uint64_t bits = static_cast<uint64_t>(resume) & ~(uint64_t{1} << 63);
  uint64_t frame = bits >> 32;
  if (frame == 0) return {};
  return {thread_.frames_ + (frame - 1), static_cast<uint32_t>(bits)};
}

}  // namespace leanclr::interp
