// See assembly_identity.h. A key's token is the last 8 bytes of its SHA-1, reversed (§II.6.2.1.3).
#include "icalls/assembly_identity.h"

#include <array>
#include <cstring>

namespace leanclr::icalls {
namespace {

using metadata::Table;

/// SHA-1 (FIPS 180-4) of a short text held in memory. For key tokens only; it protects nothing.
class Sha1 {
 public:
  using Digest = std::array<uint8_t, 20>;

  static Digest of(Bytes data) {
    Sha1 hash;
    std::string padded(reinterpret_cast<const char*>(data.data()), data.size());
    padded += '\x80';
    while (padded.size() % kBlockBytes != kBlockBytes - 8) padded += '\0';
    for (int shift = 56; shift >= 0; shift -= 8)
      padded += static_cast<char>(static_cast<uint64_t>(data.size()) * 8 >> shift);
    for (size_t at = 0; at < padded.size(); at += kBlockBytes)
      hash.add(reinterpret_cast<const uint8_t*>(padded.data()) + at);
    Digest digest;
    for (size_t i = 0; i < digest.size(); ++i)
      digest[i] = static_cast<uint8_t>(hash.state_[i / 4] >> (24 - i % 4 * 8));
    return digest;
  }

 private:
  static constexpr size_t kBlockBytes = 64;
  static uint32_t rotate(uint32_t value, int bits) { return value << bits | value >> (32 - bits); }

  void add(const uint8_t* block) {
    uint32_t words[80];
    for (int i = 0; i < 16; ++i)
      words[i] = uint32_t{block[4 * i]} << 24 | uint32_t{block[4 * i + 1]} << 16 |
                 uint32_t{block[4 * i + 2]} << 8 | block[4 * i + 3];
    for (int i = 16; i < 80; ++i)
      words[i] = rotate(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    auto [a, b, c, d, e] = state_;
    for (int i = 0; i < 80; ++i) {
      uint32_t mix = i < 20              ? (b & c) | (~b & d)
                     : i >= 40 && i < 60 ? (b & c) | (b & d) | (c & d)
                                         : b ^ c ^ d;
      constexpr uint32_t kRound[] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};
      uint32_t next = rotate(a, 5) + mix + e + kRound[i / 20] + words[i];
      e = d;
      d = c;
      c = rotate(b, 30);
      b = a;
      a = next;
    }
    const uint32_t sums[] = {a, b, c, d, e};
    for (size_t i = 0; i < 5; ++i) state_[i] += sums[i];
  }

  std::array<uint32_t, 5> state_{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
};

std::string hexadecimal(const uint8_t* bytes, size_t count) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

std::string token_of(Bytes public_key) {
  if (public_key.empty()) return {};
  Sha1::Digest digest = Sha1::of(public_key);
  uint8_t token[8];
  for (size_t i = 0; i < 8; ++i) token[i] = digest[19 - i];
  return hexadecimal(token, 8);
}

template <typename Row>
Result<AssemblyIdentity> read(const metadata::Image& image, const Row& row) {
  AssemblyIdentity identity;
  identity.name = std::string(TRY(image.string(row.name)));
  identity.culture = std::string(TRY(image.string(row.culture)));
  identity.major = row.major;
  identity.minor = row.minor;
  identity.build = row.build;
  identity.revision = row.revision;
  identity.flags = row.flags;
  return identity;
}

}  // namespace

Result<AssemblyIdentity> AssemblyIdentity::of(const metadata::Image& image) {
  auto row = TRY(image.row<Table::Assembly>(1));
  AssemblyIdentity identity = TRY(read(image, row));
  identity.hash_algorithm = row.hash_alg_id;
  identity.public_key = TRY(image.blob(row.public_key));
  identity.key_token = token_of(identity.public_key);
  return identity;
}

Result<AssemblyIdentity> AssemblyIdentity::of_reference(const metadata::Image& image,
                                                        metadata::RowNumber number) {
  auto row = TRY(image.row<Table::AssemblyRef>(number));
  AssemblyIdentity identity = TRY(read(image, row));
  constexpr uint32_t kFullPublicKey = 1;
  Bytes key = TRY(image.blob(row.public_key_or_token));
  if (row.flags & kFullPublicKey) {
    identity.public_key = key;
    identity.key_token = token_of(key);
  } else {
    identity.key_token = hexadecimal(key.data(), key.size());
  }
  return identity;
}

std::string AssemblyIdentity::display_name() const {
  std::string text = name + ", Version=" + std::to_string(major) + '.' + std::to_string(minor) + '.' +
                     std::to_string(build) + '.' + std::to_string(revision);
  text += ", Culture=" + (culture.empty() ? std::string("neutral") : culture);
  return text + ", PublicKeyToken=" + (key_token.empty() ? std::string("null") : key_token);
}

}  // namespace leanclr::icalls
