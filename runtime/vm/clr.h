// Clr: one runtime. Owns the region, the types, the heap, the threads and the registry, and answers interp::Services.
//
// Life: create → add_assembly / set_property / registry → start → run_main and call, any number of times → destruction.
// Nothing is shared between two Clrs. What it is not: a host; output, assemblies and host functions come from Host.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/list.h"
#include "gc/root_ranges.h"
#include "icalls/state.h"
#include "interop/delegate_pointers.h"
#include "interop/unmanaged_calls.h"
#include "interop/registry.h"
#include "interp/thread.h"
#include "vm/stack.h"
#include "vm/symbols.h"

namespace leanclr::vm {

/// What the embedder supplies; see leanclr_host. Null functions do nothing.
struct Host {
  void* context = nullptr;
  void (*write)(void* context, int32_t fd, const uint8_t* bytes, uint32_t size) = nullptr;
  int32_t (*resolve_assembly)(void* context, const char* name, const char* requested_by) = nullptr;
  int32_t (*resolve_symbols)(void* context, const char* file_name) = nullptr;
  int32_t (*call)(void* context, uint32_t id, const char* signature, const abi::Slot* args, abi::Slot* ret) = nullptr;
  void (*schedule)(void* context, double milliseconds) = nullptr;
  void (*sleep)(void* context, double milliseconds) = nullptr;  // null: the operating system's
  double (*now)(void* context) = nullptr;                       // null: the operating system's
  interop::HostCode code;                                       // its context is not used
};

struct Options {
  uint32_t stack_bytes = 0;    // of managed code; 0: 1 MiB
  size_t memory_limit = 0;     // bytes; 0: 512 MiB natively, 2 GiB in wasm
  bool gc_stress = false;
  bool trace_calls = false;  // of C and C++ functions: Registry::trace_calls
  interp::Budget budget;       // of every run and every call from outside
  Host host;
};

/// A managed exception as the host sees it.
struct ExceptionInfo {
  std::string type;      // "System.InvalidOperationException"
  std::string message;
  std::string stack;     // Exception.StackTrace
  std::string text;      // Exception.ToString(); of an inner one, empty
  std::unique_ptr<ExceptionInfo> inner;  // InnerException
};

class Clr final : public interp::Services, private gc::RootSource {
 public:
  static Result<std::unique_ptr<Clr>> create(const Options& options);
  ~Clr();

  /// `bytes` come from region().allocate and become the runtime's, also on failure.
  Status add_assembly(std::string file_name, uint8_t* bytes, uint32_t size);
  /// A PDB under its file name ("App.pdb"); `bytes` likewise. It is read when a trace wants lines.
  void add_symbols(std::string file_name, uint8_t* bytes, uint32_t size) { symbols_->add(std::move(file_name), bytes, size); }
  Status set_property(std::string key, std::string value);
  /// Binds System.Private.CoreLib (asks the host for it), makes the first thread, runs AppContext.Setup.
  Status start();
  bool started() const { return thread_ != nullptr; }

  /// Whether Main has come to its end: exit_code is then what it gave.
  enum class Run : uint8_t { Ended, Pending };
  /// Runs an assembly's entry point. Pending: Main is asynchronous and waits; run_pending goes on with it. Errors:
  /// FileNotFound, MissingMethod (no entry point), load errors, what ends_run, InvalidOperation (a run is going on), and
  /// ManagedException for an unhandled exception, which has then been written to stderr.
  Result<Run> start_main(std::string_view assembly, std::vector<std::string> arguments);
  /// Runs the jobs and timers that are due, and ends a run whose Main is done with them. `next`: milliseconds until there
  /// is more to do, infinity when nothing is pending. Without a run it is always Ended. Errors, as start_main's, end the
  /// run.
  Result<Run> run_pending(double* next);
  /// Ends a run that waits, with Deadlock: the host knows that nothing can wake it.
  Result<int32_t> give_up();
  /// start_main, then run_pending until the run has ended. Errors besides: Deadlock, when Main waits and nothing is
  /// pending.
  Result<int32_t> run_main(std::string_view assembly, std::vector<std::string> arguments);
  /// Asks what runs to stop, a run that waits included; any thread may. Nothing happens when nothing runs.
  void interrupt() { limits.interrupt(); }
  /// The budget of every run and every call from outside that begins from now on.
  void set_budget(const interp::Budget& budget) { options_.budget = budget; }
  /// A static method by its key ("[Assembly]Ns.Type::Method(System.Int32)"; assembly and parameters may be left out).
  /// Errors: Argument, MissingMethod, AmbiguousEntry.
  Result<types::Method*> find_method(std::string_view key);
  /// C code has called a function pointer that the runtime made (interop::NativeCode). An error that no native call waits
  /// for is written to stderr.
  void enter_callback(uint32_t number, const abi::Slot* args, abi::Slot* ret);
  /// Calls a method, `this` first; `is_virtual`: the one that it means on that object. Errors: ManagedException (see
  /// last_exception), load errors.
  Status call(types::Method& method, const abi::Slot* args, abi::Slot* ret, bool is_virtual = false);
  /// As call() of a static method that may wait: gives the call's number where it does, and 0 where the result is in `ret`.
  Result<uint32_t> begin_call(types::Method& method, const abi::Slot* args, abi::Slot* ret);
  /// A call that has ended since: its number, 0 when there is none. `ret` has room for what such methods return. Errors:
  /// as call(), of the call whose number `*call` then has.
  Status take_call(uint32_t* call, abi::Slot* ret);
  // host_values.cpp: what hosts need besides, to read and write values of any type.
  /// A type by its name as reflection has it, behind "[Assembly]" where that is known. Errors: TypeLoad, load errors.
  Result<types::Type*> find_type(std::string_view name);
  /// A type's static fields, its static constructor run. Collects. Errors: as call's.
  Result<uint8_t*> statics_of(types::Type& type);
  /// A zeroed object, or an array of that length; null when out of memory. Its constructor has not run.
  Result<gc::Object*> new_object(types::Type& type, uint32_t length);
  /// A delegate that calls the host (interop::Registry::kDelegateCall).
  Result<gc::Object*> new_host_delegate(types::Type& type);
  /// A JSException. Collects.
  Result<gc::Object*> new_host_exception(std::string_view message, std::string_view stack);
  /// Makes a host function throw `exception`, whose trace so far becomes `trace` unless that is empty.
  void throw_from_host(gc::Object* exception, std::string_view trace);
  /// What last_exception() is about; null when nothing is.
  gc::Object* last_exception_object() const { return last_exception_handle_ ? heap_->handle_target(last_exception_handle_) : nullptr; }
  /// Memory in which the host keeps references: each word between a block's header and its top keeps the object alive
  /// that it points into.
  struct HostRoots {
    Address next;  // block, or 0
    Address top;
  };
  Address host_roots = 0;  // the first block
  /// The exception of the last failed run_main or call.
  const ExceptionInfo& last_exception() const { return last_exception_; }
  /// Makes last_exception() the inner one of what it was; false when there is none.
  bool show_inner_exception();

  /// Registry::externs of an assembly by its simple name. Errors: FileNotFound, load errors.
  Result<std::string> externs(std::string_view assembly);
  interop::Registry& registry() { return *registry_; }
  types::TypeSystem& types() { return *types_; }
  objects::ObjectModel& objects() { return *objects_; }
  gc::Heap& heap() { return *heap_; }
  Region& region() { return *region_; }
  /// Memory that the host shares with managed code.
  gc::RootRanges& root_ranges() { return root_ranges_; }
  /// The managed stack that runs, or that a call from outside would run on.
  interp::Thread& thread() { return *thread_; }

  // interp::Services
  Result<const abi::NativeEntry*> bind_native(interp::Thread& thread, types::Method& method) override;
  bool is_replaced(const types::Method& method) const override;
  Result<Address> function_of(types::Method& method) override { return unmanaged_calls_->address_of_method(method); }
  types::Method* method_of(Address function) override { return unmanaged_calls_->method_at(function); }
  Status call_function(interp::Thread& thread, Address function, const types::MethodSignature& signature, const abi::Slot* args, abi::Slot* ret) override {
    return unmanaged_calls_->call(thread, function, signature, args, ret);
  }
  Result<gc::Object*> mirror_of(types::Type& type) override;
  Result<gc::Object*> mirror_of(types::Assembly& assembly) override;
  metadata::SourcePosition source_position(const types::Method& method, uint32_t il_offset) override;
  Status run_finalizers() override;
  void end_by(gc::Object* exception) override;
  void schedule(double milliseconds) override;
  Result<bool> run_other() override;
  double next_due() override;
  bool has_spare_stack() override;
  void sleep(double milliseconds) override;
  void write(int32_t fd, const uint8_t* bytes, uint32_t size) override;
  const std::vector<std::string>& arguments() const override { return arguments_; }
  types::Assembly* entry_assembly() const override { return entry_assembly_; }
  std::string_view property(std::string_view key) const override;

 private:
  explicit Clr(const Options& options) : options_(options) {}
  void visit_roots(gc::Marker& marker) override;
  Status set_up_app_context();
  class Entry;
  // stacks.cpp
  class Running;
  /// A stack that no work is on; made where there is none. Pool threads' stacks are never the first.
  Result<Stack*> free_stack(bool for_pool);
  /// Where many waited at once. Only while nothing runs.
  void drop_free_stacks();
  Result<Stack*> new_stack(const interp::ThreadOptions& options, bool for_pool);
  /// The stack of what comes from outside while nothing runs.
  interp::Thread* front_thread();
  /// Runs a method on a free stack until it ends or waits. Errors: what ends_run.
  Status begin(Stack& stack, Work work, types::Method& method, const abi::Slot* args);
  /// Goes on with a suspended stack, or stops it.
  Status resume(Stack& stack, const ErrorView* stop = nullptr);
  /// The stack waits, or its work has ended.
  Status gone_on(Stack& stack, Status status);
  /// Ends what waits; no finally block runs for ProcessExit.
  void stop_stacks(const ErrorView& reason);
  bool is_ready(const Stack& stack) const;
  /// The stack that waits no more, and has waited longest; null when there is none.
  Stack* next_ready();
  Result<bool> begin_due_work();
  /// Whether calls are going on, or have ended and nobody knows.
  bool has_calls() const;
  void end_call(Stack& stack, Status status);
  // main_run.cpp
  /// What the assembly's DllImportResolver answers for a method's library; empty when there is none.
  Result<std::string> resolve_library(interp::Thread& thread, types::Method& method);
  Result<gc::Object*> make_arguments();
  const std::string* find_property(std::string_view key) const;
  void store_property(std::string key, std::string value);
  Result<types::Method*> find_main(std::string_view assembly);
  Result<Run> begin_main(types::Method& main);
  Status main_returned(Stack& stack, Status status);
  Result<Run> look_after_main();
  Status take_result();
  Status behind_entry(types::Method& entry, Status status);
  /// The run ends with this: the exit code is settled, an unhandled exception written.
  Result<Run> finish_run(Status status);
  Result<Run> run_due();
  Result<bool> run_one();
  void write_error(std::string_view text);
  [[gnu::always_inline]] bool needs_preparing(const types::Method& method) const {
    return heap_->wants_collection() || method.declaring_type->cctor_state == types::CctorState::Pending;
  }
  Status prepare_call(types::Method& method, const abi::Slot* args);
  /// A call from outside ends while others wait, or a run goes on.
  void leave_others();
  [[gnu::always_inline]] void end_outermost() {
    limits.finish();
    exit_requested = false;
  }
  /// Turns an error of invoke into what callers get; remembers the exception.
  Error describe(Error error);
  /// ManagedException, with last_exception_'s type and message.
  Error last_error() const;
  ExceptionInfo describe_exception(gc::Object* exception, uint32_t depth = 0);
  /// What a getter, or ToString, gives; null when it throws.
  gc::Object* reference_property(gc::Object* object, std::string_view method);
  std::string text_property(gc::Object* object, std::string_view method);
  Options options_;
  std::unique_ptr<Region> region_;
  std::unique_ptr<Symbols> symbols_;
  std::unique_ptr<types::TypeSystem> types_;
  std::unique_ptr<gc::Heap> heap_;
  std::unique_ptr<objects::ObjectModel> objects_;
  std::unique_ptr<interop::Marshalling> marshalling_;
  std::unique_ptr<interop::Registry> registry_;
  std::unique_ptr<interop::DelegatePointers> delegate_pointers_;
  std::unique_ptr<interop::UnmanagedCalls> unmanaged_calls_;
  std::unique_ptr<icalls::State> state_;
  OwningList<Stack> stacks_;          // the first one is the main thread's
  interp::Thread* thread_ = nullptr;  // see thread()
  uint32_t working_stacks_ = 0;       // those whose work is not None
  Stack* finalizer_stack_ = nullptr;  // made for the first finalizer
  bool finalizing_ = false;
  bool stack_was_last_ = false;       // waiting stacks and what is new take turns
  uint32_t last_call_ = 0;
  /// A Call that has ended.
  struct EndedCall {
    uint32_t call = 0;
    Error error = ErrorKind::None;
    ExceptionInfo exception;
    uint32_t exception_handle = 0;
    uint32_t handle = 0;  // of a result that is a reference; else 0
    List<abi::Slot> result;
  };
  std::vector<EndedCall> ended_calls_;
  List<uint8_t*> assembly_bytes_;
  gc::RootRanges root_ranges_;
  std::vector<std::pair<std::string, std::string>> properties_;  // a few dozen
  std::vector<std::string> arguments_;
  types::Assembly* entry_assembly_ = nullptr;
  ExceptionInfo last_exception_;
  uint32_t last_exception_handle_ = 0;
  bool ended_by_exception_ = false;  // exit() was called for one, which is last_exception_
  /// The run that is going on.
  struct {
    types::Method* entry = nullptr;    // the entry point; null: there is no run
    types::Type* task_type = nullptr;  // Task or Task<int>, of an asynchronous Main
    uint32_t task = 0;                 // handle of what it gave; 0: Main has not returned
    bool has_ended = false;
    Error error = ErrorKind::None;     // by which it has; None: by none
  } main_;
};

}  // namespace leanclr::vm
