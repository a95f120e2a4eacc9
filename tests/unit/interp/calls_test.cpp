// Calls that no compiler writes: jmp.
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

}  // namespace leanclr::test
