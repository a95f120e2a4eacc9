// Reader: a bounds-checked cursor over untrusted little-endian bytes.
//
// Every byte that comes from outside is read through it; reading past the end is an Error with the offset.
// What it is not: an owner. The bytes must outlive it.
#pragma once

#include <cstring>
#include <span>

#include "base/result.h"

namespace leanclr {

using Bytes = std::span<const uint8_t>;

class Reader {
 public:
  Reader() = default;
  /// `origin` is the file offset of bytes[0], used only for error places.
  explicit Reader(Bytes bytes, uint32_t origin = 0) : bytes_(bytes), origin_(origin) {}

  size_t size() const { return bytes_.size(); }
  size_t position() const { return position_; }
  size_t remaining() const { return bytes_.size() - position_; }
  bool at_end() const { return position_ == bytes_.size(); }
  uint32_t file_offset() const { return origin_ + static_cast<uint32_t>(position_); }

  Status seek(size_t position) {
    if (position > bytes_.size()) return past_end();
    position_ = position;
    return {};
  }
  Status skip(size_t count) {
    if (count > remaining()) return past_end();
    position_ += count;
    return {};
  }
  template <typename T>
  Result<T> read() {
    static_assert(std::is_trivially_copyable_v<T>);
    if (sizeof(T) > remaining()) return past_end();
    T value;
    std::memcpy(&value, bytes_.data() + position_, sizeof(T));
    position_ += sizeof(T);
    return value;
  }
  Result<uint8_t> u8() { return read<uint8_t>(); }
  Result<uint16_t> u16() { return read<uint16_t>(); }
  Result<uint32_t> u32() { return read<uint32_t>(); }
  Result<uint64_t> u64() { return read<uint64_t>(); }
  Result<Bytes> take(size_t count) {
    if (count > remaining()) return past_end();
    Bytes part = bytes_.subspan(position_, count);
    position_ += count;
    return part;
  }
  /// A compressed unsigned integer (§II.23.2).
  Result<uint32_t> compressed_u32();
  /// A compressed signed integer (§II.23.2).
  Result<int32_t> compressed_i32();
  /// A zero-terminated string; the terminator is consumed and not part of the answer.
  Result<std::string_view> zero_terminated();

  Failure past_end() const;
  Failure bad(const char* message) const;

 private:
  Bytes bytes_;
  size_t position_ = 0;
  uint32_t origin_ = 0;
};

}  // namespace leanclr
