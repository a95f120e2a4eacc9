// Thread: creation, the entrances (invoke and its kin), exceptions, thread statics. See thread.h.
#include "interp/thread.h"

#include "base/list.h"
#include "interp/arithmetic.h"
#include "interp/loop.h"
#include "interp/unwind.h"

namespace leanclr::interp {
namespace {

constexpr uint32_t kReservedFrames = 256;      // for making an exception when all others are taken
constexpr size_t kRedZone = 24 * 1024;         // of stack, likewise
constexpr uint32_t kFullStress = 4'000;
constexpr uint32_t kStressPeriod = 101;

}  // namespace

Thread::Thread(Services& services, objects::ObjectModel& objects)
    : services_(services),
      objects_(objects),
      import_environment_{objects.types(), objects,
                          [](void* context, const Method& method) {
                            return static_cast<Thread*>(context)->services_.is_replaced(method);
                          },
                          [](void* context, Method& method) { return static_cast<Thread*>(context)->services_.function_of(method); },
                          this} {}

Result<std::unique_ptr<Thread>> Thread::create(Services& services, objects::ObjectModel& objects, ThreadOptions options) {
  std::unique_ptr<Thread> thread(new Thread(services, objects));
  Region& region = objects.heap().region();
  thread->stack_bytes_ = (options.stack_bytes + 15) & ~size_t{15};
  thread->stack_ = static_cast<uint8_t*>(region.allocate_pages(thread->stack_bytes_));
  if (!thread->stack_) return failure(ErrorKind::OutOfMemory, "no memory for a managed stack");
  thread->stack_end_ = thread->localloc_ = thread->stack_ + thread->stack_bytes_;
  thread->red_zone_ = std::min(kRedZone, thread->stack_bytes_ / 4);
  const uint32_t frames = options.stack_bytes / ThreadOptions::kBytesPerFrame + 1;
  thread->frames_ = static_cast<Frame*>(region.allocate_pages((frames + kReservedFrames) * sizeof(Frame)));
  if (!thread->frames_) return failure(ErrorKind::OutOfMemory, "no memory for a managed stack");
  thread->frames_end_ = thread->frames_ + frames;
  thread->frame_ = thread->frames_ - 1;
  objects.heap().add_root_source(*thread);
  return thread;
}

Thread::~Thread() {
  if (!frames_) return;
  objects_.heap().remove_root_source(*this);
  Region& region = objects_.heap().region();
  region.free_pages(stack_, stack_bytes_);
  for (uint8_t* block : thread_statics_) region.free(block);
  region.free_pages(frames_, static_cast<size_t>(frames_end_ - frames_ + kReservedFrames) * sizeof(Frame));
}

size_t Thread::stack_left() const {
  const auto frames = static_cast<size_t>(frames_end_ - frame_);
  return std::min(static_cast<size_t>(localloc_ - top()), frames * ThreadOptions::kBytesPerFrame);
}

Result<ir::Body*> Thread::body_of(Method& method) {
  if (!method.body) method.body = TRY(ir::import_method(import_environment_, method));
  return method.body;
}

inline Frame* Thread::try_push_frame(const ir::Body& body, uint8_t* base, uint8_t* result) {
  if (frame_ + 1 >= frames_end_ || !fits(base, body.frame_bytes)) return nullptr;
  Frame* frame = ++frame_;
  *frame = {&body, body.code + 1, base, result, localloc_, nullptr};
  return frame;
}

Result<Frame*> Thread::push_frame(const ir::Body& body, uint8_t* base, uint8_t* result) {
  Frame* frame = try_push_frame(body, base, result);
  if (!frame) return overflow();
  return frame;
}

Error Thread::overflow() const {
  std::string text = "the managed stack is full";
  if (frame_ >= frames_) text += ": in " + objects_.types().full_name(*frame_->body->method);
  return failure(ErrorKind::StackOverflow, std::move(text));
}

bool Thread::run(Frame* entry) {
  Limits& limits = services_.limits;
  ++runs_;
  Loop::Exit exit;
  for (;;) {
    // A collection at every safepoint needs the loop to come out at every one.
    const int32_t fuel = heap().stress() ? 0 : limits.slice();
    exit = Loop::run(*this, entry, fuel);
    limits.charge(fuel - fuel_left_);
    if (exit != Loop::Exit::Yielded) break;
    safepoint();
    improve_newest();
    if (poll() || Unwinder(*this, entry).raise()) continue;
    exit = Loop::Exit::Exception;
    break;
  }
  --runs_;
  return exit == Loop::Exit::Returned;
}

void Thread::improve_newest() {
  constexpr ptrdiff_t kFrames = 3;
  for (const Frame* frame = frame_; frame >= frames_ && frame_ - frame < kFrames; --frame) {
    Method& method = *frame->body->method;
    if (frame->body != method.body || !method.body->is_draft) continue;
    // Frames that run the draft keep it; the next call has the new one.
    Result<ir::Body*> body = ir::import_method(import_environment_, method, ir::Effort::Full);
    if (succeeded(body)) method.body = body.value();
    else method.body->is_draft = false;
    return;
  }
}

bool Thread::poll() {
  Limits& limits = services_.limits;
  if (services_.exit_requested) {
    failure_ = ErrorKind::ProcessExit;
  } else if (stop_.kind == ErrorKind::None) {
    Status status = limits.check();
    if (status.ok()) return true;
    failure_ = status.take_error();
  } else {
    if (!stop_.leaving() && limits.in_grace()) return true;
    failure_ = stop_.kind;
  }
  return false;
}

Status Thread::check_stop() {
  if (poll()) return {};
  return std::exchange(failure_, Error(ErrorKind::None));
}

void Thread::leave_pending(Error error) {
  if (error.kind() == ErrorKind::ManagedException || ends_run(error.kind())) return;
  Result<Object*> exception = make_exception(error);
  if (exception.ok()) (void)raise(exception.value());
  else (void)exception.take_error();
}

bool Thread::check_after_native() {
  // The native may have swallowed what ends the run: poll() says it again.
  services_.limits.count_natives_anew();
  return poll();
}

Status Thread::invoke(Method& method, const Slot* args, Slot* ret) {
  if (!method.body) TRY(body_of(method));
  const ir::Body& body = *method.body;
  if (stop_.leaving()) return stop_.reason.clone();
  Slot unused;
  if (!services_.limits.enter(&unused))
    return failure_with(ErrorKind::StackOverflow, "calls between managed and native code nest too deep: %", {types().full_name(method)});
  ++nesting_;
  const bool returned = enter(body, args, ret ? ret : &unused);
  services_.limits.leave();
  if (--nesting_ == 0 && stop_.kind != ErrorKind::None) stop_ = {};
  if (returned) [[likely]] return {};
  return take_failure();
}

inline bool Thread::enter(const ir::Body& body, const Slot* args, Slot* ret) {
  uint8_t* base = top();
  Frame* entry = try_push_frame(body, base, reinterpret_cast<uint8_t*>(ret));
  if (!entry) {
    failure_ = overflow();
    return false;
  }
  copy_slots(base, reinterpret_cast<const uint8_t*>(args), body.argument_bytes);
  clear_bytes(base + body.zero_begin, body.zero_end - body.zero_begin);
  return run(entry);
}

Error Thread::take_failure() {
  Error reason = std::exchange(failure_, Error(ErrorKind::None));
  return exception_ ? Error(ErrorKind::ManagedException) : std::move(reason);
}

Status Thread::start(Method& method, const Slot* args, Slot* ret, bool is_fatal, bool is_job) {
  fatal_entry_ = is_fatal ? frames_ : nullptr;
  fatal_is_job_ = is_job;
  is_suspendable_ = true;
  return ended_or_suspended(invoke(method, args, ret));
}

Status Thread::resume(const ErrorView* stop) {
  Slot here;
  Limits& limits = services_.limits;
  if (!limits.enter(&here)) return ErrorKind::Suspended;  // once calls nest less deep
  is_suspended_ = false;
  ++nesting_;
  --frame_->ip;  // the instruction that calls the native
  if (stop) failure_ = stop->clone();
  bool goes_on = !stop && poll();
  if (!goes_on) goes_on = Unwinder(*this, frames_).raise();
  Status status;
  if (!goes_on || !run(frames_)) status = take_failure();
  --nesting_;
  limits.leave();
  if (nesting_ == 0) stop_ = {};
  return ended_or_suspended(std::move(status));
}

Status Thread::ended_or_suspended(Status status) {
  is_suspended_ = !status.ok() && status.error().kind() == ErrorKind::Suspended;
  if (is_suspended_) return status;
  is_suspendable_ = false;
  fatal_entry_ = nullptr;
  fatal_is_job_ = false;
  return status;
}

void Thread::cancel_wait() {
  const Wait given_up = std::exchange(wait, Wait{});
  if (given_up.cancel) given_up.cancel(*this, given_up);
}

Status Thread::invoke_virtual(Method& method, const Slot* args, Slot* ret) {
  Object* self = args[0].object;
  if (!self) return ErrorKind::NullReference;
  Method* target = TRY(types().find_implementation(*self->type, method));
  const ir::Body& body = *TRY(body_of(*target));
  if (!body.unbox_this) return invoke(*target, args, ret);
  List<Slot> unboxed(args, args + body.argument_bytes / 8);
  gc::Local<Object> kept(heap(), self);
  unboxed[0].address = self ? address_of(self) + types::kObjectHeaderBytes : 0;
  return invoke(*target, unboxed.data(), ret);
}

Status Thread::run_static_constructor(Type& type) {
  using types::CctorState;
  if (type.cctor_state == CctorState::Done) return {};
  TRY(types().ensure(type, types::TypeState::Sized));  // only a linked type knows that it has one
  if (type.cctor_state == CctorState::None || type.cctor_state == CctorState::Running) return {};
  if (type.cctor_state == CctorState::Failed) {
    return raise(heap().handle_target(type.cctor_error));
  }
  const types::MethodSignature& signature = *TRY(types().signature_of(*type.static_constructor));
  if (signature.has_this || !signature.parameters.empty() || signature.return_type->element_type != types::ElementType::Void)
    return failure_with(ErrorKind::TypeLoad, "% takes or returns values", {types().full_name(*type.static_constructor)});
  type.cctor_state = CctorState::Running;
  Status ran = invoke(*type.static_constructor, nullptr, nullptr);
  if (ran.ok()) {
    type.cctor_state = CctorState::Done;
    return {};
  }
  if (ends_run(ran.error().kind())) {
    type.cctor_state = CctorState::Pending;  // it has neither run nor failed: whoever comes next begins anew
    return ran;
  }
  type.cctor_state = CctorState::Failed;
  Object* inner = ran.error().kind() == ErrorKind::ManagedException ? take_exception() : TRY(make_exception(ran.take_error()));
  gc::Local<Object> exception(heap(), TRY(wrap_exception("System", "TypeInitializationException", types().full_name(*type.definition), inner)));
  type.cctor_error = heap().new_handle(exception, gc::HandleKind::Normal);
  return raise(exception);
}

Result<Object*> Thread::wrap_exception(std::string_view name_space, std::string_view name, std::string_view text, Object* inner) {
  gc::Local<Object> cause(heap(), inner);
  Type& type = *TRY(types().type_by_name(*types().known().object->assembly, name_space, name));
  TRY(types().ensure(type, types::TypeState::Complete));
  const size_t count = text.empty() ? 1 : 2;
  Method* constructor = nullptr;
  for (Method& method : type.methods) {
    if (!method.is_constructor()) continue;
    std::span<Type*> parameters = TRY(types().signature_of(method))->parameters;
    const bool takes_text = parameters.size() == 2 && parameters[0] == types().known().string;
    if (parameters.size() == count && parameters.back() == types().known().exception && takes_text == (count == 2)) constructor = &method;
  }
  gc::Local<Object> exception(heap(), objects_.new_object(type));
  Slot args[3];
  args[0].object = exception.get();
  args[1].object = count == 2 ? objects_.new_string(text) : nullptr;
  args[count].object = cause.get();
  if (!exception.get() || !constructor) return ErrorKind::OutOfMemory;
  TRY(invoke(*constructor, args, nullptr));
  return exception.get();
}

Error Thread::raise(Object* exception) {
  exception_ = exception;
  return ErrorKind::ManagedException;
}

/// Without running a constructor, which would want memory too; the message is then its type's default.
Result<Object*> Thread::make_out_of_memory_exception() {
  Object* spare = objects_.spare_exception();
  if (!spare) return ErrorKind::OutOfMemory;
  Object* exception = objects_.new_object(*spare->type);
  if (!exception) exception = spare;
  constexpr int32_t kOutOfMemory = static_cast<int32_t>(0x8007000E);  // COR_E_OUTOFMEMORY
  objects::field_at<int32_t>(exception, objects_.fields().exception_hresult) = kOutOfMemory;
  objects::field_at<Ref<Object>>(exception, objects_.fields().exception_trace_ips) = nullptr;
  return exception;
}

Result<Object*> Thread::make_exception(const ErrorView& error) {
  // With a message there is memory: what was asked for was too much by itself.
  if (error.kind() == ErrorKind::OutOfMemory && error.message().empty()) return make_out_of_memory_exception();
  types::TypeSystem& system = types();
  ManagedErrorType name = managed_type_of(error.kind());
  types::Assembly* home = system.known().object->assembly;
  if (error.kind() == ErrorKind::HostException) {
    home = value_or(system.load_assembly("System.Runtime.InteropServices.JavaScript", "the host"), home);
  }
  Type* found = value_or<Type*>(system.find_type(*home, name.name_space, name.name), nullptr);
  Type& type = found ? *found : *system.known().exception;
  TRY(system.ensure(type, types::TypeState::Complete));
  gc::Local<Object> exception(heap(), objects_.new_object(type));
  if (!exception.get()) {
    heap().collect();
    exception = objects_.new_object(type);
    if (!exception.get()) return make_out_of_memory_exception();
  }
  // A host function's own stack stands behind the message, after a zero (interop/registry.cpp).
  std::string_view message = error.message(), host_stack;
  if (size_t end = message.find('\0'); end != message.npos) {
    host_stack = message.substr(end + 1);
    message = message.substr(0, end);
  }
  bool has_message = !message.empty();
  Method* with_text = nullptr;
  Method* without = nullptr;
  for (Method& method : type.methods) {
    if (!method.is_constructor()) continue;
    const types::MethodSignature& signature = *TRY(system.signature_of(method));
    if (signature.parameters.size() == 1 && signature.parameters[0] == system.known().string) with_text = &method;
    if (signature.parameters.empty()) without = &method;
  }
  Method* constructor = has_message && with_text ? with_text : without;
  if (!constructor || frames_end_ == nullptr) return exception.get();
  // The stack may be full: use what is kept for this, unless it is in use already.
  bool reserve = red_zone_ != 0;
  size_t red_zone = std::exchange(red_zone_, 0);
  if (reserve) frames_end_ += kReservedFrames;
  Slot args[2];
  args[0].object = exception.get();
  if (has_message) args[1].object = objects_.new_string(message);
  Status ran = invoke(*constructor, args, nullptr);
  red_zone_ = red_zone;
  if (reserve) frames_end_ -= kReservedFrames;
  if (!ran.ok()) return ran.take_error();
  // A trimmed class library may lack the constructor that takes the text.
  if (has_message && constructor == without)
    objects::field_at<Ref<Object>>(exception.get(), objects_.fields().exception_message) = objects_.new_string(message);
  if (!host_stack.empty()) {
    objects::String* stack = objects_.new_string(std::string(host_stack) + "\n");
    objects::field_at<Ref<objects::String>>(exception.get(), objects_.fields().exception_remote_stack_trace_string) = stack;
  }
  return exception.get();
}

UnhandledIsFatal::UnhandledIsFatal(Thread& thread, bool job)
    : thread_(thread),
      outer_(std::exchange(thread.fatal_entry_, thread.frame_ + 1)),
      outer_is_job_(std::exchange(thread.fatal_is_job_, job)) {}

UnhandledIsFatal::~UnhandledIsFatal() {
  thread_.fatal_entry_ = outer_;
  thread_.fatal_is_job_ = outer_is_job_;
}

void Thread::safepoint() {
  if (!heap().wants_collection()) return;
  // Stress: every safepoint at first, then one in a hundred, so that long programs come to their end.
  if (heap().stress() && ++stress_safepoints_ > kFullStress && stress_safepoints_ % kStressPeriod != 0) return;
  heap().collect();
  // An exception that leaves a finalizer stays on the finalizers' own stack.
  if (heap().has_finalizable() || services_.finalizer_waits) (void)services_.run_finalizers();
}

void Thread::walk(bool (*visit)(void* context, const ir::Place& place), void* context) const {
  for (const Frame* frame = frame_; frame >= frames_; --frame) {
    const ir::Body& body = *frame->body;
    ir::Place place = body.place_at(static_cast<uint32_t>(frame->ip - body.code) - 1);
    for (; place.method; place = body.caller_of(place))
      if (!visit(context, place)) return;
  }
}

const Method* Thread::native_in_between() const {
  for (const Frame* frame = frame_; frame > frames_; --frame) {
    if (is(frame->body->method->name, ".cctor")) return frame->body->method;
    // A frame that calls stands at the last word of its instruction.
    const ir::Word* word = frame[-1].ip - 1;
    const Method* callee = word > frame[-1].body->code && word[-1].op == ir::Op::CallNative ? objects_.types().method_at(word->low) : nullptr;
    if (callee) return callee;
  }
  return nullptr;
}

uint8_t* Thread::thread_statics(Type& type) {
  uint32_t index = type.thread_static_index;
  if (index >= thread_statics_.size()) {
    thread_statics_.resize(index + 1, nullptr);
    thread_static_types_.resize(index + 1, nullptr);
  }
  if (!thread_statics_[index]) {
    auto* block = static_cast<uint8_t*>(heap().region().allocate(type.thread_static_size));
    if (block) std::memset(block, 0, type.thread_static_size);
    thread_statics_[index] = block;
    thread_static_types_[index] = &type;
  }
  return thread_statics_[index];
}

}  // namespace leanclr::interp
