// Image: parsing down to the streams, and the heaps (§II.24).
#include "metadata/image.h"

#include "metadata/image_state.h"

namespace leanclr::metadata {
namespace {

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
  if (bytes.size() >= ErrorPlace::kUnknown) return failure(ErrorKind::BadImage, "file too large");
  pe = TRY(read_pe(bytes));
  Bytes metadata = TRY(pe.at(bytes, pe.metadata));
  streams = TRY(read_metadata_root(Reader(metadata, offset_of(metadata.data()))));
  tables = TRY(read_table_layouts(Reader(streams.tables, offset_of(streams.tables.data()))));
  return {};
}

Failure Image::State::bad(const char* message, const uint8_t* at) const {
  return failure(ErrorKind::BadImage, message, {file_name, offset_of(at), ErrorPlace::kUnknown});
}

const std::string& Image::file_name() const { return state_->file_name; }
Bytes Image::bytes() const { return state_->bytes; }
Token Image::entry_point() const { return state_->pe.entry_point; }
std::string_view Image::version() const { return state_->streams.version; }
uint32_t Image::file_offset(Bytes inside) const { return state_->offset_of(inside.data()); }

Result<std::string_view> Image::string(StringOffset offset) const {
  Bytes heap = state_->streams.strings;
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

Result<Bytes> Image::blob(BlobOffset offset) const { return state_->sized_blob(state_->streams.blobs, offset); }

Result<Reader> Image::blob_reader(BlobOffset offset) const {
  Bytes content = TRY(blob(offset));
  return Reader(content, content.empty() ? 0 : file_offset(content));
}

Result<Bytes> Image::user_string(uint32_t offset) const {
  Bytes content = TRY(state_->sized_blob(state_->streams.user_strings, offset));
  if (content.empty()) return content;
  if (content.size() % 2 == 0) return state_->bad("user string without its flag byte", content.data());
  return content.first(content.size() - 1);
}

Result<Bytes> Image::guid(GuidIndex index) const {
  Bytes heap = state_->streams.guids;
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

Result<Reader> Image::debug_directory() const {
  const PeFile& pe = state_->pe;
  if (pe.debug.rva == 0) return Reader();
  Bytes entries = TRY(pe.at(state_->bytes, pe.debug));
  return Reader(entries, file_offset(entries));
}

Result<Bytes> Image::resource(const ManifestResourceRow& row) const {
  auto read = [&]() -> Result<Bytes> {
    if (!row.implementation.is_nil()) return failure(ErrorKind::BadImage, "the resource is in another file");
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
