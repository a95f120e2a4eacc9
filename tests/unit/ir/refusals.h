// Refusals: small methods of one assembly, each with what the importer should say to it.
#pragma once

#include <vector>

#include "unit/ir/program.h"

namespace leanclr::test {

/// Methods that are added one by one and imported together.
class Refusals {
 public:
  explicit Refusals(std::unique_ptr<World> world) : program_(std::move(world)) {}

  AssemblyWriter& code() { return program_.code; }
  uint32_t type_ref(std::string_view name) { return program_.code.type_ref("System", name); }
  /// A static method of result and parameters that take one byte each (method_signature), and its locals.
  void add(bool accepted, const Buffer& result_and_parameters, const std::string& il, Buffer locals = {}) {
    cases_.push_back({"M" + std::to_string(cases_.size()), il, accepted});
    program_.method(cases_.back().name, result_and_parameters, il, std::move(locals));
  }
  /// One with a whole signature (§II.23.2.1).
  void add_signature(bool accepted, const Buffer& signature, const std::string& il) {
    cases_.push_back({"M" + std::to_string(cases_.size()), il, accepted});
    program_.code.method(cases_.back().name, signature, assemble(il));
  }
  /// One line per case that went the other way.
  std::string check() {
    std::string wrong;
    for (const Case& one : cases_) {
      Result<ir::Body*> body = program_.import(one.name);
      const bool accepted = body.ok();
      const bool typed = accepted || body.error().kind() == ErrorKind::InvalidProgram;
      std::string message = accepted ? "accepted" : std::string(body.take_error().message());
      if (accepted != one.accepted || !typed) wrong += one.name + " '" + one.il + "': " + message + "\n";
    }
    return wrong;
  }

 private:
  struct Case {
    std::string name, il;
    bool accepted;
  };
  Program program_;
  std::vector<Case> cases_;
};

}  // namespace leanclr::test
