// Conversions between UTF-8 and UTF-16.
#include "base/utf.h"

#include <cstdint>
#include <cstring>

namespace leanclr {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// Reads one scalar value and advances; an ill-formed sequence gives U+FFFD and skips its valid prefix.
char32_t next_scalar(std::string_view text, size_t& at) {
  auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  uint32_t lead = byte(at++);
  if (lead < 0x80) return lead;
  int extra = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xC2 && lead < 0xE0 ? 1 : 0;
  if (extra == 0) return kReplacement;
  uint32_t value = lead & (0x3F >> extra);
  for (int i = 0; i < extra; ++i) {
    uint32_t low = 0x80, high = 0xBF;
    if (i == 0) {
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    }
    if (at >= text.size() || byte(at) < low || byte(at) > high) return kReplacement;
    value = (value << 6) | (byte(at++) & 0x3F);
  }
  return value;
}

void append_utf8(std::string& out, char32_t c) {
  auto put = [&](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

}  // namespace

Utf16 utf16_units(std::span<const uint8_t> little_endian) {
  Utf16 units(little_endian.size() / 2);
  if (!units.empty()) std::memcpy(units.data(), little_endian.data(), units.size() * sizeof(char16_t));
  return units;
}

Utf16 to_utf16(std::string_view utf8) {
  Utf16 out;
  out.reserve(utf8.size());
  for (size_t at = 0; at < utf8.size();) {
    char32_t c = next_scalar(utf8, at);
    if (c >= 0x10000) {
      out.push_back(static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10)));
      out.push_back(static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF)));
    } else {
      out.push_back(static_cast<char16_t>(c));
    }
  }
  return out;
}

std::string to_utf8(std::u16string_view utf16) {
  std::string out;
  out.reserve(utf16.size());
  for (size_t i = 0; i < utf16.size(); ++i) {
    char32_t c = utf16[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < utf16.size() && (utf16[i + 1] & 0xFC00) == 0xDC00)
      c = 0x10000 + ((c - 0xD800) << 10) + (utf16[++i] - 0xDC00u);
    else if ((c & 0xF800) == 0xD800)
      c = kReplacement;
    append_utf8(out, c);
  }
  return out;
}

}  // namespace leanclr
