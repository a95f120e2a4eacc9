// Tokens of code made at run time.
#include "types/generated.h"

#include "unit/test.h"
#include "unit/types/world.h"

namespace leanclr::test {

using metadata::Token;
using types::GeneratedKind;

TEST(generated_tokens_stand_for_what_was_added_and_nothing_else) {
  auto world = REQUIRE_WORLD();
  types::TypeSystem& types = world->types();
  types::Type* string = types.known().string;
  types::Method* method = types.add_generated_method("f", {});
  Token type_token = types.add_generated(GeneratedKind::Type, string);
  Token method_token = types.add_generated(GeneratedKind::Method, method);
  EXPECT(types.resolve_type(world->corelib(), type_token, {}).value() == string);
  EXPECT(types.resolve_method(world->corelib(), method_token, {}).value() == method);
  EXPECT(!succeeded(types.resolve_type(world->corelib(), method_token, {})));
  EXPECT(!succeeded(types.resolve_method(world->corelib(), type_token, {})));
  EXPECT(!succeeded(types.resolve_field(world->corelib(), type_token, {})));
  EXPECT(!succeeded(types.resolve_type(world->corelib(), Token(method_token.value + 1), {})));
  EXPECT(!succeeded(types.resolve_type(world->corelib(), Token(type_token.value & 0xFF000000), {})));
  types::Method* equals = types.find_method(*string, "Equals");
  REQUIRE(equals);
  EXPECT(types.generated_code(*method) && !types.generated_code(*equals));
}

}  // namespace leanclr::test
