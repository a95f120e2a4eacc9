// leanclr_mutants FOLDER ASSEMBLY FIRST COUNT [truncate]: runs broken copies of a small assembly.
//
// FOLDER has the class library and Walker.dll. Mutant n (FIRST <= n < FIRST + COUNT) is the assembly with something changed
// that is drawn from n alone (mutate.h); with `truncate`, its first n bytes. Each is loaded, Walker looks at all of it by
// reflection and has all its code imported, then its Main runs under a budget. Every step must go well, be refused with a
// typed error, or end with a managed exception; a crash, a sanitizer's report or what ends by no budget fails the test. The
// runtime is started once and each copy is loaded into a fork of it. Truncated copies that are refused when they are
// added are tried in one process, one after the other, since the runtime must go on after that.
// What it is not: a test of the metadata reader alone (tests/unit/metadata has that).
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "mutants/mutate.h"
#include "public/leanclr.h"

namespace {

constexpr unsigned kSecondsPerMutant = 60;  // of the clock, should the budget fail
constexpr double kBudgetMilliseconds = 5'000;
constexpr uint64_t kBudgetInstructions = 1'000'000;
constexpr const char* kWalker = "Walker";
enum Outcome { Ran, Refused, Threw, TimedOut, Crashed, kOutcomes };
constexpr int kChildBase = 40;  // exit codes of a child: kChildBase + Outcome; everything else is a crash

struct Setting {
  std::string folder;
  std::string name;  // simple name of the assembly
  std::vector<uint8_t> bytes;
  leanclr_runtime* runtime = nullptr;
};

std::vector<uint8_t> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::vector<uint8_t>(std::istreambuf_iterator<char>(file), {});
}

leanclr_status add(leanclr_runtime* runtime, const std::string& file_name, const std::vector<uint8_t>& bytes) {
  auto* copy = static_cast<uint8_t*>(leanclr_alloc(runtime, static_cast<uint32_t>(bytes.size()) + 1));
  if (!copy) return LEANCLR_ERROR;
  std::copy(bytes.begin(), bytes.end(), copy);
  return leanclr_add_assembly(runtime, file_name.c_str(), copy, static_cast<uint32_t>(bytes.size()));
}

/// The host's answer to a reference: the file of that name in the folder. A mutant may ask for anything.
int32_t resolve(void* context, const char* name, const char*) {
  auto* setting = static_cast<Setting*>(context);
  if (strchr(name, '/')) return 0;
  const std::string file_name = std::string(name) + ".dll";
  const std::vector<uint8_t> bytes = read_file(setting->folder + "/" + file_name);
  return !bytes.empty() && add(setting->runtime, file_name, bytes) == LEANCLR_OK;
}

bool start(Setting& setting) {
  leanclr_options options = {};
  options.size = sizeof options;
  options.host.context = &setting;
  options.host.resolve_assembly = resolve;
  if (leanclr_create(&options, &setting.runtime) != LEANCLR_OK) return false;
  for (const char* name : {"System.Private.CoreLib", "System.Runtime", kWalker})
    if (!resolve(&setting, name, "")) return false;
  // Exceptions are common here, and their texts are not the question.
  leanclr_set_property(setting.runtime, "System.Resources.UseSystemResourceKeys", "true");
  if (leanclr_start(setting.runtime) == LEANCLR_OK) return true;
  fprintf(stderr, "start: %s\n", leanclr_error_message(setting.runtime));
  return false;
}

std::vector<uint8_t> truncated(const std::vector<uint8_t>& original, uint32_t length) {
  return std::vector<uint8_t>(original.begin(), original.begin() + std::min<size_t>(length, original.size()));
}

/// A refusal without a kind and a message would be no typed error.
Outcome refusal(const Setting& setting) {
  return *leanclr_error_kind(setting.runtime) && *leanclr_error_message(setting.runtime) ? Refused : Crashed;
}

Outcome run(Setting& setting, const char* assembly, std::vector<const char*> arguments) {
  int32_t exit_code = 0;
  const auto count = static_cast<int32_t>(arguments.size());
  leanclr_set_budget(setting.runtime, kBudgetMilliseconds, kBudgetInstructions);
  const leanclr_status status = leanclr_run_main(setting.runtime, assembly, count, arguments.data(), &exit_code);
  if (status == LEANCLR_OK) return Ran;
  if (status == LEANCLR_MANAGED_EXCEPTION) return Threw;
  return !strcmp(leanclr_error_kind(setting.runtime), "BudgetExceeded") ? TimedOut : refusal(setting);
}

Outcome load_and_run(Setting& setting, const std::vector<uint8_t>& bytes) {
  if (add(setting.runtime, setting.name + ".dll", bytes) != LEANCLR_OK) return refusal(setting);
  // Walker catches what it meets; what leaves it all the same (its budget may end) is no worse than what leaves Main.
  if (run(setting, kWalker, {setting.name.c_str()}) == Crashed) return Crashed;
  return run(setting, setting.name.c_str(), {});
}

Outcome run_in_fork(Setting& setting, const std::vector<uint8_t>& bytes) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(kSecondsPerMutant);
    _exit(kChildBase + load_and_run(setting, bytes));
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return Crashed;
  if (WIFSIGNALED(status)) return Crashed;
  const int outcome = WEXITSTATUS(status) - kChildBase;
  return outcome >= Ran && outcome < Crashed ? static_cast<Outcome>(outcome) : Crashed;
}

/// A truncated copy. Most are refused when they are added, and leave the runtime as it was; the rest runs in a fork.
Outcome run_truncated(Setting& setting, const std::vector<uint8_t>& bytes) {
  leanclr_runtime* probe = nullptr;
  if (leanclr_create(nullptr, &probe) != LEANCLR_OK) return Crashed;
  std::swap(probe, setting.runtime);
  Outcome outcome = add(setting.runtime, setting.name + ".dll", bytes) == LEANCLR_OK ? Ran : refusal(setting);
  std::swap(probe, setting.runtime);
  leanclr_destroy(probe);
  return outcome == Ran ? run_in_fork(setting, bytes) : outcome;
}

}  // namespace

int main(int argc, char** argv) {
  const bool truncates = argc == 6 && !strcmp(argv[5], "truncate");
  if (argc != 5 && !truncates)
    return fprintf(stderr, "usage: leanclr_mutants FOLDER ASSEMBLY FIRST COUNT [truncate]\n"), 2;
  Setting setting;
  setting.folder = argv[1];
  const std::string path = argv[2];
  const size_t slash = path.rfind('/') + 1;
  setting.name = path.substr(slash, path.rfind('.') - slash);
  setting.bytes = read_file(path);
  if (setting.bytes.empty() || !start(setting)) return fprintf(stderr, "cannot start with %s\n", argv[2]), 2;
  // Once before the forks, so that what Walker needs is imported in all of them.
  if (run(setting, kWalker, {kWalker}) != Ran) return fprintf(stderr, "Walker does not run\n"), 2;
  if (run_in_fork(setting, setting.bytes) != Ran) return fprintf(stderr, "the unbroken assembly does not run\n"), 2;

  int count[kOutcomes] = {};
  const uint32_t first = static_cast<uint32_t>(atoi(argv[3])), wanted = static_cast<uint32_t>(atoi(argv[4]));
  for (uint32_t number = first; number < first + wanted; ++number) {
    const Outcome outcome = truncates ? run_truncated(setting, truncated(setting.bytes, number))
                                      : run_in_fork(setting, leanclr::test::mutant(setting.bytes, number));
    ++count[outcome];
    if (outcome == Crashed) printf("%s %u crashed\n", truncates ? "length" : "mutant", number), fflush(stdout);
  }
  printf("%d ran, %d refused, %d threw, %d ran out of budget\n", count[Ran], count[Refused], count[Threw], count[TimedOut]);
  printf("%d passed, %d failed\n", static_cast<int>(wanted) - count[Crashed], count[Crashed]);
  leanclr_destroy(setting.runtime);
  return count[Crashed] ? 1 : 0;
}
