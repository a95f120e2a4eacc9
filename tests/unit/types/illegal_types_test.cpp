// Types that must not load: each ends in a TypeLoad or BadImage that names it, and stays that way.
#include "unit/types/assembly_writer.h"
#include "unit/types/world.h"

namespace leanclr::test {

using types::Type;
using types::TypeState;

namespace {

constexpr uint8_t kI4 = 0x08, kByRef = 0x10, kValue = 0x11, kClass = 0x12, kVar = 0x13, kInstance = 0x15,
                  kObject = 0x1C;

uint8_t def(uint32_t row) { return static_cast<uint8_t>(def_index(row)); }

/// Builds `name` of the written assembly; "built", or the error.
std::string build(World& world, AssemblyWriter& writer, std::string_view name, Type* argument = nullptr) {
  auto added = world.add("illegal.dll", writer.build());
  if (!added.ok()) return added.take_error().to_string();
  auto found = world.types().type_by_name(*added.value(), {}, name);
  if (found.ok() && argument) found = world.types().instantiate(*found.value(), {&argument, 1});
  if (!found.ok()) return std::string(found.take_error().message());
  Status first = world.types().ensure(*found.value(), TypeState::Complete);
  if (first.ok()) return "built";
  Status again = world.types().ensure(*found.value(), TypeState::Complete);
  if (again.ok()) return "another answer the second time";
  Error error = first.take_error();
  if (again.take_error().message() != error.message()) return "another answer the second time";
  if (error.place().file != "illegal.dll") return "an error without a file";
  return std::string(error.message());
}

}  // namespace

TEST(a_struct_cannot_contain_itself) {
  auto world = REQUIRE_WORLD();
  AssemblyWriter direct("Direct");
  uint32_t row = direct.type("S", AssemblyWriter::kValueType, AssemblyWriter::kSealed);
  direct.field("x", {kValue, def(row)});
  EXPECT_EQ(build(*world, direct, "S"), "S: contains itself");

  AssemblyWriter pair("Pair");
  pair.type("A", AssemblyWriter::kValueType, AssemblyWriter::kSealed);
  pair.field("b", {kValue, def(3)});
  pair.type("B", AssemblyWriter::kValueType, AssemblyWriter::kSealed);
  pair.field("a", {kValue, def(2)});
  EXPECT_EQ(build(*world, pair, "A"), "A: contains itself");
}

TEST(a_class_cannot_derive_from_itself) {
  auto world = REQUIRE_WORLD();
  AssemblyWriter writer("Circle");
  writer.type("A", def_index(3));
  writer.type("B", def_index(2));
  EXPECT_EQ(build(*world, writer, "A"), "A: derives from itself");
}

TEST(an_interface_cannot_inherit_from_itself) {
  auto world = REQUIRE_WORLD();
  AssemblyWriter writer("Interfaces");
  uint32_t row = writer.type("I", 0, AssemblyWriter::kInterface);
  writer.implements(row, def_index(row));
  EXPECT_EQ(build(*world, writer, "I"), "I: an interface that inherits from itself");
}

TEST(value_types_and_sealed_types_are_no_bases) {
  auto world = REQUIRE_WORLD();
  AssemblyWriter writer("Bases");
  uint32_t row = writer.type("S", AssemblyWriter::kValueType, AssemblyWriter::kSealed);
  writer.type("C", def_index(row));
  EXPECT_EQ(build(*world, writer, "C"), "C: derives from a type that cannot be derived from");
}

TEST(runaway_generics_end) {
  auto world = REQUIRE_WORLD();
  Type* integer = world->corelib_type("System", "Int32");
  // struct G<T> { G<G<T>> x; }
  AssemblyWriter field("Field");
  uint32_t row = field.type("G`1", AssemblyWriter::kValueType, AssemblyWriter::kSealed);
  field.generic_parameter(row);
  field.field("x", {kInstance, kValue, def(row), 1, kInstance, kValue, def(row), 1, kVar, 0});
  EXPECT(build(*world, field, "G`1", integer).find("nest") != std::string::npos);
  // class R<T> : R<R<T>>
  AssemblyWriter base("Base");
  row = base.type("R`1", spec_index(1));
  base.generic_parameter(row);
  base.type_spec({kInstance, kClass, def(row), 1, kInstance, kClass, def(row), 1, kVar, 0});
  EXPECT(build(*world, base, "R`1", integer) != "built");
}

TEST(sizes_are_bounded) {
  auto world = REQUIRE_WORLD();
  AssemblyWriter declared("Declared");
  uint32_t row = declared.type("Huge", AssemblyWriter::kValueType,
                               AssemblyWriter::kSealed | AssemblyWriter::kSequential);
  declared.size(row, 0, 0x7FFFFFFF);
  EXPECT_EQ(build(*world, declared, "Huge"), "Huge: too large");

  AssemblyWriter offset("Offset");
  row = offset.type("Far", AssemblyWriter::kValueType, AssemblyWriter::kSealed | AssemblyWriter::kExplicit);
  offset.offset(offset.field("x", {kI4}), 0xFFFFFFFF);
  EXPECT_EQ(build(*world, offset, "Far"), "Far: too large");

  AssemblyWriter packing("Packing");
  row =
      packing.type("Odd", AssemblyWriter::kValueType, AssemblyWriter::kSealed | AssemblyWriter::kSequential);
  packing.size(row, 3, 0);
  EXPECT_EQ(build(*world, packing, "Odd"), "packing size that is no power of two");
}

TEST(references_overlap_nothing_else) {
  auto world = REQUIRE_WORLD();
  auto overlap = [&](std::string_view name, uint32_t reference, uint32_t number) {
    AssemblyWriter writer(name);
    writer.type("U", AssemblyWriter::kValueType, AssemblyWriter::kSealed | AssemblyWriter::kExplicit);
    writer.offset(writer.field("o", {kObject}), reference);
    writer.offset(writer.field("i", {kI4}), number);
    return build(*world, writer, "U");
  };
  EXPECT_EQ(overlap("Apart", 0, 4), "built");
  EXPECT_EQ(overlap("Same", 0, 0), "U: a reference overlaps something else");
  EXPECT_EQ(overlap("Partly", 4, 2), "U: a reference overlaps something else");
  EXPECT_EQ(overlap("Unaligned", 2, 8), "U: a reference that is not aligned");
}

TEST(only_ref_structs_hold_byrefs) {
  auto world = REQUIRE_WORLD();
  AssemblyWriter writer("Byrefs");
  writer.type("C", AssemblyWriter::kObject);
  writer.field("r", {kByRef, kI4});
  EXPECT_EQ(build(*world, writer, "C"), "C: only a ref struct may hold a byref");
}

TEST(byrefs_overlap_nothing_else) {
  auto world = REQUIRE_WORLD();
  auto overlap = [&](std::string_view name, const Buffer& other, uint32_t offset) {
    AssemblyWriter writer(name);
    const uint32_t row = writer.type("R", AssemblyWriter::kValueType, AssemblyWriter::kSealed | AssemblyWriter::kExplicit);
    const uint32_t attribute = writer.type_ref("System.Runtime.CompilerServices", "IsByRefLikeAttribute");
    writer.attribute(row, writer.member_ref(attribute, ".ctor", {0x20, 0, 0x01}));
    writer.offset(writer.field("r", {kByRef, kI4}), 0);
    writer.offset(writer.field("other", other), offset);
    return build(*world, writer, "R");
  };
  EXPECT_EQ(overlap("Behind", {kI4}, 4), "built");
  EXPECT_EQ(overlap("Number", {kI4}, 0), "R: a reference overlaps something else");
  EXPECT_EQ(overlap("Object", {kObject}, 0), "R: a reference overlaps something else");
  EXPECT_EQ(overlap("Byref", {kByRef, kObject}, 2), "R: a reference that is not aligned");
}

TEST(an_explicit_override_takes_what_it_overrides_takes) {
  constexpr uint8_t kVoid = 0x01, kString = 0x0E, kHasThis = 0x20;
  constexpr uint16_t kVirtual = 0x01C6, kAbstract = 0x05C6;  // public, hides by signature, a slot of its own
  struct Given {
    const char* name;
    Buffer body;  // where the base has object M(string)
    bool fits;
  };
  const Given cases[] = {{"Same", {kHasThis, 1, kObject, kString}, true},      {"Derived", {kHasThis, 1, kString, kString}, true},
                         {"Number", {kHasThis, 1, kI4, kString}, false},        {"Nothing", {kHasThis, 1, kVoid, kString}, false},
                         {"Taken", {kHasThis, 1, kObject, kI4}, false},         {"Wider", {kHasThis, 1, kObject, kObject}, false},
                         {"More", {kHasThis, 2, kObject, kString, kI4}, false}};
  for (bool interface : {false, true})
    for (const Given& given : cases) {
      auto world = REQUIRE_WORLD();
      AssemblyWriter writer(given.name);
      const uint32_t base = interface ? writer.type("B", 0, AssemblyWriter::kInterface) : writer.type("B", AssemblyWriter::kObject, 0x80);
      const uint32_t declaration = writer.method("M", {kHasThis, 1, kObject, kString}, {}, kAbstract);
      const uint32_t type = writer.type("D", interface ? AssemblyWriter::kObject : def_index(base));
      const uint32_t body = writer.method("Own", given.body, {}, kVirtual);
      if (interface) writer.implements(type, def_index(base));
      writer.overrides(type, body, declaration);
      std::string answer = build(*world, writer, "D");
      if (interface && answer == "built") {
        Type& built = *REQUIRE_OK(world->types().type_by_name(*world->types().assemblies().back(), {}, "D"));
        Type& wanted = *REQUIRE_OK(world->types().type_by_name(*world->types().assemblies().back(), {}, "B"));
        auto found = world->types().find_implementation(built, wanted.methods[0]);
        answer = found.ok() ? "built" : std::string(found.take_error().message());
      }
      EXPECT_EQ(answer, given.fits ? "built" : "D: an explicit override that does not fit what it overrides");
    }
}

TEST(forwarders_do_not_go_in_circles) {
  auto world = REQUIRE_WORLD();
  AssemblyWriter writer("Forwarder");
  writer.forward_to_self("Gone");
  EXPECT_EQ(build(*world, writer, "Gone"), "types forwarded in a circle");
}

}  // namespace leanclr::test
