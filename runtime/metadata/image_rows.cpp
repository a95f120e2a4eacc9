// Image: decoding of rows (§II.22).
#include <cstring>

#include "base/list.h"
#include "metadata/image_state.h"

namespace leanclr::metadata {
namespace {

constexpr uint32_t tag_mask(const CodedIndex& index) { return (1u << index.tag_bits) - 1; }

/// Nil tokens keep their table; false when the tag names no table or the row fits no token.
bool decode_coded(const CodedIndex& index, uint32_t raw, Token& token) {
  uint32_t tag = raw & tag_mask(index), row = raw >> index.tag_bits;
  if (tag >= index.tables.size() || index.tables[tag] == kNoTable || row > kMaxRow) return false;
  token = Token(index.tables[tag], row);
  return true;
}

}  // namespace

uint32_t Image::row_count(Table table) const {
  return static_cast<uint32_t>(table) < kTableCount ? state_->layout(table).rows : 0;
}

RowNumber Image::State::real_row(Table table, RowNumber number) const {
  uint32_t count = layout(table).rows;
  const List<RowNumber>& order = key_orders[static_cast<size_t>(table)].rows;
  return number > count && number - count <= order.size() ? order[number - count - 1] : number;
}

Result<const uint8_t*> Image::State::row_data(Table table, RowNumber number) const {
  const TableLayout& rows = layout(table);
  if (number > rows.rows) number = real_row(table, number);
  if (number == 0 || number > rows.rows)
    return failure(ErrorKind::BadImage, "row number outside its metadata table",
                   {file_name, ErrorPlace::kUnknown, Token(table, number & kMaxRow).value});
  return rows.data + size_t{number - 1} * rows.row_bytes;
}

uint32_t Image::State::column(Table table, size_t column, RowNumber existing_row) const {
  const TableLayout& rows = layout(table);
  const uint8_t* row = rows.data + size_t{existing_row - 1} * rows.row_bytes;
  return read_column(row + rows.offsets[column], rows.offsets[column + 1] - rows.offsets[column]);
}

Status Image::State::read_row(Table table, RowNumber number, uint8_t* out) const {
  const uint8_t* data = TRY(row_data(table, number));
  const auto& offsets = layout(table).offsets;
  const TableShape& shape = kTableShapes[static_cast<size_t>(table)];
  size_t at = 0;
  for (size_t i = 0; i < shape.column_count; ++i) {
    const ColumnShape& column = shape.columns[i];
    uint32_t value = read_column(data + offsets[i], offsets[i + 1] - offsets[i]);
    if (column.kind == ColumnKind::Coded) {
      Token token;
      if (!decode_coded(kCodedIndexes[column.target], value, token))
        return failure(ErrorKind::BadImage, "invalid coded index",
                       {file_name, offset_of(data), Token(table, number & kMaxRow).value});
      value = token.value;
    }
    at = (at + column.member_bytes - 1) & ~size_t{column.member_bytes - 1u};
    std::memcpy(out + at, &value, column.member_bytes);
    at += column.member_bytes;
  }
  return {};
}

template <Table T>
Result<RowOf<T>> Image::row(RowNumber number) const {
  RowOf<T> row{};
  TRY(state_->read_row(T, number, reinterpret_cast<uint8_t*>(&row)));
  return row;
}
#define INSTANTIATE(name) template Result<name##Row> Image::row<Table::name>(RowNumber) const;
METADATA_TABLES(INSTANTIATE)
#undef INSTANTIATE

}  // namespace leanclr::metadata
