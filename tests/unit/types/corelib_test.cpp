// Everything in the class library can be built and resolved: the widest test of this layer.
#include "unit/types/walk.h"
#include "unit/types/world.h"

namespace leanclr::test {

TEST(every_type_and_member_of_the_class_library_resolves) {
  auto world = REQUIRE_WORLD();
  types::Type* list = world->corelib_type("System.Collections.Generic", "List`1");
  REQUIRE(list);
  // A file with reference types, one with many generic ones, one that only forwards.
  for (const char* name : {"System.Private.CoreLib", "System.Collections", "System.Linq", "System.Runtime"}) {
    types::Assembly* assembly = REQUIRE_OK(world->types().load_assembly(name, "the test"));
    WalkResult walked = walk_types(world->types(), *assembly, *list->generic_parameters[0]);
    EXPECT_EQ(walked.first_error, "");
    EXPECT_EQ(walked.bad, 0);
    EXPECT(walked.good > 0 || std::string_view(name) == "System.Runtime");
  }
}

TEST(forwarded_types_are_the_same_types) {
  auto world = REQUIRE_WORLD();
  types::Assembly* facade = REQUIRE_OK(world->types().load_assembly("System.Runtime", "the test"));
  EXPECT_EQ(world->types().find_assembly("system.runtime"), facade);
  EXPECT_EQ(REQUIRE_OK(world->types().find_type(*facade, "System", "String")), world->types().known().string);
  types::Type* nested = REQUIRE_OK(world->types().find_type(*facade, "System", "Environment/SpecialFolder"));
  REQUIRE(nested);
  EXPECT_EQ(world->types().full_name(*nested), "System.Environment+SpecialFolder");
  EXPECT_EQ(REQUIRE_OK(world->types().find_type(*facade, "System", "Environment+SpecialFolder")), nested);
  EXPECT_EQ(REQUIRE_OK(world->types().find_type(*facade, "System", "NoSuchType")), nullptr);
}

TEST(missing_types_and_assemblies_have_names) {
  auto world = REQUIRE_WORLD();
  auto type = world->types().type_by_name(world->corelib(), "System", "NoSuchType");
  REQUIRE(!type.ok());
  EXPECT_EQ(type.take_error().message(), "System.NoSuchType is not in System.Private.CoreLib");
  auto assembly = world->types().load_assembly("NoSuchAssembly", "the test");
  REQUIRE(!assembly.ok());
  Error error = assembly.take_error();
  EXPECT(error.kind() == ErrorKind::FileNotFound);
  EXPECT_EQ(error.message(), "assembly NoSuchAssembly is not loaded; the test refers to it");
}

}  // namespace leanclr::test
