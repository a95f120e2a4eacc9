// Keys: their parts, the canonical text, and what is no key.
#include "interop/key.h"

#include "unit/test.h"

namespace leanclr::test {

using interop::Key;
using interop::parse_key;

namespace {

std::string canonical(std::string_view text) {
  auto key = parse_key(text);
  return key.ok() ? key.value().text() : "no key: " + std::string(name_of(key.take_error().kind()));
}

/// Why the text is no key.
std::string reason(std::string_view text) {
  auto key = parse_key(text);
  if (key.ok()) return "a key";
  std::string message(key.take_error().message());
  size_t from = message.find("key: ") + 5;
  return message.substr(from, message.find(';') - from);
}

}  // namespace

TEST(a_key_has_three_parts) {
  Key key = REQUIRE_OK(parse_key("[CoreTests]test.CustomPInvoke::Add(System.Int32,System.Int32)"));
  EXPECT_EQ(key.library, "CoreTests");
  EXPECT_EQ(key.name, "test.CustomPInvoke::Add");
  EXPECT_EQ(key.parameters, "(System.Int32,System.Int32)");
  EXPECT(REQUIRE_OK(parse_key("A::B()")) == (Key{"", "A::B", "()"}));
  EXPECT(REQUIRE_OK(parse_key("[lib]entry_point")) == (Key{"lib", "entry_point", ""}));
}

TEST(spaces_and_dll_do_not_count) {
  EXPECT_EQ(canonical("[CoreTests.dll] test.P::Add( System.Int32, System.Int32 )"),
            "[CoreTests]test.P::Add(System.Int32,System.Int32)");
  EXPECT_EQ(canonical("test.P::Add"), "test.P::Add");
  EXPECT_EQ(canonical("[.dll]A::B"), "[.dll]A::B");  // a name, not a suffix
}

TEST(texts_that_are_no_keys) {
  EXPECT_EQ(canonical(""), "no key: Argument");
  EXPECT_EQ(reason(""), "the name is empty");
  EXPECT_EQ(reason("   "), "the name is empty");
  EXPECT_EQ(reason("[lib"), "the bracket is not closed");
  EXPECT_EQ(reason("[]A::B"), "the library name is empty");
  EXPECT_EQ(reason("[lib]"), "the name is empty");
  EXPECT_EQ(reason("A::B(System.Int32"), "the parameter list is not closed");
  EXPECT_EQ(reason("entry_point"), "an entry point wants its library in brackets");
  EXPECT_EQ(reason("[lib]entry_point(System.Int32)"), "an entry point has no parameter list");
}

}  // namespace leanclr::test
