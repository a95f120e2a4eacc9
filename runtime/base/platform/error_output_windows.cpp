// Standard error by its Windows handle.
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "base/platform/error_output.h"

namespace leanclr::platform {

void write_error(std::string_view text) {
  DWORD written;
  WriteFile(GetStdHandle(STD_ERROR_HANDLE), text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
}

}  // namespace leanclr::platform
