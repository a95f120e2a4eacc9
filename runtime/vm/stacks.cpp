// The managed stacks of a runtime: what runs on which, what becomes of those that wait, and what runs next.
//
// Main and calls from outside run on the first stack, or on another while that one waits. Jobs, timers and finalizers have
// stacks of their own, since they may come to wait as well. Stacks are kept for what comes next.
#include <algorithm>

#include "icalls/event_loop.h"
#include "icalls/thread_object.h"
#include "vm/clr.h"

namespace leanclr::vm {
namespace {

/// Pool threads get this part of Main's stack.
constexpr uint32_t kPoolFraction = 2;
/// Free stacks that are kept for what comes next.
constexpr size_t kKeptFree = 4;

bool is_free(const Stack& stack) { return stack.work == Work::None && stack.thread->is_empty() && !stack.is_for_finalizers; }

}  // namespace

/// A stack is the running one, as long as the scope lasts.
class Clr::Running {
 public:
  Running(Clr& clr, const Stack& stack) : clr_(clr), outer_(std::exchange(clr.thread_, stack.thread.get())) {}
  ~Running() { clr_.thread_ = clr_.limits.entries() ? outer_ : clr_.front_thread(); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  Clr& clr_;
  interp::Thread* outer_;
};

interp::Thread* Clr::front_thread() {
  for (const Stack* stack : stacks_)
    if (is_free(*stack)) return stack->thread.get();
  return thread_;  // has_spare_stack sees to it that there is one
}

Result<Stack*> Clr::new_stack(const interp::ThreadOptions& options, bool for_pool) {
  // The main thread's id is 1.
  if (!stacks_.empty()) TRY(icalls::thread_object(*stacks_[0]->thread));
  std::unique_ptr<interp::Thread> thread = TRY(interp::Thread::create(*this, *objects_, options));
  thread->is_pool_thread = for_pool;
  stacks.push_back(thread.get());
  Stack& stack = stacks_.add(new Stack);
  stack.thread = std::move(thread);
  return &stack;
}

Result<Stack*> Clr::free_stack(bool for_pool) {
  for (Stack* stack : stacks_)
    if (is_free(*stack) && !(for_pool && stack == stacks_[0])) return stack;
  interp::ThreadOptions options;
  if (options_.stack_bytes) options.stack_bytes = options_.stack_bytes;
  options.stack_bytes /= kPoolFraction;
  return new_stack(options, true);
}

void Clr::drop_free_stacks() {
  size_t free = 0;
  for (size_t i = stacks_.size(); i-- > 1;) {
    Stack* stack = stacks_[i];
    if (!is_free(*stack) || ++free <= kKeptFree || stack->thread.get() == thread_) continue;
    stacks_.erase(stacks_.begin() + i);
    stacks.erase(stacks.begin() + i);
    delete stack;
  }
}

bool Clr::has_spare_stack() {
  if (finalizer_stack_ && thread_ == finalizer_stack_->thread.get()) return true;  // it returns to the one below
  return succeeded(free_stack(false));
}

Status Clr::begin(Stack& stack, Work work, types::Method& method, const abi::Slot* args) {
  types::Type& returned = *TRY(types_->signature_of(method))->return_type;
  if (returned.flags.value_type) TRY(types_->ensure(returned, types::TypeState::Sized));
  stack.result.assign(std::max(1u, abi::slots_for(returned.value_size)), abi::Slot{});
  stack.work = work;
  ++working_stacks_;
  stack.method = &method;
  const bool is_job = work == Work::Job || work == Work::Timer;
  Running running(*this, stack);
  return gone_on(stack, stack.thread->start(method, args, stack.result.data(), is_job || work == Work::Main, is_job));
}

Status Clr::resume(Stack& stack, const ErrorView* stop) {
  Running running(*this, stack);
  return gone_on(stack, stack.thread->resume(stop));
}

Status Clr::gone_on(Stack& stack, Status status) {
  const ErrorKind kind = status.ok() ? ErrorKind::None : status.error().kind();
  if (kind == ErrorKind::Suspended) return (void)succeeded(status), Status();
  const Work work = std::exchange(stack.work, Work::None);
  --working_stacks_;
  if (work == Work::Timer) icalls::end_timer(*stack.thread);
  if (work == Work::Main) return main_returned(stack, std::move(status));
  if (work == Work::Call) return end_call(stack, std::move(status)), Status();
  if (kind != ErrorKind::ManagedException) return status;
  // §I.8.9.6.7 leaves open what becomes of a finalizer's exception; `dotnet` ends the process.
  (void)succeeded(status);
  end_by(stack.thread->take_exception());
  return Error(ErrorKind::ProcessExit);
}

void Clr::stop_stacks(const ErrorView& reason) {
  for (size_t i = 0; i < stacks_.size(); ++i)
    if (stacks_[i]->thread->is_suspended()) (void)succeeded(resume(*stacks_[i], &reason));
}

bool Clr::is_ready(const Stack& stack) const {
  const interp::Wait& wait = stack.thread->wait;
  return stack.thread->is_suspended() && wait.is_over(wait, limits.now());
}

Stack* Clr::next_ready() {
  Stack* longest = nullptr;
  for (Stack* stack : stacks_)
    if (is_ready(*stack) && (!longest || stack->thread->wait.order < longest->thread->wait.order)) longest = stack;
  return longest;
}

double Clr::next_due() {
  double next = icalls::next_due_work(*thread_);
  const double now = limits.now();
  for (const Stack* stack : stacks_) {
    const double end = stack->thread->wait.end;
    if (is_ready(*stack)) return 0;
    if (stack->thread->is_suspended() && end > now) next = std::min(next, end);
  }
  return next;
}

Result<bool> Clr::run_other() {
  if (exit_requested) return Error(ErrorKind::ProcessExit);
  TRY(limits.check());
  Stack* ready = next_ready();
  if (!ready || std::exchange(stack_was_last_, false)) {
    if (TRY(begin_due_work())) return true;
  }
  if (!ready) return false;
  stack_was_last_ = true;
  const uint64_t order = ready->thread->wait.order;
  if (ready->is_for_finalizers) TRY(run_finalizers());
  else TRY(resume(*ready));
  return ready->thread->wait.order != order;  // else calls nest too deep
}

Result<bool> Clr::begin_due_work() {
  const icalls::DueWork due = TRY(icalls::take_due_work(*thread_));
  if (!due.handler) return false;
  Stack& stack = *TRY(free_stack(true));
  TRY(begin(stack, due.is_timer ? Work::Timer : Work::Job, *due.handler, nullptr));
  return true;
}

}  // namespace leanclr::vm
