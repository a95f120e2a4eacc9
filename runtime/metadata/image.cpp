// Image: parsing down to the streams, and the heaps (§II.24).
#include "metadata/image.h"

#include "metadata/image_state.h"

namespace leanclr::metadata {
namespace {

constexpr uint32_t kMetadataMagic = 0x424A5342;  // §II.24.2.1
constexpr size_t kGuidBytes = 16;

}  // namespace

Image::Image() : state_(std::make_unique<State>()) {}
Image::~Image() = default;

Result<std::unique_ptr<Image>> Image::parse(std::string file_name, Bytes bytes) {
  std::unique_ptr<Image> image(new Image());
  State& state = *image->state_;
  state.file_name = std::move(file_name);
  state.bytes = bytes;
  Status loaded = state.load();
  if (!loaded.ok())
    return loaded.take_error().at({state.file_name, ErrorPlace::kUnknown, ErrorPlace::kUnknown});
  return image;
}

Status Image::State::load() {
  if (bytes.size() >= ErrorPlace::kUnknown) return Error(ErrorKind::BadImage, "file too large");
  pe = TRY(read_pe(bytes));
  Bytes metadata = TRY(pe.at(bytes, pe.metadata));
  return read_metadata_root(Reader(metadata, offset_of(metadata.data())));
}

Status Image::State::read_metadata_root(Reader root) {
  if (TRY(root.u32()) != kMetadataMagic) return root.bad("the metadata has a wrong signature");
  TRY(root.skip(8));  // version, reserved
  uint32_t version_bytes = TRY(root.u32());
  Bytes text = TRY(root.take(version_bytes));
  version = std::string_view(reinterpret_cast<const char*>(text.data()), text.size());
  version = version.substr(0, version.find('\0'));
  TRY(root.skip((4 - root.position() % 4) % 4));
  TRY(root.skip(2));  // flags
  uint16_t stream_count = TRY(root.u16());
  Bytes tables_stream;
  for (uint16_t i = 0; i < stream_count; ++i) TRY(read_stream_header(root, tables_stream));
  if (tables_stream.empty()) return root.bad("metadata without a tables stream");
  tables = TRY(read_table_layouts(Reader(tables_stream, offset_of(tables_stream.data()))));
  return {};
}

Status Image::State::read_stream_header(Reader& root, Bytes& tables_stream) {
  uint32_t offset = TRY(root.u32());
  uint32_t size = TRY(root.u32());
  std::string_view name = TRY(root.zero_terminated());
  TRY(root.skip((4 - root.position() % 4) % 4));
  Reader content = root;
  TRY(content.seek(offset));
  Bytes stream = TRY(content.take(size));
  const std::pair<std::string_view, Bytes*> known[] = {
      {"#~", &tables_stream}, {"#-", &tables_stream}, {"#Strings", &strings},
      {"#US", &user_strings}, {"#Blob", &blobs},      {"#GUID", &guids},
  };
  for (auto [known_name, target] : known)
    if (known_name == name && target->empty()) *target = stream;
  return {};
}

Error Image::State::bad(std::string message, const uint8_t* at) const {
  return Error(ErrorKind::BadImage, std::move(message), {file_name, offset_of(at), ErrorPlace::kUnknown});
}

const std::string& Image::file_name() const { return state_->file_name; }
Bytes Image::bytes() const { return state_->bytes; }
Token Image::entry_point() const { return state_->pe.entry_point; }
std::string_view Image::version() const { return state_->version; }
uint32_t Image::file_offset(Bytes inside) const { return state_->offset_of(inside.data()); }

Result<std::string_view> Image::string(StringOffset offset) const {
  Bytes heap = state_->strings;
  if (offset >= heap.size()) {
    if (offset == 0) return std::string_view();
    return state_->bad("string offset past the heap's end", heap.data() + heap.size());
  }
  const uint8_t* start = heap.data() + offset;
  const void* end = std::memchr(start, 0, heap.size() - offset);
  if (!end) return state_->bad("string without a terminator", start);
  size_t length = static_cast<size_t>(static_cast<const uint8_t*>(end) - start);
  return std::string_view(reinterpret_cast<const char*>(start), length);
}

Result<Bytes> Image::State::sized_blob(Bytes heap, uint32_t offset) const {
  if (offset == 0) return Bytes();
  if (offset >= heap.size()) return bad("blob offset past the heap's end", heap.data() + heap.size());
  // Nearly all blobs are short: one length byte and no Reader.
  const uint8_t* start = heap.data() + offset;
  if (*start < 0x80 && *start < heap.size() - offset) return Bytes(start + 1, *start);
  Reader reader(heap.subspan(offset), offset_of(start));
  auto read = [&]() -> Result<Bytes> { return reader.take(TRY(reader.compressed_u32())); };
  Result<Bytes> blob = read();
  if (blob.ok()) return blob;
  (void)blob.take_error();  // knows less
  return bad("blob runs past the heap's end", start);
}

Result<Bytes> Image::blob(BlobOffset offset) const { return state_->sized_blob(state_->blobs, offset); }

Result<Reader> Image::blob_reader(BlobOffset offset) const {
  Bytes content = TRY(blob(offset));
  return Reader(content, content.empty() ? 0 : file_offset(content));
}

Result<Bytes> Image::user_string(uint32_t offset) const {
  Bytes content = TRY(state_->sized_blob(state_->user_strings, offset));
  if (content.empty()) return content;
  if (content.size() % 2 == 0) return state_->bad("user string without its flag byte", content.data());
  return content.first(content.size() - 1);
}

Result<Bytes> Image::guid(GuidIndex index) const {
  Bytes heap = state_->guids;
  if (index == 0) return Bytes();
  if (index > heap.size() / kGuidBytes)
    return state_->bad("GUID index past the heap's end", heap.data() + heap.size());
  return heap.subspan((index - 1) * kGuidBytes, kGuidBytes);
}

Result<Bytes> Image::at_rva(uint32_t rva) const {
  Result<Bytes> found = state_->pe.at_rva(state_->bytes, rva);
  if (!found.ok()) return found.take_error().at({file_name(), ErrorPlace::kUnknown, ErrorPlace::kUnknown});
  return found;
}

Result<Bytes> Image::resource(const ManifestResourceRow& row) const {
  auto read = [&]() -> Result<Bytes> {
    if (!row.implementation.is_nil()) return Error(ErrorKind::BadImage, "the resource is in another file");
    Bytes all = TRY(state_->pe.at(state_->bytes, state_->pe.resources));
    Reader reader(all, file_offset(all));
    TRY(reader.seek(row.offset));
    return reader.take(TRY(reader.u32()));
  };
  Result<Bytes> content = read();
  if (!content.ok())
    return content.take_error().at({file_name(), ErrorPlace::kUnknown, ErrorPlace::kUnknown});
  return content;
}

ErrorPlace Image::place(Token token) const {
  uint32_t offset = ErrorPlace::kUnknown;
  if (static_cast<uint32_t>(token.table()) < kTableCount) {
    const uint8_t* row = value_or<const uint8_t*>(state_->row_data(token.table(), token.row()), nullptr);
    if (row) offset = state_->offset_of(row);
  }
  return {file_name(), offset, token.value};
}

}  // namespace leanclr::metadata
