// Standard error by way of the C library, whose import the host serves.
#include <unistd.h>

#include "base/platform/error_output.h"

namespace leanclr::platform {

void write_error(std::string_view text) {
  [[maybe_unused]] ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace leanclr::platform
