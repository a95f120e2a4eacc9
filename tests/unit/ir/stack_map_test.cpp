// Which slots hold references: for the whole method, and on the evaluation stack at each safepoint.
#include "unit/ir/program.h"

namespace leanclr::test {
namespace {

std::string show(std::span<const ir::Root> roots) {
  std::string text;
  for (const ir::Root& root : roots)
    text += (text.empty() ? "r" : " r") + std::to_string(root.offset / 8) +
            (root.kind == ir::RootKind::Interior ? "&" : "");
  return text;
}

/// The map of the instruction that has that name.
std::string map_of(const ir::Body& body, std::string_view name) {
  for (uint32_t pc = 0; pc < body.code_length; pc += ir::op_info(body.code[pc].op).words()) {
    const ir::OpInfo& info = ir::op_info(body.code[pc].op);
    if (ir::name_of(body.code[pc].op) != name) continue;
    uint32_t at = name.substr(0, 4) == "call" ? pc + info.words() - 1 : pc;
    const ir::StackMap* map = body.stack_map_at(at);
    return map ? show(map->roots) : "none";
  }
  return "no such instruction";
}

}  // namespace

TEST(arguments_and_locals_are_roots_throughout) {
  Program program(REQUIRE_WORLD());
  program.method("M", {kVoid, kObject, kI4, kByRef, kI4}, "ret", {kI4, kString, kByRef, kI4});
  ir::Body& body = *REQUIRE_OK(program.import("M"));
  EXPECT_EQ(show(body.roots), "r0 r2& r4 r5&");
  EXPECT_EQ(body.argument_bytes, 24);
  EXPECT_EQ(body.zero_begin, 24);
  EXPECT_EQ(body.zero_end, 48);
}

TEST(a_call_lists_the_references_below_its_arguments) {
  Program program(REQUIRE_WORLD());
  std::string call = "call " + std::to_string(program.method("F", {kI4, kObject}, "ldnull; throw"));
  // A kept object, an int, and the argument: the callee's frame looks after that one.
  program.method("M", {kObject, kObject},
                 "ldarg.0; dup; stloc.0; ldc.i4.1; ldarg.0; " + call + "; add; pop; ret", {kObject});
  ir::Body& body = *REQUIRE_OK(program.import("M"));
  EXPECT_EQ(map_of(body, "call"), "none");  // the object is still read from the argument
  program.heap().collect();

  Program other(REQUIRE_WORLD());
  call = "call " + std::to_string(other.method("F", {kObject, kObject}, "ldnull; throw"));
  other.method("M", {kVoid, kObject},
               "ldarg.0; " + call + "; ldc.i4.1; ldarg.0; " + call + "; pop; pop; pop; ret");
  ir::Body& twice = *REQUIRE_OK(other.import("M"));
  EXPECT_EQ(one_line(twice).find("call r1 r1 P::F") != std::string::npos, true);
  const ir::StackMap* map = nullptr;
  for (const ir::StackMap& each : twice.stack_maps) map = &each;
  REQUIRE(map != nullptr);
  EXPECT_EQ(show(map->roots), "r1");  // the first result waits on the stack while the second call runs
}

TEST(a_new_vector_keeps_what_waits_on_the_stack) {
  Program program(REQUIRE_WORLD());
  uint32_t object = program.code.type_ref("System", "Object");
  std::string call = "call " + std::to_string(program.method("F", {kObject}, "ldnull; throw"));
  program.method("M", {kVoid}, call + "; ldc.i4.3; newarr " + std::to_string(object) + "; pop; pop; ret");
  ir::Body& body = *REQUIRE_OK(program.import("M"));
  EXPECT_EQ(map_of(body, "call"), "none");
  EXPECT_EQ(map_of(body, "new.vector"), "r0");
}

}  // namespace leanclr::test
