// leanclr_mutants FOLDER ASSEMBLY FIRST COUNT: runs one-byte mutants of a small assembly.
//
// FOLDER has the class library. Mutant n (FIRST <= n < FIRST + COUNT) is the assembly with one byte replaced, byte and
// value drawn from n alone. Each must be refused with a typed error, end with a managed exception, or run; a crash or
// a sanitizer's report fails the test, an endless loop counts as running. The runtime is started once and each mutant
// is loaded into a fork of it. What it is not: a test of the metadata reader alone (tests/unit/metadata has that).
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "public/leanclr.h"

namespace {

constexpr unsigned kSecondsPerMutant = 10;
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
  auto* copy = static_cast<uint8_t*>(leanclr_alloc(runtime, static_cast<uint32_t>(bytes.size())));
  if (!copy) return LEANCLR_ERROR;
  memcpy(copy, bytes.data(), bytes.size());
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
  for (const char* name : {"System.Private.CoreLib", "System.Runtime"})
    if (!resolve(&setting, name, "")) return false;
  if (leanclr_start(setting.runtime) == LEANCLR_OK) return true;
  fprintf(stderr, "start: %s\n", leanclr_error_message(setting.runtime));
  return false;
}

std::vector<uint8_t> mutant(const std::vector<uint8_t>& original, uint32_t number) {
  std::mt19937 random(number);
  std::vector<uint8_t> bytes = original;
  const size_t place = random() % bytes.size();
  bytes[place] ^= static_cast<uint8_t>(1 + random() % 255);
  return bytes;
}

Outcome load_and_run(Setting& setting, const std::vector<uint8_t>& bytes) {
  int32_t exit_code = 0;
  leanclr_status status = add(setting.runtime, setting.name + ".dll", bytes);
  if (status == LEANCLR_OK) status = leanclr_run_main(setting.runtime, setting.name.c_str(), 0, nullptr, &exit_code);
  if (status == LEANCLR_OK) return Ran;
  if (status == LEANCLR_MANAGED_EXCEPTION) return Threw;
  // A refusal without a kind and a message would be no typed error.
  return *leanclr_error_kind(setting.runtime) && *leanclr_error_message(setting.runtime) ? Refused : Crashed;
}

Outcome run_in_fork(Setting& setting, const std::vector<uint8_t>& bytes) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(kSecondsPerMutant);
    _exit(kChildBase + load_and_run(setting, bytes));
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return Crashed;
  if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGALRM ? TimedOut : Crashed;
  const int outcome = WEXITSTATUS(status) - kChildBase;
  return outcome >= Ran && outcome < Crashed ? static_cast<Outcome>(outcome) : Crashed;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return fprintf(stderr, "usage: leanclr_mutants FOLDER ASSEMBLY FIRST COUNT\n"), 2;
  Setting setting;
  setting.folder = argv[1];
  const std::string path = argv[2];
  const size_t slash = path.rfind('/') + 1;
  setting.name = path.substr(slash, path.rfind('.') - slash);
  setting.bytes = read_file(path);
  if (setting.bytes.empty() || !start(setting)) return fprintf(stderr, "cannot start with %s\n", argv[2]), 2;
  if (run_in_fork(setting, setting.bytes) != Ran) return fprintf(stderr, "the unbroken assembly does not run\n"), 2;

  int count[kOutcomes] = {};
  const uint32_t first = static_cast<uint32_t>(atoi(argv[3]));
  for (uint32_t number = first; number < first + static_cast<uint32_t>(atoi(argv[4])); ++number) {
    const Outcome outcome = run_in_fork(setting, mutant(setting.bytes, number));
    ++count[outcome];
    if (outcome == Crashed) printf("mutant %u crashed\n", number);
  }
  printf("%d ran, %d refused, %d threw, %d timed out, %d crashed\n", count[Ran], count[Refused], count[Threw],
         count[TimedOut], count[Crashed]);
  leanclr_destroy(setting.runtime);
  return count[Crashed] ? 1 : 0;
}
