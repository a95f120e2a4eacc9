// The whole of a large real assembly, and facts about it that every .NET has.
#include <optional>

#include "metadata/image.h"
#include "unit/metadata/test_assembly.h"
#include "unit/metadata/walk.h"

namespace leanclr::metadata {
namespace {

constexpr const char* kCoreLib = "System.Private.CoreLib.dll";

/// The TypeDef of a top-level type, or 0.
RowNumber find_type(const Image& image, std::string_view name_space, std::string_view name) {
  for (RowNumber i = 1; i <= image.row_count(Table::TypeDef); ++i) {
    Result<TypeDefRow> row = image.row<Table::TypeDef>(i);
    if (row.ok() && image.string(row.value().type_name).value() == name &&
        image.string(row.value().type_namespace).value() == name_space)
      return i;
  }
  return 0;
}

RowNumber find_field(const Image& image, RowNumber type, std::string_view name) {
  Result<RowRange> fields = image.fields_of(type);
  if (!fields.ok()) return 0;
  for (RowNumber i = fields.value().begin; i != fields.value().end; ++i)
    if (image.string(image.row<Table::Field>(i).value().name).value() == name) return i;
  return 0;
}

std::string_view name_of_type(const Image& image, RowNumber type) {
  return image.string(image.row<Table::TypeDef>(type).value().type_name).value();
}

TEST(corelib_is_walked_without_an_error) {
  READ_TEST_ASSEMBLY(bytes, kCoreLib);
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse(kCoreLib, bytes));
  test::WalkTotals totals = test::walk(*image);
  EXPECT_EQ(totals.first_error, "");
  EXPECT_EQ(totals.errors, 0u);
  EXPECT(totals.rows > 100000);
  EXPECT(totals.bodies > 20000);
  EXPECT(totals.clauses > 500);
  EXPECT(totals.instructions > 300000);
}

TEST(corelib_types) {
  READ_TEST_ASSEMBLY(bytes, kCoreLib);
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse(kCoreLib, bytes));
  AssemblyRow assembly = REQUIRE_OK(image->row<Table::Assembly>(1));
  EXPECT_EQ(REQUIRE_OK(image->string(assembly.name)), "System.Private.CoreLib");
  RowNumber object = find_type(*image, "System", "Object");
  RowNumber string = find_type(*image, "System", "String");
  REQUIRE(object != 0 && string != 0);
  EXPECT(REQUIRE_OK(image->row<Table::TypeDef>(object)).extends.is_nil());
  EXPECT(REQUIRE_OK(image->row<Table::TypeDef>(string)).extends == Token(Table::TypeDef, object));
  bool cloneable = false;
  RowRange interfaces = image->rows_with_key<Table::InterfaceImpl>(string);
  for (RowNumber i = interfaces.begin; i != interfaces.end; ++i) {
    Token token = REQUIRE_OK(image->row<Table::InterfaceImpl>(i)).interface_;
    cloneable |= token.table() == Table::TypeDef && name_of_type(*image, token.row()) == "ICloneable";
  }
  EXPECT(cloneable);
}

TEST(corelib_members_know_their_owner) {
  READ_TEST_ASSEMBLY(bytes, kCoreLib);
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse(kCoreLib, bytes));
  RowNumber int32 = find_type(*image, "System", "Int32");
  RowRange methods = REQUIRE_OK(image->methods_of(int32));
  bool parse = false;
  for (RowNumber i = methods.begin; i != methods.end; ++i) {
    EXPECT_EQ(REQUIRE_OK(image->owner_of_method(i)), int32);
    parse |= REQUIRE_OK(image->string(REQUIRE_OK(image->row<Table::MethodDef>(i)).name)) == "Parse";
  }
  EXPECT(parse);
  RowNumber field = find_field(*image, int32, "m_value");
  REQUIRE(field != 0);
  EXPECT_EQ(REQUIRE_OK(image->owner_of_field(field)), int32);
}

TEST(corelib_constants) {
  READ_TEST_ASSEMBLY(bytes, kCoreLib);
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse(kCoreLib, bytes));
  RowNumber field = find_field(*image, find_type(*image, "System", "Int32"), "MaxValue");
  REQUIRE(field != 0);
  RowRange rows = image->rows_with_key<Table::Constant>(Token(Table::Field, field).value);
  REQUIRE(rows.size() == 1);
  ConstantRow constant = REQUIRE_OK(image->row<Table::Constant>(rows.begin));
  EXPECT_EQ(constant.type, 0x08);  // ELEMENT_TYPE_I4
  Reader value = REQUIRE_OK(image->blob_reader(constant.value));
  EXPECT_EQ(REQUIRE_OK(value.u32()), 0x7FFFFFFFu);
}

TEST(corelib_generic_parameters_and_nesting) {
  READ_TEST_ASSEMBLY(bytes, kCoreLib);
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse(kCoreLib, bytes));
  RowNumber dictionary = find_type(*image, "System.Collections.Generic", "Dictionary`2");
  RowRange parameters = image->rows_with_key<Table::GenericParam>(Token(Table::TypeDef, dictionary).value);
  REQUIRE(parameters.size() == 2);
  EXPECT_EQ(REQUIRE_OK(image->string(REQUIRE_OK(image->row<Table::GenericParam>(parameters.begin)).name)),
            "TKey");
  EXPECT_EQ(REQUIRE_OK(image->row<Table::GenericParam>(parameters.begin + 1)).number, 1);
  uint32_t nested = 0;
  for (RowNumber i = 1; i <= image->row_count(Table::TypeDef); ++i)
    nested += image->enclosing_type(i) == dictionary;
  EXPECT(nested >= 3);  // Entry, Enumerator, KeyCollection, …
  EXPECT_EQ(image->enclosing_type(dictionary), 0u);
}

TEST(corelib_properties) {
  READ_TEST_ASSEMBLY(bytes, kCoreLib);
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse(kCoreLib, bytes));
  RowRange maps = image->rows_with_key<Table::PropertyMap>(find_type(*image, "System", "String"));
  REQUIRE(maps.size() == 1);
  RowRange properties = REQUIRE_OK(image->properties_of(maps.begin));
  bool length_has_getter = false;
  for (RowNumber i = properties.begin; i != properties.end; ++i) {
    if (REQUIRE_OK(image->string(REQUIRE_OK(image->row<Table::Property>(i)).name)) != "Length") continue;
    RowRange semantics = image->rows_with_key<Table::MethodSemantics>(Token(Table::Property, i).value);
    REQUIRE(semantics.size() == 1);
    RowNumber getter = REQUIRE_OK(image->row<Table::MethodSemantics>(semantics.begin)).method;
    length_has_getter =
        REQUIRE_OK(image->string(REQUIRE_OK(image->row<Table::MethodDef>(getter)).name)) == "get_Length";
  }
  EXPECT(length_has_getter);
}

}  // namespace
}  // namespace leanclr::metadata
