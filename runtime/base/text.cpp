// Numbers as text.
#include "base/text.h"

namespace leanclr {

bool is(const std::string_view& name, const char* literal) { return name == literal; }
bool is(const std::string_view& name, const std::string_view& other) { return name == other; }

void append_hex(std::string& text, uint32_t value, int digits) {
  constexpr int kNibbles = 8;
  for (int i = kNibbles - 1; i >= 0; --i) {
    uint32_t nibble = value >> (4 * i);
    if (nibble != 0 || i < digits) text += "0123456789abcdef"[nibble & 15];
  }
}

void append_decimal(std::string& text, int64_t value) {
  char digits[20];
  char* at = digits + sizeof digits;
  uint64_t rest = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  do *--at = static_cast<char>('0' + rest % 10);
  while (rest /= 10);
  if (value < 0) text += '-';
  text.append(at, digits + sizeof digits);
}

}  // namespace leanclr
