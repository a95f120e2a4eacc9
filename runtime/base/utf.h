// UTF-8 and UTF-16, as the heaps and the host need them. Invalid input becomes U+FFFD, never an error.
#pragma once

#include <string>
#include <string_view>

namespace leanclr {

std::u16string to_utf16(std::string_view utf8);
std::string to_utf8(std::u16string_view utf16);

}  // namespace leanclr
