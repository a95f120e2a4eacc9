// Error's out-of-line half: its allocated form and its text.
#include "base/result.h"

#include <cstdlib>

#include "base/platform/error_output.h"
#include "base/text.h"

namespace leanclr {

struct ErrorView::Info {
  ErrorKind kind;
  std::string message;
  std::string file;
  ErrorPlace place;  // its file is the one above
};

namespace {

struct KindRow {
  std::string_view name;
  ManagedErrorType managed;
};

constexpr KindRow kKinds[] = {
#define ERROR_KIND(name, name_space, type) {#name, {name_space, type}},
#include "base/error_kinds.def"
#undef ERROR_KIND
};

const ErrorPlace kNowhere{};

}  // namespace

std::string_view name_of(ErrorKind kind) { return kKinds[static_cast<size_t>(kind)].name; }
ManagedErrorType managed_type_of(ErrorKind kind) { return kKinds[static_cast<size_t>(kind)].managed; }

Error::Error(ErrorKind kind, std::string_view message, const ErrorPlace& place) : ErrorView(0) {
  auto* info = new Info{kind, std::string(message), std::string(place.file), place};
  info->place.file = info->file;
  bits_ = reinterpret_cast<uintptr_t>(info);
}

Failure failure(ErrorKind kind, std::string_view message, const ErrorPlace& place) {
  return Result<void>(Error(kind, message, place)).failure();
}
Failure failure(ErrorKind kind, const char* message) { return failure(kind, std::string_view(message), {}); }
Failure failure(ErrorKind kind, const char* message, const ErrorPlace& place) {
  return failure(kind, std::string_view(message), place);
}

Failure failure_with(ErrorKind kind, const char* message, std::initializer_list<std::string_view> values) {
  return failure_with(kind, message, values, {});
}

Failure failure_with(ErrorKind kind, const char* message, std::initializer_list<std::string_view> values, const ErrorPlace& place) {
  std::string text;
  const std::string_view* value = values.begin();
  for (; *message; ++message) {
    if (*message != '%') text += *message;
    else if (value != values.end()) text += *value++;
  }
  return failure(kind, text, place);
}

void Error::free_info() { delete reinterpret_cast<Info*>(bits_); }

ErrorKind ErrorView::kind() const {
  return bits_ & 1 ? static_cast<ErrorKind>(bits_ >> 1) : reinterpret_cast<const Info*>(bits_)->kind;
}

std::string_view ErrorView::message() const {
  return bits_ & 1 ? std::string_view{} : std::string_view(reinterpret_cast<const Info*>(bits_)->message);
}

const ErrorPlace& ErrorView::place() const {
  return bits_ & 1 ? kNowhere : reinterpret_cast<const Info*>(bits_)->place;
}

std::string ErrorView::to_string() const {
  std::string text(name_of(kind()));
  if (!message().empty()) text.append(": ").append(message());
  const ErrorPlace& where = place();
  const char* separator = " (";
  auto part = [&](auto&& append) {
    text += separator;
    separator = ", ";
    append();
  };
  if (!where.file.empty()) part([&] { text += where.file; });
  if (where.offset != ErrorPlace::kUnknown) part([&] { append_hex(text += "offset 0x", where.offset); });
  if (where.token != ErrorPlace::kUnknown) part([&] { append_hex(text += "token 0x", where.token); });
  if (*separator == ',') text += ')';
  return text;
}

Error Error::at(const ErrorPlace& place) && {
  ErrorPlace known = this->place();
  if (known.file.empty()) known.file = place.file;
  if (known.offset == ErrorPlace::kUnknown) known.offset = place.offset;
  if (known.token == ErrorPlace::kUnknown) known.token = place.token;
  return Error(kind(), message(), known);
}

Error ErrorView::clone() const { return bits_ & 1 ? Error(kind()) : Error(kind(), message(), place()); }

void check_failed(const char* condition, const char* file, int line) {
  std::string text = "leanclr: broken invariant: ";
  append_decimal(text.append(condition).append(" at ").append(file).append(":"), line);
  platform::write_error(text += '\n');
  std::abort();
}

}  // namespace leanclr
