// Thread: one managed stack and what runs on it.
//
// A stack is an array of 8-byte slots in the region; frames lie in it one after the other, each callee's beginning
// inside its caller's outgoing arguments. `frames_` tells where each begins and where it goes on. localloc takes from
// the stack's other end. invoke() runs a method to its end; inside it managed calls push frames and stay in the same
// loop, so the C++ stack grows only where a native calls back. A stack whose native waits is left as it is (start()
// and resume() give Suspended), others run, and it goes on later.
// What it is not: an operating system's thread. One runs at a time.
#pragma once

#include <memory>
#include <optional>

#include "base/list.h"
#include "interp/services.h"
#include "interp/wait.h"
#include "ir/importer.h"

namespace leanclr::interp {

using abi::Slot;
using gc::Object;
using types::Method;
using types::Type;

/// One call in progress.
struct Frame {
  const ir::Body* body = nullptr;
  const ir::Word* ip = nullptr;   // where it goes on: behind the call, or the instruction at a safepoint
  uint8_t* base = nullptr;        // the frame's first slot
  uint8_t* result = nullptr;      // where the result goes, in the caller's frame
  uint8_t* localloc = nullptr;    // the localloc stack's top when the frame was entered
  const ir::Clause* filter = nullptr;  // the clause whose filter this frame runs; else null
};

class Thread;

/// A stop on its way through the frames: no handler sees it, finally blocks run as long as there is grace.
struct Stop {
  ErrorKind kind = ErrorKind::None;     // None: there is no stop
  Error reason = ErrorKind::None;       // the kind with its message
  Frame* frame = nullptr;               // the one whose finally block runs; null while frames are being left
  const ir::Clause* clause = nullptr;   // that block
  bool leaving() const { return kind != ErrorKind::None && !frame; }
};

/// An exception that nobody catches in the frames entered from here on ends the process: finally blocks are left alone.
/// Ends with the scope.
class UnhandledIsFatal {
 public:
  /// `job`: what is entered is one of CoreLib's job handlers, whose own `catch` only tells the process to fail.
  explicit UnhandledIsFatal(Thread& thread, bool job = false);
  ~UnhandledIsFatal();
  UnhandledIsFatal(const UnhandledIsFatal&) = delete;
  UnhandledIsFatal& operator=(const UnhandledIsFatal&) = delete;

 private:
  Thread& thread_;
  Frame* outer_;
  bool outer_is_job_;
};

struct ThreadOptions {
  uint32_t stack_bytes = 1024 * 1024;  // frames are counted too: as many as there are times kBytesPerFrame in this
  static constexpr uint32_t kBytesPerFrame = 24;
};

class Thread final : public gc::RootSource {
 public:
  static Result<std::unique_ptr<Thread>> create(Services& services, objects::ObjectModel& objects, ThreadOptions options = {});
  ~Thread();

  /// Runs a method to its end on this stack. `args` are laid out as abi::Call has them (a `this` first); `ret` has room
  /// for the result (may be null for void). Collects. Errors: ManagedException (the object is then pending:
  /// take_exception), a kind that ends_run (limits.h), or a load error when the method itself cannot be imported.
  Status invoke(Method& method, const Slot* args, Slot* ret);
  /// As invoke(), on an empty stack that natives may suspend. The error is then Suspended, the frames stay, and
  /// resume() goes on with them; `ret` must live until the end. `is_fatal`: UnhandledIsFatal holds for the whole of it,
  /// `is_job` being its `job`.
  Status start(Method& method, const Slot* args, Slot* ret, bool is_fatal, bool is_job);
  /// Calls the native that suspended the stack again. With a reason, which is one that ends_run, the stack is stopped
  /// instead. Errors: as start().
  Status resume(const ErrorView* stop = nullptr);
  /// Whether a native may suspend the stack now: no native that called managed code stands in between.
  bool may_suspend() const { return is_suspendable_ && runs_ == 1 && stop_.kind == ErrorKind::None; }
  bool is_suspended() const { return is_suspended_; }
  bool is_empty() const { return frame_ < frames_; }
  /// The virtual or interface method that `method` means on args[0], then invoke().
  Status invoke_virtual(Method& method, const Slot* args, Slot* ret);
  /// Runs the type's static constructor if it has not run. Errors: as invoke (TypeInitializationException).
  Status run_static_constructor(Type& type);

  // --- exceptions
  /// Makes `exception` pending; natives return the Error it gives.
  Error raise(Object* exception);
  /// A managed exception of the kind's type, with the error's message, made by running its constructor. Collects.
  Result<Object*> make_exception(const ErrorView& error);
  /// An exception of CoreLib's around another, made by running its constructor that takes the inner one, behind `text`
  /// unless that is empty. Collects.
  Result<Object*> wrap_exception(std::string_view name_space, std::string_view name, std::string_view text, Object* inner);
  bool has_exception() const { return exception_ != nullptr; }
  /// For a callback that C made, which cannot pass an error on: the native call that it belongs to fails with it. What ends
  /// a run needs no help.
  void leave_pending(Error error);
  Object* take_exception() { return std::exchange(exception_, nullptr); }

  /// Collects when the heap asks for it. Every live reference must be rooted.
  void safepoint();
  /// False when what runs must stop: failure_ then says why. Reads the clock where there is a deadline.
  bool poll();
  /// poll() for natives.
  Status check_stop();
  /// What is due behind a native once in a while (Limits::natives_until_check); false when what runs must stop.
  bool check_after_native();

  // --- for natives that look at the stack
  /// The methods that are running, the newest first, inlined ones included: calls visit(context, place) until it
  /// answers false.
  void walk(bool (*visit)(void* context, const ir::Place& place), void* context) const;
  /// The native, or static constructor, because of which may_suspend() is false: managed code that it called is running.
  /// Null: whoever called invoke() is no native.
  const Method* native_in_between() const;
  /// The body of a method, imported when first asked for.
  Result<ir::Body*> body_of(Method& method);
  /// The thread's copy of a type's thread statics.
  uint8_t* thread_statics(Type& type);

  gc::Heap& heap() { return objects_.heap(); }
  types::TypeSystem& types() { return objects_.types(); }
  objects::ObjectModel& objects() { return objects_; }
  Services& services() { return services_; }
  Object* managed_thread = nullptr;  // the System.Threading.Thread object, a root
  bool is_pool_thread = false;       // what that object says of it
  /// What a native on this stack waits for, whether it suspended the stack or holds it on the C++ stack.
  Wait wait;
  void cancel_wait();
  /// System.AppContext, looked up when the first exception is raised; null where it is trimmed away.
  std::optional<Type*> app_context;
  /// Bytes left on the managed stack; fewer where frames run out first.
  size_t stack_left() const;

  void visit_roots(gc::Marker& marker) override;

 private:
  friend class Loop;
  /// The loop has come out after many calls: what is running is worth a better body.
  void improve_newest();
  friend class UnhandledIsFatal;
  friend class Unwinder;
  friend struct SlowPath;
  Thread(Services& services, objects::ObjectModel& objects);
  void mark_frame(gc::Marker& marker, const Frame& frame);
  /// Pushes a frame whose first slot is `base`. Errors: StackOverflow.
  Result<Frame*> push_frame(const ir::Body& body, uint8_t* base, uint8_t* result);
  /// push_frame, with null where there is no room.
  [[gnu::always_inline]] Frame* try_push_frame(const ir::Body& body, uint8_t* base, uint8_t* result);
  /// The first free byte above the newest frame.
  [[gnu::always_inline]] uint8_t* top() const { return frame_ < frames_ ? stack_ : frame_->base + frame_->body->frame_bytes; }
  /// Runs the loop from frame_ until `entry` is left. Gives false when an exception left it (pending).
  bool run(Frame* entry);
  /// StackOverflow, with the method that runs.
  Error overflow() const;
  Result<Object*> make_out_of_memory_exception();
  /// What start() and resume() give, noted.
  Status ended_or_suspended(Status status);
  /// Why a run has not come to its end.
  Error take_failure();
  /// Pushes the frame of an entry from native code and runs it. False: failure_ or exception_ says why.
  [[gnu::always_inline]] bool enter(const ir::Body& body, const Slot* args, Slot* ret);
  bool fits(const uint8_t* base, size_t bytes) const { return bytes <= static_cast<size_t>(localloc_ - base) && localloc_ - base - bytes >= red_zone_; }
  /// What a call of `wanted` reached on an object of `type`: for call sites that see many types.
  struct DispatchEntry {
    const Type* type;
    const Method* wanted;
    Method* found;
  };
  static constexpr uint32_t kDispatchBits = 8;
  DispatchEntry& dispatch_entry(const Type& type, const Method& wanted) {
    return dispatch_cache_[(address_of(&type) ^ address_of(&wanted) << 1) * 0x9E3779B1u >> (32 - kDispatchBits)];
  }
  Services& services_;
  objects::ObjectModel& objects_;
  ir::ImportEnvironment import_environment_;
  uint8_t* stack_ = nullptr;
  uint8_t* stack_end_ = nullptr;
  uint8_t* localloc_ = nullptr;      // grows down from stack_end_
  size_t stack_bytes_ = 0;
  Frame* frames_ = nullptr;
  Frame* frame_ = nullptr;           // the newest; frames_ - 1 … when none
  Frame* frames_end_ = nullptr;
  size_t red_zone_ = 0;              // bytes kept free for making an exception when the stack is full
  Error failure_ = ErrorKind::None;  // why the loop left an instruction, or a run
  uint32_t stress_safepoints_ = 0;
  uint32_t nesting_ = 0;             // invoke() inside natives inside invoke()
  uint32_t runs_ = 0;                // of the loop inside each other
  bool is_suspendable_ = false;      // by start()
  bool is_suspended_ = false;
  int32_t fuel_left_ = 0;            // of the loop's last slice
  Stop stop_;
  Frame* fatal_entry_ = nullptr;     // UnhandledIsFatal: the first frame that it is about
  bool fatal_is_job_ = false;
  Object* exception_ = nullptr;
  List<uint32_t> passed_frames_;  // the Unwinder's, while it looks for a handler
  DispatchEntry dispatch_cache_[1u << kDispatchBits] = {};
  List<uint8_t*> thread_statics_;   // by Type::thread_static_index
  List<Type*> thread_static_types_;
};

}  // namespace leanclr::interp
