// leanclr-run: runs an assembly natively. leanclr-run [--gc-stress] [--lib DIR]... [--property KEY=VALUE]... App.dll [args...]
// Exit code and streams as `dotnet App.dll` has them. For debuggers, sanitizers and tests; users have the npm package.
#include <cstdio>
#include <cstring>

#include "public/leanclr.hpp"

using namespace leanclr;

namespace {

constexpr int kUsageExitCode = 2;
constexpr int kUnhandledExitCode = 134;

struct CommandLine {
  vm::RuntimeOptions options;
  std::string assembly;  // simple name
  std::vector<std::string> arguments;
  bool valid = false;
};

CommandLine parse(int argc, char** argv) {
  CommandLine line;
  std::vector<std::string> directories;
  int at = 1;
  for (; at < argc && std::strncmp(argv[at], "--", 2) == 0; ++at) {
    std::string option = argv[at];
    if (option == "--gc-stress") {
      line.options.gc_stress = true;
    } else if (option == "--lib" && at + 1 < argc) {
      directories.push_back(argv[++at]);
    } else if (option == "--property" && at + 1 < argc) {
      std::string text = argv[++at];
      size_t equals = text.find('=');
      if (equals == std::string::npos) return line;
      line.options.properties.push_back({text.substr(0, equals), text.substr(equals + 1)});
    } else {
      return line;
    }
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
    std::fprintf(stderr, "usage: leanclr-run [--gc-stress] [--lib DIR]... [--property KEY=VALUE]... App.dll [args...]\n");
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
