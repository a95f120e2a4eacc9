// The seed API at work: its function, invoker and registration as tests/seed/seed-api.md has them, under an
// assembly whose Main calls Add. That the blocks compile unchanged is tests/seed/'s business.
#include "public/leanclr.hpp"
#include "unit/ir/il_assembler.h"
#include "unit/ir/program.h"
#include "unit/types/assembly_writer.h"

using namespace leanclr;

namespace {

int32_t my_add(int32_t a, int32_t b) { return a + b; }

RtResultVoid my_add_invoker(metadata::RtManagedMethodPointer, const metadata::RtMethodInfo*,
                            const interp::RtStackObject* params, interp::RtStackObject* ret) {
  size_t offset = 0;
  auto a = RuntimeApi::get_argument<int32_t>(params, offset);
  auto b = RuntimeApi::get_argument<int32_t>(params, offset);
  int32_t result = my_add(a, b);
  RuntimeApi::set_return_value<int32_t>(ret, result);
  RET_VOID_OK();
}

void RegisterCustomPInvokeMethods() {
  RuntimeApi::register_pinvoke_func("[CoreTests]test.CustomPInvoke::Add(System.Int32,System.Int32)",
                                    (vm::PInvokeFunction)&my_add, my_add_invoker);
}

/// CoreTests.dll: test.CustomPInvoke with `static extern int Add(int, int)` and `static int Main() => Add(20,
/// 22)`.
std::string core_tests() {
  using namespace leanclr::test;
  AssemblyWriter code("CoreTests");
  code.type("CustomPInvoke", AssemblyWriter::kObject, 0x1, "test");
  constexpr uint16_t kExtern = AssemblyWriter::kStatic | AssemblyWriter::kPInvoke;
  uint32_t add = code.method("Add", method_signature({kI4, kI4, kI4}), {}, kExtern);
  code.imports(add, "CustomNativeLib.dll", "Add");
  code.entry_point(code.method("Main", method_signature({kI4}),
                               assemble("ldc.i4.s 20; ldc.i4.s 22; call " + std::to_string(add) + "; ret")));
  Buffer bytes = code.build();
  return std::string(bytes.begin(), bytes.end());
}

struct Started {
  std::string output;
  RtResultVoid status;
  Started() {
    vm::RuntimeOptions options;
    if (const char* folder = std::getenv("LEANCLR_TEST_ASSEMBLIES"))
      options.library_directories.push_back(folder);
    options.load_assembly = [](std::string_view name) {
      return name == "CoreTests" ? core_tests() : std::string();
    };
    options.write = [this](int, std::string_view text) { output += text; };
    vm::Runtime::configure(std::move(options));
    status = vm::Runtime::Initialize();
  }
  ~Started() { vm::Runtime::Shutdown(); }
};

}  // namespace

namespace leanclr::test {

TEST(the_seed_api_runs) {
  (void)REQUIRE_WORLD();
  Started runtime;
  REQUIRE(!runtime.status.is_err());
  RegisterCustomPInvokeMethods();
  EXPECT_EQ(runtime.output, "");
  Result<int32_t> code = vm::Runtime::run_main("CoreTests");
  EXPECT(code.ok() && code.value() == 42);
}

TEST(deduced_invokers_replace_hand_written_ones) {
  (void)REQUIRE_WORLD();
  Started runtime;
  REQUIRE(runtime.status.is_ok());
  EXPECT(register_pinvoke<&my_add>("test.CustomPInvoke::Add").is_ok());
  Result<int32_t> code = vm::Runtime::run_main("CoreTests");
  EXPECT(code.ok() && code.value() == 42);
  RegisterCustomPInvokeMethods();
  EXPECT_EQ(RuntimeApi::list_pinvokes().empty(), false);
  EXPECT(RuntimeApi::unregister_pinvoke("test.CustomPInvoke::Add").is_ok());
  code = vm::Runtime::run_main("CoreTests");
  EXPECT(code.ok() && code.value() == 42);
}

TEST(a_function_pointer_is_called_by_the_managed_signature) {
  (void)REQUIRE_WORLD();
  Started runtime;
  REQUIRE(runtime.status.is_ok());
  int32_t (*chosen)(int32_t, int32_t) = my_add;
  EXPECT(register_pinvoke("[CustomNativeLib]Add", chosen).is_ok());
  Result<int32_t> code = vm::Runtime::run_main("CoreTests");
  EXPECT(code.ok() && code.value() == 42);
  // The same in C, and another function.
  EXPECT(RuntimeApi::unregister_pinvoke("[CustomNativeLib]Add").is_ok());
  int32_t (*multiply)(int32_t, int32_t) = [](int32_t a, int32_t b) { return a * b; };
  auto* function = reinterpret_cast<void (*)(void)>(multiply);
  EXPECT_EQ(leanclr_register_function(vm::Runtime::current(), "test.CustomPInvoke::Add", function), LEANCLR_OK);
  code = vm::Runtime::run_main("CoreTests");
  EXPECT(code.ok() && code.value() == 440);
}

TEST(failed_registrations_are_values_and_text) {
  EXPECT(register_pinvoke<&my_add>("A::B").is_err());  // no runtime yet
  (void)REQUIRE_WORLD();
  Started runtime;
  REQUIRE(runtime.status.is_ok());
  Registration bad = register_pinvoke<&my_add>("no key");
  EXPECT(bad.is_err() && bad.error().kind() == ErrorKind::Argument);
  EXPECT(runtime.output.find("leanclr: 'no key': Argument: ") == 0);
  RegisterCustomPInvokeMethods();
  Registration twice =
      RuntimeApi::register_pinvoke_func("[CoreTests]test.CustomPInvoke::Add(System.Int32,System.Int32)",
                                        (vm::PInvokeFunction)&my_add, my_add_invoker);
  EXPECT(twice.is_err() && twice.error().kind() == ErrorKind::DuplicateEntry);
}

TEST(an_unregistered_extern_is_an_exception) {
  (void)REQUIRE_WORLD();
  Started runtime;
  REQUIRE(runtime.status.is_ok());
  Result<int32_t> code = vm::Runtime::run_main("CoreTests");
  REQUIRE(!code.ok());
  EXPECT_EQ(code.take_error().kind(), ErrorKind::ManagedException);
  EXPECT(runtime.output.find(
             "Unhandled exception. System.DllNotFoundException: Unable to load library 'CustomNativeLib'") ==
         0);
  EXPECT(runtime.output.find("[CoreTests]test.CustomPInvoke::Add(System.Int32,System.Int32)") !=
         std::string::npos);
}

}  // namespace leanclr::test
