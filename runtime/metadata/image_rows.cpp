// Image: decoding of rows (§II.22).
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

template <typename Row, typename Value>
bool decode_column(const Column<Row, Value>& column, uint32_t raw, Row& row) {
  if constexpr (std::is_same_v<Value, Token>) {
    return decode_coded(kCodedIndexes[column.shape.target], raw, row.*column.member);
  } else {
    row.*column.member = static_cast<Value>(raw);
    return true;
  }
}

}  // namespace

uint32_t Image::row_count(Table table) const {
  return static_cast<uint32_t>(table) < kTableCount ? state_->layout(table).rows : 0;
}

RowNumber Image::State::real_row(Table table, RowNumber number) const {
  uint32_t count = layout(table).rows;
  const std::vector<RowNumber>& order = key_orders[static_cast<size_t>(table)].rows;
  return number > count && number - count <= order.size() ? order[number - count - 1] : number;
}

Result<const uint8_t*> Image::State::row_data(Table table, RowNumber number) const {
  const TableLayout& rows = layout(table);
  if (number > rows.rows) number = real_row(table, number);
  if (number == 0 || number > rows.rows)
    return Error(ErrorKind::BadImage, "row number outside its metadata table",
                 {file_name, ErrorPlace::kUnknown, Token(table, number & kMaxRow).value});
  return rows.data + size_t{number - 1} * rows.row_bytes;
}

uint32_t Image::State::column(Table table, size_t column, RowNumber existing_row) const {
  const TableLayout& rows = layout(table);
  const uint8_t* row = rows.data + size_t{existing_row - 1} * rows.row_bytes;
  return read_column(row + rows.offsets[column], rows.offsets[column + 1] - rows.offsets[column]);
}

template <Table T>
Result<RowOf<T>> Image::row(RowNumber number) const {
  const uint8_t* data = TRY(state_->row_data(T, number));
  const auto& offsets = state_->layout(T).offsets;
  RowOf<T> row{};
  size_t i = 0;
  auto decode = [&](const auto& column) {
    uint32_t raw = read_column(data + offsets[i], offsets[i + 1] - offsets[i]);
    ++i;
    return decode_column(column, raw, row);
  };
  bool valid = std::apply([&](const auto&... column) { return (decode(column) && ...); }, kColumns<T>);
  if (!valid) return Error(ErrorKind::BadImage, "invalid coded index", place(Token(T, number)));
  return row;
}
#define INSTANTIATE(name) template Result<name##Row> Image::row<Table::name>(RowNumber) const;
METADATA_TABLES(INSTANTIATE)
#undef INSTANTIATE

}  // namespace leanclr::metadata
