// Random programs of references, byrefs, value types and numbers, mostly such as a compiler could write: what
// the importer takes must run without harm, with a collection at every turn. What is left out is what unsafe
// code has: native integers and byrefs that are added to.
#include "unit/interp/machine.h"

namespace leanclr::test {
namespace {

enum Kind : uint8_t {
  Int,
  Long,
  Double,
  Object,
  Text,
  Ints,
  Objects,
  Cell,
  Pair,
  RefInt,
  RefObject,
  RefText,
  RefPair,
  kKinds,
  None = kKinds
};

/// An instruction or several, with what they take and give.
struct Step {
  std::string il;
  std::vector<Kind> takes;
  Kind gives = None;
};

class Generator {
 public:
  Generator(Machine& machine, uint32_t seed) : machine_(machine), state_(seed * 2654435761u | 1) {
    add_types();
    add_steps();
  }

  /// A method "Rn".
  void add_method(uint32_t number) {
    std::vector<Kind> stack;
    std::string il = fill_everything();
    uint32_t labels = 0;
    std::vector<std::string> open;
    for (uint32_t i = 0, length = 4 + below(30); i < length; ++i) {
      if (below(12) == 0) {
        open.push_back("L" + std::to_string(labels++));
        il += "ldarg.0; ldc.i4 " + std::to_string(below(3)) + "; bgt " + open.back() + "; ";
      } else if (!open.empty() && below(6) == 0) {
        il += open.back() + ": nop; ";
        open.pop_back();
      }
      const Step step = below(10) == 0 ? diamond(labels++) : pick(stack);
      il += step.il + "; ";
      stack.resize(stack.size() - std::min(stack.size(), step.takes.size()));
      if (step.gives != None) stack.push_back(step.gives);
    }
    // Branches that are still open meet with what is on the stack now, or with nothing.
    for (const std::string& label : open) il += label + ": nop; ";
    for (size_t i = 0; i < stack.size(); ++i) il += "pop; ";
    machine_.program.code.method("R" + std::to_string(number), {0, 1, kVoid, kI4},
                                 assemble(il + look_at_everything() + "ret", locals_));
  }

 private:
  uint32_t below(uint32_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return state_ % limit;
  }

  /// Mostly one that fits, and rather one that does something with what is there; now and then one that takes
  /// as much.
  const Step& pick(const std::vector<Kind>& stack) {
    const bool fits = below(12) != 0;
    for (;;) {
      const Step& step = steps_[below(static_cast<uint32_t>(steps_.size()))];
      if (step.takes.size() > stack.size() || (step.takes.empty() && stack.size() > below(4))) continue;
      if (!fits ? !step.takes.empty() || stack.empty()
                : std::equal(step.takes.rbegin(), step.takes.rend(), stack.rbegin()))
        return step;
    }
  }

  /// Two ways that bring something each: mostly of one kind, or references of two.
  Step diamond(uint32_t number) {
    const auto one = static_cast<Kind>(below(kKinds));
    Kind other = one, both = one;
    const bool is_reference = one >= Object && one <= Cell;
    if (is_reference && below(2) == 0) {
      other = static_cast<Kind>(Object + below(Cell - Object + 1));
      if (other != one) both = Object;
    } else if (below(8) == 0) {
      other = static_cast<Kind>(below(kKinds));
    }
    if (below(4) == 0) both = below(2) ? one : other;
    const std::string id = std::to_string(number), load = "ldloc.s ";
    return {"ldarg.0; ldc.i4.1; bgt A" + id + "; " + load + std::to_string(one) + "; br B" + id + "; A" + id +
                ": " + load + std::to_string(other) + "; B" + id + ": nop",
            {},
            both};
  }

  /// Something of its kind for each local.
  std::string fill_everything() const {
    return "ldstr " + literal_ + "; stloc.s 4; ldc.i4 7; box " + int_ + "; stloc.s 3; ldc.i4.3; newarr " +
           int_ + "; stloc.s 5; ldc.i4.3; newarr " + object_ + "; stloc.s 6; newobj " +
           std::to_string(constructor_) + "; stloc.s 7; ldsflda " + token(4, statics_[0]) +
           "; stloc.s 9; ldsflda " + token(4, statics_[1]) + "; stloc.s 10; ldsflda " +
           token(4, statics_[2]) + "; stloc.s 11; ldloca.s 8; stloc.s 12; ";
  }

  /// Reads each local that is not null, and leaves what it finds in static fields, where the test looks at
  /// it.
  std::string look_at_everything() const {
    auto seen = [&](int field) { return "; stsfld " + token(4, seen_[field]); };
    const std::pair<Kind, std::string> looks[] = {
        {Object, seen(0)},
        {Text, seen(1)},
        {Ints, seen(2)},
        {Objects, seen(3)},
        {Cell, seen(4)},
        {RefInt, "; ldind.i4; pop"},
        {Cell, "; ldfld " + token(4, cell_fields_[2]) + seen(5)},
        {Cell, "; ldflda " + token(4, cell_fields_[3]) + "; ldfld " + token(4, pair_fields_[2]) + seen(6)},
        {RefObject, "; ldind.ref" + seen(0)},
        {RefText, "; ldind.ref" + seen(7)},
        {RefPair, "; ldfld " + token(4, pair_fields_[2]) + seen(8)}};
    std::string il = "ldloca.s 8; ldfld " + token(4, pair_fields_[2]) + seen(9) + "; ";
    int label = 0;
    for (const auto& [kind, look] : looks) {
      const std::string load = "ldloc.s " + std::to_string(kind), next = "N" + std::to_string(label++);
      il += load + "; brfalse " + next + "; " + load + look + "; " + next + ": nop; ";
    }
    return il;
  }

  void add_types() {
    AssemblyWriter& code = machine_.program.code;
    auto def = [](uint32_t row) { return static_cast<uint8_t>(def_index(row)); };
    statics_[0] = code.static_field("i", {kI4});
    statics_[1] = code.static_field("o", {kObject});
    statics_[2] = code.static_field("s", {kString});
    const Buffer kinds[] = {{kObject},
                            {kString},
                            {kSzArray, kI4},
                            {kSzArray, kObject},
                            {kClass, def(4)}};  // Cell is the fourth type
    for (int i = 0; i < 10; ++i)
      seen_[i] = code.static_field("seen" + std::to_string(i), kinds[i < 5 ? i : 1]);
    pair_ =
        code.type("Pair", AssemblyWriter::kValueType, AssemblyWriter::kSealed | AssemblyWriter::kSequential);
    const Buffer members[] = {{kI4}, {kObject}, {kString}};
    for (int i = 0; i < 3; ++i) pair_fields_[i] = code.field("f" + std::to_string(i), members[i]);
    cell_ = code.type("Cell", AssemblyWriter::kObject);
    CHECK(cell_ == 4);
    for (int i = 0; i < 3; ++i) cell_fields_[i] = code.field("f" + std::to_string(i), members[i]);
    cell_fields_[3] = code.field("f3", {kValueType, def(pair_)});
    constructor_ = code.method(".ctor", {0x20, 0, kVoid}, assemble("ret"), 0x1886);
    code.type("Q", AssemblyWriter::kObject);
    give_ = code.method("Give", {0, 2, kValueType, def(pair_), kValueType, def(pair_), kObject},
                        assemble("ldarg.0; ret"));
    swap_ = code.method(
        "Swap", {0, 2, kVoid, kByRef, kObject, kByRef, kObject},
        assemble("ldarg.0; ldind.ref; ldarg.0; ldarg.1; ldind.ref; stind.ref; ldarg.1; stind.ref; ret"));
    fill_ = code.method("Fill", {0, 2, kVoid, kByRef, kValueType, def(pair_), kString},
                        assemble("ldarg.0; ldarg.1; stfld " + token(4, pair_fields_[2]) +
                                 "; ldarg.0; ldarg.1; stfld " + token(4, pair_fields_[1]) + "; ret"));
    locals_ =
        code.signature({0x07, 13,       kI4,     kI8,    kR8,        kObject,    kString,    kSzArray,
                        kI4,  kSzArray, kObject, kClass, def(cell_), kValueType, def(pair_), kByRef,
                        kI4,  kByRef,   kObject, kByRef, kString,    kByRef,     kValueType, def(pair_)});
    object_ = std::to_string(code.type_ref("System", "Object"));
    string_ = std::to_string(code.type_ref("System", "String"));
    int_ = std::to_string(code.type_ref("System", "Int32"));
    length_ =
        std::to_string(code.member_ref(code.type_ref("System", "String"), "get_Length", {0x20, 0, kI4}));
    equals_ = std::to_string(
        code.member_ref(code.type_ref("System", "Object"), "Equals", {0x20, 1, kBool, kObject}));
    literal_ = std::to_string(code.literal("text"));
  }

  static std::string token(uint32_t table, uint32_t row) { return std::to_string(table << 24 | row); }

  void add_steps() {
    const std::string pair = token(2, pair_), cell = token(2, cell_);
    for (uint32_t kind = 0; kind < kKinds; ++kind) {
      const auto one = static_cast<Kind>(kind);
      const std::string number = std::to_string(kind);
      steps_.push_back({"ldloc.s " + number, {}, one});
      steps_.push_back({"stloc.s " + number, {one}});
      steps_.push_back({"dup; pop", {one}, one});
      steps_.push_back({"pop", {one}});
    }
    const Kind members[] = {Int, Object, Text}, addresses[] = {RefInt, RefObject, RefText};
    for (int i = 0; i < 3; ++i) {
      steps_.push_back({"ldsfld " + token(4, statics_[i]), {}, members[i]});
      steps_.push_back({"ldsflda " + token(4, statics_[i]), {}, addresses[i]});
      steps_.push_back({"stsfld " + token(4, statics_[i]), {members[i]}});
      const std::string of_cell = token(4, cell_fields_[i]), of_pair = token(4, pair_fields_[i]);
      steps_.push_back({"ldfld " + of_cell, {Cell}, members[i]});
      steps_.push_back({"ldflda " + of_cell, {Cell}, addresses[i]});
      steps_.push_back({"stfld " + of_cell, {Cell, members[i]}});
      steps_.push_back({"ldfld " + of_pair, {Pair}, members[i]});
      steps_.push_back({"ldfld " + of_pair, {RefPair}, members[i]});
      steps_.push_back({"ldflda " + of_pair, {RefPair}, addresses[i]});
      steps_.push_back({"stfld " + of_pair, {RefPair, members[i]}});
    }
    for (const Step& step : {Step{"ldc.i4 7", {}, Int},
                             Step{"ldarg.0", {}, Int},
                             Step{"ldc.i8 77", {}, Long},
                             Step{"ldc.r8 7", {}, Double},
                             Step{"ldnull", {}, Object},
                             Step{"ldnull", {}, Text},
                             Step{"ldnull", {}, Cell},
                             Step{"ldstr " + literal_, {}, Text},
                             Step{"add", {Int, Int}, Int},
                             Step{"conv.i8", {Int}, Long},
                             Step{"conv.i4", {Long}, Int},
                             Step{"conv.r8", {Int}, Double},
                             Step{"ceq", {Object, Object}, Int},
                             Step{"ldnull; cgt.un", {Text}, Int},
                             Step{"ldc.i4.3; newarr " + int_, {}, Ints},
                             Step{"ldc.i4.3; newarr " + object_, {}, Objects},
                             Step{"callvirt " + length_, {Text}, Int},
                             Step{"callvirt " + equals_ + "; pop", {Object, Object}},
                             Step{"ldc.i4.1; ldelem.i4", {Ints}, Int},
                             Step{"ldc.i4.1; ldelema " + int_, {Ints}, RefInt},
                             Step{"ldlen; conv.i4", {Ints}, Int},
                             Step{"ldc.i4.1; ldelem.ref", {Objects}, Object},
                             Step{"ldc.i4.1; ldelema " + object_, {Objects}, RefObject},
                             Step{"stelem.i4", {Ints, Int, Int}},
                             Step{"stelem.ref", {Objects, Int, Object}},
                             Step{"stelem.ref", {Objects, Int, Text}},
                             Step{"newobj " + std::to_string(constructor_), {}, Cell},
                             Step{"newobj " + std::to_string(constructor_), {}, Object},
                             Step{"box " + int_, {Int}, Object},
                             Step{"box " + pair, {Pair}, Object},
                             Step{"unbox.any " + int_, {Object}, Int},
                             Step{"unbox.any " + pair, {Object}, Pair},
                             Step{"unbox " + pair, {Object}, RefPair},
                             Step{"isinst " + string_, {Object}, Text},
                             Step{"isinst " + cell, {Object}, Cell},
                             Step{"isinst " + object_, {Text}, Object},
                             Step{"ldind.i4", {RefInt}, Int},
                             Step{"ldind.ref", {RefObject}, Object},
                             Step{"ldind.ref", {RefText}, Text},
                             Step{"stind.i4", {RefInt, Int}},
                             Step{"stind.ref", {RefObject, Object}},
                             Step{"stind.ref", {RefObject, Text}},
                             Step{"stind.ref", {RefText, Text}},
                             Step{"ldobj " + pair, {RefPair}, Pair},
                             Step{"stobj " + pair, {RefPair, Pair}},
                             Step{"initobj " + pair, {RefPair}},
                             Step{"cpobj " + pair, {RefPair, RefPair}},
                             Step{"stobj " + object_, {RefObject, Object}},
                             Step{"stobj " + string_, {RefText, Text}},
                             Step{"ldobj " + object_, {RefText}, Object},
                             Step{"initobj " + string_, {RefText}},
                             Step{"ldfld " + token(4, cell_fields_[3]), {Cell}, Pair},
                             Step{"ldflda " + token(4, cell_fields_[3]), {Cell}, RefPair},
                             Step{"stfld " + token(4, cell_fields_[3]), {Cell, Pair}},
                             Step{"ldloca.s 0", {}, RefInt},
                             Step{"ldloca.s 3", {}, RefObject},
                             Step{"ldloca.s 4", {}, RefText},
                             Step{"ldloca.s 8", {}, RefPair},
                             Step{"ldloca.s 12", {}, RefPair},
                             Step{"ldarga.s 0", {}, RefInt},
                             Step{"call " + std::to_string(give_), {Pair, Object}, Pair},
                             Step{"call " + std::to_string(swap_), {RefObject, RefObject}},
                             Step{"call " + std::to_string(fill_), {RefPair, Text}},
                             Step{"mkrefany " + object_ + "; refanyval " + object_, {RefObject}, RefObject}})
      steps_.push_back(step);
  }

  Machine& machine_;
  uint32_t state_;
  uint32_t pair_ = 0, cell_ = 0, constructor_ = 0, give_ = 0, swap_ = 0, fill_ = 0, locals_ = 0;
  uint32_t statics_[3], seen_[10], pair_fields_[3], cell_fields_[4];
  std::string object_, string_, int_, literal_, length_, equals_;
  std::vector<Step> steps_;
};

/// Every static field holds what it is declared to hold, or nothing.
bool statics_are_sound(types::TypeSystem& types, const types::Type& program) {
  for (const types::Field& field : program.fields) {
    if (!field.is_static || !field.type->is_reference()) continue;
    gc::Object* object = reinterpret_cast<Ref<gc::Object>*>(program.statics + field.offset)->get();
    if (object && !types.is_assignable(*field.type, *object->type)) return false;
  }
  return true;
}

}  // namespace

TEST(what_the_importer_takes_does_no_harm) {
  constexpr uint32_t kPrograms = 8, kMethods = 500;
  uint32_t taken = 0, refused = 0;
  for (uint32_t seed = 1; seed <= kPrograms; ++seed) {
    Machine machine(REQUIRE_WORLD());
    Generator generator(machine, seed);
    for (uint32_t i = 0; i < kMethods; ++i) generator.add_method(i);
    REQUIRE(machine.program.load());
    for (uint32_t i = 0; i < kMethods; ++i) {
      const std::string name = "R" + std::to_string(i);
      auto body = machine.program.import(name);
      if (!body.ok()) {
        EXPECT_EQ(body.take_error().kind(), ErrorKind::InvalidProgram);
        ++refused;
        continue;
      }
      ++taken;
      for (int32_t argument : {0, 1, 2, 3}) (void)machine.run(name, {argument});
      machine.program.heap().collect();
      REQUIRE(statics_are_sound(machine.program.types(), *body.value()->method->declaring_type));
    }
  }
  EXPECT(taken > 400);
  EXPECT(refused > 1000);
}

}  // namespace leanclr::test
