// The tables of libSystem.Native's functions, one per file of this folder; system_native.cpp joins them.
//
// Entry points have the names and C signatures of the class library's own imports. Error numbers are those of
// Interop.Error throughout, so that converting between the platform's and CoreLib's is the identity.
#pragma once

#include <cerrno>

#include "icalls/natives/error_numbers.h"
#include "icalls/shared.h"

namespace leanclr::icalls {

std::span<const NativeEntry> error_natives();
std::span<const NativeEntry> memory_natives();
std::span<const NativeEntry> stream_natives();
std::span<const NativeEntry> file_natives();
std::span<const NativeEntry> clock_natives();
std::span<const NativeEntry> random_natives();
std::span<const NativeEntry> process_natives();
std::span<const NativeEntry> monitor_natives();

/// Sets errno and answers -1.
inline int32_t fail(Thread&, ErrorNumber error) {
  errno = static_cast<int32_t>(error);
  return -1;
}

}  // namespace leanclr::icalls
