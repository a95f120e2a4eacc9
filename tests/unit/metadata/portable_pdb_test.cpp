// Portable PDBs: one written by hand, sequence point by sequence point; the one of a real assembly; broken ones.
#include <vector>

#include "metadata/portable_pdb.h"

#include <random>

#include "base/inflate.h"
#include "unit/metadata/test_assembly.h"

namespace leanclr::metadata {
namespace {

using Buffer = std::vector<uint8_t>;

constexpr const char* kTiny = "Tiny.dll";

template <typename T>
void put(Buffer& out, T value) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(&value);
  out.insert(out.end(), bytes, bytes + sizeof value);
}

void append(Buffer& out, const Buffer& more) { out.insert(out.end(), more.begin(), more.end()); }

/// A blob heap that gives each blob's offset; all of them stay short.
struct Blobs {
  Buffer heap{0};
  uint8_t add(const Buffer& content) {
    const auto offset = static_cast<uint8_t>(heap.size());
    heap.push_back(static_cast<uint8_t>(content.size()));
    append(heap, content);
    return offset;
  }
  uint8_t text(std::string_view text) { return add(Buffer(text.begin(), text.end())); }
};

Buffer metadata_root(const std::vector<std::pair<std::string, Buffer>>& streams) {
  Buffer out;
  put<uint32_t>(out, 0x424A5342);
  put<uint64_t>(out, 1);
  put<uint32_t>(out, 12);
  append(out, {'P', 'D', 'B', ' ', 'v', '1', '.', '0', 0, 0, 0, 0});
  put<uint16_t>(out, 0);
  put<uint16_t>(out, static_cast<uint16_t>(streams.size()));
  size_t header = out.size();
  for (const auto& [name, content] : streams) header += 8 + (name.size() + 4) / 4 * 4;
  size_t at = header;
  for (const auto& [name, content] : streams) {
    put(out, static_cast<uint32_t>(at));
    put(out, static_cast<uint32_t>(content.size()));
    out.insert(out.end(), name.begin(), name.end());
    out.resize(out.size() + 4 - name.size() % 4);
    at += content.size();
  }
  for (const auto& [name, content] : streams) append(out, content);
  return out;
}

/// Two documents, "/src/a.cs" and "b.cs", and one method per blob of sequence points, in document 1 unless it is 0.
Buffer write_pdb(std::initializer_list<std::pair<uint16_t, Buffer>> methods) {
  Blobs blobs;
  const uint8_t src = blobs.text("src"), a = blobs.text("a.cs"), b = blobs.text("b.cs");
  const uint8_t names[] = {blobs.add({'/', 0, src, a}), blobs.add({0, b})};
  Buffer tables;
  put<uint32_t>(tables, 0);
  append(tables, {2, 0, 0, 0});
  put<uint64_t>(tables, uint64_t{3} << 0x30);
  put<uint64_t>(tables, 0);
  put<uint32_t>(tables, 2);
  put(tables, static_cast<uint32_t>(methods.size()));
  for (uint8_t name : names) append(tables, {name, 0, 0, 0, 0, 0, 0, 0});
  for (const auto& [document, points] : methods) {
    put(tables, document);
    put<uint16_t>(tables, points.empty() ? 0 : blobs.add(points));
  }
  Buffer id(32, 0);
  for (uint8_t i = 0; i < 20; ++i) id[i] = i;
  return metadata_root({{"#Pdb", id}, {"#~", tables}, {"#Blob", blobs.heap}});
}

/// "file:line:column" of an IL offset.
std::string where(const Buffer& bytes, RowNumber method, uint32_t il_offset) {
  Result<PortablePdb> pdb = PortablePdb::parse(bytes);
  if (!pdb.ok()) return "error: " + std::string(pdb.take_error().message());
  Result<SourcePosition> found = pdb.value().position(method, il_offset);
  if (!found.ok()) return "error: " + std::string(found.take_error().message());
  const SourcePosition& position = found.value();
  return position.file + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
}

// Locals' signature; IL 0, line 10, columns 5 to 6; IL 3, hidden; IL 7, two lines, 4 lines back; another document.
const Buffer kPoints = {0, 0, 0, 1, 10, 5, 3, 0, 0, 4, 2, 0x7D, 0x79, 4, 0, 2, 1, 0, 3, 0x28, 0};

TEST(sequence_points_are_found_by_il_offset) {
  const Buffer pdb = write_pdb({{1, kPoints}});
  EXPECT_EQ(where(pdb, 1, 0), "/src/a.cs:10:5");
  EXPECT_EQ(where(pdb, 1, 2), "/src/a.cs:10:5");
  EXPECT_EQ(where(pdb, 1, 5), "/src/a.cs:10:5");  // a hidden point has no line of its own
  EXPECT_EQ(where(pdb, 1, 7), "/src/a.cs:6:7");
  EXPECT_EQ(where(pdb, 1, 8), "b.cs:26:7");
  EXPECT_EQ(where(pdb, 1, 0xFFFFFFFF), "b.cs:26:7");
}

TEST(methods_without_points_have_no_place) {
  const Buffer pdb = write_pdb({{1, {}}, {1, {0, 0, 0, 0}}, {1, {0, 4, 0, 1, 10, 5}}});
  EXPECT_EQ(where(pdb, 1, 0), ":0:0");  // no blob
  EXPECT_EQ(where(pdb, 2, 9), ":0:0");  // hidden only
  EXPECT_EQ(where(pdb, 3, 3), ":0:0");  // before the first
  EXPECT_EQ(where(pdb, 0, 0), ":0:0");
  EXPECT_EQ(where(pdb, 4, 0), ":0:0");  // no such row
}

TEST(a_method_over_several_documents_names_its_first) {
  EXPECT_EQ(where(write_pdb({{0, {0, 2, 0, 0, 1, 10, 5}}}), 1, 0), "b.cs:10:5");
}

TEST(broken_points_are_errors) {
  EXPECT_EQ(where(write_pdb({{1, {0, 0, 0, 1, 10}}}), 1, 0), "error: the data ends before it should");
  EXPECT_EQ(where(write_pdb({{9, {0, 0, 0, 1, 10, 5}}}), 1, 0), "error: the data ends before it should");
  EXPECT_EQ(where({}, 1, 0), "error: the data ends before it should");
}

TEST(an_assembly_names_and_holds_its_pdb) {
  READ_TEST_ASSEMBLY(assembly, kTiny);
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse(kTiny, assembly));
  const DebugDirectory directory = REQUIRE_OK(read_debug_directory(*image));
  const Inflated bytes = REQUIRE_OK(inflate(directory.embedded, directory.embedded_bytes));
  const PortablePdb pdb = REQUIRE_OK(PortablePdb::parse(bytes.bytes()));
  EXPECT(directory.has_id && directory.id == pdb.id());
  uint32_t with_lines = 0;
  for (RowNumber method = 1; method <= image->row_count(Table::MethodDef); ++method) {
    const SourcePosition position = REQUIRE_OK(pdb.position(method, 0));
    if (position.line == 0) continue;
    ++with_lines;
    EXPECT(position.file.size() > 10 && position.file.substr(position.file.size() - 10) == "Program.cs");
  }
  EXPECT(with_lines > 5);
}

/// Every method at some offsets. Errors are as good as answers.
void ask_everything(Bytes bytes) {
  Result<PortablePdb> pdb = PortablePdb::parse(bytes);
  if (!pdb.ok()) return (void)pdb.take_error();
  for (RowNumber method = 0; method < 40; ++method)
    for (uint32_t il_offset : {0u, 10u, ~0u}) (void)succeeded(pdb.value().position(method, il_offset));
}

TEST(broken_pdbs_end_in_success_or_error) {
  READ_TEST_ASSEMBLY(assembly, kTiny);
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse(kTiny, assembly));
  const DebugDirectory directory = REQUIRE_OK(read_debug_directory(*image));
  const Inflated whole = REQUIRE_OK(inflate(directory.embedded, directory.embedded_bytes));
  const Buffer bytes(whole.bytes().begin(), whole.bytes().end());
  for (size_t length = 0; length < bytes.size(); length += 3) {
    const Buffer part(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(length));
    ask_everything(part);
  }
  std::mt19937 random(4711);
  for (int i = 0; i < 2000; ++i) {
    Buffer mutant = bytes;
    mutant[random() % mutant.size()] ^= static_cast<uint8_t>(1 + random() % 255);
    ask_everything(mutant);
  }
}

}  // namespace
}  // namespace leanclr::metadata
