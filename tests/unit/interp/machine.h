// Machine: a written program on a Thread of its own, with natives from a table. For tests of interp/ and
// interop/.
#pragma once

#include <vector>

#include "interp/thread.h"
#include "unit/ir/program.h"

namespace leanclr::test {

class Machine : private interp::Services {
 public:
  using interp::Services::limits;
  explicit Machine(std::unique_ptr<World> world) : program(std::move(world)) {}

  Program program;

  /// How extern methods are bound; by default nothing is there.
  Result<const abi::NativeEntry*> (*bind)(void* context, types::Method& method) = nullptr;
  void* bind_context = nullptr;

  /// Runs a static method of the program with int32 arguments. "= 42", or the error's text, or the type of
  /// what it threw.
  std::string run(std::string_view name, std::initializer_list<int32_t> arguments = {});
  interp::Thread& thread();

 private:
  Result<const abi::NativeEntry*> bind_native(interp::Thread& thread, types::Method& method) override;
  bool is_replaced(const types::Method&) const override { return false; }
  Result<Address> function_of(types::Method&) override { return ErrorKind::PlatformNotSupported; }
  types::Method* method_of(Address) override { return nullptr; }
  Status call_function(interp::Thread&, Address, const types::MethodSignature&, const abi::Slot*, abi::Slot*) override {
    return ErrorKind::PlatformNotSupported;
  }
  Result<gc::Object*> mirror_of(types::Type&) override { return ErrorKind::NotSupported; }
  Result<gc::Object*> mirror_of(types::Assembly&) override { return ErrorKind::NotSupported; }
  metadata::SourcePosition source_position(const types::Method&, uint32_t) override { return {}; }
  Status run_finalizers() override { return {}; }
  Result<bool> run_other() override { return false; }
  double next_due() override { return std::numeric_limits<double>::infinity(); }
  bool has_spare_stack() override { return false; }
  void end_by(gc::Object*) override {}
  void schedule(double) override {}
  void sleep(double) override {}
  void write(int32_t, const uint8_t*, uint32_t) override {}
  const std::vector<std::string>& arguments() const override { return arguments_; }
  types::Assembly* entry_assembly() const override { return nullptr; }
  std::string_view property(std::string_view) const override { return {}; }

  std::vector<std::string> arguments_;
  std::unique_ptr<interp::Thread> thread_;
};

}  // namespace leanclr::test
