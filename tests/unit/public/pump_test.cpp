// The C interface's pump: a Main that waits is gone on with from outside, under budgets, and stopped from
// other threads.
#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>

#include "public/leanclr.h"
#include "unit/ir/il_assembler.h"
#include "unit/ir/program.h"

namespace leanclr::test {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

constexpr double kSlowness = 2'000;  // what sanitizers and a busy machine may add

/// A started runtime with an assembly App, written in IL.
class Pump {
 public:
  explicit Pump(World& world) : world_(world), code_("App") {
    leanclr_options options = {};
    options.size = sizeof options;
    options.host.context = this;
    options.host.resolve_assembly = [](void* self, const char* name, const char*) {
      return static_cast<Pump*>(self)->resolve(name);
    };
    options.host.schedule = [](void* self, double milliseconds) {
      static_cast<Pump*>(self)->scheduled = milliseconds;
    };
    CHECK(leanclr_create(&options, &runtime) == LEANCLR_OK);
    CHECK(resolve("System.Private.CoreLib") && leanclr_start(runtime) == LEANCLR_OK);
    code_.type("Program", AssemblyWriter::kObject);
  }
  ~Pump() { leanclr_destroy(runtime); }

  /// `static int Main()`.
  void synchronous(const std::string& il) {
    code_.entry_point(code_.method("Main", {0, 0, kI4}, assemble(il)));
    load();
  }
  /// `static Task Main()`, behind the entry point that compilers make for it.
  void asynchronous(const std::string& il) {
    code_.method("Main", {0, 0, kClass, task_index()}, assemble(il));
    code_.entry_point(code_.method("<Main>", {0, 0, kVoid}, assemble("ret")));
    load();
  }
  std::string delay(int milliseconds) {
    const uint32_t method = code_.member_ref(task(), "Delay", {0, 1, kClass, task_index(), kI4});
    return "ldc.i4 " + std::to_string(milliseconds) + "; call " + std::to_string(method);
  }
  std::string exit_code(int code) {
    const uint32_t environment = code_.type_ref("System", "Environment");
    return "ldc.i4 " + std::to_string(code) + "; call " +
           std::to_string(code_.member_ref(environment, "set_ExitCode", {0, 1, kVoid, kI4}));
  }
  /// A task that nobody completes.
  std::string never() {
    const uint32_t source = code_.type_ref("System.Threading.Tasks", "TaskCompletionSource");
    return "newobj " + std::to_string(code_.member_ref(source, ".ctor", {0x20, 0, kVoid})) + "; call " +
           std::to_string(code_.member_ref(source, "get_Task", {0x20, 0, kClass, task_index()}));
  }
  std::string sleep(int milliseconds) {
    const uint32_t thread = code_.type_ref("System.Threading", "Thread");
    return "ldc.i4 " + std::to_string(milliseconds) + "; call " +
           std::to_string(code_.member_ref(thread, "Sleep", {0, 1, kVoid, kI4}));
  }

  /// "ok", "pending", or the error's kind.
  std::string start() { return answer(leanclr_start_main(runtime, "App", 0, nullptr, &code)); }
  std::string run() { return answer(leanclr_run_main(runtime, "App", 0, nullptr, &code)); }
  std::string pump() { return answer(leanclr_run_pending(runtime, &code, &next)); }
  std::string answer(leanclr_status status) {
    return status == LEANCLR_OK ? "ok" : status == LEANCLR_PENDING ? "pending" : leanclr_error_kind(runtime);
  }
  /// Goes on as a host's event loop would.
  std::string pump_to_end() {
    for (;;) {
      std::string now = pump();
      if (now != "pending" || next < 0) return now;
      std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(next));
    }
  }

  leanclr_runtime* runtime = nullptr;
  int32_t code = -1;
  double next = 0, scheduled = -1;

 private:
  uint32_t task() { return code_.type_ref("System.Threading.Tasks", "Task"); }
  uint8_t task_index() { return static_cast<uint8_t>(ref_index(task() & 0xFFFFFF)); }
  void load() {
    Buffer bytes = code_.build();
    CHECK(add("App.dll", std::vector<uint8_t>(bytes.begin(), bytes.end())));
  }
  int32_t resolve(const std::string& name) {
    const std::vector<uint8_t> bytes = world_.read(name);
    return !bytes.empty() && add(name + ".dll", bytes);
  }
  bool add(const std::string& file_name, const std::vector<uint8_t>& bytes) {
    auto* copy = static_cast<uint8_t*>(leanclr_alloc(runtime, static_cast<uint32_t>(bytes.size())));
    std::copy(bytes.begin(), bytes.end(), copy);
    return leanclr_add_assembly(runtime, file_name.c_str(), copy, static_cast<uint32_t>(bytes.size())) ==
           LEANCLR_OK;
  }

  World& world_;
  AssemblyWriter code_;
};

/// Asks for a stop again and again, since one that comes before anything runs does nothing.
class Interrupter {
 public:
  explicit Interrupter(leanclr_runtime* runtime)
      : thread_([this, runtime] {
          while (!done_) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            leanclr_interrupt(runtime);
          }
        }) {}
  ~Interrupter() {
    done_ = true;
    thread_.join();
  }

 private:
  std::atomic<bool> done_{false};
  std::thread thread_;
};

}  // namespace

TEST(a_main_that_does_not_wait_ends_when_started) {
  auto world = REQUIRE_WORLD();
  Pump pump(*world);
  pump.synchronous("ldc.i4.s 42; ret");
  EXPECT_EQ(pump.start(), "ok");
  EXPECT_EQ(pump.code, 42);
  EXPECT_EQ(pump.pump(), "ok");
  EXPECT(pump.next < 0);
  EXPECT_EQ(pump.start(), "ok");
}

TEST(a_main_that_waits_is_gone_on_with) {
  auto world = REQUIRE_WORLD();
  Pump pump(*world);
  pump.asynchronous(pump.exit_code(7) + "; " + pump.delay(60) + "; ret");
  const auto begin = Clock::now();
  EXPECT_EQ(pump.start(), "pending");
  EXPECT(pump.scheduled > 0 && pump.scheduled <= 60);
  EXPECT_EQ(pump.start(), "InvalidOperation");
  EXPECT_EQ(pump.pump(), "pending");
  EXPECT(pump.next > 0 && pump.next <= 60);
  EXPECT_EQ(pump.pump_to_end(), "ok");
  EXPECT_EQ(pump.code, 7);
  EXPECT(milliseconds_since(begin) >= 59);
  EXPECT_EQ(pump.pump(), "ok");
  EXPECT(pump.next < 0);
}

TEST(a_main_that_nothing_wakes_is_given_up) {
  auto world = REQUIRE_WORLD();
  Pump pump(*world);
  pump.asynchronous(pump.never() + "; ret");
  EXPECT_EQ(pump.start(), "pending");
  EXPECT_EQ(pump.pump(), "pending");
  EXPECT(pump.next < 0);
  EXPECT_EQ(pump.answer(leanclr_give_up(pump.runtime)), "Deadlock");
  EXPECT_EQ(pump.pump(), "ok");
  EXPECT_EQ(pump.run(), "Deadlock");  // which waits by itself, and gives up by itself
}

TEST(a_budget_of_instructions_ends_a_run) {
  auto world = REQUIRE_WORLD();
  Pump pump(*world);
  pump.synchronous("ldc.i4 100000; again: ldc.i4.1; sub; dup; brtrue again; ret");
  leanclr_set_budget(pump.runtime, 0, 1000);
  EXPECT_EQ(pump.start(), "BudgetExceeded");
  EXPECT_EQ(pump.run(), "BudgetExceeded");
  leanclr_set_budget(pump.runtime, 0, 10'000'000);
  EXPECT_EQ(pump.start(), "ok");
  leanclr_set_budget(pump.runtime, 0, 0);
  EXPECT_EQ(pump.run(), "ok");
}

TEST(a_budget_of_milliseconds_counts_while_main_waits) {
  auto world = REQUIRE_WORLD();
  Pump pump(*world);
  pump.asynchronous(pump.delay(600'000) + "; ret");
  leanclr_set_budget(pump.runtime, 40, 0);
  const auto begin = Clock::now();
  EXPECT_EQ(pump.start(), "pending");
  EXPECT_EQ(pump.pump_to_end(), "BudgetExceeded");
  EXPECT(milliseconds_since(begin) >= 40 && milliseconds_since(begin) < kSlowness);
  EXPECT_EQ(pump.pump(), "ok");
  EXPECT_EQ(pump.run(), "BudgetExceeded");
}

TEST(an_interruption_stops_what_runs) {
  auto world = REQUIRE_WORLD();
  Pump pump(*world);
  pump.synchronous("again: br again");
  leanclr_interrupt(pump.runtime);  // nothing runs: it does nothing
  for (int i = 0; i < 2; ++i) {
    Interrupter interrupter(pump.runtime);
    EXPECT_EQ(i ? pump.start() : pump.run(), "Interrupted");
  }
}

TEST(an_interruption_ends_a_sleep) {
  auto world = REQUIRE_WORLD();
  Pump pump(*world);
  pump.synchronous(pump.sleep(600'000) + "; ldc.i4.0; ret");
  const auto begin = Clock::now();
  Interrupter interrupter(pump.runtime);
  EXPECT_EQ(pump.run(), "Interrupted");
  EXPECT(milliseconds_since(begin) < kSlowness);
}

TEST(an_interruption_stops_a_main_that_waits) {
  auto world = REQUIRE_WORLD();
  Pump pump(*world);
  pump.asynchronous(pump.delay(600'000) + "; ret");
  EXPECT_EQ(pump.start(), "pending");
  std::thread([&] { leanclr_interrupt(pump.runtime); }).join();
  EXPECT_EQ(pump.pump(), "Interrupted");
  EXPECT_EQ(pump.pump(), "ok");
  // And one that run_main waits for.
  const auto begin = Clock::now();
  Interrupter interrupter(pump.runtime);
  EXPECT_EQ(pump.run(), "Interrupted");
  EXPECT(milliseconds_since(begin) < kSlowness);
}

}  // namespace leanclr::test
