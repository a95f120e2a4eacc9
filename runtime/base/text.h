// Numbers as text, without the C library's printf (which brings its floating point along).
#pragma once

#include <cstdint>
#include <string>

namespace leanclr {

/// Appends lower-case hexadecimal digits, at least `digits` of them.
void append_hex(std::string& text, uint32_t value, int digits = 1);
/// Appends a decimal number.
void append_decimal(std::string& text, int64_t value);

}  // namespace leanclr
