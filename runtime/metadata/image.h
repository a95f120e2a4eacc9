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

/// Every table, in the order of its number.
#define METADATA_TABLES(X)                                                                                \
  X(Module) X(TypeRef) X(TypeDef) X(FieldPtr) X(Field) X(MethodPtr) X(MethodDef) X(ParamPtr) X(Param)     \
  X(InterfaceImpl) X(MemberRef) X(Constant) X(CustomAttribute) X(FieldMarshal) X(DeclSecurity)            \
  X(ClassLayout) X(FieldLayout) X(StandAloneSig) X(EventMap) X(EventPtr) X(Event) X(PropertyMap)          \
  X(PropertyPtr) X(Property) X(MethodSemantics) X(MethodImpl) X(ModuleRef) X(TypeSpec) X(ImplMap)         \
  X(FieldRVA) X(EncLog) X(EncMap) X(Assembly) X(AssemblyProcessor) X(AssemblyOS) X(AssemblyRef)           \
  X(AssemblyRefProcessor) X(AssemblyRefOS) X(File) X(ExportedType) X(ManifestResource) X(NestedClass)     \
  X(GenericParam) X(MethodSpec) X(GenericParamConstraint)
/// The tables that rows_with_key searches.
#define METADATA_KEYED_TABLES(X)                                                                          \
  X(InterfaceImpl) X(Constant) X(CustomAttribute) X(FieldMarshal) X(DeclSecurity) X(ClassLayout)          \
  X(FieldLayout) X(EventMap) X(PropertyMap) X(MethodSemantics) X(MethodImpl) X(ImplMap) X(FieldRVA)       \
  X(NestedClass) X(GenericParam) X(GenericParamConstraint)

/// Names the row struct of each table: RowOf<Table::TypeDef> is TypeDefRow.
template <Table T>
struct RowTypeOf;
#define METADATA_ROW(name) \
  template <>              \
  struct RowTypeOf<Table::name> { using type = name##Row; };
METADATA_TABLES(METADATA_ROW)
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
  /// Decodes one row. Errors: BadImage when the number is 0 or past the table's end, or when a coded index names
  /// no table or a row above kMaxRow.
  template <Table T>
  Result<RowOf<T>> row(RowNumber number) const;

  // Row runs (…List columns). The Ptr tables of unoptimised metadata are followed: the rows are always those of
  // Field, MethodDef, …. Errors: BadImage when a run leaves its table or a Ptr table scatters its rows.
  Result<RowRange> fields_of(RowNumber type_def) const;
  Result<RowRange> methods_of(RowNumber type_def) const;
  Result<RowRange> params_of(RowNumber method_def) const;
  Result<RowRange> events_of(RowNumber event_map) const;
  Result<RowRange> properties_of(RowNumber property_map) const;

  /// Rows of a sorted table whose key column equals `key` (§II.22). For an unsorted table the rows are gathered
  /// into an index when first asked, and the answer's row numbers lie above row_count(T): they are good for
  /// row<T>() and as a key, not as a token to keep.
  /// T is one of: InterfaceImpl(class_), Constant(parent), CustomAttribute(parent), FieldMarshal(parent),
  /// DeclSecurity(parent), ClassLayout(parent), FieldLayout(field), MethodSemantics(association),
  /// MethodImpl(class_), ImplMap(member_forwarded), FieldRVA(field), NestedClass(nested_class),
  /// GenericParam(owner), GenericParamConstraint(owner), EventMap(parent), PropertyMap(parent).
  /// `key` is a token for coded keys, else a row number.
  template <Table T>
  RowRange rows_with_key(uint32_t key) const;
  /// The enclosing TypeDef of a nested one, or 0 (also for one whose row is out of bounds).
  RowNumber enclosing_type(RowNumber type_def) const;
  /// The TypeDef that owns a method, field row (binary search over the list columns).
  Result<RowNumber> owner_of_method(RowNumber method_def) const;
  Result<RowNumber> owner_of_field(RowNumber field) const;

  // Heaps. An offset past the heap's end is BadImage; offset 0 is empty even where the heap is missing.
  Result<std::string_view> string(StringOffset offset) const;
  Result<Bytes> blob(BlobOffset offset) const;
  /// The UTF-16 code units of a user string, little-endian bytes, without the trailing flag byte.
  Result<Bytes> user_string(uint32_t offset) const;
  /// The 16 bytes of a GUID; index 0 (none) gives no bytes.
  Result<Bytes> guid(GuidIndex index) const;
  /// A Reader over a blob whose error places are file offsets.
  Result<Reader> blob_reader(BlobOffset offset) const;

  /// The bytes from a relative virtual address to the end of its section. BadImage when outside every section.
  Result<Bytes> at_rva(uint32_t rva) const;
  /// The debug directory's entries; nothing when there is none.
  Result<Reader> debug_directory() const;
  /// A managed resource's bytes (§II.22.24, embedded ones only).
  Result<Bytes> resource(const ManifestResourceRow& row) const;

  /// The file offset of bytes that lie in this image, for error places.
  uint32_t file_offset(Bytes inside) const;
  /// A place in this file, for errors: the offset is the row's own when the token names one.
  ErrorPlace place(Token token) const;

  struct State;  // image_state.h

 private:
  Image();
  std::unique_ptr<State> state_;
};

}  // namespace leanclr::metadata
