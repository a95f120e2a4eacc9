// Offsets, sizes and reference maps as wasm32 has them: the types of tests/managed/33-dispatch and of
// CoreLib.
#include "unit/types/world.h"

namespace leanclr::test {

using types::Field;
using types::Type;
using types::TypeState;

namespace {

std::string offsets_of(types::TypeSystem& types, Type& type, std::initializer_list<const char*> fields) {
  std::string text;
  for (const char* name : fields) {
    Field* field = types.find_field(type, name);
    text += field ? std::to_string(field->offset) + " " : "? ";
  }
  return text;
}

std::string list(std::span<const uint32_t> offsets) {
  std::string text;
  for (uint32_t offset : offsets) text += std::to_string(offset) + " ";
  return text;
}

}  // namespace

TEST(layouts_of_compiled_types) {
  auto world = REQUIRE_WORLD();
  auto added = world->add("33-dispatch");
  if (!added.ok()) SKIP("LEANCLR_TEST_ASSEMBLIES holds no 33-dispatch.dll");
  types::TypeSystem& types = world->types();
  auto built = [&](const char* name) {
    Type* type = types.type_by_name(*added.value(), {}, name).value();
    Status status = types.ensure(*type, TypeState::Sized);
    if (!status.ok()) fail(report_, __FILE__, __LINE__, status.take_error().to_string());
    return type;
  };
  auto sizes = [&](const char* name) {
    Type* type = built(name);
    return std::to_string(type->value_size) + "/" + std::to_string(type->alignment);
  };
  EXPECT_EQ(sizes("Mixed"), "24/8");
  EXPECT_EQ(offsets_of(types, *built("Mixed"), {"A", "B", "C"}), "0 8 16 ");
  EXPECT_EQ(sizes("Packed"), "9/1");
  EXPECT_EQ(sizes("Union"), "8/8");
  EXPECT_EQ(offsets_of(types, *built("Union"), {"D", "I", "S"}), "0 0 4 ");
  EXPECT_EQ(sizes("Padded"), "32/4");
  EXPECT_EQ(sizes("Small"), "2/2");
  EXPECT_EQ(built("Small")->element, types.known().int16);
  EXPECT_EQ(sizes("Empty"), "1/1");
  EXPECT_EQ(sizes("Five"), "10/2");
  EXPECT_EQ(sizes("Holder"), "12/4");
  EXPECT_EQ(list(built("Holder")->references), "4 ");
  EXPECT_EQ(sizes("Three"), "36/4");
  EXPECT_EQ(list(built("Three")->references), "4 16 28 ");
  EXPECT_EQ(sizes("Loop"), "4/4");
  EXPECT(built("Mixed")->flags.blittable && !built("Holder")->flags.blittable);

  Type* ref_box = built("RefBox");
  EXPECT(ref_box->flags.by_ref_like && ref_box->flags.has_byrefs && !ref_box->flags.has_references);
  EXPECT_EQ(list(ref_box->byrefs), "4 8 ");
  EXPECT(!succeeded(types.ensure(*REQUIRE_OK(types.vector_of(*ref_box)), TypeState::Sized)));

  Type* fields = built("Fields");
  EXPECT_EQ(offsets_of(types, *fields, {"A", "O", "L", "H", "Act"}), "8 12 16 24 36 ");
  EXPECT_EQ(fields->instance_size, 40u);
  EXPECT_EQ(list(fields->references), "12 28 36 ");
  Type* more = built("MoreFields");
  EXPECT_EQ(offsets_of(types, *more, {"B", "T"}), "40 44 ");
  EXPECT_EQ(list(more->references), "12 28 36 44 ");

  Type* node = built("Node");
  EXPECT_EQ(offsets_of(types, *node, {"First", "Shared", "Count"}), "0 4 16 ");
  EXPECT_EQ(list(node->static_references), "0 8 ");
  EXPECT(node->statics != nullptr);
  EXPECT(types.find_field(*node, "Local")->is_thread_static);
  EXPECT_EQ(node->thread_static_size, 4u);
  EXPECT(node->thread_static_index > 0);
  EXPECT_EQ(list(node->thread_static_references), "0 ");
}

TEST(layouts_that_corelib_counts_on) {
  auto world = REQUIRE_WORLD();
  types::TypeSystem& types = world->types();
  Type* string = world->corelib_type("System", "String");
  EXPECT_EQ(offsets_of(types, *string, {"_stringLength", "_firstChar"}), "8 12 ");
  EXPECT_EQ(string->instance_size, 12u);
  Type* raw = world->corelib_type("System", "Array/RawData");
  EXPECT_EQ(offsets_of(types, *raw, {"Bounds", "Count", "Data"}), "8 12 16 ");
  Type* delegate = world->corelib_type("System", "Delegate");
  EXPECT_EQ(offsets_of(types, *delegate,
                       {"method_ptr", "invoke_impl", "_target", "method", "method_is_virtual", "bound"}),
            "8 12 16 20 56 57 ");
  EXPECT_EQ(offsets_of(types, *world->corelib_type("System", "MulticastDelegate"), {"delegates"}), "60 ");
  EXPECT(world->corelib_type("System", "Action")->flags.delegate);
  EXPECT_EQ(offsets_of(types, *world->corelib_type("System", "Exception"),
                       {"_unused1", "_message", "_data", "_innerException"}),
            "8 12 16 20 ");
  EXPECT_EQ(world->corelib_type("System", "Int64")->instance_size, 16u);
  EXPECT_EQ(world->corelib_type("System", "IntPtr")->value_size, 4u);
  EXPECT_EQ(world->corelib_type("System", "Decimal")->value_size, 16u);
  Type* bytes = REQUIRE_OK(types.vector_of(*types.known().int64));
  REQUIRE_OK(types.ensure(*bytes, TypeState::Complete));
  EXPECT_EQ(bytes->instance_size, types::kArrayDataOffset);
  EXPECT_EQ(bytes->element_size, 8u);
  EXPECT_EQ(types.full_name(*bytes), "System.Int64[]");
}

}  // namespace leanclr::test
