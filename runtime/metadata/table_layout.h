// Where each table's rows and columns lie in one file: what the #~ stream's header says (§II.24.2.6).
//
// What it is not: a reader of rows; image_rows.cpp decodes them with this and table_schema.h.
#pragma once

#include <array>

#include "base/reader.h"
#include "metadata/table_schema.h"

namespace leanclr::metadata {

struct TableLayout {
  const uint8_t* data = nullptr;  // of row 1
  uint32_t rows = 0;
  uint8_t row_bytes = 0;
  bool is_sorted = false;  // as the file claims
  /// Column i takes the bytes from offsets[i] to offsets[i + 1] of a row.
  std::array<uint8_t, kMaxColumns + 1> offsets{};
};

using TableLayouts = std::array<TableLayout, kTableCount>;

/// `stream` is the #~ or #- stream. Answers only when all rows of all tables lie inside it. Errors: BadImage.
Result<TableLayouts> read_table_layouts(Reader stream);

/// An unsigned column of 1, 2 or 4 bytes.
inline uint32_t read_column(const uint8_t* at, uint32_t bytes) {
  uint32_t value = 0;
  if (bytes == 4) {
    std::memcpy(&value, at, 4);
  } else {
    value = at[0];
    if (bytes == 2) value |= static_cast<uint32_t>(at[1]) << 8;
  }
  return value;
}

}  // namespace leanclr::metadata
