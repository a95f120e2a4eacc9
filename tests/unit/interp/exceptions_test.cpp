// Exceptions through hand-written handlers: the order of two passes, finally blocks in finally blocks,
// filters, faults.
//
// Methods log what they pass as decimal digits in a static field, so that a wrong order is a wrong number.
// What is thrown is an object of the program's own, which needs no constructor of the class library.
#include "unit/interp/logging_machine.h"

namespace leanclr::test {
TEST(finally_blocks_run_inside_out_before_the_handler) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4},
              "outer: inner: $1; $T; inner_end: one: $2; endfinally; two: $3; endfinally;"
              "handler: pop; $4; leave.s end; end: $L; ret;"
              ".finally inner inner_end one two; .finally outer two two handler; .catch outer handler "
              "handler end $E");
  EXPECT_EQ(machine.run("M"), "= 1234");
}

TEST(finally_blocks_run_on_the_normal_path) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add(
      "M", {kI4},
      "outer: inner: $1; leave.s after; one: $2; endfinally; after: $3; leave.s end; two: $4; endfinally;"
      "end: $L; ret; .finally inner one one after; .finally outer two two end");
  EXPECT_EQ(machine.run("M"), "= 1234");
}

TEST(filters_run_before_anything_is_unwound) {
  LoggingMachine machine(REQUIRE_WORLD());
  uint32_t thrower = machine.add(
      "Thrower", {kVoid}, "try: $1; $T; handler: $3; endfinally; end: ret; .finally try handler handler end");
  machine.add(
      "M", {kI4},
      "try: call " + std::to_string(thrower) +
          "; leave.s end; filter: pop; $2; ldc.i4.1; endfilter; handler: pop; $4; leave.s end; end: $L; ret;"
          ".filter try filter handler end filter");
  EXPECT_EQ(machine.run("M"), "= 1234");
}

TEST(a_filter_that_declines_lets_the_search_go_on) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4},
              "outer: try: $1; $T; filter: pop; $2; ldc.i4.0; endfilter; declined: pop; $9; leave.s end;"
              "handler: pop; $3; leave.s end; end: $L; ret;"
              ".filter try filter declined handler filter; .catch outer handler handler end $E");
  EXPECT_EQ(machine.run("M"), "= 123");
}

TEST(an_exception_inside_a_filter_counts_as_no) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4},
              "outer: try: $1; $T; filter: pop; $2; $T; ldc.i4.1; endfilter; declined: pop; $9; leave.s end;"
              "handler: pop; $3; leave.s end; end: $L; ret;"
              ".filter try filter declined handler filter; .catch outer handler handler end $E");
  // Code behind a throw is never reached, so the filter has no endfilter that counts.
  EXPECT_EQ(machine.run("M"), "= 123");
}

TEST(a_filter_sees_and_changes_the_locals) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add(
      "M", {kI4},
      "try: ldc.i4.s 40; stloc.0; $T; filter: pop; ldloc.0; ldc.i4.2; add; stloc.0; ldc.i4.1; endfilter;"
      "handler: pop; leave.s end; end: ldloc.0; ret; .filter try filter handler end filter",
      {kI4});
  EXPECT_EQ(machine.run("M"), "= 42");
}

TEST(fault_blocks_run_for_exceptions_only) {
  LoggingMachine machine(REQUIRE_WORLD());
  const char* il =
      "outer: try: $1; ldarg.0; brfalse.s skip; $T; skip: leave.s end; fault: $2; endfinally;"
      "handler: pop; $3; leave.s end; end: $L; ret; .fault try fault fault handler; .catch outer handler "
      "handler end $E";
  machine.add("M", {kI4, kI4}, il);
  EXPECT_EQ(machine.run("M", {0}), "= 1");
  EXPECT_EQ(machine.run("M", {1}), "= 1123");
}

TEST(an_exception_in_a_finally_block_takes_over) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4},
              "outer: try: $1; $T; inner: $2; $T; handler: pop; $3; leave.s end; end: $L; ret;"
              ".finally try inner inner handler; .catch outer handler handler end $E");
  EXPECT_EQ(machine.run("M"), "= 123");
}

TEST(rethrow_passes_the_same_object_on) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4},
              "outer: try: newobj 0x06000003; dup; stloc.0; throw; first: pop; $1; rethrow;"
              "second: ldloc.0; ceq; call 0x06000001; leave.s end; end: $L; ret;"
              ".catch try first first second $E; .catch outer second second end $E",
              {kObject});
  EXPECT_EQ(machine.run("M"), "= 11");
}

TEST(what_nobody_catches_leaves_the_thread) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4},
              "try: $1; $T; handler: $2; endfinally; end: $L; ret; .finally try handler handler end");
  EXPECT_EQ(machine.run("M"), "threw E");
  EXPECT_EQ(machine.run("Get"), "= 12");
  EXPECT(!machine.thread().has_exception());
}

TEST(deep_recursion_unwinds_on_one_stack) {
  LoggingMachine machine(REQUIRE_WORLD());
  // static int M(int n) { if (n == 0) throw new E(); return M(n - 1) + 1; } and a catch around the first call
  uint32_t self = 0x06000004;
  machine.add("M", {kI4, kI4},
              "ldarg.0; brtrue.s more; $T; more: ldarg.0; ldc.i4.1; sub; call " + std::to_string(self) +
                  "; ldc.i4.1; add; ret");
  machine.add("N", {kI4, kI4},
              "try: ldarg.0; call " + std::to_string(self) +
                  "; pop; leave.s end; handler: pop; $7; leave.s end; end: $L; ret; .catch try handler "
                  "handler end $E");
  EXPECT_EQ(machine.run("N", {5000}), "= 7");
}

}  // namespace leanclr::test
