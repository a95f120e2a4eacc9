// Image: the runs of rows that …List columns start, and the way back from a member to its owner.
#include "metadata/image_state.h"

namespace leanclr::metadata {
namespace {

/// A …List column: where it stands, the table whose rows it runs through, and that table's Ptr table.
struct ListColumn {
  Table owner;
  size_t column;
  Table target, ptr;
};
constexpr ListColumn kFieldList{Table::TypeDef, 4, Table::Field, Table::FieldPtr};
constexpr ListColumn kMethodList{Table::TypeDef, 5, Table::MethodDef, Table::MethodPtr};
constexpr ListColumn kParamList{Table::MethodDef, 5, Table::Param, Table::ParamPtr};
constexpr ListColumn kEventList{Table::EventMap, 1, Table::Event, Table::EventPtr};
constexpr ListColumn kPropertyList{Table::PropertyMap, 1, Table::Property, Table::PropertyPtr};

constexpr bool is_list(const ListColumn& list) {
  const ColumnShape& shape = kTableShapes[static_cast<size_t>(list.owner)].columns[list.column];
  return shape.kind == ColumnKind::List && shape.target == static_cast<uint8_t>(list.target);
}
static_assert(is_list(kFieldList) && is_list(kMethodList) && is_list(kParamList) && is_list(kEventList) &&
              is_list(kPropertyList));

Failure bad_run(const Image::State& state, const ListColumn& list, RowNumber owner,
                std::string_view message) {
  return failure(ErrorKind::BadImage, message,
                 {state.file_name, ErrorPlace::kUnknown, Token(list.owner, owner).value});
}

bool has_ptr_table(const Image::State& state, const ListColumn& list) {
  return state.layout(list.ptr).rows != 0;
}

/// The run as the column gives it: rows of the Ptr table where there is one, else of the target.
Result<RowRange> raw_run(const Image::State& state, const ListColumn& list, RowNumber owner) {
  uint32_t limit = state.layout(has_ptr_table(state, list) ? list.ptr : list.target).rows + 1;
  RowRange run;
  run.begin = state.column(list.owner, list.column, owner);
  run.end = owner == state.layout(list.owner).rows ? limit : state.column(list.owner, list.column, owner + 1);
  if (run.begin == 0 || run.begin > run.end || run.end > limit)
    return bad_run(state, list, owner, "a row's members run outside their table");
  return run;
}

/// The target rows behind a run of Ptr rows; they must follow each other.
Result<RowRange> follow_ptr_table(const Image::State& state, const ListColumn& list, RowNumber owner,
                                  RowRange run) {
  if (run.empty()) return RowRange{};
  RowNumber first = state.column(list.ptr, 0, run.begin);
  for (uint32_t i = 0; i < run.size(); ++i)
    if (state.column(list.ptr, 0, run.begin + i) != first + i)
      return bad_run(state, list, owner, "a row's members are scattered by a Ptr table");
  if (first == 0 || uint64_t{first} + run.size() > uint64_t{state.layout(list.target).rows} + 1)
    return bad_run(state, list, owner, "a row's members run outside their table");
  return RowRange{first, first + run.size()};
}

Result<RowRange> run_of(const Image::State& state, const ListColumn& list, RowNumber owner) {
  TRY(state.row_data(list.owner, owner));
  owner = state.real_row(list.owner, owner);
  RowRange run = TRY(raw_run(state, list, owner));
  return has_ptr_table(state, list) ? follow_ptr_table(state, list, owner, run) : run;
}

/// Where `member` stands in the table that the list columns count through; 0 when nowhere.
RowNumber position_of(const Image::State& state, const ListColumn& list, RowNumber member) {
  if (!has_ptr_table(state, list)) return member;
  for (RowNumber i = 1; i <= state.layout(list.ptr).rows; ++i)
    if (state.column(list.ptr, 0, i) == member) return i;
  return 0;
}

Result<RowNumber> owner_of(const Image::State& state, const ListColumn& list, RowNumber member) {
  TRY(state.row_data(list.target, member));
  RowNumber position = position_of(state, list, member);
  // The last row whose run starts at or before `position`: the rows before it with the same start are empty.
  RowNumber low = 1, high = state.layout(list.owner).rows + 1;
  while (low < high) {
    RowNumber middle = low + (high - low) / 2;
    if (state.column(list.owner, list.column, middle) <= position) low = middle + 1;
    else high = middle;
  }
  if (low > 1) {
    RowRange run = TRY(raw_run(state, list, low - 1));
    if (position >= run.begin && position < run.end) return low - 1;
  }
  return failure(ErrorKind::BadImage, "a member without an owner",
                 {state.file_name, ErrorPlace::kUnknown, Token(list.target, member).value});
}

}  // namespace

Result<RowRange> Image::fields_of(RowNumber type_def) const { return run_of(*state_, kFieldList, type_def); }
Result<RowRange> Image::methods_of(RowNumber type_def) const {
  return run_of(*state_, kMethodList, type_def);
}
Result<RowRange> Image::params_of(RowNumber method_def) const {
  return run_of(*state_, kParamList, method_def);
}
Result<RowRange> Image::events_of(RowNumber event_map) const {
  return run_of(*state_, kEventList, event_map);
}
Result<RowRange> Image::properties_of(RowNumber property_map) const {
  return run_of(*state_, kPropertyList, property_map);
}

Result<RowNumber> Image::owner_of_method(RowNumber method_def) const {
  return owner_of(*state_, kMethodList, method_def);
}
Result<RowNumber> Image::owner_of_field(RowNumber field) const {
  return owner_of(*state_, kFieldList, field);
}

}  // namespace leanclr::metadata
