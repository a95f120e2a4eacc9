// UTF-8 and UTF-16: round trips, and U+FFFD for what is ill-formed (Unicode 15, table 3-8).
#include "base/utf.h"

#include "unit/test.h"

namespace leanclr {
namespace {

std::u16string utf16(std::string_view utf8) { return std::u16string(view(to_utf16(utf8))); }

TEST(utf_round_trips) {
  const std::u16string_view texts[] = {u"",
                                       u"plain",
                                       u"\u00e9\u07ff",
                                       u"\u0800\u20ac\uffff",
                                       u"\U00010000\U0010ffff",
                                       std::u16string_view(u"a\0b", 3)};
  for (std::u16string_view text : texts) EXPECT_EQ(utf16(to_utf8(text)), text);
  EXPECT_EQ(to_utf8(u"\u20ac"), "\xE2\x82\xAC");
  EXPECT_EQ(to_utf8(u"\U0001F600"), "\xF0\x9F\x98\x80");
}

TEST(utf8_ill_formed_becomes_replacement) {
  EXPECT_EQ(utf16("\x80"), u"\uFFFD");
  EXPECT_EQ(utf16("a\xC3"), u"a\uFFFD");
  EXPECT_EQ(utf16("\xC0\xAF"), u"\uFFFD\uFFFD");                      // overlong
  EXPECT_EQ(utf16("\xED\xA0\x80"), u"\uFFFD\uFFFD\uFFFD");            // surrogate
  EXPECT_EQ(utf16("\xF5\x80\x80\x80"), u"\uFFFD\uFFFD\uFFFD\uFFFD");  // above U+10FFFF
  EXPECT_EQ(utf16("\xF0\x9F\x98z"), u"\uFFFDz");                      // one for the valid prefix
  EXPECT_EQ(utf16("\xE2\x82\xE2\x82\xAC"), u"\uFFFD\u20AC");
}

TEST(utf16_lone_surrogates_become_replacement) {
  const char16_t high[] = {0xD83D, u'x'}, low[] = {0xDE00}, swapped[] = {0xDE00, 0xD83D};
  EXPECT_EQ(to_utf8(std::u16string_view(high, 2)), "\xEF\xBF\xBDx");
  EXPECT_EQ(to_utf8(std::u16string_view(low, 1)), "\xEF\xBF\xBD");
  EXPECT_EQ(to_utf8(std::u16string_view(swapped, 2)), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace leanclr
