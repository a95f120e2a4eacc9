// Result<T>, Error and TRY: how every fallible function of the runtime answers.
//
// An Error is one pointer wide. It is either a bare kind (no allocation: natives raise
// NullReference and the like this way) or owns a message and the place in a file where the cause lies.
// The kind ManagedException says only that an exception object is pending on the thread.
//
// A Result is nearly free on the way up: it carries the error as a plain word and runs no destructor for it, a value of
// up to 4 bytes travels with it in one register, and TRY is a compare and a branch. The price: whoever ends a failed
// Result's way takes the error out of it (take_error, succeeded) or its message is never freed; leak checking in the
// sanitizer build finds those who forget.
// What it is not: a C++ exception (those are off) or a managed exception object (interp::Thread::make_exception makes those).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <new>
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
  std::string_view file = {};   // assembly file name, or empty; an Error keeps a copy
  uint32_t offset = kUnknown;   // byte offset in the file
  uint32_t token = kUnknown;    // metadata token (§II.22), the table in the top byte
};

class Error;

/// An error that somebody else owns.
class ErrorView {
 public:
  ErrorKind kind() const;
  /// The message without its place; empty for a bare kind.
  std::string_view message() const;
  const ErrorPlace& place() const;
  /// "BadImage: method body ends early (app.dll, offset 0x120, token 0x06000003)".
  std::string to_string() const;
  Error clone() const;

 protected:
  template <typename T>
  friend class Result;
  struct Info;
  explicit ErrorView(uintptr_t bits) : bits_(bits) {}
  static constexpr uintptr_t bare(ErrorKind kind) { return (static_cast<uintptr_t>(kind) << 1) | 1; }
  uintptr_t bits_;  // a bare kind, or an Info*; never 0
};

/// An error on its way from one Result to another, what TRY returns: its word, 0 for none.
struct [[nodiscard]] Failure {
  uintptr_t bits;
};

/// An Error with a message, as a function returns it.
/// The short forms are for the module's size: hundreds of functions call them.
Failure failure(ErrorKind kind, const char* message);
Failure failure(ErrorKind kind, const char* message, const ErrorPlace& place);
Failure failure(ErrorKind kind, std::string_view message, const ErrorPlace& place = {});
/// The same with a value for each % of the message.
Failure failure_with(ErrorKind kind, const char* message, std::initializer_list<std::string_view> values);
Failure failure_with(ErrorKind kind, const char* message, std::initializer_list<std::string_view> values, const ErrorPlace& place);

/// Move-only owner of an error, one pointer wide.
class [[nodiscard]] Error : public ErrorView {
 public:
  Error(Failure failure) : ErrorView(failure.bits) {}  // NOLINT
  /// An error without a message; the managed exception gets its type's default text. Never allocates.
  Error(ErrorKind kind) : ErrorView(bare(kind)) {}  // NOLINT: implicit by design
  Error(ErrorKind kind, std::string_view message, const ErrorPlace& place = {});
  Error(Error&& other) noexcept : ErrorView(other.release()) {}
  Error& operator=(Error&& other) noexcept {
    std::swap(bits_, other.bits_);
    return *this;
  }
  Error(const Error&) = delete;
  Error& operator=(const Error&) = delete;
  ~Error() {
    if (!(bits_ & 1)) free_info();
  }

  /// The same cause at a better known place: fills in only what is still unknown.
  Error at(const ErrorPlace& place) &&;

 private:
  template <typename T>
  friend class Result;
  explicit Error(uintptr_t bits) : ErrorView(bits) {}
  uintptr_t release() { return std::exchange(bits_, kMoved); }
  static constexpr uintptr_t kMoved = 1;
  void free_info();
};

struct Unit {};

/// What a Result holds: the error's word, 0 where there is a value, and the value beside it.
template <typename T, bool trivial = std::is_trivially_copyable_v<T>,
          bool packed = trivial && sizeof(T) <= 4 && sizeof(uintptr_t) == 4>
struct ResultContent {  // values that own something
  uintptr_t error;
  union {
    T value;
  };
  explicit ResultContent(Failure failure) : error(failure.bits) {}
  explicit ResultContent(T&& from) : error(0), value(std::move(from)) {}
  ResultContent(ResultContent&& other) noexcept : error(other.error) {
    if (!error) new (&value) T(std::move(other.value));
  }
  ResultContent& operator=(ResultContent&& other) noexcept {
    this->~ResultContent();
    return *new (this) ResultContent(std::move(other));
  }
  ~ResultContent() {
    if (!error) value.~T();
  }
  uintptr_t error_bits() const { return error; }
  T& get() { return value; }
  const T& get() const { return value; }
  T take() { return std::move(value); }
};

template <typename T>
struct ResultContent<T, true, false> {
  uintptr_t error;
  union {
    T value;
  };
  explicit ResultContent(Failure failure) : error(failure.bits) {}
  explicit ResultContent(const T& from) : error(0), value(from) {}
  uintptr_t error_bits() const { return error; }
  T& get() { return value; }
  const T& get() const { return value; }
  T take() { return value; }
};

/// One 64-bit register: the error below, the value above.
template <typename T>
struct ResultContent<T, true, true> {
  uint64_t bits;
  explicit ResultContent(Failure failure) : bits(failure.bits) {}
  explicit ResultContent(const T& from) : bits(0) {
    uint32_t word = 0;
    __builtin_memcpy(&word, &from, sizeof(T));
    bits = static_cast<uint64_t>(word) << 32;
  }
  uintptr_t error_bits() const { return static_cast<uintptr_t>(bits); }
  T get() const {
    const uint32_t word = static_cast<uint32_t>(bits >> 32);
    union {
      T value;
      char none;
    } out{.none = 0};
    __builtin_memcpy(&out.value, &word, sizeof(T));
    return out.value;
  }
  T take() const { return get(); }
};

/// A value or an Error. `Result<void>` carries no value.
template <typename T>
class [[nodiscard]] Result {
 public:
  using Value = T;
  Result(T value) : content_(static_cast<T&&>(value)) {}  // NOLINT
  Result(Error error) : content_(Failure{error.release()}) {}  // NOLINT
  Result(ErrorKind kind) : content_(Failure{ErrorView::bare(kind)}) {}  // NOLINT
  Result(Failure failure) : content_(failure) {}  // NOLINT
  bool ok() const { return content_.error_bits() == 0; }
  decltype(auto) value() { return content_.get(); }
  decltype(auto) value() const { return content_.get(); }
  ErrorView error() const { return ErrorView(content_.error_bits()); }
  T take_value() { return content_.take(); }
  /// Ends the Result's way: the error is the caller's. Once only.
  Error take_error() { return Error(content_.error_bits()); }
  Failure failure() const { return {content_.error_bits()}; }

 private:
  ResultContent<T> content_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using Value = void;
  Result(Unit = {}) : error_(0) {}  // NOLINT
  Result(Error error) : error_(error.release()) {}  // NOLINT
  Result(ErrorKind kind) : error_(ErrorView::bare(kind)) {}  // NOLINT
  Result(Failure failure) : error_(failure.bits) {}  // NOLINT
  bool ok() const { return error_ == 0; }
  /// The seed API's spelling (tests/seed/seed-api.md).
  bool is_ok() const { return ok(); }
  bool is_err() const { return !ok(); }
  ErrorView error() const { return ErrorView(error_); }
  Unit take_value() { return {}; }
  Error take_error() { return Error(error_); }
  Failure failure() const { return {error_}; }

 private:
  uintptr_t error_;
};
using Status = Result<void>;

/// The value, or `fallback` where there is none; why is of no interest here.
template <typename T>
T value_or(Result<T> result, T fallback) {
  if (result.ok()) return result.take_value();
  (void)result.take_error();
  return fallback;
}

/// Whether it went well; why it did not is of no interest here.
template <typename T>
bool succeeded(Result<T> result) {
  if (result.ok()) return true;
  (void)result.take_error();
  return false;
}

}  // namespace leanclr

/// Gives the value of a Result, or returns its error from the enclosing function.
#define TRY(expr)                                                \
  ({                                                             \
    auto try_result_ = (expr);                                   \
    if (!try_result_.ok()) [[unlikely]] return try_result_.failure(); \
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
