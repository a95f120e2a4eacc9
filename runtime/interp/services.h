// Services: what the interpreter and the natives ask of the runtime that stands above them (vm/ implements it).
//
// This is how calls go up without includes going up. What it is not: a place for logic of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "abi/native.h"
#include "base/list.h"
#include "interp/limits.h"
#include "metadata/portable_pdb.h"
#include "objects/object_model.h"

namespace leanclr::icalls {
struct State;
}

namespace leanclr::interp {

class Thread;

class Services {
 public:
  /// The native entry of an extern or replaced method: an internal call, or a P/Invoke through the registry.
  /// Errors: MissingInternalCall, EntryPointNotFound, DllNotFound, MarshalDirective, with the full name or key.
  virtual Result<const abi::NativeEntry*> bind_native(Thread& thread, types::Method& method) = 0;
  /// The C function pointer of a static method with [UnmanagedCallersOnly]. Errors: MarshalDirective,
  /// PlatformNotSupported.
  virtual Result<Address> function_of(types::Method& method) = 0;
  /// The method behind such a pointer; null for every other address.
  virtual types::Method* method_of(Address function) = 0;
  /// Calls the C function at an address by a call site's signature. Errors: MarshalDirective, PlatformNotSupported; what a
  /// callback inside it failed with.
  virtual Status call_function(Thread& thread, Address function, const types::MethodSignature& signature, const abi::Slot* args, abi::Slot* ret) = 0;
  /// True when a managed body gives way to a native (icalls/replacements).
  virtual bool is_replaced(const types::Method& method) const = 0;

  /// The RuntimeType object of a type; made when first asked for, kept as long as the runtime. Never collects.
  virtual Result<gc::Object*> mirror_of(types::Type& type) = 0;
  /// The RuntimeAssembly object of an assembly, likewise.
  virtual Result<gc::Object*> mirror_of(types::Assembly& assembly) = 0;

  /// Where in the source an instruction of a method comes from; line 0 when that is not known. Reads symbols when first
  /// asked for an assembly's.
  virtual metadata::SourcePosition source_position(const types::Method& method, uint32_t il_offset) = 0;

  /// Runs the queued finalizers on a managed stack of their own, or goes on with one that waited. Does nothing inside a
  /// finalizer.
  virtual Status run_finalizers() = 0;
  bool finalizer_waits = false;

  // The process as managed code sees it.
  /// An exception that no one catches ends the process: it is written, and the run ends.
  virtual void end_by(gc::Object* exception) = 0;
  /// Ends the run: every stack is left, no managed code sees it. Gives the error for it.
  Error exit(int32_t code) {
    exit_code = code;
    exit_requested = true;
    limits.natives_until_check = 0;
    return ErrorKind::ProcessExit;
  }
  /// A job or timer is due in so many milliseconds: the host comes back for it, unless somebody waits for it before.
  virtual void schedule(double milliseconds) = 0;
  /// Runs one job, timer or stack that is due, on a stack of its own, until it ends or waits; false when nothing is due.
  /// Errors: what ends_run.
  virtual Result<bool> run_other() = 0;
  /// When there is something to run next, by Limits::now; infinity when nothing is pending. Collects.
  virtual double next_due() = 0;
  /// Whether there is a stack for what runs while the running one is suspended; makes one.
  virtual bool has_spare_stack() = 0;
  List<Thread*> stacks;  // every one there is
  /// Waits for so long or less, since a request to stop may come from another thread; the host may do so busily.
  virtual void sleep(double milliseconds) = 0;
  virtual void write(int32_t fd, const uint8_t* bytes, uint32_t size) = 0;
  virtual const std::vector<std::string>& arguments() const = 0;  // of Main
  virtual types::Assembly* entry_assembly() const = 0;
  virtual std::string_view property(std::string_view key) const = 0;  // AppContext; empty when unset
  icalls::State* native_state = nullptr;  // what the natives keep; the runtime's, set before the first call
  int32_t exit_code = 0;       // Environment.ExitCode
  bool exit_requested = false; // by exit()
  bool aborting = false;       // by FailFast: no event is raised
  Limits limits;

 protected:
  ~Services() = default;
};

}  // namespace leanclr::interp
