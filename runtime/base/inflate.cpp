// See inflate.h. Codes are decoded canonically, one bit at a time, from the number of codes of each length.
#include "base/inflate.h"

#include <new>

namespace leanclr {
namespace {

constexpr uint32_t kMaxCodeBits = 15;
constexpr uint32_t kLiterals = 288, kDistances = 30, kLengthCodes = 19;
constexpr uint32_t kEndOfBlock = 256;
constexpr uint32_t kMaxRatio = 1032;  // no deflate data gives more: 258 bytes for two bits

constexpr uint16_t kLengthBase[] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                    31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr uint8_t kLengthBits[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr uint16_t kDistanceBase[] = {1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
                                      193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr uint8_t kLengthCodeOrder[kLengthCodes] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

/// Bits 1, 1, 2, 2, …: distances double every second code.
constexpr uint32_t distance_bits(uint32_t symbol) { return symbol < 2 ? 0 : symbol / 2 - 1; }

struct Code {
  uint16_t count[kMaxCodeBits + 1];  // codes of each length
  uint16_t symbols[kLiterals];       // in the order of their codes
};

class Inflater {
 public:
  Inflater(Bytes deflated, uint8_t* out, size_t size) : in_(deflated), out_(out), size_(size) {}

  Status run() {
    for (bool last = false; !last;) {
      last = bits(1);
      switch (bits(2)) {
        case 0: stored(); break;
        case 1: fixed(); break;
        case 2: dynamic(); break;
        default: failed_ = true;
      }
      if (failed_) break;
    }
    if (failed_ || written_ != size_) return failure(ErrorKind::BadImage, "damaged deflate data");
    return {};
  }

 private:
  /// The next bits, lowest first; 0 past the end, which fails the whole.
  uint32_t bits(uint32_t wanted) {
    while (bit_count_ < wanted) {
      if (at_ == in_.size()) {
        failed_ = true;
        return 0;
      }
      bits_ |= static_cast<uint32_t>(in_[at_++]) << bit_count_;
      bit_count_ += 8;
    }
    uint32_t value = bits_ & ((1u << wanted) - 1);
    bits_ >>= wanted;
    bit_count_ -= wanted;
    return value;
  }

  uint32_t symbol(const Code& code) {
    uint32_t value = 0, first = 0, index = 0;
    for (uint32_t length = 1; length <= kMaxCodeBits && !failed_; ++length) {
      value |= bits(1);
      if (value - first < code.count[length]) return code.symbols[index + value - first];
      index += code.count[length];
      first = (first + code.count[length]) << 1;
      value <<= 1;
    }
    failed_ = true;
    return 0;
  }

  /// The canonical code of these lengths. Incomplete ones are fine until a missing code is met; too full ones fail.
  void make_code(Code& code, const uint8_t* lengths, uint32_t count) {
    std::memset(code.count, 0, sizeof code.count);
    for (uint32_t i = 0; i < count; ++i) ++code.count[lengths[i]];
    code.count[0] = 0;
    int32_t left = 1;
    uint16_t offsets[kMaxCodeBits + 1] = {};
    for (uint32_t length = 1; length <= kMaxCodeBits; ++length) {
      left = left * 2 - code.count[length];
      if (left < 0) failed_ = true;
      if (failed_) return;
      if (length < kMaxCodeBits) offsets[length + 1] = static_cast<uint16_t>(offsets[length] + code.count[length]);
    }
    for (uint32_t i = 0; i < count; ++i)
      if (lengths[i]) code.symbols[offsets[lengths[i]]++] = static_cast<uint16_t>(i);
  }

  void stored() {
    bits_ = bit_count_ = 0;
    const uint32_t length = bits(16);
    if (length != (bits(16) ^ 0xFFFF) || length > in_.size() - at_ || length > size_ - written_) failed_ = true;
    if (failed_ || length == 0) return;
    std::memcpy(out_ + written_, in_.data() + at_, length);
    at_ += length;
    written_ += length;
  }

  void fixed() {
    uint8_t lengths[kLiterals];
    for (uint32_t i = 0; i < kLiterals; ++i) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    make_code(literals_, lengths, kLiterals);
    std::memset(lengths, 5, kDistances);
    make_code(distances_, lengths, kDistances);
    block();
  }

  void dynamic() {
    const uint32_t literals = bits(5) + 257, distances = bits(5) + 1, codes = bits(4) + 4;
    if (literals > kLiterals - 2 || distances > kDistances) failed_ = true;
    uint8_t lengths[kLiterals + kDistances] = {};
    for (uint32_t i = 0; i < codes; ++i) lengths[kLengthCodeOrder[i]] = static_cast<uint8_t>(bits(3));
    if (failed_) return;
    make_code(literals_, lengths, kLengthCodes);
    std::memset(lengths, 0, kLengthCodes);
    for (uint32_t i = 0; i < literals + distances && !failed_;) {
      const uint32_t read = symbol(literals_);
      uint8_t value = static_cast<uint8_t>(read);
      uint32_t repeat = 1;
      if (read > 15) {
        value = read == 16 && i > 0 ? lengths[i - 1] : 0;
        repeat = read == 16 ? 3 + bits(2) : read == 17 ? 3 + bits(3) : 11 + bits(7);
        if (read == 16 && i == 0) failed_ = true;
      }
      if (repeat > literals + distances - i) failed_ = true;
      while (!failed_ && repeat-- > 0) lengths[i++] = value;
    }
    if (failed_) return;
    make_code(literals_, lengths, literals);
    make_code(distances_, lengths + literals, distances);
    block();
  }

  void block() {
    while (!failed_) {
      const uint32_t read = symbol(literals_);
      if (failed_ || read == kEndOfBlock) return;
      if (read > kEndOfBlock) {
        copy(read - kEndOfBlock - 1);
      } else if (written_ == size_) {
        failed_ = true;
      } else {
        out_[written_++] = static_cast<uint8_t>(read);
      }
    }
  }

  /// Repeats what was written some distance back; the two may overlap.
  void copy(uint32_t length_symbol) {
    if (length_symbol >= std::size(kLengthBase)) {
      failed_ = true;
      return;
    }
    uint32_t length = kLengthBase[length_symbol] + bits(kLengthBits[length_symbol]);
    const uint32_t code = symbol(distances_);
    const size_t distance = kDistanceBase[code] + bits(distance_bits(code));
    if (distance > written_ || length > size_ - written_) failed_ = true;
    for (; !failed_ && length > 0; --length, ++written_) out_[written_] = out_[written_ - distance];
  }

  Bytes in_;
  uint8_t* out_;
  size_t size_;
  size_t at_ = 0, written_ = 0;
  uint32_t bits_ = 0, bit_count_ = 0;
  bool failed_ = false;
  Code literals_, distances_;
};

}  // namespace

Result<Inflated> inflate(Bytes deflated, uint32_t size) {
  if (size / kMaxRatio > deflated.size()) return failure(ErrorKind::BadImage, "damaged deflate data");
  Inflated result;
  result.data.reset(new (std::nothrow) uint8_t[size]);
  if (!result.data) return ErrorKind::OutOfMemory;
  result.size = size;
  TRY(Inflater(deflated, result.data.get(), size).run());
  return result;
}

}  // namespace leanclr
