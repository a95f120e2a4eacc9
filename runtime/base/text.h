// Numbers as text, without the C library's printf (which brings its floating point along), and names compared.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace leanclr {

/// Whether a name is this literal, in a call that costs the module half of what == does.
bool is(const std::string_view& name, const char* literal);
bool is(const std::string_view& name, const std::string_view& other);

/// Appends lower-case hexadecimal digits, at least `digits` of them.
void append_hex(std::string& text, uint32_t value, int digits = 1);
/// Appends a decimal number.
void append_decimal(std::string& text, int64_t value);

}  // namespace leanclr
