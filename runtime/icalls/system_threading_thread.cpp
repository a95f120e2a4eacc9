// System.Threading.Thread: the object of the running stack and its state. New threads cannot be started.
#include "icalls/event_loop.h"
#include "icalls/shared.h"
#include "icalls/thread_object.h"

namespace leanclr::icalls {

namespace {

Status set_identity(Thread& thread, Object* object) {
  int32_t id = state_of(thread).next_thread_id++;
  TRY(set_field<int32_t>(thread, object, "managed_id", id));
  TRY(set_field<int32_t>(thread, object, "small_id", id));
  TRY(set_field<int64_t>(thread, object, "thread_id", int64_t{id}));
  constexpr int32_t kNormalPriority = 2;
  TRY(set_field<int32_t>(thread, object, "priority", kNormalPriority));
  return set_field(thread, object, "self", object);
}

}  // namespace

Result<Object*> thread_object(Thread& thread) {
  if (thread.managed_thread) return thread.managed_thread;
  if (!thread.types().known().thread) return failure(ErrorKind::TypeLoad, "System.Threading.Thread");
  Type& type = *thread.types().known().thread;
  TRY(thread.types().ensure(type, TypeState::Complete));
  Object* object = TRY(allocated(thread.objects().new_object(type)));
  TRY(set_identity(thread, object));
  constexpr int32_t kBackground = 4;  // System.Threading.ThreadState
  if (thread.is_pool_thread) {
    TRY(set_field<int32_t>(thread, object, "state", kBackground));
    TRY(set_field<bool>(thread, object, "threadpool_thread", true));
  }
  thread.managed_thread = object;
  return object;
}

Result<uint32_t> thread_small_id(Thread& thread) {
  Object* object = TRY(thread_object(thread));
  return objects::field_at<uint32_t>(object, TRY(field_offset(thread, *object->type, "small_id")));
}

namespace {

/// System.Threading.ThreadState.
constexpr int32_t kUnstarted = 8;

Result<int32_t*> state_field(Thread& thread, Object* object) {
  if (!object) return ErrorKind::NullReference;
  return &objects::field_at<int32_t>(object, TRY(field_offset(thread, *object->type, "state")));
}

Result<int32_t> get_state(Thread& thread, Object* object) { return *TRY(state_field(thread, object)); }

Status set_state(Thread& thread, Object* object, int32_t bits) {
  *TRY(state_field(thread, object)) |= bits;
  return {};
}

Status clear_state(Thread& thread, Object* object, int32_t bits) {
  *TRY(state_field(thread, object)) &= ~bits;
  return {};
}

/// The constructor of a Thread that is not started yet.
Status initialize(Thread& thread, Object* object) {
  TRY(set_identity(thread, object));
  return set_state(thread, object, kUnstarted);
}

Status set_priority(Thread& thread, Object* object, int32_t priority) {
  return set_field<int32_t>(thread, object, "priority", priority);
}

Status start(Thread&, Object*, int32_t) {
  return not_supported("Threads cannot be started: the runtime runs one thread of execution.");
}

/// A thread that was never started cannot be joined; the running one would wait for itself.
Status join_check(Thread& thread, Object* object) {
  if (TRY(get_state(thread, object)) & kUnstarted)
    return failure(ErrorKind::InvalidOperation, "Thread has not been started.");
  return {};
}
Result<bool> join(Thread& thread, Object* object, int32_t milliseconds) {
  TRY(join_check(thread, object));
  if (milliseconds >= 0) return false;
  return not_supported("Thread.Join on the running thread would wait for ever.");
}

Status interrupt(Thread&, Object*) {
  return not_supported("Thread.Interrupt: no other thread of execution can be waiting.");
}

void nothing_to_free(Object*) {}
void name_is_kept_in_managed_field(Object*, const char16_t*, int32_t) {}

/// Thread.Yield and Sleep(0): one other thing that is due runs first.
Result<bool> yield(Thread& thread) {
  if (!thread.may_suspend() || !thread.services().has_spare_stack()) return thread.services().run_other();
  if (std::exchange(thread.wait, interp::Wait{}).is_over) return true;
  thread.wait.is_over = [](const interp::Wait&, double) { return true; };
  thread.wait.order = ++state_of(thread).last_wait;
  return Error(ErrorKind::Suspended);
}

uint64_t os_thread_id() { return 1; }

constexpr NativeEntry kRows[] = {
    native<clear_state>("ClrState"),
    native<nothing_to_free>("FreeInternal"),
    native<os_thread_id>("GetCurrentOSThreadId"),
    allocating<thread_object>("GetCurrentThread"),
    native<get_state>("GetState"),
    native<initialize>("InitInternal"),
    native<interrupt>("InterruptInternal"),
    native<join>("JoinInternal"),
    native<name_is_kept_in_managed_field>("SetName_icall"),
    native<set_priority>("SetPriority"),
    native<set_state>("SetState"),
    native<start>("StartInternal"),
    native<yield>("YieldInternal"),
};

}  // namespace

constinit const NativeClass kSystemThreadingThread{"System.Threading.Thread", kRows};

}  // namespace leanclr::icalls
