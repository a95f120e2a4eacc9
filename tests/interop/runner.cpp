// leanclr_interop_run [--gc-stress] LIBRARY-FOLDER App.dll [args...]: leanclr-run with the C library in it.
#include <cstdio>
#include <string>

#include "public/leanclr.hpp"
#include "targets.h"

using namespace leanclr;

int main(int argc, char** argv) {
  constexpr int kUsage = 2, kUnhandled = 134;
  vm::RuntimeOptions options;
  int at = 1;
  if (at < argc && std::string_view(argv[at]) == "--gc-stress") options.gc_stress = ++at;
  if (argc - at < 2) {
    std::fputs("usage: leanclr_interop_run [--gc-stress] LIBRARY-FOLDER App.dll [args...]\n", stderr);
    return kUsage;
  }
  const std::string library = argv[at], path = argv[at + 1];
  const size_t slash = path.rfind('/');
  options.library_directories = {path.substr(0, slash), library};
  vm::Runtime::configure(std::move(options));
  RtResultVoid started = vm::Runtime::Initialize();
  if (started.is_err()) {
    std::fprintf(stderr, "%s\n", started.take_error().to_string().c_str());
    return kUsage;
  }
  register_interop_targets();
  constexpr size_t kSuffix = sizeof(".dll") - 1;
  Result<int32_t> code = vm::Runtime::run_main(path.substr(slash + 1, path.size() - slash - 1 - kSuffix), {argv + at + 2, argv + argc});
  const int exit_code = code.ok() ? code.value() : (std::fprintf(stderr, "%s\n", code.take_error().to_string().c_str()), kUnhandled);
  vm::Runtime::Shutdown();
  return exit_code;
}
