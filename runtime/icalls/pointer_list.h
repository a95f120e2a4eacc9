// PointerList: how natives answer several handles at once (Mono.RuntimeStructs.GPtrArray). Private to
// icalls/.
#pragma once

#include <span>

#include "interp/thread.h"

namespace leanclr::icalls {

struct PointerList {
  Address data;  // of 32-bit addresses
  int32_t length;
};

/// In the region; CoreLib gives it back through RuntimeGPtrArrayHandle.GPtrArrayFree.
Result<PointerList*> new_pointer_list(interp::Thread& thread, std::span<void* const> pointers);
/// A zero-terminated copy in the region.
Result<char*> new_c_string(interp::Thread& thread, std::string_view text);

}  // namespace leanclr::icalls
