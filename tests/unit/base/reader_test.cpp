// Reader: bounds, compressed integers (§II.23.2) and the places of its errors.
#include "base/reader.h"

#include <vector>

#include "unit/test.h"

namespace leanclr {
namespace {

using Buffer = std::vector<uint8_t>;

TEST(reader_reads_little_endian) {
  const Buffer bytes{0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07};
  Reader reader(bytes);
  EXPECT_EQ(REQUIRE_OK(reader.u8()), 0x01);
  EXPECT_EQ(REQUIRE_OK(reader.u16()), 0x0302);
  EXPECT_EQ(REQUIRE_OK(reader.u32()), 0x07060504u);
  EXPECT(reader.at_end());
}

TEST(reader_refuses_to_pass_the_end) {
  const Buffer bytes{1, 2, 3};
  Reader reader(bytes, 100);
  EXPECT(!succeeded(reader.u32()));
  EXPECT_EQ(reader.position(), size_t{0});
  EXPECT(reader.skip(2).ok());
  Result<uint16_t> past = reader.u16();
  REQUIRE(!past.ok());
  Error error = past.take_error();
  EXPECT(error.kind() == ErrorKind::BadImage);
  EXPECT_EQ(error.place().offset, 102u);
  EXPECT(!succeeded(reader.skip(2)));
  EXPECT(!succeeded(reader.skip(SIZE_MAX)));
  EXPECT(!succeeded(reader.take(SIZE_MAX)));
  EXPECT(!succeeded(reader.seek(4)));
  EXPECT(reader.seek(3).ok());
  EXPECT(!succeeded(reader.u8()));
  EXPECT(!succeeded(Reader().u8()));
}

TEST(reader_takes_parts) {
  const Buffer bytes{1, 2, 3, 4};
  Reader reader(bytes);
  Bytes part = REQUIRE_OK(reader.take(3));
  EXPECT_EQ(part.size(), size_t{3});
  EXPECT_EQ(part[2], 3);
  EXPECT_EQ(reader.remaining(), size_t{1});
}

// The examples of §II.23.2.
TEST(reader_decodes_compressed_unsigned) {
  struct Example {
    Buffer bytes;
    uint32_t value;
  };
  const Example examples[] = {
      {{0x03}, 0x03},
      {{0x7F}, 0x7F},
      {{0x80, 0x80}, 0x80},
      {{0xAE, 0x57}, 0x2E57},
      {{0xBF, 0xFF}, 0x3FFF},
      {{0xC0, 0x00, 0x40, 0x00}, 0x4000},
      {{0xDF, 0xFF, 0xFF, 0xFF}, 0x1FFFFFFF},
  };
  for (const Example& example : examples) {
    Reader reader(example.bytes);
    EXPECT_EQ(REQUIRE_OK(reader.compressed_u32()), example.value);
    EXPECT(reader.at_end());
  }
}

TEST(reader_decodes_compressed_signed) {
  struct Example {
    Buffer bytes;
    int32_t value;
  };
  const Example examples[] = {
      {{0x06}, 3},
      {{0x7B}, -3},
      {{0x80, 0x80}, 64},
      {{0x01}, -64},
      {{0xC0, 0x00, 0x40, 0x00}, 8192},
      {{0x80, 0x01}, -8192},
      {{0xDF, 0xFF, 0xFF, 0xFE}, 268435455},
      {{0xC0, 0x00, 0x00, 0x01}, -268435456},
  };
  for (const Example& example : examples) {
    Reader reader(example.bytes);
    EXPECT_EQ(REQUIRE_OK(reader.compressed_i32()), example.value);
    EXPECT(reader.at_end());
  }
}

TEST(reader_rejects_bad_compressed_integers) {
  for (const Buffer& bytes :
       {Buffer{}, Buffer{0x80}, Buffer{0xC0, 0, 0}, Buffer{0xE0, 0, 0, 0}, Buffer{0xFF}}) {
    Reader reader(bytes);
    EXPECT(!succeeded(reader.compressed_u32()));
  }
}

TEST(reader_finds_zero_terminated_strings) {
  const Buffer bytes{'a', 'b', 0, 0, 'c'};
  Reader reader(bytes);
  EXPECT_EQ(REQUIRE_OK(reader.zero_terminated()), "ab");
  EXPECT_EQ(REQUIRE_OK(reader.zero_terminated()), "");
  EXPECT_EQ(reader.position(), size_t{4});
  EXPECT(!succeeded(reader.zero_terminated()));
  EXPECT(!succeeded(Reader().zero_terminated()));
}

}  // namespace
}  // namespace leanclr
