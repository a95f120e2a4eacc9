// All of libSystem.Native as one table.
#include <array>

#include "base/list.h"
#include "icalls/icalls.h"
#include "icalls/natives/native_tables.h"

namespace leanclr::icalls {

List<NativeEntry> system_native() {
  List<NativeEntry> all;
  for (std::span<const NativeEntry> table :
       {error_natives(), memory_natives(), stream_natives(), file_natives(), clock_natives(),
        random_natives(), process_natives(), monitor_natives()})
    all.append(table);
  return all;
}

}  // namespace leanclr::icalls
