// See debug_directory.h. The layouts of its entries' data are those of the PE COFF specification of .NET.
#include "metadata/debug_directory.h"

#include <algorithm>

namespace leanclr::metadata {
namespace {

constexpr uint32_t kCodeView = 2, kEmbeddedPdb = 17;
constexpr uint16_t kPortableMinor = 0x504D;
constexpr uint32_t kCodeViewMagic = 0x53445352;  // "RSDS"
constexpr uint32_t kEmbeddedMagic = 0x4244504D;  // "MPDB"
constexpr size_t kGuidBytes = 16;

struct Entry {
  uint32_t stamp, type, size, file_offset;
  uint16_t minor;
};

Result<Entry> read_entry(Reader& reader) {
  Entry entry;
  TRY(reader.skip(4));  // characteristics
  entry.stamp = TRY(reader.u32());
  TRY(reader.skip(2));  // major version
  entry.minor = TRY(reader.u16());
  entry.type = TRY(reader.u32());
  entry.size = TRY(reader.u32());
  TRY(reader.skip(4));  // relative virtual address; 0 when it is not mapped
  entry.file_offset = TRY(reader.u32());
  return entry;
}

Status read_code_view(Reader data, const Entry& entry, DebugDirectory& directory) {
  if (TRY(data.u32()) != kCodeViewMagic) return data.bad("debug entry with a wrong signature");
  Bytes guid = TRY(data.take(kGuidBytes));
  std::copy(guid.begin(), guid.end(), directory.id.begin());
  std::memcpy(directory.id.data() + kGuidBytes, &entry.stamp, sizeof entry.stamp);
  directory.has_id = true;
  return {};
}

Status read_embedded(Reader data, DebugDirectory& directory) {
  if (TRY(data.u32()) != kEmbeddedMagic) return data.bad("embedded symbols with a wrong signature");
  directory.embedded_bytes = TRY(data.u32());
  directory.embedded = TRY(data.take(data.remaining()));
  return {};
}

}  // namespace

Result<DebugDirectory> read_debug_directory(const Image& image) {
  DebugDirectory directory;
  Reader entries = TRY(image.debug_directory());
  Reader file(image.bytes());
  while (!entries.at_end()) {
    const Entry entry = TRY(read_entry(entries));
    const bool code_view = entry.type == kCodeView && entry.minor == kPortableMinor;
    if (!code_view && entry.type != kEmbeddedPdb) continue;
    TRY(file.seek(entry.file_offset));
    Reader data(TRY(file.take(entry.size)), entry.file_offset);
    TRY(code_view ? read_code_view(data, entry, directory) : read_embedded(data, directory));
  }
  return directory;
}

}  // namespace leanclr::metadata
