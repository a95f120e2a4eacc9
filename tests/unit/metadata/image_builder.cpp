// ImageBuilder: see image_builder.h. The layout is: headers, then one section with the CLI header, the data
// and the metadata.
#include "unit/metadata/image_builder.h"

#include <string>

namespace leanclr::test {
namespace {

constexpr uint32_t kPeOffset = 0x80, kSectionFileOffset = 0x200;

void append(Buffer& out, const Buffer& part) { out.insert(out.end(), part.begin(), part.end()); }
void align(Buffer& out) { out.resize((out.size() + 3) / 4 * 4); }
void put_zero_terminated(Buffer& out, std::string_view text) {
  out.insert(out.end(), text.begin(), text.end());
  out.push_back(0);
  align(out);
}

}  // namespace

void put(Buffer& out, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

ImageBuilder& ImageBuilder::row(metadata::Table table, std::initializer_list<Cell> cells) {
  TableRows& rows = tables_[static_cast<size_t>(table)];
  ++rows.count;
  for (Cell cell : cells) put(rows.bytes, cell.value, cell.bytes);
  return *this;
}

ImageBuilder& ImageBuilder::sorted(metadata::Table table) {
  sorted_ |= uint64_t{1} << static_cast<uint32_t>(table);
  return *this;
}

Buffer ImageBuilder::tables_stream() const {
  Buffer out;
  put(out, 0, 4);
  put(out, 2, 2);  // version 2.0
  put(out, heap_sizes_, 1);
  put(out, 1, 1);
  uint64_t present = 0;
  for (size_t i = 0; i < tables_.size(); ++i)
    if (tables_[i].count) present |= uint64_t{1} << i;
  put(out, present, 8);
  put(out, sorted_, 8);
  for (const TableRows& table : tables_)
    if (table.count) put(out, table.count, 4);
  if (heap_sizes_ & 0x40) put(out, 0xDDDDDDDD, 4);  // extra data
  for (const TableRows& table : tables_) append(out, table.bytes);
  align(out);
  return out;
}

Buffer ImageBuilder::metadata_root() const {
  struct Stream {
    std::string_view name;
    Buffer bytes;
  };
  const Stream streams[] = {{tables_name_, tables_stream()},
                            {"#Strings", strings_},
                            {"#Blob", blobs_},
                            {"#US", user_strings_},
                            {"#GUID", guids_}};
  Buffer root;
  put(root, 0x424A5342, 4);
  put(root, 0x00010001, 4);
  put(root, 0, 4);
  put(root, 12, 4);
  put_zero_terminated(root, "v4.0.30319");
  put(root, 0, 2);
  put(root, std::size(streams), 2);
  size_t offset = root.size();
  for (const Stream& stream : streams) offset += 8 + (stream.name.size() + 4) / 4 * 4;
  Buffer content;
  for (const Stream& stream : streams) {
    put(root, offset + content.size(), 4);
    put(root, stream.bytes.size(), 4);
    put_zero_terminated(root, stream.name);
    append(content, stream.bytes);
    align(content);
  }
  append(root, content);
  return root;
}

Buffer ImageBuilder::cli_header(uint32_t metadata_bytes) const {
  uint32_t data_bytes = static_cast<uint32_t>(data_.size() + 3) / 4 * 4;
  Buffer out;
  put(out, kCliHeaderBytes, 4);
  put(out, 0x00050002, 4);
  put(out, kDataRva + data_bytes, 4);
  put(out, metadata_bytes, 4);
  put(out, cli_flags_, 4);
  put(out, entry_point_, 4);
  put(out, kDataRva, 4);
  put(out, data_.size(), 4);
  out.resize(kCliHeaderBytes);
  return out;
}

Buffer ImageBuilder::build() const {
  Buffer root = metadata_root();
  Buffer section = cli_header(static_cast<uint32_t>(root.size()));
  append(section, data_);
  align(section);
  append(section, root);

  Buffer out{'M', 'Z'};
  out.resize(0x3C);
  put(out, kPeOffset, 4);
  out.resize(kPeOffset);
  uint32_t directories_at = pe32_plus_ ? 112 : 96, optional_bytes = directories_at + 16 * 8;
  put(out, 0x4550, 4);
  put(out, pe32_plus_ ? 0x8664 : 0x14C, 2);
  put(out, 1, 2);  // sections
  put(out, 0, 8);
  put(out, 0, 4);
  put(out, optional_bytes, 2);
  put(out, 0x2022, 2);
  size_t optional = out.size();
  put(out, pe32_plus_ ? 0x20B : 0x10B, 2);
  out.resize(optional + directories_at - 4);
  put(out, 16, 4);
  out.resize(out.size() + 14 * 8);
  put(out, kSectionRva, 4);
  put(out, kCliHeaderBytes, 4);
  out.resize(optional + optional_bytes);
  put(out, 0x747865742E, 8);  // ".text"
  put(out, section.size(), 4);
  put(out, kSectionRva, 4);
  put(out, section.size(), 4);
  put(out, kSectionFileOffset, 4);
  out.resize(kSectionFileOffset);
  append(out, section);
  return out;
}

}  // namespace leanclr::test
