// Result<T>, Error and TRY: how every fallible function of the runtime answers.
//
// An Error is one pointer wide. It is either a bare kind (no allocation: natives raise
// NullReference and the like this way) or owns a message and the place in a file where the cause lies.
// The kind ManagedException says only that an exception object is pending on the thread.
// What it is not: a C++ exception (those are off) or a managed exception object (interp::Thread::make_exception makes those).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace leanclr {

/// What went wrong. The rows and the managed exception type that each becomes stand in error_kinds.def.
enum class ErrorKind : uint8_t {
#define ERROR_KIND(name, name_space, type) name,
#include "base/error_kinds.def"
#undef ERROR_KIND
};

/// The kind's own name, for messages and typed host errors.
std::string_view name_of(ErrorKind kind);

/// The managed exception type ("System", "NullReferenceException") that the kind becomes.
struct ManagedErrorType {
  std::string_view name_space;
  std::string_view name;
};
ManagedErrorType managed_type_of(ErrorKind kind);

/// Where in a file the cause of a load error lies; unknown parts are `kUnknown`.
struct ErrorPlace {
  static constexpr uint32_t kUnknown = ~0u;
  std::string file;             // assembly file name, or empty
  uint32_t offset = kUnknown;   // byte offset in the file
  uint32_t token = kUnknown;    // metadata token (§II.22), the table in the top byte
};

/// Move-only error value, one pointer wide.
class [[nodiscard]] Error {
 public:
  /// An error without a message; the managed exception gets its type's default text. Never allocates.
  Error(ErrorKind kind) : bits_((static_cast<uintptr_t>(kind) << 1) | 1) {}  // NOLINT: implicit by design
  Error(ErrorKind kind, std::string message, ErrorPlace place = {});
  Error(Error&& other) noexcept : bits_(std::exchange(other.bits_, kMoved)) {}
  Error& operator=(Error&& other) noexcept {
    std::swap(bits_, other.bits_);
    return *this;
  }
  Error(const Error&) = delete;
  Error& operator=(const Error&) = delete;
  ~Error() {
    if (!(bits_ & 1)) free_info();
  }

  ErrorKind kind() const;
  /// The message without its place; empty for a bare kind.
  std::string_view message() const;
  const ErrorPlace& place() const;
  /// "BadImage: method body ends early (app.dll, offset 0x120, token 0x06000003)".
  std::string to_string() const;
  /// The same cause at a better known place: fills in only what is still unknown.
  Error at(const ErrorPlace& place) &&;
  Error clone() const;

 private:
  struct Info;
  static constexpr uintptr_t kMoved = 1;
  void free_info();
  uintptr_t bits_;
};

struct Unit {};

/// A value or an Error. `Result<void>` carries no value.
template <typename T>
class [[nodiscard]] Result {
 public:
  using Value = T;
  Result(T value) : ok_(true) { new (&value_) T(std::move(value)); }  // NOLINT
  Result(Error error) : ok_(false) { new (&error_) Error(std::move(error)); }  // NOLINT
  Result(ErrorKind kind) : Result(Error(kind)) {}  // NOLINT
  Result(Result&& other) noexcept : ok_(other.ok_) {
    if (ok_) new (&value_) T(std::move(other.value_));
    else new (&error_) Error(std::move(other.error_));
  }
  Result& operator=(Result&& other) noexcept {
    this->~Result();
    new (this) Result(std::move(other));
    return *this;
  }
  ~Result() {
    if (ok_) value_.~T();
    else error_.~Error();
  }
  bool ok() const { return ok_; }
  T& value() { return value_; }
  const T& value() const { return value_; }
  const Error& error() const { return error_; }
  T take_value() { return std::move(value_); }
  Error take_error() { return std::move(error_); }

 private:
  bool ok_;
  union {
    T value_;
    Error error_;
  };
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using Value = void;
  Result(Unit = {}) : ok_(true), error_(ErrorKind::None) {}  // NOLINT
  Result(Error error) : ok_(false), error_(std::move(error)) {}  // NOLINT
  Result(ErrorKind kind) : Result(Error(kind)) {}  // NOLINT
  bool ok() const { return ok_; }
  /// The seed API's spelling (tests/seed/seed-api.md).
  bool is_ok() const { return ok_; }
  bool is_err() const { return !ok_; }
  const Error& error() const { return error_; }
  Unit take_value() { return {}; }
  Error take_error() { return std::move(error_); }

 private:
  bool ok_;
  Error error_;
};
using Status = Result<void>;

}  // namespace leanclr

/// Gives the value of a Result, or returns its error from the enclosing function.
#define TRY(expr)                                                \
  ({                                                             \
    auto try_result_ = (expr);                                   \
    if (!try_result_.ok()) [[unlikely]] return try_result_.take_error(); \
    try_result_.take_value();                                    \
  })

/// A broken invariant of the runtime itself: prints the place and aborts. Never for input from outside.
#define CHECK(condition) \
  do {                   \
    if (!(condition)) [[unlikely]] ::leanclr::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)

namespace leanclr {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}
