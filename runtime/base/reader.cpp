// Reader's compressed integers (§II.23.2) and its errors.
#include "base/reader.h"

namespace leanclr {

Failure Reader::past_end() const {
  return failure(ErrorKind::BadImage, "the data ends before it should",
                 {{}, file_offset(), ErrorPlace::kUnknown});
}

Failure Reader::bad(const char* message) const {
  return failure(ErrorKind::BadImage, message, {{}, file_offset(), ErrorPlace::kUnknown});
}

Result<uint32_t> Reader::compressed_u32() {
  uint32_t first = TRY(u8());
  if ((first & 0x80) == 0) return first;
  if ((first & 0xC0) == 0x80) return ((first & 0x3F) << 8) | TRY(u8());
  if ((first & 0xE0) == 0xC0) {
    uint32_t value = first & 0x1F;
    for (int i = 0; i < 3; ++i) value = (value << 8) | TRY(u8());
    return value;
  }
  return bad("invalid compressed integer");
}

Result<int32_t> Reader::compressed_i32() {
  size_t start = position_;
  uint32_t raw = TRY(compressed_u32());
  size_t length = position_ - start;
  uint32_t value = raw >> 1;
  if (raw & 1) value |= length == 1 ? 0xFFFFFFC0u : length == 2 ? 0xFFFFE000u : 0xF0000000u;
  return static_cast<int32_t>(value);
}

Result<std::string_view> Reader::zero_terminated() {
  const uint8_t* start = bytes_.data() + position_;
  const void* end = remaining() ? std::memchr(start, 0, remaining()) : nullptr;
  if (!end) return bad("string without a terminator");
  size_t length = static_cast<size_t>(static_cast<const uint8_t*>(end) - start);
  position_ += length + 1;
  return std::string_view(reinterpret_cast<const char*>(start), length);
}

}  // namespace leanclr
