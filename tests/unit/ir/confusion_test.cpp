// Code that takes one kind of value for another: references, byrefs, numbers. A table of small programs, each refused.
#include <algorithm>

#include "unit/ir/program.h"

namespace leanclr::test {
namespace {

/// Methods to be refused, or accepted, in one assembly.
class Table {
 public:
  explicit Table(std::unique_ptr<World> world) : program_(std::move(world)) {}

  uint32_t type_ref(std::string_view name) { return program_.code.type_ref("System", name); }
  void add(bool accepted, Buffer result_and_parameters, const std::string& il, Buffer locals = {}) {
    cases_.push_back({"M" + std::to_string(cases_.size()), il, accepted});
    program_.method(cases_.back().name, std::move(result_and_parameters), il, std::move(locals));
  }
  /// One line per case that went the other way.
  std::string check() {
    std::string wrong;
    for (const Case& one : cases_) {
      auto body = program_.import(one.name);
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

struct Kind {
  const char* name;
  Buffer signature;
};

const Kind kKinds[] = {
    {"int32", {kI4}},   {"int64", {kI8}},           {"double", {kR8}},           {"object", {kObject}},
    {"string", {kString}}, {"int32&", {kByRef, kI4}}, {"object&", {kByRef, kObject}}, {"int32[]", {kSzArray, kI4}},
};
enum : size_t { kNumber, kLong, kDouble, kObjectRef, kText, kNumberRef, kObjectByRef, kNumbers, kKindCount };

/// A reference may be taken for an object.
bool may_pass(size_t from, size_t to) { return from == to || (to == kObjectRef && (from == kText || from == kNumbers)); }

Buffer join(Buffer first, const Buffer& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

TEST(no_kind_of_value_passes_for_another) {
  Table table(REQUIRE_WORLD());
  for (size_t from = 0; from < kKindCount; ++from)
    for (size_t to = 0; to < kKindCount; ++to) {
      const Buffer& source = kKinds[from].signature;
      const Buffer& target = kKinds[to].signature;
      const bool accepted = may_pass(from, to);
      table.add(accepted, join({kVoid}, source), "ldarg.0; stloc.0; ret", target);
      table.add(accepted, join(join({kVoid}, source), target), "ldarg.0; starg.s 1; ret");
      table.add(accepted, join(target, source), "ldarg.0; ret");
      // The same over a branch, where the value goes to its place on the stack.
      table.add(accepted, join(target, source), "ldarg.0; br.s end; end: ret");
    }
  EXPECT_EQ(table.check(), "");
}

TEST(instructions_take_the_operands_that_they_are_for) {
  Table table(REQUIRE_WORLD());
  const std::string string_type = std::to_string(table.type_ref("String")), int_type = std::to_string(table.type_ref("Int32"));
  struct Use {
    std::string il;        // with the value on the stack; leaves nothing
    std::vector<size_t> accepts;
  };
  const Use uses[] = {
      {"ldlen; pop", {kNumbers}},
      {"ldc.i4.0; ldelem.i4; pop", {kNumbers}},
      {"ldc.i4.0; ldelem.ref; pop", {}},
      {"ldc.i4.0; ldelema " + int_type + "; pop", {kNumbers}},
      {"ldc.i4.0; ldc.i4.1; stelem.i4", {kNumbers}},
      {"ldc.i4.0; ldnull; stelem.ref", {}},
      {"ldind.i4; pop", {kNumberRef}},
      {"ldind.ref; pop", {kObjectByRef}},
      {"ldc.i4.1; stind.i4", {kNumberRef}},
      {"ldnull; stind.ref", {kObjectByRef}},
      {"ldobj " + int_type + "; pop", {kNumberRef}},
      {"initobj " + int_type, {kNumberRef}},
      {"castclass " + string_type + "; pop", {kObjectRef, kText, kNumbers}},
      {"isinst " + string_type + "; pop", {kObjectRef, kText, kNumbers}},
      {"unbox.any " + int_type + "; pop", {kObjectRef, kText, kNumbers}},
      {"unbox " + int_type + "; pop", {kObjectRef, kText, kNumbers}},
      {"box " + int_type + "; pop", {kNumber}},
      {"ldvirtftn " + std::to_string(0x06000001) + "; pop", {}},
      {"throw; ldarg.0; pop", {kObjectRef, kText, kNumbers}},
      {"neg; pop", {kNumber, kLong, kDouble}},
      {"not; pop", {kNumber, kLong}},
      {"ckfinite; pop", {kDouble}},
      {"conv.i8; pop", {kNumber, kLong, kDouble, kNumberRef, kObjectByRef}},
      {"newarr " + int_type + "; pop", {kNumber}},
      {"switch 0; nop", {kNumber}},
      // Unsafe code calculates with addresses; not with references.
      {"ldarg.0; mul; pop", {kNumber, kLong, kDouble, kNumberRef, kObjectByRef}},
      {"ldarg.0; xor; pop", {kNumber, kLong, kNumberRef, kObjectByRef}},
      {"ldc.i4.1; shl; pop", {kNumber, kLong}},
      {"ldc.r8 0; ceq; pop", {kDouble}},
  };
  for (const Use& use : uses)
    for (size_t kind = 0; kind < kKindCount; ++kind) {
      const bool accepted = std::find(use.accepts.begin(), use.accepts.end(), kind) != use.accepts.end();
      table.add(accepted, join({kVoid}, kKinds[kind].signature), "ldarg.0; " + use.il + "; ret");
    }
  EXPECT_EQ(table.check(), "");
}

TEST(paths_that_meet_bring_the_same_kind) {
  Table table(REQUIRE_WORLD());
  for (size_t one = 0; one < kKindCount; ++one)
    for (size_t other = 0; other < kKindCount; ++other) {
      const bool both_references = [&] {
        auto reference = [](size_t kind) { return kind == kObjectRef || kind == kText || kind == kNumbers; };
        return reference(one) && reference(other);
      }();
      const Buffer parameters = join(join({kVoid, kI4}, kKinds[one].signature), kKinds[other].signature);
      const bool accepted = one == other || both_references;
      table.add(accepted, parameters, "ldarg.0; brtrue.s else; ldarg.1; br.s end; else: ldarg.2; end: pop; ret");
      // What two kinds of references meet as is an object and nothing more.
      if (both_references && one != other)
        table.add(false, join(join({kString, kI4}, kKinds[one].signature), kKinds[other].signature),
                  "ldarg.0; brtrue.s else; ldarg.1; br.s end; else: ldarg.2; end: ret");
    }
  EXPECT_EQ(table.check(), "");
}

}  // namespace
}  // namespace leanclr::test
