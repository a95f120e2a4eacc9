// The walker: see walk.h. An error is counted and the walk goes on.
#include "unit/metadata/walk.h"

#include <algorithm>

#include "metadata/il_opcodes.h"
#include "metadata/method_body.h"
#include "metadata/signature.h"
#include "metadata/table_schema.h"

namespace leanclr::test {
namespace {

using namespace metadata;

class Walker {
 public:
  explicit Walker(const Image& image) : image_(image) {}

  WalkTotals walk() {
#define WALK(name) walk_table<Table::name>();
    METADATA_TABLES(WALK)
#undef WALK
    walk_runs();
    walk_keys();
    walk_methods();
    return std::move(totals_);
  }

 private:
  template <typename T>
  bool good(Result<T>&& result, T& value) {
    if (!result.ok()) {
      Error error = result.take_error();
      if (totals_.errors++ == 0) totals_.first_error = error.to_string();
      return false;
    }
    value = result.take_value();
    return true;
  }

  void touch(Bytes bytes) {
    for (uint8_t byte : bytes) totals_.checksum = totals_.checksum * 31 + byte;
  }
  void touch(std::string_view text) {
    touch(Bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
  }

  template <Table T>
  void walk_table() {
    for (RowNumber number = 1; number <= image_.row_count(T); ++number) {
      RowOf<T> row{};
      if (!good(image_.row<T>(number), row)) continue;
      ++totals_.rows;
      totals_.checksum += image_.place(Token(T, number)).offset;
      std::apply([&](const auto&... column) { (walk_value(column.shape, row.*column.member), ...); },
                 kColumns<T>);
      if constexpr (T == Table::ManifestResource) walk_resource(row);
      if constexpr (T == Table::FieldRVA) walk_bytes(image_.at_rva(row.rva));
    }
  }

  void walk_bytes(Result<Bytes>&& result) {
    Bytes bytes;
    if (good(std::move(result), bytes)) touch(bytes.first(std::min<size_t>(bytes.size(), 64)));
  }
  void walk_resource(const ManifestResourceRow& row) {
    if (row.implementation.is_nil()) walk_bytes(image_.resource(row));
  }

  void walk_value(ColumnShape, Token token) { totals_.checksum += token.value; }
  void walk_value(ColumnShape, uint8_t value) { totals_.checksum += value; }
  void walk_value(ColumnShape, uint16_t value) { totals_.checksum += value; }
  void walk_value(ColumnShape shape, uint32_t value) {
    if (shape.kind == ColumnKind::String) {
      std::string_view text;
      if (good(image_.string(value), text)) ++totals_.strings, touch(text);
    } else if (shape.kind == ColumnKind::Blob) {
      Bytes blob;
      if (good(image_.blob(value), blob)) ++totals_.blobs, touch(blob);
    } else if (shape.kind == ColumnKind::Guid) {
      walk_bytes(image_.guid(value));
    }
    totals_.checksum += value;
  }

  void walk_run(Result<RowRange>&& result) {
    RowRange run;
    if (good(std::move(result), run)) totals_.checksum += run.size();
  }
  void walk_runs() {
    for (RowNumber i = 1; i <= image_.row_count(Table::TypeDef); ++i) {
      walk_run(image_.fields_of(i));
      walk_run(image_.methods_of(i));
      totals_.checksum += image_.enclosing_type(i);
    }
    for (RowNumber i = 1; i <= image_.row_count(Table::EventMap); ++i) walk_run(image_.events_of(i));
    for (RowNumber i = 1; i <= image_.row_count(Table::PropertyMap); ++i) walk_run(image_.properties_of(i));
    RowNumber owner = 0;
    for (RowNumber i = 1; i <= image_.row_count(Table::Field); ++i) good(image_.owner_of_field(i), owner);
  }

  /// Every row that a key search gives must be readable.
  template <Table T>
  void walk_key(uint32_t key) {
    RowRange rows = image_.rows_with_key<T>(key);
    for (RowNumber number = rows.begin; number != rows.end; ++number) {
      RowOf<T> row{};
      if (good(image_.row<T>(number), row)) ++totals_.rows;
    }
  }
  void walk_keys() {
    for (RowNumber i = 1; i <= image_.row_count(Table::TypeDef); ++i) {
      walk_key<Table::InterfaceImpl>(i);
      walk_key<Table::ClassLayout>(i);
      walk_key<Table::MethodImpl>(i);
      walk_key<Table::EventMap>(i);
      walk_key<Table::PropertyMap>(i);
      walk_key<Table::GenericParam>(Token(Table::TypeDef, i).value);
      walk_key<Table::CustomAttribute>(Token(Table::TypeDef, i).value);
    }
    for (RowNumber i = 1; i <= image_.row_count(Table::Field); ++i) {
      walk_key<Table::FieldLayout>(i);
      walk_key<Table::FieldRVA>(i);
      walk_key<Table::Constant>(Token(Table::Field, i).value);
      walk_key<Table::FieldMarshal>(Token(Table::Field, i).value);
    }
    for (RowNumber i = 1; i <= image_.row_count(Table::Property); ++i)
      walk_key<Table::MethodSemantics>(Token(Table::Property, i).value);
    for (RowNumber i = 1; i <= image_.row_count(Table::GenericParam); ++i)
      walk_key<Table::GenericParamConstraint>(i);
  }

  void walk_methods() {
    for (RowNumber i = 1; i <= image_.row_count(Table::MethodDef); ++i) {
      walk_run(image_.params_of(i));
      RowNumber owner = 0;
      good(image_.owner_of_method(i), owner);
      walk_key<Table::ImplMap>(Token(Table::MethodDef, i).value);
      walk_key<Table::DeclSecurity>(Token(Table::MethodDef, i).value);
      MethodDefRow row{};
      if (good(image_.row<Table::MethodDef>(i), row)) walk_method(row);
    }
  }

  void walk_method(const MethodDefRow& row) {
    Reader signature;
    MethodSignatureHeader header;
    if (good(image_.blob_reader(row.signature), signature)) good(read_method_header(signature), header);
    Bytes bytes;
    constexpr uint16_t kCodeTypeMask = 3;
    if (row.rva == 0 || (row.impl_flags & kCodeTypeMask) != 0 || !good(image_.at_rva(row.rva), bytes)) return;
    MethodBody body;
    if (!good(read_method_body(bytes, image_.file_offset(bytes)), body)) return;
    ++totals_.bodies;
    totals_.clauses += body.clauses.size();
    Reader code(body.code, body.file_offset);
    while (!code.at_end()) {
      Unit done;
      auto step = [&]() -> Result<Unit> {
        TRY(walk_instruction(code));
        return Unit{};
      };
      if (!good(step(), done)) return;
    }
  }

  Status walk_instruction(Reader& code) {
    uint16_t value = TRY(code.u8());
    if (value == 0xFE) value = 0x100 | TRY(code.u8());
    const IlInfo& info = il_info(value);
    if (!info.valid) return code.bad("undefined instruction");
    ++totals_.instructions;
    if (info.operand == IlOperand::String) {
      Bytes text = TRY(image_.user_string(TRY(code.u32()) & kMaxRow));
      touch(text);
      return {};
    }
    if (info.operand == IlOperand::Switch) {
      uint32_t count = TRY(code.u32());
      for (uint32_t i = 0; i < count; ++i) TRY(code.u32());
      return {};
    }
    return code.skip(operand_bytes(info.operand));
  }

  static size_t operand_bytes(IlOperand operand) {
    switch (operand) {
      case IlOperand::None: return 0;
      case IlOperand::ShortVar:
      case IlOperand::ShortI:
      case IlOperand::ShortBrTarget: return 1;
      case IlOperand::Var: return 2;
      case IlOperand::I8:
      case IlOperand::R: return 8;
      default: return 4;
    }
  }

  const Image& image_;
  WalkTotals totals_;
};

}  // namespace

WalkTotals walk(const Image& image) { return Walker(image).walk(); }

}  // namespace leanclr::test
