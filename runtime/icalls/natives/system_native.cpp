// All of libSystem.Native as one table.
#include <array>

#include "icalls/icalls.h"
#include "icalls/natives/native_tables.h"

namespace leanclr::icalls {

std::vector<NativeEntry> system_native() {
  std::vector<NativeEntry> all;
  for (std::span<const NativeEntry> table :
       {error_natives(), memory_natives(), stream_natives(), file_natives(), clock_natives(),
        random_natives(), process_natives(), monitor_natives()})
    all.insert(all.end(), table.begin(), table.end());
  return all;
}

}  // namespace leanclr::icalls
