// System.Threading.Monitor: what ObjectHeader's managed fast path leaves over.
//
// A stack that wants a lock which another one holds, or waits for a pulse, waits as event_loop.h says.
#include "icalls/event_loop.h"
#include "icalls/lock_word.h"
#include "icalls/shared.h"
#include "icalls/thread_object.h"

namespace leanclr::icalls {
namespace {

LockWord word_of(const Object* object) { return {object->lock_word}; }

Result<uint32_t> current_id(Thread& thread) { return TRY(thread_small_id(thread)); }

Status set_depth(Thread& thread, Object* object, uint32_t owner, uint32_t depth) {
  LockWord word = word_of(object);
  if (depth == 0 || (!word.inflated() && depth <= LockWord::kFlatDepthMax)) {
    if (word.inflated()) thread.heap().region().free(word.sync());
    object->lock_word = LockWord::flat(owner, depth).bits;
    return {};
  }
  if (!word.inflated()) {
    auto* sync = static_cast<LockWord::Sync*>(thread.heap().region().allocate(sizeof(LockWord::Sync)));
    if (!sync) return ErrorKind::OutOfMemory;
    *sync = {owner | LockWord::kWaiters, 0, 0};
    object->lock_word = address_of(sync) | LockWord::kInflated;
  }
  word_of(object).sync()->nest = depth;
  return {};
}

/// Answers false when another stack holds the lock.
Result<bool> try_enter(Thread& thread, Object* object) {
  if (!object) return failure(ErrorKind::ArgumentNull, "obj");
  uint32_t id = TRY(current_id(thread));
  LockWord word = word_of(object);
  if (!word.free() && word.owner() != id) return false;
  TRY(set_depth(thread, object, id, word.depth() + 1));
  return true;
}

bool lock_is_free(const interp::Wait& wait) { return word_of(wait.object).free(); }

/// Answers false when the time was over first; negative: there is no limit.
Result<bool> enter_within(Thread& thread, Object* object, int32_t milliseconds) {
  if (!thread.wait.is_over && TRY(try_enter(thread, object))) return true;
  if (milliseconds == 0) return false;
  interp::Wait wait;
  wait.is_over = [](const interp::Wait& wait, double now) { return lock_is_free(wait) || now >= wait.end; };
  wait.end = end_of_wait(thread, milliseconds);
  wait.object = object;
  TRY(wait_for(thread, wait));
  return try_enter(thread, object);
}

Status enter(Thread& thread, Object* object) {
  TRY(enter_within(thread, object, -1));
  return {};
}

Status enter_with_timeout(Thread& thread, Object* object, int32_t milliseconds, bool, bool* taken) {
  *taken = TRY(enter_within(thread, object, milliseconds));
  return {};
}

Status check_owner(Thread& thread, Object* object) {
  if (!object) return failure(ErrorKind::ArgumentNull, "obj");
  LockWord word = word_of(object);
  if (word.free() || word.owner() != TRY(current_id(thread)))
    return failure(ErrorKind::SynchronizationLock,
                   "Object synchronization method was called from an unsynchronized block of code.");
  return {};
}

Status exit(Thread& thread, Object* object) {
  TRY(check_owner(thread, object));
  LockWord word = word_of(object);
  return set_depth(thread, object, word.owner(), word.depth() - 1);
}

/// Does the stack wait for a pulse? One that wants a lock waits too.
bool wants_pulse(const Thread& stack, const Object* object) {
  return stack.wait.is_over && stack.wait.object == object && stack.wait.depth != 0 && !stack.wait.pulsed;
}

Status pulse_all(Thread& thread, Object* object) {
  TRY(check_owner(thread, object));
  for (Thread* stack : thread.services().stacks)
    if (wants_pulse(*stack, object)) stack->wait.pulsed = true;
  return {};
}

/// Wakes who has waited longest.
Status pulse(Thread& thread, Object* object) {
  TRY(check_owner(thread, object));
  Thread* longest = nullptr;
  for (Thread* stack : thread.services().stacks)
    if (wants_pulse(*stack, object) && (!longest || stack->wait.order < longest->wait.order)) longest = stack;
  if (longest) longest->wait.pulsed = true;
  return {};
}

/// After a pulse, or when the time is over, the lock is wanted again.
bool is_over(const interp::Wait& wait, double now) { return (wait.pulsed || now >= wait.end) && lock_is_free(wait); }

Status enter_again(Thread& thread, const interp::Wait& wait) {
  return set_depth(thread, wait.object, TRY(current_id(thread)), wait.depth);
}

Result<bool> wait(Thread& thread, Object* object, int32_t milliseconds, bool) {
  interp::Wait wait;
  if (!thread.wait.is_over) {
    TRY(check_owner(thread, object));
    wait.is_over = is_over;
    wait.end = end_of_wait(thread, milliseconds);
    wait.object = object;
    wait.depth = word_of(object).depth();
    // What goes on after a stop or an exception leaves the lock.
    wait.cancel = [](Thread& stack, const interp::Wait& wait) {
      if (lock_is_free(wait)) (void)succeeded(enter_again(stack, wait));
    };
    TRY(set_depth(thread, object, word_of(object).owner(), 0));
  }
  wait = TRY(wait_for(thread, wait));
  TRY(enter_again(thread, wait));
  return wait.pulsed;
}

int64_t contention_count() { return 0; }

constexpr NativeEntry kRows[] = {
    native<enter>("Enter(System.Object)"),
    native<exit>("InternalExit"),
    native<contention_count>("Monitor_get_lock_contention_count"),
    native<pulse>("Monitor_pulse"),
    native<pulse_all>("Monitor_pulse_all"),
    native<wait>("Monitor_wait"),
    native<enter_with_timeout>("try_enter_with_atomic_var"),
};

}  // namespace

constinit const NativeClass kSystemThreadingMonitor{"System.Threading.Monitor", kRows};

}  // namespace leanclr::icalls
