// UTF-8 and UTF-16, as the heaps and the host need them. Invalid input becomes U+FFFD, never an error.
#pragma once

#include <string>
#include <string_view>

#include "base/list.h"

namespace leanclr {

using Utf16 = List<char16_t>;
inline std::u16string_view view(const Utf16& text) { return {text.data(), text.size()}; }

Utf16 to_utf16(std::string_view utf8);
/// Of code units as a file holds them; an odd byte at the end is left out.
Utf16 utf16_units(std::span<const uint8_t> little_endian);
std::string to_utf8(std::u16string_view utf16);

}  // namespace leanclr
