// StructWriter: fills a managed struct at an address, field by field by name. Private to icalls/.
#pragma once

#include "interp/thread.h"

namespace leanclr::icalls {

class StructWriter {
 public:
  StructWriter(interp::Thread& thread, types::Type& type, uint8_t* address)
      : thread_(thread), type_(type), address_(address) {}

  /// Errors: MissingField.
  template <typename T>
  Status set(std::string_view name, T value) {
    types::Field* field = thread_.types().find_field(type_, name);
    if (!field) return failure_with(ErrorKind::MissingField, "%.%", {thread_.types().full_name(type_), name});
    *reinterpret_cast<T*>(address_ + field->offset) = value;
    return {};
  }

 private:
  interp::Thread& thread_;
  types::Type& type_;
  uint8_t* address_;
};

}  // namespace leanclr::icalls
