// Calls that no compiler writes: jmp, function pointers made of numbers, delegates with another's method.
#include "unit/interp/machine.h"
#include "unit/test.h"

namespace leanclr::test {

TEST(jmp_passes_the_arguments_on_as_they_are_now) {
  Machine machine(REQUIRE_WORLD());
  uint32_t subtract = machine.program.method("Subtract", {kI4, kI4, kI4}, "ldarg.0; ldarg.1; sub; ret");
  std::string jump = "jmp " + std::to_string(subtract);
  machine.program.method("M", {kI4, kI4, kI4}, "ldarg.0; ldc.i4.1; add; starg 0; " + jump);
  machine.program.method("Fewer", {kI4, kI4}, jump);
  REQUIRE(machine.program.load());
  EXPECT_EQ(machine.run("M", {5, 2}), "= 4");
  EXPECT(machine.run("Fewer", {5}).find("jmp to a method with another signature") != std::string::npos);
}

TEST(a_number_is_no_function) {
  Machine machine(REQUIRE_WORLD());
  AssemblyWriter& code = machine.program.code;
  const uint32_t one = machine.program.method("One", {kI4, kI4}, "ldarg.0; ldc.i4.1; add; ret");
  const uint32_t two = machine.program.method("Two", {kI4, kI4}, "ldarg.0; ldc.i4.2; add; ret");
  const uint32_t length = machine.program.method("Text", {kI4, kString}, "ldarg.0; brtrue.s some; ldc.i4.0; ret; some: ldc.i4.1; ret");
  const std::string takes_number = "calli " + std::to_string(code.signature({0, 1, kI4, kI4}));
  const std::string takes_object = "calli " + std::to_string(code.signature({0, 1, kI4, kObject}));
  const std::string gives_nothing = "calli " + std::to_string(code.signature({0, 1, kVoid, kI4}));
  auto function = [](uint32_t method) { return "ldftn " + std::to_string(method); };
  // One call site, two functions, then a number.
  machine.program.method("Call", {kI4, kI4, kI}, "ldarg.0; ldarg.1; " + takes_number + "; ret");
  const std::string call = "call " + std::to_string(0x06000004);
  machine.program.method("M", {kI4, kI4},
                         "ldarg.0; " + function(one) + "; " + call + "; " + function(two) + "; " + call + "; " + function(one) + "; " + call + "; ret");
  machine.program.method("Number", {kI4, kI4}, "ldc.i4.7; ldarg.0; conv.i; " + call + "; ret");
  machine.program.method("Inside", {kI4}, "ldc.i4.7; " + function(one) + "; ldc.i4.8; add; " + call + "; ret");
  machine.program.method("OtherKind", {kI4}, "ldc.i4.7; " + function(length) + "; " + call + "; ret");
  machine.program.method("Reference", {kI4}, "ldstr " + std::to_string(code.literal("text")) + "; " + function(one) + "; " + takes_object + "; ret");
  machine.program.method("NoResult", {kI4}, "ldc.i4.7; " + function(one) + "; " + gives_nothing + "; ldc.i4.0; ret");
  machine.program.method("Fits", {kI4}, "ldstr " + std::to_string(code.literal("text")) + "; " + function(length) + "; " + takes_object + "; ret");
  REQUIRE(machine.program.load());
  EXPECT_EQ(machine.run("M", {10}), "= 14");
  EXPECT_EQ(machine.run("Fits"), "= 1");
  for (int32_t number : {1, 8, 1234, 0x10000000, 0x10008000, 0x7FFFFFF8, -8})
    EXPECT_EQ(machine.run("Number", {number}), "threw System.InvalidProgramException");
  for (const char* name : {"Inside", "OtherKind", "Reference", "NoResult"})
    EXPECT_EQ(machine.run(name), "threw System.InvalidProgramException");
}

TEST(ldvirtftn_answers_for_the_delegates_own_target) {
  Machine machine(REQUIRE_WORLD());
  AssemblyWriter& code = machine.program.code;
  const uint32_t object = code.type_ref("System", "Object"), text = code.type_ref("System", "String");
  const uint32_t function = code.type_spec({0x15, kClass, static_cast<uint8_t>(ref_index(code.type_ref("System", "Func`1") & 0xFFFFFF)), 1, kString});
  const std::string make = "newobj " + std::to_string(code.member_ref(0x1B000000 | function, ".ctor", {0x20, 2, kVoid, kObject, kI}));
  const std::string invoke = "callvirt " + std::to_string(code.member_ref(0x1B000000 | function, "Invoke", {0x20, 0, 0x13, 0}));
  const std::string to_string = "ldvirtftn " + std::to_string(code.member_ref(object, "ToString", {0x20, 0, kString}));
  const std::string length = "callvirt " + std::to_string(code.member_ref(text, "get_Length", {0x20, 0, kI4}));
  const std::string string = "ldstr " + std::to_string(code.literal("four"));
  // Int32's ToString would read a string as a number.
  machine.program.method("M", {kI4}, string + "; ldc.i4 1234567; box " + std::to_string(code.type_ref("System", "Int32")) + "; " + to_string +
                                         "; " + make + "; " + invoke + "; " + length + "; ret");
  EXPECT_EQ(machine.run("M"), "= 4");
}

TEST(only_exceptions_are_thrown) {
  Machine machine(REQUIRE_WORLD());
  machine.program.method("M", {kVoid}, "ldstr " + std::to_string(machine.program.code.literal("text")) + "; throw");
  EXPECT_EQ(machine.run("M"), "threw System.InvalidCastException");
}

}  // namespace leanclr::test
