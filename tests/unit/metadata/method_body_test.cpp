// Method bodies (§II.25.4): both header formats, both section formats, and what is wrong with bad ones.
#include <vector>

#include "metadata/method_body.h"

#include "unit/test.h"

namespace leanclr::metadata {
namespace {

using Buffer = std::vector<uint8_t>;

constexpr uint16_t kFat = 0x3003, kMoreSections = 0x08, kInitLocals = 0x10;

void put(Buffer& out, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

/// A fat header and `code_size` nops, then padding to 4 bytes.
Buffer fat_body(uint16_t flags, uint32_t code_size, uint32_t locals = 0) {
  Buffer out;
  put(out, flags, 2);
  put(out, 5, 2);
  put(out, code_size, 4);
  put(out, locals, 4);
  out.resize(out.size() + code_size);
  out.resize((out.size() + 3) / 4 * 4);
  return out;
}

struct SmallClause {
  uint32_t flags, try_offset, try_length, handler_offset, handler_length, token;
};
void put_clause(Buffer& out, const SmallClause& c, bool fat) {
  put(out, c.flags, fat ? 4 : 2);
  put(out, c.try_offset, fat ? 4 : 2);
  put(out, c.try_length, fat ? 4 : 1);
  put(out, c.handler_offset, fat ? 4 : 2);
  put(out, c.handler_length, fat ? 4 : 1);
  put(out, c.token, 4);
}
Buffer with_clause(const SmallClause& clause, bool fat) {
  Buffer out = fat_body(kFat | kMoreSections, 10);
  put(out, fat ? 0x41 | 28 << 8 : 0x01 | 16 << 8, 4);
  put_clause(out, clause, fat);
  return out;
}

TEST(body_tiny) {
  const Buffer bytes{3 << 2 | 2, 0x16, 0x26, 0x2A, 0xFF};
  MethodBody body = REQUIRE_OK(read_method_body(bytes, 0x200));
  EXPECT_EQ(body.code.size(), size_t{3});
  EXPECT_EQ(body.code[2], 0x2A);
  EXPECT_EQ(body.file_offset, 0x201u);
  EXPECT_EQ(body.max_stack, 8);
  EXPECT(body.local_signature.is_nil() && body.clauses.empty() && !body.init_locals);
}

TEST(body_fat) {
  Buffer bytes = fat_body(kFat | kInitLocals, 7, 0x11000002);
  MethodBody body = REQUIRE_OK(read_method_body(bytes, 0x200));
  EXPECT_EQ(body.code.size(), size_t{7});
  EXPECT_EQ(body.file_offset, 0x20Cu);
  EXPECT_EQ(body.max_stack, 5);
  EXPECT(body.init_locals);
  EXPECT_EQ(body.local_signature.value, 0x11000002u);
}

TEST(body_clauses_of_both_formats) {
  for (bool fat : {false, true}) {
    Buffer bytes = with_clause({0, 1, 4, 5, 3, 0x01000007}, fat);
    MethodBody body = REQUIRE_OK(read_method_body(bytes, 0));
    REQUIRE(body.clauses.size() == 1);
    const ExceptionClause& clause = body.clauses[0];
    EXPECT(clause.kind == ClauseKind::Catch);
    EXPECT_EQ(clause.try_begin, 1u);
    EXPECT_EQ(clause.try_end, 5u);
    EXPECT_EQ(clause.handler_begin, 5u);
    EXPECT_EQ(clause.handler_end, 8u);
    EXPECT_EQ(clause.catch_type.value, 0x01000007u);
  }
}

TEST(body_filter_and_finally) {
  MethodBody filter = REQUIRE_OK(read_method_body(with_clause({1, 0, 2, 6, 2, 3}, true), 0));
  EXPECT(filter.clauses[0].kind == ClauseKind::Filter);
  EXPECT_EQ(filter.clauses[0].filter_begin, 3u);
  MethodBody finally = REQUIRE_OK(read_method_body(with_clause({2, 0, 2, 6, 4, 0}, false), 0));
  EXPECT(finally.clauses[0].kind == ClauseKind::Finally);
  EXPECT_EQ(finally.clauses[0].handler_end, 10u);
}

TEST(body_two_sections) {
  Buffer bytes = fat_body(kFat | kMoreSections, 9);
  put(bytes, 0x81 | 16 << 8, 4);  // more follow
  put_clause(bytes, {2, 0, 2, 2, 2, 0}, false);
  put(bytes, 0x41 | 28 << 8, 4);
  put_clause(bytes, {4, 0, 4, 4, 5, 0}, true);
  MethodBody body = REQUIRE_OK(read_method_body(bytes, 0));
  REQUIRE(body.clauses.size() == 2);
  EXPECT(body.clauses[1].kind == ClauseKind::Fault);
}

TEST(body_clauses_outside_the_code) {
  for (bool fat : {false, true}) {
    EXPECT(!succeeded(read_method_body(with_clause({0, 8, 3, 0, 1, 0}, fat), 0)));
    EXPECT(!succeeded(read_method_body(with_clause({0, 0, 1, 11, 0, 0}, fat), 0)));
    EXPECT(!succeeded(read_method_body(with_clause({1, 0, 1, 2, 1, 10}, fat), 0)));
    EXPECT(!succeeded(read_method_body(with_clause({3, 0, 1, 1, 1, 0}, fat), 0)));
  }
  EXPECT(!succeeded(read_method_body(with_clause({0, 0xFFFFFFFF, 2, 0, 1, 0}, true), 0)));
  EXPECT(!succeeded(read_method_body(with_clause({0, 2, 0xFFFFFFFF, 0, 1, 0}, true), 0)));
}

TEST(body_headers_that_are_wrong) {
  EXPECT(!succeeded(read_method_body({}, 0)));
  EXPECT(!succeeded(read_method_body(Buffer{0x00}, 0)));
  EXPECT(!succeeded(read_method_body(Buffer{3 << 2 | 2, 0, 0}, 0)));
  EXPECT(!succeeded(read_method_body(fat_body(0x2003, 1), 0)));            // header of 8 bytes
  EXPECT(!succeeded(read_method_body(fat_body(kFat, 1, 0x02000001), 0)));  // locals in TypeDef
  Buffer huge = fat_body(kFat, 4);
  huge[4] = huge[5] = huge[6] = huge[7] = 0xFF;
  EXPECT(!succeeded(read_method_body(huge, 0)));
  EXPECT(!succeeded(read_method_body(fat_body(kFat | kMoreSections, 4), 0)));
}

TEST(body_truncated_anywhere) {
  const Buffer whole = with_clause({0, 1, 4, 5, 3, 0x01000007}, true);
  for (size_t length = 0; length < whole.size(); ++length) {
    const Buffer part(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(length));
    EXPECT(!succeeded(read_method_body(part, 0)));
  }
}

}  // namespace
}  // namespace leanclr::metadata
