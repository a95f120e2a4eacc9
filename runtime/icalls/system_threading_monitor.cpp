// System.Threading.Monitor: what ObjectHeader's managed fast path leaves over.
//
// One stack runs at a time and cannot be suspended inside a native, so a lock that another stack holds can
// never become free, and throws; a finalizer gives up instead and runs again later. A wait runs what is due until somebody pulses (event_loop.h).
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

Failure held_elsewhere(const Thread& thread) {
  if (thread.is_interlude) return Status(ErrorKind::Blocked).failure();
  return not_supported(
      "The lock is held by another stack of this single-threaded runtime and can never become free here.");
}

Status enter(Thread& thread, Object* object) {
  if (!TRY(try_enter(thread, object))) return held_elsewhere(thread);
  return {};
}

Status enter_with_timeout(Thread& thread, Object* object, int32_t milliseconds, bool, bool* taken) {
  bool entered = TRY(try_enter(thread, object));
  if (!entered && milliseconds < 0) return held_elsewhere(thread);
  *taken = entered;
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

Status pulse_all(Thread& thread, Object* object) {
  TRY(check_owner(thread, object));
  for (Waiter* waiter = state_of(thread).waiters; waiter; waiter = waiter->next)
    if (waiter->object == object) waiter->pulsed = true;
  return {};
}

/// Wakes who has waited longest.
Status pulse(Thread& thread, Object* object) {
  TRY(check_owner(thread, object));
  Waiter* longest = nullptr;
  for (Waiter* waiter = state_of(thread).waiters; waiter; waiter = waiter->next)
    if (waiter->object == object && !waiter->pulsed) longest = waiter;
  if (longest) longest->pulsed = true;
  return {};
}

Result<bool> wait(Thread& thread, Object* object, int32_t milliseconds, bool) {
  TRY(check_owner(thread, object));
  Local<Object> kept(thread.heap(), object);
  State& state = state_of(thread);
  const uint32_t owner = word_of(object).owner(), depth = word_of(object).depth();
  Waiter waiter{object, false, state.waiters};
  state.waiters = &waiter;
  TRY(set_depth(thread, object, owner, 0));
  auto pulsed = [](const void* context) { return static_cast<const Waiter*>(context)->pulsed; };
  Result<bool> result = wait_until(thread, milliseconds, pulsed, &waiter);
  state.waiters = waiter.next;
  TRY(set_depth(thread, object, owner, depth));
  return result;
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
