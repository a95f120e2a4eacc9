// Runs the unit tests: `unit_tests [filter]` runs those whose file or name contains the filter.
// Prints each failing expectation and ends with "N passed, N failed"; the exit code is 1 when any failed.
#include <cstdio>

#include "unit/test.h"

namespace leanclr::test {
namespace {

/// The registered tests; filled before main by the TEST macros.
struct Registry {
  Case* first = nullptr;
  Case* last = nullptr;
};
Registry& registry() {
  static Registry instance;
  return instance;
}

struct Totals {
  int passed = 0, failed = 0, skipped = 0;
};

bool matches(const Case& test, std::string_view filter) {
  return test.name.find(filter) != std::string_view::npos || test.file.find(filter) != std::string_view::npos;
}

void run(const Case& test, Totals& totals) {
  Report report;
  test.run(report);
  std::string name(test.name);
  if (report.failures) {
    std::printf("FAILED %s\n", name.c_str());
    ++totals.failed;
  } else if (!report.skipped.empty()) {
    std::printf("SKIPPED %s: %s\n", name.c_str(), report.skipped.c_str());
    ++totals.skipped;
  } else {
    ++totals.passed;
  }
}

}  // namespace

bool add(Case& test) {
  Registry& tests = registry();
  if (tests.last) tests.last->next = &test;
  else tests.first = &test;
  tests.last = &test;
  return true;
}

void fail(Report& report, const char* file, int line, const std::string& what) {
  ++report.failures;
  std::printf("%s:%d: %s\n", file, line, what.c_str());
}

}  // namespace leanclr::test

int main(int argc, char** argv) {
  using namespace leanclr::test;
  std::string_view filter = argc > 1 ? argv[1] : "";
  Totals totals;
  for (const Case* test = registry().first; test; test = test->next)
    if (matches(*test, filter)) run(*test, totals);
  if (totals.skipped) std::printf("%d skipped\n", totals.skipped);
  std::printf("%d passed, %d failed\n", totals.passed, totals.failed);
  return totals.failed ? 1 : 0;
}
