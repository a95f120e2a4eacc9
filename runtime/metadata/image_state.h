// What an Image holds; shared by image.cpp (parsing, heaps) and image_rows.cpp (rows, runs, keys).
#pragma once


#include "base/list.h"
#include "metadata/image.h"
#include "metadata/metadata_root.h"
#include "metadata/pe.h"
#include "metadata/table_layout.h"

namespace leanclr::metadata {

/// How a keyed table is searched; found out when first asked.
struct KeyOrder {
  enum State : uint8_t { Unknown, Sorted, Indexed } state = Unknown;
  List<RowNumber> rows;  // Indexed: the rows in the order of their keys
};

struct Image::State {
  std::string file_name;
  Bytes bytes;
  PeFile pe;
  MetadataStreams streams;
  TableLayouts tables;
  std::array<KeyOrder, kTableCount> key_orders;

  Status load();

  const TableLayout& layout(Table table) const { return tables[static_cast<size_t>(table)]; }
  uint32_t offset_of(const uint8_t* inside) const { return static_cast<uint32_t>(inside - bytes.data()); }
  Failure bad(const char* message, const uint8_t* at) const;
  /// The row itself for a number that rows_with_key made up for an unsorted table.
  RowNumber real_row(Table table, RowNumber number) const;
  Result<const uint8_t*> row_data(Table table, RowNumber number) const;
  /// The row as the struct of its table (table_schema.h) at `out`.
  Status read_row(Table table, RowNumber number, uint8_t* out) const;
  /// The raw value of one column; the row must exist.
  uint32_t column(Table table, size_t column, RowNumber existing_row) const;
  Result<Bytes> sized_blob(Bytes heap, uint32_t offset) const;
};

}  // namespace leanclr::metadata
