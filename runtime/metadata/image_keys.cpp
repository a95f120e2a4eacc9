// Image: the search by key column.
//
// A table that the file calls sorted, or that turns out to be, is searched in place. For another one the row
// numbers are sorted by key once, and its runs are numbered past the table's end (State::real_row).
#include <algorithm>
#include <numeric>

#include "base/sort.h"
#include "metadata/image_state.h"

namespace leanclr::metadata {
namespace {

/// One keyed table in its key order.
struct KeyedTable {
  const Image::State& state;
  Table table;
  size_t column;
  const KeyOrder& order;

  uint32_t size() const { return state.layout(table).rows; }
  uint32_t key_of(RowNumber row) const { return state.column(table, column, row); }
  uint32_t key_at(uint32_t position) const {
    return key_of(order.state == KeyOrder::Indexed ? order.rows[position] : position + 1);
  }
  /// The first position whose key is not below `key` (or, `after`, above it).
  uint32_t bound(uint32_t key, bool after) const {
    uint32_t low = 0, high = size();
    while (low < high) {
      uint32_t middle = low + (high - low) / 2;
      uint32_t value = key_at(middle);
      if (value < key || (after && value == key)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
};

void find_out_order(const Image::State& state, Table table, size_t column, KeyOrder& order) {
  KeyedTable keyed{state, table, column, order};
  order.state = KeyOrder::Sorted;
  if (state.layout(table).is_sorted) return;
  bool sorted = true;
  for (RowNumber row = 1; row < keyed.size() && sorted; ++row)
    sorted = keyed.key_of(row) <= keyed.key_of(row + 1);
  if (sorted) return;
  order.rows.resize(keyed.size());
  std::iota(order.rows.begin(), order.rows.end(), RowNumber{1});
  sort_numbers(order.rows, [](const void* table, RowNumber a, RowNumber b) {
    auto& rows = *static_cast<const KeyedTable*>(table);
    return rows.key_of(a) < rows.key_of(b);
  }, &keyed);
  order.state = KeyOrder::Indexed;
}

/// The column value that stands for `key`, or nothing when no row can hold it.
std::optional<uint32_t> encode_key(const Image::State& state, ColumnShape shape, uint32_t key) {
  if (shape.kind == ColumnKind::Row) return state.real_row(static_cast<Table>(shape.target), key);
  const CodedIndex& index = kCodedIndexes[shape.target];
  Token token(key);
  for (uint32_t tag = 0; tag < index.tables.size(); ++tag)
    if (index.tables[tag] == token.table() && token.table() != kNoTable)
      return state.real_row(token.table(), token.row()) << index.tag_bits | tag;
  return std::nullopt;
}

RowRange find_rows(Image::State& state, Table table, size_t column, uint32_t key) {
  ColumnShape shape = kTableShapes[static_cast<size_t>(table)].columns[column];
  std::optional<uint32_t> raw = encode_key(state, shape, key);
  if (!raw) return {};
  KeyOrder& order = state.key_orders[static_cast<size_t>(table)];
  if (order.state == KeyOrder::Unknown) find_out_order(state, table, column, order);
  KeyedTable keyed{state, table, column, order};
  RowNumber base = 1 + (order.state == KeyOrder::Indexed ? keyed.size() : 0);
  uint32_t begin = keyed.bound(*raw, false);
  if (begin == keyed.size() || keyed.key_at(begin) != *raw) return {};
  return {base + begin, base + keyed.bound(*raw, true)};
}

}  // namespace

template <Table T>
RowRange Image::rows_with_key(uint32_t key) const {
  constexpr size_t kColumn = key_column(T);
  static_assert(kColumn < kMaxColumns);
  return find_rows(*state_, T, kColumn, key);
}
#define INSTANTIATE(name) template RowRange Image::rows_with_key<Table::name>(uint32_t) const;
METADATA_KEYED_TABLES(INSTANTIATE)
#undef INSTANTIATE

RowNumber Image::enclosing_type(RowNumber type_def) const {
  RowRange rows = rows_with_key<Table::NestedClass>(type_def);
  if (rows.empty()) return 0;
  RowNumber enclosing = value_or(row<Table::NestedClass>(rows.begin), {}).enclosing_class;
  return enclosing <= row_count(Table::TypeDef) ? enclosing : 0;
}

}  // namespace leanclr::metadata
