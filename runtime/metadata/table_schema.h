// The columns of every metadata table (§II.22), once: layout, row decoding and key search all come from here.
//
// kColumns<T> is a tuple of columns in file order, each tied to the member of the row struct that it fills.
// What it is not: a layout. How wide an index is depends on the file (table_layout.h).
#pragma once

#include <array>
#include <cstddef>
#include <cstdlib>
#include <tuple>

#include "metadata/image.h"

namespace leanclr::metadata {

enum class ColumnKind : uint8_t { U1, U2, U4, String, Guid, Blob, Row, List, Coded };

/// §II.24.2.6
enum class Coded : uint8_t {
  TypeDefOrRef,
  HasConstant,
  HasCustomAttribute,
  HasFieldMarshal,
  HasDeclSecurity,
  MemberRefParent,
  HasSemantics,
  MethodDefOrRef,
  MemberForwarded,
  Implementation,
  CustomAttributeType,
  ResolutionScope,
  TypeOrMethodDef,
};

/// Stands for a tag that names no table.
constexpr Table kNoTable = static_cast<Table>(0xFF);

struct CodedIndex {
  uint8_t tag_bits;
  std::array<Table, 22> tables;
};

template <typename... Tables>
constexpr CodedIndex coded_index(uint8_t tag_bits, Tables... tables) {
  CodedIndex index{tag_bits, {}};
  index.tables.fill(kNoTable);
  size_t tag = 0;
  ((index.tables[tag++] = tables), ...);
  return index;
}

/// Indexed by Coded.
constexpr CodedIndex kCodedIndexes[] = {
    coded_index(2, Table::TypeDef, Table::TypeRef, Table::TypeSpec),
    coded_index(2, Table::Field, Table::Param, Table::Property),
    coded_index(5, Table::MethodDef, Table::Field, Table::TypeRef, Table::TypeDef, Table::Param,
                Table::InterfaceImpl, Table::MemberRef, Table::Module, Table::DeclSecurity, Table::Property,
                Table::Event, Table::StandAloneSig, Table::ModuleRef, Table::TypeSpec, Table::Assembly,
                Table::AssemblyRef, Table::File, Table::ExportedType, Table::ManifestResource,
                Table::GenericParam, Table::GenericParamConstraint, Table::MethodSpec),
    coded_index(1, Table::Field, Table::Param),
    coded_index(2, Table::TypeDef, Table::MethodDef, Table::Assembly),
    coded_index(3, Table::TypeDef, Table::TypeRef, Table::ModuleRef, Table::MethodDef, Table::TypeSpec),
    coded_index(1, Table::Event, Table::Property),
    coded_index(1, Table::MethodDef, Table::MemberRef),
    coded_index(1, Table::Field, Table::MethodDef),
    coded_index(2, Table::File, Table::AssemblyRef, Table::ExportedType),
    coded_index(3, kNoTable, kNoTable, Table::MethodDef, Table::MemberRef),
    coded_index(2, Table::Module, Table::ModuleRef, Table::AssemblyRef, Table::TypeRef),
    coded_index(1, Table::TypeDef, Table::MethodDef),
};

/// What a column holds. `target` is a Table for Row and List, a Coded for Coded.
struct ColumnShape {
  ColumnKind kind = ColumnKind::U1;
  uint8_t target = 0;
  bool is_key = false;
  uint8_t member_bytes = 0;  // of the row struct's member
};

template <typename Row, typename Value>
struct Column {
  ColumnShape shape;
  Value Row::*member;
};

template <typename Row>
constexpr Column<Row, uint8_t> u1_padded(uint8_t Row::*member) {
  return {{ColumnKind::U1}, member};
}
template <typename Row>
constexpr Column<Row, uint16_t> u2(uint16_t Row::*member) {
  return {{ColumnKind::U2}, member};
}
template <typename Row>
constexpr Column<Row, uint32_t> u4(uint32_t Row::*member) {
  return {{ColumnKind::U4}, member};
}
template <typename Row>
constexpr Column<Row, uint32_t> string(uint32_t Row::*member) {
  return {{ColumnKind::String}, member};
}
template <typename Row>
constexpr Column<Row, uint32_t> guid(uint32_t Row::*member) {
  return {{ColumnKind::Guid}, member};
}
template <typename Row>
constexpr Column<Row, uint32_t> blob(uint32_t Row::*member) {
  return {{ColumnKind::Blob}, member};
}
template <typename Row>
constexpr Column<Row, uint32_t> row(uint32_t Row::*member, Table target) {
  return {{ColumnKind::Row, static_cast<uint8_t>(target)}, member};
}
/// The first row of a run in `target`.
template <typename Row>
constexpr Column<Row, uint32_t> list(uint32_t Row::*member, Table target) {
  return {{ColumnKind::List, static_cast<uint8_t>(target)}, member};
}
template <typename Row>
constexpr Column<Row, Token> coded(Token Row::*member, Coded target) {
  return {{ColumnKind::Coded, static_cast<uint8_t>(target)}, member};
}
/// The column that the table is sorted by.
template <typename Row, typename Value>
constexpr Column<Row, Value> key(Column<Row, Value> column) {
  column.shape.is_key = true;
  return column;
}

template <Table T>
constexpr auto kColumns = std::tuple<>();

#define COLUMNS(name, ...)                           \
  template <>                                        \
  inline constexpr auto kColumns<Table::name> = [] { \
    using R [[maybe_unused]] = name##Row;            \
    return std::tuple(__VA_ARGS__);                  \
  }();

COLUMNS(Module, u2(&R::generation), string(&R::name), guid(&R::mvid), guid(&R::enc_id), guid(&R::enc_base_id))
COLUMNS(TypeRef, coded(&R::resolution_scope, Coded::ResolutionScope), string(&R::type_name),
        string(&R::type_namespace))
COLUMNS(TypeDef, u4(&R::flags), string(&R::type_name), string(&R::type_namespace),
        coded(&R::extends, Coded::TypeDefOrRef), list(&R::field_list, Table::Field),
        list(&R::method_list, Table::MethodDef))
COLUMNS(FieldPtr, row(&R::field, Table::Field))
COLUMNS(Field, u2(&R::flags), string(&R::name), blob(&R::signature))
COLUMNS(MethodPtr, row(&R::method, Table::MethodDef))
COLUMNS(MethodDef, u4(&R::rva), u2(&R::impl_flags), u2(&R::flags), string(&R::name), blob(&R::signature),
        list(&R::param_list, Table::Param))
COLUMNS(ParamPtr, row(&R::param, Table::Param))
COLUMNS(Param, u2(&R::flags), u2(&R::sequence), string(&R::name))
COLUMNS(InterfaceImpl, key(row(&R::class_, Table::TypeDef)), coded(&R::interface_, Coded::TypeDefOrRef))
COLUMNS(MemberRef, coded(&R::class_, Coded::MemberRefParent), string(&R::name), blob(&R::signature))
COLUMNS(Constant, u1_padded(&R::type), key(coded(&R::parent, Coded::HasConstant)), blob(&R::value))
COLUMNS(CustomAttribute, key(coded(&R::parent, Coded::HasCustomAttribute)),
        coded(&R::type, Coded::CustomAttributeType), blob(&R::value))
COLUMNS(FieldMarshal, key(coded(&R::parent, Coded::HasFieldMarshal)), blob(&R::native_type))
COLUMNS(DeclSecurity, u2(&R::action), key(coded(&R::parent, Coded::HasDeclSecurity)),
        blob(&R::permission_set))
COLUMNS(ClassLayout, u2(&R::packing_size), u4(&R::class_size), key(row(&R::parent, Table::TypeDef)))
COLUMNS(FieldLayout, u4(&R::offset), key(row(&R::field, Table::Field)))
COLUMNS(StandAloneSig, blob(&R::signature))
COLUMNS(EventMap, key(row(&R::parent, Table::TypeDef)), list(&R::event_list, Table::Event))
COLUMNS(EventPtr, row(&R::event, Table::Event))
COLUMNS(Event, u2(&R::flags), string(&R::name), coded(&R::event_type, Coded::TypeDefOrRef))
COLUMNS(PropertyMap, key(row(&R::parent, Table::TypeDef)), list(&R::property_list, Table::Property))
COLUMNS(PropertyPtr, row(&R::property, Table::Property))
COLUMNS(Property, u2(&R::flags), string(&R::name), blob(&R::type))
COLUMNS(MethodSemantics, u2(&R::semantics), row(&R::method, Table::MethodDef),
        key(coded(&R::association, Coded::HasSemantics)))
COLUMNS(MethodImpl, key(row(&R::class_, Table::TypeDef)), coded(&R::method_body, Coded::MethodDefOrRef),
        coded(&R::method_declaration, Coded::MethodDefOrRef))
COLUMNS(ModuleRef, string(&R::name))
COLUMNS(TypeSpec, blob(&R::signature))
COLUMNS(ImplMap, u2(&R::mapping_flags), key(coded(&R::member_forwarded, Coded::MemberForwarded)),
        string(&R::import_name), row(&R::import_scope, Table::ModuleRef))
COLUMNS(FieldRVA, u4(&R::rva), key(row(&R::field, Table::Field)))
COLUMNS(EncLog, u4(&R::token), u4(&R::func_code))
COLUMNS(EncMap, u4(&R::token))
COLUMNS(Assembly, u4(&R::hash_alg_id), u2(&R::major), u2(&R::minor), u2(&R::build), u2(&R::revision),
        u4(&R::flags), blob(&R::public_key), string(&R::name), string(&R::culture))
COLUMNS(AssemblyProcessor, u4(&R::processor))
COLUMNS(AssemblyOS, u4(&R::os_platform_id), u4(&R::os_major_version), u4(&R::os_minor_version))
COLUMNS(AssemblyRef, u2(&R::major), u2(&R::minor), u2(&R::build), u2(&R::revision), u4(&R::flags),
        blob(&R::public_key_or_token), string(&R::name), string(&R::culture), blob(&R::hash_value))
COLUMNS(AssemblyRefProcessor, u4(&R::processor), row(&R::assembly_ref, Table::AssemblyRef))
COLUMNS(AssemblyRefOS, u4(&R::os_platform_id), u4(&R::os_major_version), u4(&R::os_minor_version),
        row(&R::assembly_ref, Table::AssemblyRef))
COLUMNS(File, u4(&R::flags), string(&R::name), blob(&R::hash_value))
COLUMNS(ExportedType, u4(&R::flags), u4(&R::type_def_id), string(&R::type_name), string(&R::type_namespace),
        coded(&R::implementation, Coded::Implementation))
COLUMNS(ManifestResource, u4(&R::offset), u4(&R::flags), string(&R::name),
        coded(&R::implementation, Coded::Implementation))
COLUMNS(NestedClass, key(row(&R::nested_class, Table::TypeDef)), row(&R::enclosing_class, Table::TypeDef))
COLUMNS(GenericParam, u2(&R::number), u2(&R::flags), key(coded(&R::owner, Coded::TypeOrMethodDef)),
        string(&R::name))
COLUMNS(MethodSpec, coded(&R::method, Coded::MethodDefOrRef), blob(&R::instantiation))
COLUMNS(GenericParamConstraint, key(row(&R::owner, Table::GenericParam)),
        coded(&R::constraint, Coded::TypeDefOrRef))
#undef COLUMNS

constexpr size_t kMaxColumns = 9;

/// The members of a row struct stand in the order of the columns, each at the next multiple of its own size.
struct TableShape {
  uint8_t column_count = 0;
  std::array<ColumnShape, kMaxColumns> columns{};
};

template <Table T>
constexpr TableShape shape_of() {
  TableShape shape;
  size_t end = 0;
  auto add = [&]<typename Row, typename Value>(const Column<Row, Value>& column) {
    ColumnShape& added = shape.columns[shape.column_count++];
    added = column.shape;
    added.member_bytes = sizeof(Value);
    end = (end + sizeof(Value) - 1) / sizeof(Value) * sizeof(Value) + sizeof(Value);
  };
  std::apply([&](const auto&... column) { (add(column), ...); }, kColumns<T>);
  using Row = typename RowTypeOf<T>::type;
  constexpr size_t kAlign = alignof(Row);
  if ((end + kAlign - 1) / kAlign * kAlign != sizeof(Row))
    std::abort();  // other members than columns: does not compile
  return shape;
}

/// Indexed by Table.
#define SHAPE(name) shape_of<Table::name>(),
constexpr std::array<TableShape, kTableCount> kTableShapes = {METADATA_TABLES(SHAPE)};
#undef SHAPE

/// The position of the key column, or kMaxColumns.
constexpr size_t key_column(Table table) {
  const TableShape& shape = kTableShapes[static_cast<size_t>(table)];
  for (size_t i = 0; i < shape.column_count; ++i)
    if (shape.columns[i].is_key) return i;
  return kMaxColumns;
}

}  // namespace leanclr::metadata
