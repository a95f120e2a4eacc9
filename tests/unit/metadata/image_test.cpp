// Image::parse and the heaps on built images: what is accepted, what is refused and with which error.
#include "metadata/image.h"

#include "unit/metadata/image_builder.h"
#include "unit/test.h"

namespace leanclr::metadata {
namespace {

using test::Buffer;
using test::ImageBuilder;
using test::u2;
using test::u4;

std::string error_of(const Buffer& bytes) {
  Result<std::unique_ptr<Image>> image = Image::parse("broken.dll", bytes);
  if (image.ok()) return "no error";
  Error error = image.take_error();
  return error.kind() == ErrorKind::BadImage && error.place().file == "broken.dll"
             ? std::string(error.message())
             : error.to_string();
}

ImageBuilder small_image() {
  ImageBuilder builder;
  builder.strings(std::string_view("\0a\0bc\0", 6));
  return builder.row(Table::Module, {u2(0), u2(1), u2(0), u2(0), u2(0)});
}

TEST(image_minimal) {
  for (bool plus : {false, true}) {
    ImageBuilder builder = small_image().entry_point(0x06000001);
    if (plus) builder.pe32_plus();
    Buffer bytes = builder.build();
    std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("small.dll", bytes));
    EXPECT_EQ(image->version(), "v4.0.30319");
    EXPECT_EQ(image->file_name(), "small.dll");
    EXPECT_EQ(image->entry_point().value, 0x06000001u);
    EXPECT_EQ(image->row_count(Table::Module), 1u);
    EXPECT_EQ(image->row_count(Table::TypeDef), 0u);
    ModuleRow module = REQUIRE_OK(image->row<Table::Module>(1));
    EXPECT_EQ(REQUIRE_OK(image->string(module.name)), "a");
  }
}

TEST(image_entry_points_that_are_none) {
  Buffer native = small_image().entry_point(0x06000001, 0x10).build();
  EXPECT(REQUIRE_OK(Image::parse("a", native))->entry_point().is_nil());
  Buffer other_file = small_image().entry_point(0x26000001).build();
  EXPECT(REQUIRE_OK(Image::parse("a", other_file))->entry_point().is_nil());
}

TEST(image_refuses_what_is_no_assembly) {
  EXPECT_EQ(error_of({}), "not a PE file");
  EXPECT_EQ(error_of({'M'}), "not a PE file");
  EXPECT_EQ(error_of({'#', '!', '/', 'b', 'i', 'n'}), "not a PE file");
  EXPECT_EQ(error_of({'M', 'Z'}), "the data ends before it should");
  Buffer bytes = small_image().build();
  Buffer no_pe = bytes;
  no_pe[0x80] = 'N';
  EXPECT_EQ(error_of(no_pe), "not a PE file");
  Buffer far = bytes;
  far[0x3F] = 0xFF;
  EXPECT_EQ(error_of(far), "the data ends before it should");
  Buffer rom = bytes;
  rom[0x98] = 0x07;
  EXPECT_EQ(error_of(rom), "unknown format of PE optional header");
}

TEST(image_refuses_native_files) {
  constexpr size_t kCliDirectoryAt = 0x98 + 96 + 14 * 8, kDirectoryCountAt = 0x98 + 92;
  Buffer no_directory = small_image().build();
  no_directory[kCliDirectoryAt + 1] = 0;
  EXPECT_EQ(error_of(no_directory), "a PE file without a CLI header");
  Buffer few_directories = small_image().build();
  few_directories[kDirectoryCountAt] = 14;
  EXPECT_EQ(error_of(few_directories), "a PE file without a CLI header");
}

TEST(image_refuses_truncation_anywhere) {
  const Buffer whole = small_image().build();
  for (size_t length = 0; length < whole.size(); ++length)
    EXPECT(error_of(Buffer(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(length))) != "no error");
  EXPECT_EQ(error_of(Buffer(whole.begin(), whole.end() - 1)), "the file ends inside a PE section");
}

TEST(image_refuses_bad_metadata) {
  EXPECT_EQ(error_of(small_image().tables_name("#x").build()), "metadata without a tables stream");
  EXPECT_EQ(error_of(small_image().row(static_cast<Table>(0x2D), {u4(0)}).build()),
            "metadata with an unknown table");
  EXPECT_EQ(error_of(small_image().row(Table::MethodSpec, {u2(0)}).row(Table::MethodSpec, {}).build()),
            "metadata table larger than its stream");
}

TEST(image_reads_the_uncompressed_stream) {
  Buffer bytes = small_image().tables_name("#-").heap_sizes(0x40).build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT_EQ(REQUIRE_OK(image->row<Table::Module>(1)).name, 1u);
}

TEST(image_strings) {
  Buffer bytes = small_image().build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT_EQ(REQUIRE_OK(image->string(0)), "");
  EXPECT_EQ(REQUIRE_OK(image->string(3)), "bc");
  EXPECT_EQ(REQUIRE_OK(image->string(4)), "c");
  EXPECT_EQ(REQUIRE_OK(image->string(5)), "");
  EXPECT(!succeeded(image->string(6)));
  EXPECT(!succeeded(image->string(0xFFFFFFFF)));
  Buffer open_end = small_image().strings("abcd").build();
  EXPECT(!succeeded(REQUIRE_OK(Image::parse("a", open_end))->string(0)));
}

TEST(image_blobs) {
  Buffer long_blob{0, 2, 7, 8, 0x80, 0x80};
  long_blob.resize(long_blob.size() + 0x80);
  long_blob.insert(long_blob.end(), {5, 1, 2});
  Buffer bytes = small_image().blobs(long_blob).build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT_EQ(REQUIRE_OK(image->blob(0)).size(), size_t{0});
  Bytes blob = REQUIRE_OK(image->blob(1));
  EXPECT_EQ(blob.size(), size_t{2});
  EXPECT_EQ(blob[1], 8);
  EXPECT_EQ(REQUIRE_OK(image->blob(4)).size(), size_t{0x80});
  EXPECT(!succeeded(image->blob(0x86)));  // five bytes, two there
  EXPECT(!succeeded(image->blob(0x87 + 2)));
  Reader reader = REQUIRE_OK(image->blob_reader(1));
  EXPECT_EQ(bytes[reader.file_offset()], 7);
}

TEST(image_user_strings) {
  Buffer bytes = small_image().user_strings({0, 5, 'a', 0, 'b', 0, 0, 2, 'x', 0, 1, 0}).build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT_EQ(REQUIRE_OK(image->user_string(1)).size(), size_t{4});
  EXPECT(!succeeded(image->user_string(7)));  // no flag byte
  EXPECT_EQ(REQUIRE_OK(image->user_string(10)).size(), size_t{0});
  EXPECT(!succeeded(image->user_string(100)));
}

TEST(image_guids) {
  Buffer heap(32);
  heap[16] = 9;
  Buffer bytes = small_image().guids(heap).build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT(REQUIRE_OK(image->guid(0)).empty());
  EXPECT_EQ(REQUIRE_OK(image->guid(2))[0], 9);
  EXPECT(!succeeded(image->guid(3)));
  EXPECT(!succeeded(image->guid(0xFFFFFFFF)));
}

TEST(image_data_and_resources) {
  Buffer bytes = small_image().data({3, 0, 0, 0, 'a', 'b', 'c', 0}).build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a", bytes));
  EXPECT_EQ(REQUIRE_OK(image->at_rva(ImageBuilder::kDataRva))[4], 'a');
  EXPECT(!succeeded(image->at_rva(0)));
  EXPECT(!succeeded(image->at_rva(0x1FFF)));
  EXPECT(!succeeded(image->at_rva(0xFFFFFFFF)));
  ManifestResourceRow row{};
  EXPECT_EQ(REQUIRE_OK(image->resource(row)).size(), size_t{3});
  row.offset = 1;
  EXPECT(!succeeded(image->resource(row)));
  row.offset = 0xFFFFFFFF;
  EXPECT(!succeeded(image->resource(row)));
  row = {};
  row.implementation = Token(Table::AssemblyRef, 1);
  EXPECT(!succeeded(image->resource(row)));
}

TEST(image_places) {
  Buffer bytes = small_image().build();
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse("a.dll", bytes));
  ErrorPlace known = image->place(Token(Table::Module, 1));
  EXPECT_EQ(known.file, "a.dll");
  EXPECT_EQ(known.token, 1u);
  REQUIRE(known.offset < bytes.size());
  EXPECT_EQ(bytes[known.offset + 2], 1);  // the name column
  EXPECT_EQ(image->place(Token(Table::TypeDef, 1)).offset, ErrorPlace::kUnknown);
  EXPECT_EQ(image->place(Token(0x70000001)).offset, ErrorPlace::kUnknown);
}

}  // namespace
}  // namespace leanclr::metadata
