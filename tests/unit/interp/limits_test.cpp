// Stops: budgets, interruption, full stacks, and what runs on their way through the frames. What is logged is explained
// in exceptions_test.cpp.
#include "interp/limits.h"
#include "unit/interp/logging_machine.h"

namespace leanclr::test {
namespace {

/// The run's answer under a budget, and what it logged.
std::string run_under(LoggingMachine& machine, interp::Budget budget, std::string_view name,
                      std::initializer_list<int32_t> arguments = {}) {
  machine.limits.start(budget);
  std::string answer = machine.run(name, arguments);
  machine.limits.finish();
  return answer.substr(0, answer.find(':')) + ", log " + machine.run("Get").substr(2);
}

constexpr interp::Budget kCounted{0, 10'000};
constexpr const char* kEndless = "again: br again";
constexpr double kSlowness = 100;  // milliseconds that sanitizers and a busy machine may add

}  // namespace

TEST(an_endless_loop_stops_when_its_instructions_are_used_up) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4}, "again: ldsfld 0x04000001; ldc.i4.1; add; stsfld 0x04000001; br again");
  EXPECT_EQ(run_under(machine, kCounted, "M"), "BudgetExceeded, log 10000");
  // The same again: statics stay, and the count is the same.
  EXPECT_EQ(run_under(machine, kCounted, "M"), "BudgetExceeded, log 20000");
  EXPECT(!machine.thread().has_exception());
}

TEST(an_endless_loop_stops_at_its_deadline) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4}, kEndless);
  machine.run("Get");  // loads
  const double begin = machine.limits.now();
  EXPECT_EQ(run_under(machine, {30, 0}, "M"), "BudgetExceeded, log 0");
  const double taken = machine.limits.now() - begin;
  EXPECT(taken >= 30);
  EXPECT(taken < 30 + 10 + kSlowness);
}

TEST(a_stop_runs_finally_and_fault_blocks_and_no_handler) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4},
              "a: b: c: again: br again; one: $1; endfinally; two: $2; endfinally; three: pop; $3; leave.s end;"
              "end: $L; ret;"
              ".finally a one one two; .fault a two two three; .catch a three three end $E");
  EXPECT_EQ(run_under(machine, kCounted, "M"), "BudgetExceeded, log 12");
}

TEST(a_stop_asks_no_filter) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4},
              "try: again: br again; filter: pop; $2; ldc.i4.1; endfilter; handler: pop; $4; leave.s end;"
              "end: $L; ret; .filter try filter handler end filter");
  EXPECT_EQ(run_under(machine, kCounted, "M"), "BudgetExceeded, log 0");
}

TEST(an_endless_finally_block_stops) {
  LoggingMachine machine(REQUIRE_WORLD());
  // On the normal path, and as part of a stop; the finally block around it runs.
  machine.add("Normal", {kI4},
              "a: b: leave.s end; one: nop; again: br again; two: $2; endfinally; end: $L; ret;"
              ".finally b one one two; .finally a two two end");
  machine.add("Stopped", {kI4},
              "a: again: br again; one: $1; more: br more; two: end: $L; ret; .finally a one one two");
  EXPECT_EQ(run_under(machine, kCounted, "Normal"), "BudgetExceeded, log 2");
  machine.run("Get");  // loads
  const double begin = machine.limits.now();
  EXPECT_EQ(run_under(machine, kCounted, "Stopped"), "BudgetExceeded, log 21");
  EXPECT(machine.limits.now() - begin < 20 + kSlowness);
}

TEST(an_endless_filter_stops) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4},
              "outer: try: $T; filter: pop; $1; again: br again; handler: pop; $9; leave.s end;"
              "two: $2; endfinally; end: $L; ret;"
              ".filter try filter handler two filter; .finally outer two two end");
  EXPECT_EQ(run_under(machine, kCounted, "M"), "BudgetExceeded, log 12");
}

TEST(what_a_finally_block_throws_in_a_stop_gets_no_further) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("Inside", {kI4},
              "a: again: br again; one: c: $T; caught: pop; $1; leave.s rest; rest: $2; endfinally; two: end: $L; ret;"
              ".catch c caught caught rest $E; .finally a one one two");
  machine.add("Outside", {kI4},
              "outer: a: again: br again; one: $3; $T; two: pop; $9; leave.s end; end: $L; ret;"
              ".finally a one one two; .catch outer two two end $E");
  EXPECT_EQ(run_under(machine, kCounted, "Inside"), "BudgetExceeded, log 12");
  EXPECT_EQ(run_under(machine, kCounted, "Outside"), "BudgetExceeded, log 123");
}

TEST(a_request_stops_what_runs) {
  LoggingMachine machine(REQUIRE_WORLD());
  machine.add("M", {kI4}, kEndless);
  machine.limits.start({});
  machine.limits.interrupt();
  EXPECT_EQ(machine.run("M"), "Interrupted: the host asked for a stop");
  machine.limits.finish();
  EXPECT_EQ(machine.run("Get"), "= 0");
}

TEST(endless_recursion_is_no_managed_exception) {
  LoggingMachine machine(REQUIRE_WORLD());
  uint32_t self = machine.next_method;
  machine.add("M", {kI4, kI4},
              "ldarg.0; ldc.i4.1; add; call " + std::to_string(self) + "; ret");
  machine.add("N", {kI4},
              "outer: try: ldc.i4.0; call " + std::to_string(self) + "; pop; leave.s end; one: $1; endfinally;"
              "two: pop; $9; leave.s end; end: $L; ret; .finally try one one two; .catch outer two two end $E");
  EXPECT_EQ(machine.run("N").substr(0, 13), "StackOverflow");
  EXPECT_EQ(machine.run("Get"), "= 1");
  EXPECT_EQ(machine.run("N").substr(0, 13), "StackOverflow");
}

TEST(recursion_in_a_finally_block_of_a_full_stack_ends) {
  LoggingMachine machine(REQUIRE_WORLD());
  // static void M() { try { M(); } finally { M(); } }: without a bound on the time of such blocks this ends
  // after 2^40,000 calls.
  uint32_t self = machine.next_method;
  std::string call = "call " + std::to_string(self) + "; ";
  machine.add("M", {kVoid}, "try: " + call + "leave.s end; one: " + call + "endfinally; end: ret; .finally try one one end");
  EXPECT_EQ(machine.run("M").substr(0, 13), "StackOverflow");
}

}  // namespace leanclr::test
