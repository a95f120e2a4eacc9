// The unit tests' few macros: TEST, EXPECT, EXPECT_EQ, REQUIRE, SKIP.
//
// A test registers itself in a list that main.cpp runs. Expectations go on after a failure, REQUIRE leaves
// the test. What it is not: a framework; values are printed only when a stream or to_string can.
#pragma once

#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

namespace leanclr::test {

/// What the running test reports to.
struct Report {
  int failures = 0;
  std::string skipped;  // the reason, when skipped
};

struct Case {
  std::string_view name;
  std::string_view file;
  void (*run)(Report&);
  Case* next;
};

/// Adds a case to the list; used by TEST only.
bool add(Case& test);
void fail(Report& report, const char* file, int line, const std::string& what);

template <typename T>
std::string show(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return std::to_string(static_cast<long long>(value));
  } else if constexpr (sizeof(T) == 1 && std::is_integral_v<T>) {
    return std::to_string(static_cast<int>(value));
  } else if constexpr (std::is_same_v<T, std::u16string> || std::is_same_v<T, std::u16string_view>) {
    std::ostringstream text;
    for (char16_t unit : value) text << std::hex << static_cast<unsigned>(unit) << ' ';
    return text.str();
  } else if constexpr (requires(std::ostream & out) { out << value; }) {
    std::ostringstream text;
    text << value;
    return text.str();
  } else {
    return "a value";
  }
}

template <typename A, typename B>
void expect_equal(Report& report, const A& actual, const B& expected, const char* text, const char* file,
                  int line) {
  if (actual == expected) return;
  fail(report, file, line, std::string(text) + ": got " + show(actual) + ", expected " + show(expected));
}

/// "name: the error's text" of a Result that should have been good, for REQUIRE_OK.
template <typename R>
std::string error_text(const char* expression, R& result) {
  return std::string(expression) + ": " + result.take_error().to_string();
}

}  // namespace leanclr::test

#define TEST(name)                                                                     \
  static void test_##name(::leanclr::test::Report& report_);                           \
  static ::leanclr::test::Case case_##name{#name, __FILE__, test_##name, nullptr};     \
  [[maybe_unused]] static const bool added_##name = ::leanclr::test::add(case_##name); \
  static void test_##name([[maybe_unused]] ::leanclr::test::Report& report_)

#define EXPECT(condition)                                                             \
  do {                                                                                \
    if (!(condition)) ::leanclr::test::fail(report_, __FILE__, __LINE__, #condition); \
  } while (false)

#define EXPECT_EQ(actual, expected) \
  ::leanclr::test::expect_equal(report_, actual, expected, #actual " == " #expected, __FILE__, __LINE__)

#define REQUIRE(condition)                                            \
  do {                                                                \
    if (!(condition)) {                                               \
      ::leanclr::test::fail(report_, __FILE__, __LINE__, #condition); \
      return;                                                         \
    }                                                                 \
  } while (false)

/// The value of a Result that must be good; otherwise the test fails with the error's text and ends.
#define REQUIRE_OK(expression)                                                    \
  ({                                                                              \
    auto required_ = (expression);                                                \
    if (!required_.ok()) {                                                        \
      ::leanclr::test::fail(report_, __FILE__, __LINE__,                          \
                            ::leanclr::test::error_text(#expression, required_)); \
      return;                                                                     \
    }                                                                             \
    required_.take_value();                                                       \
  })

#define SKIP(reason)            \
  do {                          \
    report_.skipped = (reason); \
    return;                     \
  } while (false)
