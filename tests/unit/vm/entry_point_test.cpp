// What may be an entry point, and what the other ways in refuse.
#include <vector>

#include "unit/ir/il_assembler.h"
#include "unit/ir/program.h"
#include "vm/clr.h"

namespace leanclr::test {
namespace {

/// A runtime with the class library and the written assembly "App".
struct Runtime {
  explicit Runtime(World& world) : world(world) {
    vm::Options options;
    options.host.context = this;
    options.host.resolve_assembly = [](void* context, const char* name, const char*) -> int32_t {
      auto* self = static_cast<Runtime*>(context);
      std::vector<uint8_t> bytes = self->world.read(name);
      return !bytes.empty() && self->add(std::string(name) + ".dll", bytes);
    };
    auto created = vm::Clr::create(options);
    CHECK(created.ok());
    clr = created.take_value();
    CHECK(clr->start().ok());
  }
  bool add(std::string file_name, const Buffer& bytes) {
    auto* copy = static_cast<uint8_t*>(clr->region().allocate(bytes.size()));
    std::copy(bytes.begin(), bytes.end(), copy);
    return succeeded(clr->add_assembly(std::move(file_name), copy, static_cast<uint32_t>(bytes.size())));
  }

  World& world;
  std::unique_ptr<vm::Clr> clr;
};

/// "= 42" or the error of running an App whose Main has that signature and flags.
std::string run(World& world, const Buffer& signature, std::string_view il,
                uint16_t flags = AssemblyWriter::kStatic) {
  Runtime runtime(world);
  AssemblyWriter code("App");
  code.type("Program", AssemblyWriter::kObject);
  code.entry_point(code.method("Main", signature, assemble(il), flags));
  CHECK(runtime.add("App.dll", code.build()));
  auto result = runtime.clr->run_main("App", {"one", "two"});
  return result.ok() ? "= " + std::to_string(result.value()) : std::string(name_of(result.take_error().kind()));
}

}  // namespace

TEST(main_takes_strings_or_nothing) {
  auto world = REQUIRE_WORLD();
  EXPECT_EQ(run(*world, {0, 0, kI4}, "ldc.i4.s 42; ret"), "= 42");
  EXPECT_EQ(run(*world, {0, 0, kVoid}, "ret"), "= 0");
  EXPECT_EQ(run(*world, {0, 1, kI4, kSzArray, kString}, "ldarg.0; ldlen; ret"), "= 2");
}

TEST(other_methods_are_no_entry_points) {
  auto world = REQUIRE_WORLD();
  EXPECT_EQ(run(*world, {0, 1, kI4, kI4}, "ldarg.0; ret"), "MissingMethod");
  EXPECT_EQ(run(*world, {0, 2, kI4, kSzArray, kString, kI4}, "ldarg.1; ret"), "MissingMethod");
  EXPECT_EQ(run(*world, {0, 1, kVoid, kSzArray, kI4}, "ret"), "MissingMethod");
  EXPECT_EQ(run(*world, {0, 0, kString}, "ldnull; ret"), "MissingMethod");
  EXPECT_EQ(run(*world, {0x20, 0, kI4}, "ldc.i4.0; ret", 0), "MissingMethod");
}

TEST(invalid_programs_are_exceptions_in_managed_code) {
  auto world = REQUIRE_WORLD();
  EXPECT_EQ(run(*world, {0, 0, kI4}, "add; ret"), "InvalidProgram");
  // catch (Exception) around a call of a broken method
  Runtime runtime(*world);
  AssemblyWriter code("App");
  uint32_t exception = code.type_ref("System", "InvalidProgramException");
  code.type("Program", AssemblyWriter::kObject);
  uint32_t broken = code.method("Broken", {0, 0, kVoid}, assemble("add; ret"));
  std::string il = "try: call " + std::to_string(broken) +
                   "; leave.s bad; handler: pop; leave.s good; bad: ldc.i4.0; ret; good: ldc.i4.s 42; ret;"
                   ".catch try handler handler bad " +
                   std::to_string(exception);
  code.entry_point(code.method("Main", {0, 0, kI4}, assemble(il)));
  CHECK(runtime.add("App.dll", code.build()));
  auto result = runtime.clr->run_main("App", {});
  EXPECT(result.ok() && result.value() == 42);
}

TEST(runtimes_go_on_after_an_error) {
  auto world = REQUIRE_WORLD();
  Runtime runtime(*world);
  EXPECT(!runtime.add("Bad.dll", {'M', 'Z', 0, 0}));
  auto missing = runtime.clr->run_main("Nowhere", {});
  REQUIRE(!missing.ok());
  EXPECT_EQ(missing.take_error().kind(), ErrorKind::FileNotFound);
  AssemblyWriter code("App");
  code.type("Program", AssemblyWriter::kObject);
  code.entry_point(code.method("Main", {0, 0, kI4}, assemble("ldc.i4.s 42; ret")));
  EXPECT(runtime.add("App.dll", code.build()));
  auto result = runtime.clr->run_main("App", {});
  EXPECT(result.ok() && result.value() == 42);
}

}  // namespace leanclr::test
