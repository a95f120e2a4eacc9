// See metadata_root.h.
#include "metadata/metadata_root.h"

namespace leanclr::metadata {
namespace {

constexpr uint32_t kMetadataMagic = 0x424A5342;

Status read_stream_header(Reader& root, MetadataStreams& streams) {
  uint32_t offset = TRY(root.u32());
  uint32_t size = TRY(root.u32());
  std::string_view name = TRY(root.zero_terminated());
  TRY(root.skip((4 - root.position() % 4) % 4));
  Reader content = root;
  TRY(content.seek(offset));
  Bytes stream = TRY(content.take(size));
  const std::pair<std::string_view, Bytes*> known[] = {
      {"#~", &streams.tables},        {"#-", &streams.tables},  {"#Strings", &streams.strings},
      {"#US", &streams.user_strings}, {"#Blob", &streams.blobs}, {"#GUID", &streams.guids},
      {"#Pdb", &streams.pdb},
  };
  for (auto [known_name, target] : known)
    if (known_name == name && target->empty()) *target = stream;
  return {};
}

}  // namespace

Result<MetadataStreams> read_metadata_root(Reader root) {
  MetadataStreams streams;
  if (TRY(root.u32()) != kMetadataMagic) return root.bad("the metadata has a wrong signature");
  TRY(root.skip(8));  // version, reserved
  uint32_t version_bytes = TRY(root.u32());
  Bytes text = TRY(root.take(version_bytes));
  streams.version = std::string_view(reinterpret_cast<const char*>(text.data()), text.size());
  streams.version = streams.version.substr(0, streams.version.find('\0'));
  TRY(root.skip((4 - root.position() % 4) % 4));
  TRY(root.skip(2));  // flags
  uint16_t stream_count = TRY(root.u16());
  for (uint16_t i = 0; i < stream_count; ++i) TRY(read_stream_header(root, streams));
  if (streams.tables.empty()) return root.bad("metadata without a tables stream");
  return streams;
}

}  // namespace leanclr::metadata
