// Rows, runs and keys on built images: widths, coded indexes, unsorted tables, Ptr tables, broken lists.
#include "metadata/image.h"
#include "unit/metadata/image_builder.h"
#include "unit/test.h"

namespace leanclr::metadata {
namespace {

using test::Buffer;
using test::ImageBuilder;
using test::u2;
using test::u4;

/// Adds types whose fields and methods start at the given rows.
ImageBuilder& add_type(ImageBuilder& builder, uint32_t field_list, uint32_t method_list) {
  return builder.row(Table::TypeDef, {u4(0), u2(0), u2(0), u2(0), u2(field_list), u2(method_list)});
}
ImageBuilder& add_fields(ImageBuilder& builder, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) builder.row(Table::Field, {u2(i), u2(0), u2(0)});
  return builder;
}
ImageBuilder& add_methods(ImageBuilder& builder, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i)
    builder.row(Table::MethodDef, {u4(0), u2(0), u2(i), u2(0), u2(0), u2(1)});
  return builder;
}

TEST(rows_outside_the_table) {
  ImageBuilder builder;
  Buffer bytes = add_fields(builder, 2).build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT_EQ(REQUIRE_OK(image->row<Table::Field>(2)).flags, 1);
  for (RowNumber number : {0u, 3u, 0xFFFFFFu, 0xFFFFFFFFu}) {
    Result<FieldRow> row = image->row<Table::Field>(number);
    REQUIRE(!row.ok());
    Error error = row.take_error();
    EXPECT(error.kind() == ErrorKind::BadImage);
    EXPECT_EQ(error.place().file, "a");
  }
  EXPECT(!succeeded(image->row<Table::TypeDef>(1)));
}

TEST(rows_with_wide_heaps) {
  ImageBuilder builder;
  builder.heap_sizes(7).row(Table::Module, {u2(1), u4(0x12345), u4(2), u4(3), u4(4)});
  builder.row(Table::Field, {u2(6), u4(0x54321), u4(0x98765)});
  Buffer bytes = builder.build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  ModuleRow module = REQUIRE_OK(image->row<Table::Module>(1));
  EXPECT_EQ(module.generation, 1);
  EXPECT_EQ(module.name, 0x12345u);
  EXPECT_EQ(module.enc_base_id, 4u);
  EXPECT_EQ(REQUIRE_OK(image->row<Table::Field>(1)).signature, 0x98765u);
}

// Indexes grow to 4 bytes with the row counts of their targets (§II.24.2.6).
TEST(rows_with_wide_indexes) {
  ImageBuilder builder;
  for (uint32_t i = 0; i < 0x10000; ++i) builder.row(Table::Field, {u2(0), u2(0), u2(0)});
  builder.row(Table::TypeDef, {u4(9), u2(0), u2(0), u2(0), u4(0x10001), u2(1)});
  builder.row(Table::FieldRVA, {u4(0x2000), u4(0x10000)});
  builder.row(Table::Constant, {u2(8), u4(0x10000 << 2), u2(5)});
  Buffer bytes = builder.build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT_EQ(REQUIRE_OK(image->row<Table::TypeDef>(1)).field_list, 0x10001u);
  EXPECT_EQ(REQUIRE_OK(image->row<Table::FieldRVA>(1)).field, 0x10000u);
  ConstantRow constant = REQUIRE_OK(image->row<Table::Constant>(1));
  EXPECT_EQ(constant.type, 8);
  EXPECT(constant.parent == Token(Table::Field, 0x10000));
  EXPECT_EQ(constant.value, 5u);
  EXPECT_EQ(image->rows_with_key<Table::Constant>(Token(Table::Field, 0x10000).value).size(), 1u);
}

TEST(rows_with_indexes_just_narrow) {
  ImageBuilder builder;
  add_fields(builder, 0xFFFF);
  builder.row(Table::FieldRVA, {u4(0x2000), u2(0xFFFF)});
  Buffer bytes = builder.build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT_EQ(REQUIRE_OK(image->row<Table::FieldRVA>(1)).field, 0xFFFFu);
}

TEST(coded_index_of_a_row_that_fits_no_token) {
  ImageBuilder builder;
  add_fields(builder, 0x10000);
  builder.row(Table::Constant, {u2(8), u4(kMaxRow << 2), u2(0)});
  builder.row(Table::Constant, {u2(8), u4((kMaxRow + 1) << 2), u2(0)});
  Buffer bytes = builder.build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT(REQUIRE_OK(image->row<Table::Constant>(1)).parent == Token(Table::Field, kMaxRow));
  EXPECT(!succeeded(image->row<Table::Constant>(2)));
}

TEST(coded_indexes) {
  ImageBuilder builder;
  builder.row(Table::TypeRef, {u2(1 << 2 | 2), u2(0), u2(0)});                    // AssemblyRef 1
  builder.row(Table::TypeRef, {u2(0 << 2 | 3), u2(0), u2(0)});                    // TypeRef nil
  builder.row(Table::CustomAttribute, {u2(3 << 5 | 21), u2(2 << 3 | 3), u2(0)});  // MethodSpec 3, MemberRef 2
  builder.row(Table::CustomAttribute, {u2(1 << 5 | 22), u2(2 << 3 | 3), u2(0)});  // no such tag
  builder.row(Table::CustomAttribute, {u2(1 << 5 | 0), u2(2 << 3 | 0), u2(0)});   // an unused tag
  Buffer bytes = builder.build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT(REQUIRE_OK(image->row<Table::TypeRef>(1)).resolution_scope == Token(Table::AssemblyRef, 1));
  EXPECT(REQUIRE_OK(image->row<Table::TypeRef>(2)).resolution_scope.is_nil());
  CustomAttributeRow attribute = REQUIRE_OK(image->row<Table::CustomAttribute>(1));
  EXPECT(attribute.parent == Token(Table::MethodSpec, 3));
  EXPECT(attribute.type == Token(Table::MemberRef, 2));
  EXPECT(!succeeded(image->row<Table::CustomAttribute>(2)));
  EXPECT(!succeeded(image->row<Table::CustomAttribute>(3)));
}

TEST(runs_of_members) {
  ImageBuilder builder;
  add_type(builder, 1, 1), add_type(builder, 1, 3), add_type(builder, 4, 3);
  add_fields(builder, 4), add_methods(builder, 2);
  Buffer bytes = builder.build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT(REQUIRE_OK(image->fields_of(1)).empty());
  EXPECT_EQ(REQUIRE_OK(image->fields_of(2)).begin, 1u);
  EXPECT_EQ(REQUIRE_OK(image->fields_of(2)).size(), 3u);
  EXPECT_EQ(REQUIRE_OK(image->fields_of(3)).size(), 1u);
  EXPECT_EQ(REQUIRE_OK(image->methods_of(1)).size(), 2u);
  EXPECT(REQUIRE_OK(image->methods_of(3)).empty());
  EXPECT(!succeeded(image->fields_of(0)));
  EXPECT(!succeeded(image->fields_of(4)));
  EXPECT_EQ(REQUIRE_OK(image->owner_of_field(3)), 2u);
  EXPECT_EQ(REQUIRE_OK(image->owner_of_field(4)), 3u);
  EXPECT_EQ(REQUIRE_OK(image->owner_of_method(2)), 1u);
  EXPECT(!succeeded(image->owner_of_method(3)));
  EXPECT(!succeeded(image->owner_of_method(0)));
}

TEST(runs_that_leave_their_table) {
  ImageBuilder builder;
  add_type(builder, 3, 0), add_type(builder, 2, 1), add_type(builder, 9, 1);
  add_fields(builder, 4), add_methods(builder, 1);
  Buffer bytes = builder.build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT(!succeeded(image->fields_of(1)));   // ends before it begins
  EXPECT(!succeeded(image->fields_of(2)));   // ends past the table
  EXPECT(!succeeded(image->fields_of(3)));   // begins past the table
  EXPECT(!succeeded(image->methods_of(1)));  // begins at row 0
  EXPECT(!succeeded(image->owner_of_field(1)));
}

TEST(runs_through_ptr_tables) {
  ImageBuilder builder;
  add_type(builder, 1, 1), add_type(builder, 3, 1), add_type(builder, 5, 1);
  add_fields(builder, 5);
  for (uint32_t field : {4, 5, 2, 3, 1}) builder.row(Table::FieldPtr, {u2(field)});
  Buffer bytes = builder.tables_name("#-").build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT_EQ(REQUIRE_OK(image->fields_of(1)).begin, 4u);
  EXPECT_EQ(REQUIRE_OK(image->fields_of(1)).size(), 2u);
  EXPECT_EQ(REQUIRE_OK(image->fields_of(2)).begin, 2u);
  EXPECT_EQ(REQUIRE_OK(image->owner_of_field(5)), 1u);
  EXPECT_EQ(REQUIRE_OK(image->owner_of_field(1)), 3u);
}

TEST(runs_scattered_by_a_ptr_table) {
  ImageBuilder builder;
  add_type(builder, 1, 1), add_type(builder, 3, 1);
  add_fields(builder, 3);
  for (uint32_t field : {1, 3, 9}) builder.row(Table::FieldPtr, {u2(field)});
  Buffer bytes = builder.tables_name("#-").build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT(!succeeded(image->fields_of(1)));
  EXPECT(!succeeded(image->fields_of(2)));
}

ImageBuilder nested_classes(std::initializer_list<uint32_t> nested) {
  ImageBuilder builder;
  for (int i = 0; i < 6; ++i) add_type(builder, 1, 1);
  for (uint32_t type : nested) builder.row(Table::NestedClass, {u2(type), u2(1)});
  return builder;
}

TEST(keys_of_a_sorted_table) {
  Buffer bytes = nested_classes({2, 3, 5, 5, 6}).sorted(Table::NestedClass).build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  RowRange five = image->rows_with_key<Table::NestedClass>(5);
  EXPECT_EQ(five.begin, 3u);
  EXPECT_EQ(five.end, 5u);
  EXPECT(image->rows_with_key<Table::NestedClass>(1).empty());
  EXPECT(image->rows_with_key<Table::NestedClass>(4).empty());
  EXPECT(image->rows_with_key<Table::NestedClass>(7).empty());
  EXPECT_EQ(image->enclosing_type(6), 1u);
  EXPECT_EQ(image->enclosing_type(4), 0u);
}

TEST(keys_of_a_table_sorted_without_saying_so) {
  Buffer bytes = nested_classes({2, 3, 5, 5}).build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT_EQ(image->rows_with_key<Table::NestedClass>(5).begin, 3u);
}

TEST(keys_of_an_unsorted_table) {
  ImageBuilder builder;
  for (uint32_t i = 0; i < 4; ++i) add_type(builder, 1, 1);
  const uint32_t classes[] = {3, 1, 3, 2, 3};
  for (uint32_t i = 0; i < 5; ++i) builder.row(Table::InterfaceImpl, {u2(classes[i]), u2((i + 1) << 2)});
  Buffer bytes = builder.build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT(!succeeded(image->row<Table::InterfaceImpl>(6)));
  RowRange rows = image->rows_with_key<Table::InterfaceImpl>(3);
  REQUIRE(rows.size() == 3);
  const uint32_t expected[] = {1, 3, 5};  // in file order
  for (uint32_t i = 0; i < 3; ++i) {
    InterfaceImplRow row = REQUIRE_OK(image->row<Table::InterfaceImpl>(rows.begin + i));
    EXPECT_EQ(row.class_, 3u);
    EXPECT_EQ(row.interface_.row(), expected[i]);
  }
  EXPECT_EQ(image->rows_with_key<Table::InterfaceImpl>(2).size(), 1u);
  EXPECT(image->rows_with_key<Table::InterfaceImpl>(4).empty());
  EXPECT_EQ(image->row_count(Table::InterfaceImpl), 5u);
  EXPECT(!succeeded(image->row<Table::InterfaceImpl>(11)));
}

// A row number from an unsorted table serves as the key of another search.
TEST(keys_follow_unsorted_rows) {
  ImageBuilder builder;
  add_type(builder, 1, 1), add_type(builder, 1, 1);
  builder.row(Table::GenericParam, {u2(0), u2(0), u2(2 << 1), u2(0)});
  builder.row(Table::GenericParam, {u2(0), u2(0), u2(1 << 1), u2(0)});
  builder.row(Table::GenericParamConstraint, {u2(2), u2(1 << 2)});
  Buffer bytes = builder.build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  RowRange first = image->rows_with_key<Table::GenericParam>(Token(Table::TypeDef, 1).value);
  REQUIRE(first.size() == 1);
  EXPECT_EQ(image->rows_with_key<Table::GenericParamConstraint>(first.begin).size(), 1u);
  RowRange second = image->rows_with_key<Table::GenericParam>(Token(Table::TypeDef, 2).value);
  REQUIRE(second.size() == 1);
  EXPECT(image->rows_with_key<Table::GenericParamConstraint>(second.begin).empty());
}

TEST(keys_that_are_coded) {
  ImageBuilder builder;
  builder.row(Table::MethodSemantics, {u2(1), u2(1), u2(1 << 1 | 0)});
  builder.row(Table::MethodSemantics, {u2(2), u2(2), u2(1 << 1 | 1)});
  builder.row(Table::MethodSemantics, {u2(4), u2(3), u2(1 << 1 | 1)});
  Buffer bytes = builder.sorted(Table::MethodSemantics).build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT_EQ(image->rows_with_key<Table::MethodSemantics>(Token(Table::Event, 1).value).size(), 1u);
  EXPECT_EQ(image->rows_with_key<Table::MethodSemantics>(Token(Table::Property, 1).value).size(), 2u);
  EXPECT(image->rows_with_key<Table::MethodSemantics>(Token(Table::Field, 1).value).empty());
  EXPECT(image->rows_with_key<Table::MethodSemantics>(0xFF000001).empty());
}

}  // namespace
}  // namespace leanclr::metadata
