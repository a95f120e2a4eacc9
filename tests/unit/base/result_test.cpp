// Result, Error and TRY: values and errors travel, places are filled in once.
#include "base/result.h"

#include <memory>

#include "unit/test.h"

namespace leanclr {
namespace {

static_assert(sizeof(Error) == sizeof(void*));

Result<int> half(int value) {
  if (value % 2) return Error(ErrorKind::Argument, "odd");
  return value / 2;
}
Result<int> quarter(int value) { return TRY(half(TRY(half(value)))); }
Status check_even(int value) {
  TRY(half(value));
  return {};
}
Result<std::unique_ptr<int>> boxed(int value) { return std::make_unique<int>(TRY(half(value))); }

TEST(result_carries_a_value) {
  Result<int> result = quarter(8);
  REQUIRE(result.ok());
  EXPECT_EQ(result.value(), 2);
  EXPECT(check_even(2).ok());
  EXPECT_EQ(*REQUIRE_OK(boxed(6)), 3);
}

TEST(try_returns_the_error) {
  Result<int> result = quarter(6);
  REQUIRE(!result.ok());
  EXPECT(result.error().kind() == ErrorKind::Argument);
  Error error = result.take_error();
  EXPECT_EQ(error.message(), "odd");
  EXPECT_EQ(value_or(half(1), 7), 7);
  EXPECT_EQ(value_or(half(4), 7), 2);
  EXPECT(!succeeded(check_even(1)));
  EXPECT(!succeeded(boxed(1)));
}

TEST(result_is_reassigned) {
  Result<std::string> result(std::string("a text too long for the small string buffer"));
  result = Error(ErrorKind::Overflow);
  EXPECT(!result.ok());
  result = Result<std::string>(std::string("again"));
  REQUIRE(result.ok());
  EXPECT_EQ(result.take_value(), "again");
}

TEST(error_without_a_message) {
  Error error(ErrorKind::NullReference);
  EXPECT(error.kind() == ErrorKind::NullReference);
  EXPECT_EQ(error.message(), "");
  EXPECT_EQ(error.to_string(), "NullReference");
  EXPECT_EQ(managed_type_of(error.kind()).name, "NullReferenceException");
}

TEST(error_tells_its_place) {
  Error error(ErrorKind::BadImage, "method body ends early", {"app.dll", 0x120, 0x06000003});
  EXPECT_EQ(error.to_string(), "BadImage: method body ends early (app.dll, offset 0x120, token 0x6000003)");
  EXPECT_EQ(error.clone().to_string(), error.to_string());
}

TEST(error_place_is_filled_in_not_replaced) {
  Error error(ErrorKind::BadImage, "bad", {{}, 7, ErrorPlace::kUnknown});
  Error located = std::move(error).at({"a.dll", 9, 0x02000001});
  EXPECT_EQ(located.to_string(), "BadImage: bad (a.dll, offset 0x7, token 0x2000001)");
  Error again = std::move(located).at({"b.dll", 1, 2});
  EXPECT_EQ(again.place().file, "a.dll");
  EXPECT_EQ(again.message(), "bad");
}

TEST(error_message_of_parts) {
  Error error = failure_with(ErrorKind::Argument, "'%' is odd", {"x"}, {"a.dll"});
  EXPECT_EQ(error.to_string(), "Argument: 'x' is odd (a.dll)");
}

TEST(error_kind_names) {
  EXPECT_EQ(name_of(ErrorKind::FileNotFound), "FileNotFound");
  EXPECT_EQ(managed_type_of(ErrorKind::FileNotFound).name_space, "System.IO");
}

}  // namespace
}  // namespace leanclr
