// The header of the tables stream and the widths that follow from it.
#include "metadata/table_layout.h"

#include <algorithm>

namespace leanclr::metadata {
namespace {

// §II.24.2.6, HeapSizes; the last bit is in #- streams only.
constexpr uint8_t kWideStrings = 0x01, kWideGuids = 0x02, kWideBlobs = 0x04, kExtraData = 0x40;

uint32_t rows_of(const TableLayouts& tables, Table table) { return tables[static_cast<size_t>(table)].rows; }

/// A run starts in the Ptr table of its target where the file has one.
Table list_target(const TableLayouts& tables, Table target) {
  constexpr std::pair<Table, Table> kPtrTables[] = {
      {Table::Field, Table::FieldPtr}, {Table::MethodDef, Table::MethodPtr},  {Table::Param, Table::ParamPtr},
      {Table::Event, Table::EventPtr}, {Table::Property, Table::PropertyPtr},
  };
  for (auto [direct, indirect] : kPtrTables)
    if (direct == target && rows_of(tables, indirect) != 0) return indirect;
  return target;
}

uint8_t coded_width(const TableLayouts& tables, const CodedIndex& index) {
  uint32_t most = 0;
  for (Table table : index.tables)
    if (table != kNoTable) most = std::max(most, rows_of(tables, table));
  return most < (1u << (16 - index.tag_bits)) ? 2 : 4;
}

uint8_t column_width(const TableLayouts& tables, ColumnShape shape, uint8_t heap_sizes) {
  auto by_flag = [&](uint8_t flag) -> uint8_t { return heap_sizes & flag ? 4 : 2; };
  auto by_rows = [&](Table target) -> uint8_t { return rows_of(tables, target) <= 0xFFFF ? 2 : 4; };
  switch (shape.kind) {
    case ColumnKind::U1: return 2;  // one byte and one of padding
    case ColumnKind::U2: return 2;
    case ColumnKind::U4: return 4;
    case ColumnKind::String: return by_flag(kWideStrings);
    case ColumnKind::Guid: return by_flag(kWideGuids);
    case ColumnKind::Blob: return by_flag(kWideBlobs);
    case ColumnKind::Row: return by_rows(static_cast<Table>(shape.target));
    case ColumnKind::List: return by_rows(list_target(tables, static_cast<Table>(shape.target)));
    case ColumnKind::Coded: return coded_width(tables, kCodedIndexes[shape.target]);
  }
  return 4;
}

void lay_out_columns(TableLayouts& tables, uint8_t heap_sizes) {
  for (size_t t = 0; t < kTableCount; ++t) {
    const TableShape& shape = kTableShapes[t];
    uint8_t offset = 0;
    for (size_t i = 0; i < kMaxColumns; ++i) {
      tables[t].offsets[i] = offset;
      if (i < shape.column_count) offset += column_width(tables, shape.columns[i], heap_sizes);
    }
    tables[t].offsets[kMaxColumns] = offset;
    tables[t].row_bytes = offset;
  }
}

Status read_row_counts(Reader& stream, TableLayouts& tables) {
  uint64_t present = TRY(stream.u64());
  uint64_t sorted = TRY(stream.u64());
  if (present >> kTableCount) return stream.bad("metadata with an unknown table");
  for (size_t t = 0; t < kTableCount; ++t) {
    tables[t].is_sorted = sorted >> t & 1;
    if (!(present >> t & 1)) continue;
    tables[t].rows = TRY(stream.u32());
    if (tables[t].rows > kMaxRow) return stream.bad("metadata table with more rows than a token can name");
  }
  return {};
}

}  // namespace

Result<TableLayouts> read_table_layouts(Reader stream) {
  TableLayouts tables;
  TRY(stream.skip(6));  // reserved, version
  uint8_t heap_sizes = TRY(stream.u8());
  TRY(stream.skip(1));  // reserved
  TRY(read_row_counts(stream, tables));
  if (heap_sizes & kExtraData) TRY(stream.skip(4));
  lay_out_columns(tables, heap_sizes);
  for (TableLayout& table : tables) {
    uint64_t bytes = uint64_t{table.rows} * table.row_bytes;
    if (bytes > stream.remaining()) return stream.bad("metadata table larger than its stream");
    table.data = TRY(stream.take(static_cast<size_t>(bytes))).data();
  }
  return tables;
}

}  // namespace leanclr::metadata
