// Derived types are made once; their members follow from the definition's.
#include "unit/types/world.h"

namespace leanclr::test {

using types::Method;
using types::MethodSignature;
using types::Type;

TEST(derived_types_are_made_once) {
  auto world = REQUIRE_WORLD();
  types::TypeSystem& types = world->types();
  Type* integer = types.known().int32;
  Type* list = world->corelib_type("System.Collections.Generic", "List`1");
  Type* integers = REQUIRE_OK(types.instantiate(*list, {&integer, 1}));
  EXPECT_EQ(REQUIRE_OK(types.instantiate(*list, {&integer, 1})), integers);
  EXPECT_EQ(REQUIRE_OK(types.instantiate(*list, list->generic_parameters)), list);
  EXPECT_EQ(REQUIRE_OK(types.array_of(*integer, 2)), REQUIRE_OK(types.array_of(*integer, 2)));
  EXPECT(REQUIRE_OK(types.array_of(*integer, 1)) != REQUIRE_OK(types.vector_of(*integer)));
  EXPECT_EQ(types.pointer_to(*integer), types.pointer_to(*integer));
  MethodSignature one;
  one.return_type = integer;
  MethodSignature same = one;
  EXPECT_EQ(types.function_pointer(one), types.function_pointer(same));
  same.parameters = {&integer, 1};
  EXPECT(types.function_pointer(one) != types.function_pointer(same));
}

TEST(types_that_are_no_arguments_or_elements) {
  auto world = REQUIRE_WORLD();
  types::TypeSystem& types = world->types();
  Type* list = world->corelib_type("System.Collections.Generic", "List`1");
  Type* byref = types.byref_to(*types.known().int32);
  EXPECT(!succeeded(types.instantiate(*list, {&byref, 1})));
  EXPECT(!succeeded(types.vector_of(*byref)));
  EXPECT(!succeeded(types.vector_of(*types.known().void_)));
  EXPECT(!succeeded(types.array_of(*types.known().int32, 33)));
  Type* two[] = {types.known().int32, types.known().int32};
  EXPECT(!succeeded(types.instantiate(*list, two)));
}

TEST(members_of_instances_have_closed_signatures) {
  auto world = REQUIRE_WORLD();
  types::TypeSystem& types = world->types();
  Type* pair[] = {types.known().string, types.known().int32};
  Type* definition = world->corelib_type("System.Collections.Generic", "Dictionary`2");
  Type* dictionary = REQUIRE_OK(types.instantiate(*definition, pair));
  Method* open = types.find_method(*definition, "TryGetValue");
  Method* closed = REQUIRE_OK(types.method_on(*dictionary, *open));
  EXPECT_EQ(closed->definition, open);
  EXPECT_EQ(types.full_name(*closed),
            "System.Collections.Generic.Dictionary`2[System.String,System.Int32]::TryGetValue(System.String,"
            "System.Int32&)");
  Method* convert =
      types.find_method(*world->corelib_type("System.Collections.Generic", "List`1"), "ConvertAll");
  Type* list = REQUIRE_OK(types.instantiate(*convert->declaring_type, {pair, 1}));
  Method* generic = REQUIRE_OK(types.method_on(*list, *convert));
  Method* instance = REQUIRE_OK(types.instantiate(*generic, {pair + 1, 1}));
  EXPECT_EQ(REQUIRE_OK(types.instantiate(*generic, {pair + 1, 1})), instance);
  EXPECT_EQ(types.full_name(*REQUIRE_OK(types.signature_of(*instance))->return_type),
            "System.Collections.Generic.List`1[System.Int32]");
  EXPECT_EQ(types.full_name(*REQUIRE_OK(types.signature_of(*instance))->parameters[0]),
            "System.Converter`2[System.String,System.Int32]");
}

TEST(arrays_have_methods_of_their_own) {
  auto world = REQUIRE_WORLD();
  types::TypeSystem& types = world->types();
  Type* grid = REQUIRE_OK(types.array_of(*types.known().string, 2));
  auto described = [&](std::string_view name, int parameters) {
    Method* method = types.find_method(*grid, name, parameters);
    if (!method) return std::string("none");
    return types.full_name(*types.signature_of(*method).value()->return_type) + " " +
           types.full_name(*method);
  };
  EXPECT_EQ(described("Get", 2), "System.String System.String[,]::Get(System.Int32,System.Int32)");
  EXPECT_EQ(described("Set", 3),
            "System.Void System.String[,]::Set(System.Int32,System.Int32,System.String)");
  EXPECT_EQ(described("Address", 2), "System.String& System.String[,]::Address(System.Int32,System.Int32)");
  EXPECT_EQ(described(".ctor", 2), "System.Void System.String[,]::.ctor(System.Int32,System.Int32)");
  EXPECT_EQ(described(".ctor", 4),
            "System.Void System.String[,]::.ctor(System.Int32,System.Int32,System.Int32,System.Int32)");
  EXPECT_EQ(described("Get", 1), "none");
}

}  // namespace leanclr::test
