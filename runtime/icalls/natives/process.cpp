// The process: one processor, one thread, no environment of its own but what the host names in a property.
#include "icalls/natives/native_tables.h"
#include "icalls/pointer_list.h"

namespace leanclr::icalls {
namespace {

/// The host gives environment variables as properties "ENV:NAME". The text stays where it is for the
/// runtime's life.
Result<char*> environment_variable(Thread& thread, const char* name) {
  std::string_view value = thread.services().property("ENV:" + std::string(name));
  if (value.empty()) return static_cast<char*>(nullptr);
  auto& environment = state_of(thread).environment;
  for (const auto& [known, text] : environment)
    if (known == name) return text;
  char* text = TRY(new_c_string(thread, value));
  environment.emplace_back(name, text);
  return text;
}

int32_t cpu() { return 0; }
uint32_t thread_id() { return 1; }

/// Interop.Sys.SysConfName.
Result<int64_t> configuration(int32_t name) {
  constexpr int32_t kClockTicks = 1, kPageSize = 2, kProcessors = 3;
  if (name == kPageSize) return int64_t{64 * 1024};
  if (name == kClockTicks) return int64_t{100};
  if (name == kProcessors) return int64_t{1};
  return int64_t{-1};
}

constexpr NativeEntry kRows[] = {
    native<environment_variable>("SystemNative_GetEnv"),
    native<cpu>("SystemNative_SchedGetCpu"),
    native<configuration>("SystemNative_SysConf"),
    native<thread_id>("SystemNative_TryGetUInt32OSThreadId"),
};

}  // namespace

std::span<const NativeEntry> process_natives() { return kRows; }

}  // namespace leanclr::icalls
