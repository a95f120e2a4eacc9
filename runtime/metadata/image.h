// Image: one assembly file as tables, heaps and bodies (ECMA-335 §II.22–25).
//
// parse() checks the PE headers, the CLI header, the metadata root, the stream bounds and the table sizes, and
// nothing more: rows, names, signatures and bodies are decoded when asked for, each with its own bounds check.
// It is pure: bytes in, rows out; it knows no Type and loads no other file. The bytes are borrowed and must
// outlive the Image.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/reader.h"
#include "metadata/tables.h"

namespace leanclr::metadata {

/// Names the row struct of each table that can be read: RowOf<Table::TypeDef> is TypeDefRow.
template <Table T>
struct RowTypeOf;
#define METADATA_ROW(name) \
  template <>              \
  struct RowTypeOf<Table::name> { using type = name##Row; };
METADATA_ROW(Module) METADATA_ROW(TypeRef) METADATA_ROW(TypeDef) METADATA_ROW(Field) METADATA_ROW(MethodDef)
METADATA_ROW(Param) METADATA_ROW(InterfaceImpl) METADATA_ROW(MemberRef) METADATA_ROW(Constant)
METADATA_ROW(CustomAttribute) METADATA_ROW(FieldMarshal) METADATA_ROW(ClassLayout) METADATA_ROW(FieldLayout)
METADATA_ROW(StandAloneSig) METADATA_ROW(EventMap) METADATA_ROW(Event) METADATA_ROW(PropertyMap)
METADATA_ROW(Property) METADATA_ROW(MethodSemantics) METADATA_ROW(MethodImpl) METADATA_ROW(ModuleRef)
METADATA_ROW(TypeSpec) METADATA_ROW(ImplMap) METADATA_ROW(FieldRVA) METADATA_ROW(Assembly)
METADATA_ROW(AssemblyRef) METADATA_ROW(File) METADATA_ROW(ExportedType) METADATA_ROW(ManifestResource)
METADATA_ROW(NestedClass) METADATA_ROW(GenericParam) METADATA_ROW(MethodSpec) METADATA_ROW(GenericParamConstraint)
#undef METADATA_ROW
template <Table T>
using RowOf = typename RowTypeOf<T>::type;

/// A half-open run of 1-based row numbers.
struct RowRange {
  RowNumber begin = 1, end = 1;
  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
};

class Image {
 public:
  /// `file_name` appears in error places. Errors: BadImage naming file and offset ("not a PE file",
  /// "a PE file without a CLI header", "the data ends before it should", …).
  static Result<std::unique_ptr<Image>> parse(std::string file_name, Bytes bytes);
  ~Image();

  const std::string& file_name() const;
  Bytes bytes() const;
  /// The CLI header's entry point (§II.25.3.3): a MethodDef token or nil.
  Token entry_point() const;
  /// The metadata version string ("v4.0.30319").
  std::string_view version() const;

  uint32_t row_count(Table table) const;
  /// Decodes one row. Errors: BadImage when the number is 0 or past the table's end.
  template <Table T>
  Result<RowOf<T>> row(RowNumber number) const;

  // Row runs (…List columns; the Ptr tables of unoptimised metadata are followed by field_row/method_row/…).
  Result<RowRange> fields_of(RowNumber type_def) const;
  Result<RowRange> methods_of(RowNumber type_def) const;
  Result<RowRange> params_of(RowNumber method_def) const;
  Result<RowRange> events_of(RowNumber event_map) const;
  Result<RowRange> properties_of(RowNumber property_map) const;

  /// Rows of a sorted table whose key column equals `key` (§II.22: InterfaceImpl by class, NestedClass by nested
  /// class, GenericParam by owner, CustomAttribute by parent, …); for an unsorted table the rows are gathered
  /// into an index when first asked. T is one of: InterfaceImpl(class_), Constant(parent), CustomAttribute(parent),
  /// FieldMarshal(parent), ClassLayout(parent), FieldLayout(field), MethodSemantics(association),
  /// MethodImpl(class_), ImplMap(member_forwarded), FieldRVA(field), NestedClass(nested_class),
  /// GenericParam(owner), GenericParamConstraint(owner), EventMap(parent), PropertyMap(parent).
  /// `key` is a token for coded keys, else a row number.
  template <Table T>
  RowRange rows_with_key(uint32_t key) const;
  /// The enclosing TypeDef of a nested one, or 0.
  RowNumber enclosing_type(RowNumber type_def) const;
  /// The TypeDef that owns a method, field row (binary search over the list columns).
  Result<RowNumber> owner_of_method(RowNumber method_def) const;
  Result<RowNumber> owner_of_field(RowNumber field) const;

  // Heaps. An offset past the heap's end is BadImage.
  Result<std::string_view> string(StringOffset offset) const;
  Result<Bytes> blob(BlobOffset offset) const;
  /// The UTF-16 code units of a user string, little-endian bytes, without the trailing flag byte.
  Result<Bytes> user_string(uint32_t offset) const;
  Result<Bytes> guid(GuidIndex index) const;
  /// A Reader over a blob whose error places are file offsets.
  Result<Reader> blob_reader(BlobOffset offset) const;

  /// The bytes from a relative virtual address to the end of its section. BadImage when outside every section.
  Result<Bytes> at_rva(uint32_t rva) const;
  /// A managed resource's bytes (§II.22.24, embedded ones only).
  Result<Bytes> resource(const ManifestResourceRow& row) const;

  /// A place in this file, for errors.
  ErrorPlace place(Token token) const;

 private:
  Image();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace leanclr::metadata
