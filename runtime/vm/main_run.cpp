// Runs: Main from its start to the exit code, the jobs and timers that it leaves for later included.
//
// The compiler puts a synthesised entry point over an asynchronous Main, which blocks until Main's task is done. The
// runtime calls Main itself, and the host comes back for what is due (run_pending) until the task is done. What the entry
// point does with the task then happens here. A Main that blocks is gone on with in the same way (stacks.cpp).
#include <limits>

#include "icalls/event_loop.h"
#include "interp/app_events.h"
#include "interp/trace.h"
#include "vm/entry.h"

namespace leanclr::vm {

using types::ElementType;
using types::Method;
using types::Type;

namespace {

constexpr int32_t kUnhandledExitCode = 134;  // what a shell reports of dotnet: 128 + SIGABRT
/// After so many milliseconds the host gets its turn, though more be due.
constexpr double kTurnMilliseconds = 10;

/// §II.15.4.1.2: static, not generic, string[] or nothing in, an int32, uint32 or nothing out.
bool is_entry_point(const Method& main, const types::WellKnownTypes& known) {
  const types::MethodSignature& signature = *main.signature;
  const Type& result = *signature.return_type;
  if (!main.is_static() || signature.has_this || main.is_generic_definition() || main.declaring_type->flags.generic_definition) return false;
  if (result.element_type != ElementType::Void && &result != known.int32 && &result != known.uint32) return false;
  if (signature.parameters.size() > 1) return false;
  return signature.parameters.empty() ||
         (signature.parameters[0]->element_type == ElementType::SzArray && signature.parameters[0]->element == known.string);
}

bool is_task(const Type& type) { return is(type.name_space, "System.Threading.Tasks") && (is(type.name, "Task") || is(type.name, "Task`1")); }

/// The Main that gives a task, behind an entry point that the compiler synthesised for it; null when there is none.
Result<Method*> task_method_of(types::TypeSystem& types, Method& entry) {
  if (!is(entry.name, "<Main>")) return nullptr;
  for (Method& method : entry.declaring_type->methods) {
    if (!is(method.name, "Main") && !is(method.name, "<Main>$")) continue;
    if (!method.is_static() || method.is_generic_definition()) continue;
    const types::MethodSignature& signature = *TRY(types.signature_of(method));
    const auto& parameters = entry.signature->parameters;
    if (is_task(*signature.return_type) &&
        std::equal(parameters.begin(), parameters.end(), signature.parameters.begin(), signature.parameters.end()))
      return &method;
  }
  return nullptr;
}

/// A method without parameters, of the type or one of its bases.
Result<Method*> member(types::TypeSystem& types, Type& owner, std::string_view name) {
  for (Type* type = &owner; type; type = type->parent) {
    TRY(types.ensure(*type, types::TypeState::Complete));
    if (Method* found = types.find_method(*type, name, 0)) {
      TRY(types.signature_of(*found));
      return found;
    }
  }
  return failure_with(ErrorKind::MissingMethod, "%::%", {types.full_name(owner), name});
}

}  // namespace

Result<gc::Object*> Clr::make_arguments() {
  Type& vector = *TRY(types_->vector_of(*types_->known().string));
  TRY(types_->ensure(vector, types::TypeState::Complete));
  objects::Array* array = objects_->new_vector(vector, static_cast<uint32_t>(arguments_.size()));
  if (!array) return ErrorKind::OutOfMemory;
  for (size_t i = 0; i < arguments_.size(); ++i) {
    gc::Object* text = objects_->new_string(std::string_view(arguments_[i]));
    if (!text) return ErrorKind::OutOfMemory;
    array->elements<Ref<gc::Object>>()[i] = text;
  }
  return static_cast<gc::Object*>(array);
}

Result<Method*> Clr::find_main(std::string_view name) {
  types::Assembly& assembly = *TRY(types_->load_assembly(name, "the host"));
  metadata::Token entry = assembly.image().entry_point();
  if (entry.is_nil()) return failure(ErrorKind::MissingMethod, "the assembly has no entry point", {assembly.file_name(), ErrorPlace::kUnknown, ErrorPlace::kUnknown});
  Method& main = *TRY(types_->resolve_method(assembly, entry, {}));
  TRY(types_->signature_of(main));
  if (!is_entry_point(main, types_->known()))
    return failure_with(ErrorKind::MissingMethod, "% cannot be an entry point", {types_->full_name(main)}, assembly.image().place(entry));
  entry_assembly_ = &assembly;
  return &main;
}

Result<Clr::Run> Clr::start_main(std::string_view name, std::vector<std::string> arguments) {
  if (!started()) return failure(ErrorKind::InvalidOperation, "the runtime is not started");
  if (main_.entry || limits.entries()) return failure(ErrorKind::InvalidOperation, "a run or call is going on already");
  Method& main = *TRY(find_main(name));
  arguments_ = std::move(arguments);
  exit_code = 0;
  Entry entry(*this);
  return begin_main(main);
}

Result<Clr::Run> Clr::begin_main(Method& main) {
  Stack* stack = TRY(free_stack(false));
  main_.entry = &main;
  abi::Slot args;
  Result<Method*> task_method = task_method_of(*types_, main);
  Status status;
  {
    interp::UnhandledIsFatal fatal(*thread_);
    status = task_method.ok() ? thread_->run_static_constructor(*main.declaring_type) : Status(task_method.take_error());
    if (status.ok() && !main.signature->parameters.empty()) {
      Result<gc::Object*> made = make_arguments();
      if (made.ok()) args.object = made.value();
      else status = made.take_error();
    }
  }
  if (!status.ok()) return finish_run(std::move(status));
  if (task_method.value()) main_.task_type = task_method.value()->signature->return_type;
  TRY(begin(*stack, Work::Main, task_method.value() ? *task_method.value() : main, &args));
  return look_after_main();
}

Status Clr::main_returned(Stack& stack, Status status) {
  const abi::Slot& result = stack.result[0];
  if (main_.task_type) {
    if (status.ok() && result.object) {
      main_.task = heap_->new_handle(result.object, gc::HandleKind::Normal);
      return {};
    }
    status = behind_entry(*main_.entry, status.ok() ? Status(ErrorKind::NullReference) : std::move(status));
  } else if (status.ok() && main_.entry->signature->return_type->element_type != ElementType::Void) {
    exit_code = result.i4;
  }
  if (!status.ok() && status.error().kind() == ErrorKind::ManagedException) {
    end_by(thread_->take_exception());
    status = ErrorKind::ProcessExit;
  }
  main_.has_ended = true;
  if (!status.ok()) main_.error = status.take_error();
  return {};
}

Result<Clr::Run> Clr::look_after_main() {
  if (main_.has_ended) return finish_run(main_.error.kind() == ErrorKind::None ? Status() : Status(std::move(main_.error)));
  if (!main_.task) return Run::Pending;
  abi::Slot task, done;
  task.object = heap_->handle_target(main_.task);
  Result<Method*> is_completed = member(*types_, *main_.task_type, "get_IsCompleted");
  Status status = is_completed.ok() ? thread_->invoke(*is_completed.value(), &task, &done) : Status(is_completed.take_error());
  if (status.ok() && !done.i4) return Run::Pending;
  if (status.ok()) status = take_result();
  return finish_run(behind_entry(*main_.entry, std::move(status)));
}

/// `task.GetAwaiter().GetResult()`: the exit code, or what Main threw.
Status Clr::take_result() {
  Method& get_awaiter = *TRY(member(*types_, *main_.task_type, "GetAwaiter"));
  Type& awaiter = *get_awaiter.signature->return_type;
  Method& get_result = *TRY(member(*types_, awaiter, "GetResult"));
  // The awaiter is a struct; its methods get its address, which must be one that managed code can hold.
  auto* place = static_cast<abi::Slot*>(region_->allocate(abi::slots_for(awaiter.value_size) * sizeof(abi::Slot)));
  if (!place) return ErrorKind::OutOfMemory;
  abi::Slot self, result;
  self.object = heap_->handle_target(main_.task);
  Status status = thread_->invoke(get_awaiter, &self, place);
  self.address = address_of(place);
  if (status.ok()) status = thread_->invoke(get_result, &self, &result);
  region_->free(place);
  if (status.ok() && get_result.signature->return_type->element_type != ElementType::Void) exit_code = result.i4;
  return status;
}

/// An exception has passed the entry point too.
Status Clr::behind_entry(Method& entry, Status status) {
  if (status.ok() || status.error().kind() != ErrorKind::ManagedException) return status;
  gc::Local<gc::Object> exception(*heap_, thread_->take_exception());
  const uint32_t frame[] = {address_of(&entry), interp::kNoInstruction};
  interp::append_trace(*objects_, exception, frame);
  return thread_->raise(exception);
}

Result<Clr::Run> Clr::finish_run(Status status) {
  if (!status.ok() && status.error().kind() == ErrorKind::ManagedException) {
    end_by(thread_->take_exception());
    status = ErrorKind::ProcessExit;
  }
  if (!status.ok()) stop_stacks(status.error());
  if (main_.task) heap_->free_handle(main_.task);
  main_ = {};
  exit_requested = false;
  if (std::exchange(ended_by_exception_, false)) {
    (void)succeeded(status);
    return last_error();
  }
  if (status.ok() || status.error().kind() == ErrorKind::ProcessExit) {
    (void)succeeded(status);
    if (!std::exchange(aborting, false)) interp::raise_process_exit(*thread_);
    return Run::Ended;
  }
  exit_code = kUnhandledExitCode;
  if (status.error().kind() == ErrorKind::StackOverflow) write_error("Stack overflow.\n");
  return status.take_error();
}

void Clr::end_by(gc::Object* exception) {
  gc::Local<gc::Object> kept(*heap_, exception);
  interp::raise_unhandled(*thread_, kept);
  last_exception_ = describe_exception(kept);
  write_error("Unhandled exception. " + last_exception_.text + "\n");
  ended_by_exception_ = true;
  (void)exit(kUnhandledExitCode);
}

Result<Clr::Run> Clr::run_pending(double* next) {
  *next = std::numeric_limits<double>::infinity();
  if (!started() || limits.entries() != 0) return failure(ErrorKind::InvalidOperation, "nothing can be run from here");
  Entry entry(*this);
  Result<Run> run = run_due();
  drop_free_stacks();
  if (run.ok()) *next = std::max(0.0, std::min(next_due(), limits.deadline()) - limits.now());
  return run;
}

Result<Clr::Run> Clr::run_due() {
  const double end = limits.now() + kTurnMilliseconds;
  for (;;) {
    Result<bool> worked = run_other();
    if (!worked.ok()) {
      if (main_.entry) return finish_run(worked.take_error());
      const bool has_told = has_calls();  // the calls tell why they were stopped
      stop_stacks(worked.error());
      exit_requested = false;
      if (!has_told) return describe(worked.take_error());
      (void)succeeded(worked);
      return Run::Ended;
    }
    if (main_.entry && TRY(look_after_main()) == Run::Ended) return Run::Ended;
    if (!worked.value() || limits.now() >= end) return main_.entry ? Run::Pending : Run::Ended;
  }
}

Result<int32_t> Clr::run_main(std::string_view assembly, std::vector<std::string> arguments) {
  Run run = TRY(start_main(assembly, std::move(arguments)));
  while (run == Run::Pending) {
    double next;
    run = TRY(run_pending(&next));
    if (run == Run::Ended) break;
    if (next == std::numeric_limits<double>::infinity()) return TRY(give_up());
    if (next > 0) sleep(next);
  }
  return exit_code;
}

Result<int32_t> Clr::give_up() {
  Entry entry(*this);
  Error reason = failure(ErrorKind::Deadlock, "Main waits for a task that nothing can complete: no job and no timer is pending.");
  if (main_.entry) TRY(finish_run(std::move(reason)));
  else stop_stacks(reason);
  return exit_code;
}

}  // namespace leanclr::vm
