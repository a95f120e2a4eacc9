// leanclr-run: runs an assembly natively; kUsage says how.
// Exit code and streams as `dotnet App.dll` has them. For debuggers, sanitizers and tests; users have the npm package.
#include <vector>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "public/leanclr.hpp"

using namespace leanclr;

namespace {

constexpr const char* kUsage =
    "usage: leanclr-run [--gc-stress] [--lib DIR]... [--property KEY=VALUE]...\n"
    "                   [--memory BYTES] [--stack BYTES] [--budget MILLISECONDS] [--instructions COUNT] App.dll [args...]\n";
constexpr int kUsageExitCode = 2;
constexpr int kUnhandledExitCode = 134;

struct CommandLine {
  vm::RuntimeOptions options;
  std::string assembly;  // simple name
  std::vector<std::string> arguments;
  bool valid = false;
};

/// A whole number with nothing behind it.
template <typename T>
bool read_number(const char* text, T& number) {
  char* end = nullptr;
  unsigned long long value = std::strtoull(text, &end, 10);
  number = static_cast<T>(value);
  return end != text && *end == 0 && static_cast<unsigned long long>(number) == value;
}

bool take_option(vm::RuntimeOptions& options, std::vector<std::string>& directories, std::string_view option, const char* value) {
  if (option == "--memory") return read_number(value, options.memory_limit);
  if (option == "--stack") return read_number(value, options.stack_bytes);
  if (option == "--budget") return read_number(value, options.budget_milliseconds);
  if (option == "--instructions") return read_number(value, options.budget_instructions);
  if (option == "--lib") {
    directories.push_back(value);
    return true;
  }
  const char* equals = std::strchr(value, '=');
  if (option != "--property" || !equals) return false;
  options.properties.push_back({std::string(value, equals), equals + 1});
  return true;
}

CommandLine parse(int argc, char** argv) {
  CommandLine line;
  std::vector<std::string> directories;
  int at = 1;
  for (; at < argc && std::strncmp(argv[at], "--", 2) == 0; ++at) {
    std::string_view option = argv[at];
    if (option == "--gc-stress") line.options.gc_stress = true;
    else if (at + 1 >= argc || !take_option(line.options, directories, option, argv[++at])) return line;
  }
  if (at >= argc) return line;
  std::string path = argv[at++];
  size_t slash = path.find_last_of("/\\");
  std::string file = slash == std::string::npos ? path : path.substr(slash + 1);
  line.options.library_directories.push_back(slash == std::string::npos ? "." : path.substr(0, slash));
  line.options.library_directories.insert(line.options.library_directories.end(), directories.begin(), directories.end());
  line.assembly = file.size() > 4 && file.substr(file.size() - 4) == ".dll" ? file.substr(0, file.size() - 4) : file;
  line.arguments.assign(argv + at, argv + argc);
  line.valid = true;
  return line;
}

int report(const ErrorView& error) {
  if (error.kind() != ErrorKind::ManagedException) std::fprintf(stderr, "leanclr-run: %s\n", error.to_string().c_str());
  return kUnhandledExitCode;
}

}  // namespace

int main(int argc, char** argv) {
  CommandLine line = parse(argc, argv);
  if (!line.valid) {
    std::fputs(kUsage, stderr);
    return kUsageExitCode;
  }
  vm::Runtime::configure(std::move(line.options));
  RtResultVoid started = vm::Runtime::Initialize();
  if (started.is_err()) {
    std::fprintf(stderr, "leanclr-run: the runtime did not start: %s\n", started.take_error().to_string().c_str());
    return kUsageExitCode;
  }
  Result<int32_t> code = vm::Runtime::run_main(line.assembly, line.arguments);
  int exit_code = code.ok() ? code.value() & 0xFF : report(code.take_error());
  vm::Runtime::Shutdown();
  return exit_code;
}
