// See portable_pdb.h.
#include "metadata/portable_pdb.h"

#include <algorithm>

namespace leanclr::metadata {
namespace {

constexpr uint32_t kDocument = 0x30, kMethodDebugInformation = 0x31;
constexpr uint8_t kWideGuids = 2, kWideBlobs = 4;

/// §II.24.2.6: a column's 2 or 4 bytes.
Result<uint32_t> read_index(Reader& row, uint32_t width) {
  if (width == 4) return row.u32();
  return TRY(row.u16());
}

/// The records of a sequence points blob, one after the other.
class SequencePoints {
 public:
  SequencePoints(Bytes blob, RowNumber document) : reader_(blob), document(document) {}

  Status open() {
    TRY(reader_.compressed_u32());  // the locals' signature
    if (document == 0) document = TRY(reader_.compressed_u32());
    return {};
  }

  /// The next point; false at the end.
  Result<bool> next() {
    uint32_t skipped = 0;
    for (;; started_ = true) {
      if (reader_.at_end()) return false;
      skipped = TRY(reader_.compressed_u32());
      if (!started_ || skipped != 0) break;
      document = TRY(reader_.compressed_u32());
    }
    started_ = true;
    il_offset += skipped;
    const uint32_t lines = TRY(reader_.compressed_u32());
    const int32_t columns = lines == 0 ? static_cast<int32_t>(TRY(reader_.compressed_u32())) : TRY(reader_.compressed_i32());
    hidden = lines == 0 && columns == 0;
    if (hidden) return true;
    line = positioned_ ? line + static_cast<uint32_t>(TRY(reader_.compressed_i32())) : TRY(reader_.compressed_u32());
    column = positioned_ ? column + static_cast<uint32_t>(TRY(reader_.compressed_i32())) : TRY(reader_.compressed_u32());
    positioned_ = true;
    return true;
  }

 private:
  Reader reader_;
  bool started_ = false, positioned_ = false;

 public:
  RowNumber document;
  uint32_t il_offset = 0, line = 0, column = 0;
  bool hidden = false;
};

}  // namespace

Bytes PortablePdb::Table::row(RowNumber number) const {
  if (number == 0 || row_bytes == 0 || number > rows.size() / row_bytes) return {};
  return rows.subspan((number - 1) * size_t{row_bytes}, row_bytes);
}

Result<PortablePdb> PortablePdb::parse(Bytes bytes) {
  PortablePdb pdb;
  pdb.streams_ = TRY(read_metadata_root(Reader(bytes)));
  Bytes id = TRY(Reader(pdb.streams_.pdb).take(pdb.id_.size()));
  std::copy(id.begin(), id.end(), pdb.id_.begin());
  TRY(pdb.read_tables(Reader(pdb.streams_.tables)));
  return pdb;
}

Status PortablePdb::read_tables(Reader stream) {
  TRY(stream.skip(6));  // reserved, version
  const uint8_t heap_sizes = TRY(stream.u8());
  TRY(stream.skip(1));  // reserved
  const uint64_t present = TRY(stream.u64());
  TRY(stream.skip(8));  // sorted
  // Tables of the assembly itself would stand first; no PDB has them.
  if (present & ((uint64_t{1} << kDocument) - 1)) return stream.bad("a PDB with an assembly's tables");
  uint32_t counts[2] = {};
  for (uint32_t table = kDocument; table < 64; ++table) {
    if (!(present >> table & 1)) continue;
    const uint32_t rows = TRY(stream.u32());
    if (table <= kMethodDebugInformation) counts[table - kDocument] = rows;
  }
  blob_width_ = heap_sizes & kWideBlobs ? 4 : 2;
  document_width_ = counts[0] <= 0xFFFF ? 2 : 4;
  documents_.row_bytes = 2 * blob_width_ + 2 * (heap_sizes & kWideGuids ? 4 : 2);
  methods_.row_bytes = document_width_ + blob_width_;
  Table* tables[] = {&documents_, &methods_};
  for (uint32_t i = 0; i < 2; ++i) {
    const uint64_t size = uint64_t{counts[i]} * tables[i]->row_bytes;
    if (size > stream.remaining()) return stream.past_end();
    tables[i]->rows = TRY(stream.take(static_cast<size_t>(size)));
  }
  return {};
}

Result<Bytes> PortablePdb::blob(uint32_t offset) const {
  Reader heap(streams_.blobs);
  TRY(heap.seek(offset));
  return heap.take(TRY(heap.compressed_u32()));
}

Result<SourcePosition> PortablePdb::position(RowNumber method_def, uint32_t il_offset) const {
  SourcePosition best;
  Reader row(methods_.row(method_def));
  if (row.size() == 0) return best;
  const RowNumber document = TRY(read_index(row, document_width_));
  const uint32_t points_at = TRY(read_index(row, blob_width_));
  if (points_at == 0) return best;
  SequencePoints points(TRY(blob(points_at)), document);
  TRY(points.open());
  RowNumber best_document = 0;
  while (TRY(points.next()) && points.il_offset <= il_offset) {
    if (points.hidden) continue;
    best.line = points.line;
    best.column = points.column;
    best_document = points.document;
  }
  if (best.line != 0) best.file = TRY(document_name(best_document));
  return best;
}

/// A document's name is a separator and the parts between, each a blob of its own.
Result<std::string> PortablePdb::document_name(RowNumber document) const {
  Reader row(documents_.row(document));
  Reader name(TRY(blob(TRY(read_index(row, blob_width_)))));
  // The separator is one character; other than ASCII there is none in use.
  const char separator = static_cast<char>(TRY(name.u8()));
  std::string text;
  for (bool first = true; !name.at_end(); first = false) {
    if (!first && separator) text += separator;
    Bytes part = TRY(blob(TRY(name.compressed_u32())));
    text.append(reinterpret_cast<const char*>(part.data()), part.size());
  }
  return text;
}

}  // namespace leanclr::metadata
