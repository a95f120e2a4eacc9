// errno and its texts.
#include <cerrno>
#include <cstring>

#include "icalls/natives/native_tables.h"

namespace leanclr::icalls {
namespace {

// C's own errno, which C functions of the program set as well.
int32_t get_error_number() { return errno; }
void set_error_number(int32_t error) { errno = error; }
int32_t same(int32_t error) { return error; }

struct ErrorText {
  int32_t number;
  const char* text;
};
constexpr ErrorText kTexts[] = {
    {0, "Success"},
#define ERROR_NUMBER(name, number, text) {number, text},
#include "icalls/natives/error_numbers.def"
#undef ERROR_NUMBER
};

std::string_view text_of(int32_t error) {
  for (const ErrorText& row : kTexts)
    if (row.number == error) return row.text;
  return "Unknown error";
}

/// Fills `buffer` with as much of the text as fits, terminated, and answers it.
char* error_text(int32_t error, char* buffer, int32_t size) {
  if (size <= 0) return nullptr;
  std::string_view text = text_of(error).substr(0, static_cast<size_t>(size - 1));
  std::memcpy(buffer, text.data(), text.size());
  buffer[text.size()] = 0;
  return buffer;
}

constexpr NativeEntry kRows[] = {
    native<same>("SystemNative_ConvertErrorPalToPlatform"),
    native<same>("SystemNative_ConvertErrorPlatformToPal"),
    native<get_error_number>("SystemNative_GetErrNo"),
    native<set_error_number>("SystemNative_SetErrNo"),
    native<error_text>("SystemNative_StrErrorR"),
};

}  // namespace

std::span<const NativeEntry> error_natives() { return kRows; }

}  // namespace leanclr::icalls
