// PE32 and PE32+ headers, the section table and the CLI header.
#include "metadata/pe.h"

#include <algorithm>

namespace leanclr::metadata {
namespace {

constexpr uint16_t kDosMagic = 0x5A4D;     // "MZ"
constexpr uint32_t kPeMagic = 0x00004550;  // "PE\0\0"
constexpr uint16_t kPe32 = 0x10B, kPe32Plus = 0x20B;
constexpr size_t kPeOffsetAt = 0x3C;                                   // §II.25.2.1
constexpr size_t kDirectoryCountAt32 = 92, kDirectoryCountAt64 = 108;  // inside the optional header
constexpr uint32_t kDebugDirectory = 6, kCliDirectory = 14;            // §II.25.2.3.3
constexpr size_t kDirectoryBytes = 8;
constexpr uint32_t kCliHeaderBytes = 72;  // §II.25.3.3
constexpr uint32_t kNativeEntryPoint = 0x10;

struct CoffHeader {
  uint16_t section_count, optional_header_bytes;
};

Result<CoffHeader> read_coff_header(Reader& reader) {
  CoffHeader header;
  TRY(reader.skip(2));  // machine
  header.section_count = TRY(reader.u16());
  TRY(reader.skip(12));  // time stamp, symbol table
  header.optional_header_bytes = TRY(reader.u16());
  TRY(reader.skip(2));  // characteristics
  return header;
}

Result<DataDirectory> read_directory(Reader& reader) {
  DataDirectory directory;
  directory.rva = TRY(reader.u32());
  directory.bytes = TRY(reader.u32());
  return directory;
}

/// The optional header's directory of that number; nothing when it has fewer.
Result<DataDirectory> find_directory(Reader optional, uint32_t number) {
  uint16_t magic = TRY(optional.u16());
  if (magic != kPe32 && magic != kPe32Plus) return optional.bad("unknown format of PE optional header");
  TRY(optional.seek(magic == kPe32 ? kDirectoryCountAt32 : kDirectoryCountAt64));
  if (TRY(optional.u32()) <= number) return DataDirectory();
  TRY(optional.skip(number * kDirectoryBytes));
  return read_directory(optional);
}

Result<Section> read_section(Reader& reader, size_t file_size) {
  Section section;
  TRY(reader.skip(8));  // name
  section.virtual_bytes = TRY(reader.u32());
  section.virtual_address = TRY(reader.u32());
  section.file_bytes = TRY(reader.u32());
  section.file_offset = TRY(reader.u32());
  if (section.file_bytes != 0 &&
      (section.file_offset > file_size || section.file_bytes > file_size - section.file_offset))
    return reader.bad("the file ends inside a PE section");
  TRY(reader.skip(16));  // relocations, line numbers, characteristics
  return section;
}

Status read_cli_header(Reader reader, PeFile& pe) {
  uint32_t size = TRY(reader.u32());
  if (size < kCliHeaderBytes || size > reader.size()) return reader.bad("CLI header of a wrong size");
  TRY(reader.skip(4));  // runtime version
  pe.metadata = TRY(read_directory(reader));
  uint32_t flags = TRY(reader.u32());
  Token entry_point(TRY(reader.u32()));
  if (!(flags & kNativeEntryPoint) && entry_point.table() == Table::MethodDef) pe.entry_point = entry_point;
  pe.resources = TRY(read_directory(reader));
  return {};
}

}  // namespace

Result<Bytes> PeFile::at_rva(Bytes file, uint32_t rva) const {
  for (const Section& section : sections) {
    uint32_t bytes =
        section.virtual_bytes ? std::min(section.virtual_bytes, section.file_bytes) : section.file_bytes;
    if (rva < section.virtual_address || rva - section.virtual_address >= bytes) continue;
    uint32_t inside = rva - section.virtual_address;
    return file.subspan(section.file_offset + inside, bytes - inside);
  }
  return failure(ErrorKind::BadImage, "address outside every PE section");
}

Result<Bytes> PeFile::at(Bytes file, DataDirectory directory) const {
  Bytes rest = TRY(at_rva(file, directory.rva));
  if (directory.bytes > rest.size())
    return failure(ErrorKind::BadImage, "directory larger than its PE section");
  return rest.first(directory.bytes);
}

Result<PeFile> read_pe(Bytes file) {
  Reader reader(file);
  if (file.size() < 2 || TRY(reader.u16()) != kDosMagic) return Reader(file).bad("not a PE file");
  TRY(reader.seek(kPeOffsetAt));
  TRY(reader.seek(TRY(reader.u32())));
  if (TRY(reader.u32()) != kPeMagic) return reader.bad("not a PE file");
  CoffHeader coff = TRY(read_coff_header(reader));
  uint32_t optional_offset = reader.file_offset();
  Reader optional(TRY(reader.take(coff.optional_header_bytes)), optional_offset);
  DataDirectory cli = TRY(find_directory(optional, kCliDirectory));
  if (cli.rva == 0) return optional.bad("a PE file without a CLI header");
  PeFile pe;
  pe.debug = TRY(find_directory(optional, kDebugDirectory));
  for (uint32_t i = 0; i < coff.section_count; ++i)
    pe.sections.push_back(TRY(read_section(reader, file.size())));
  Bytes header = TRY(pe.at(file, cli));
  TRY(read_cli_header(Reader(header, static_cast<uint32_t>(header.data() - file.data())), pe));
  return pe;
}

}  // namespace leanclr::metadata
