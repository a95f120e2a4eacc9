// The last words of a runtime that found itself broken. What it is not: a stream for anything else; programs write
// through their host (vm/clr.h).
#pragma once

#include <string_view>

namespace leanclr::platform {

/// Writes to the process's standard error, or what the host has for it; failure is nobody's concern any more.
void write_error(std::string_view text);

}  // namespace leanclr::platform
