// The metadata tables of ECMA-335 §II.22: numbers, tokens and decoded rows.
//
// A row is a plain struct of the columns' raw values: heap columns are offsets, simple indexes are 1-based row
// numbers (0 is null), coded indexes are already decoded to tokens. Names are the standard's own.
// What it is not: a check. Column values come from the file; whoever follows one must be ready for an error.
#pragma once

#include <cstdint>

namespace leanclr::metadata {

enum class Table : uint8_t {
  Module = 0x00, TypeRef = 0x01, TypeDef = 0x02, FieldPtr = 0x03, Field = 0x04, MethodPtr = 0x05,
  MethodDef = 0x06, ParamPtr = 0x07, Param = 0x08, InterfaceImpl = 0x09, MemberRef = 0x0A, Constant = 0x0B,
  CustomAttribute = 0x0C, FieldMarshal = 0x0D, DeclSecurity = 0x0E, ClassLayout = 0x0F, FieldLayout = 0x10,
  StandAloneSig = 0x11, EventMap = 0x12, EventPtr = 0x13, Event = 0x14, PropertyMap = 0x15,
  PropertyPtr = 0x16, Property = 0x17, MethodSemantics = 0x18, MethodImpl = 0x19, ModuleRef = 0x1A,
  TypeSpec = 0x1B, ImplMap = 0x1C, FieldRVA = 0x1D, EncLog = 0x1E, EncMap = 0x1F, Assembly = 0x20,
  AssemblyProcessor = 0x21, AssemblyOS = 0x22, AssemblyRef = 0x23, AssemblyRefProcessor = 0x24,
  AssemblyRefOS = 0x25, File = 0x26, ExportedType = 0x27, ManifestResource = 0x28, NestedClass = 0x29,
  GenericParam = 0x2A, MethodSpec = 0x2B, GenericParamConstraint = 0x2C,
};
constexpr uint32_t kTableCount = 0x2D;
/// The highest row number that a token can hold.
constexpr uint32_t kMaxRow = 0xFFFFFF;

/// A metadata token (§III.1.9): table in the top byte, 1-based row below; row 0 is nil.
struct Token {
  uint32_t value = 0;
  constexpr Token() = default;
  explicit constexpr Token(uint32_t raw) : value(raw) {}
  constexpr Token(Table table, uint32_t row) : value(static_cast<uint32_t>(table) << 24 | row) {}
  constexpr Table table() const { return static_cast<Table>(value >> 24); }
  constexpr uint32_t row() const { return value & 0xFFFFFF; }
  constexpr bool is_nil() const { return row() == 0; }
  constexpr bool operator==(const Token&) const = default;
};
/// The pseudo-table of user strings (`ldstr`).
constexpr uint32_t kUserStringTable = 0x70;

using StringOffset = uint32_t;
using BlobOffset = uint32_t;
using GuidIndex = uint32_t;
using RowNumber = uint32_t;

struct ModuleRow { uint16_t generation; StringOffset name; GuidIndex mvid, enc_id, enc_base_id; };
struct TypeRefRow { Token resolution_scope; StringOffset type_name, type_namespace; };
struct TypeDefRow { uint32_t flags; StringOffset type_name, type_namespace; Token extends; RowNumber field_list, method_list; };
struct FieldRow { uint16_t flags; StringOffset name; BlobOffset signature; };
struct MethodDefRow { uint32_t rva; uint16_t impl_flags, flags; StringOffset name; BlobOffset signature; RowNumber param_list; };
struct ParamRow { uint16_t flags, sequence; StringOffset name; };
struct InterfaceImplRow { RowNumber class_; Token interface_; };
struct MemberRefRow { Token class_; StringOffset name; BlobOffset signature; };
struct ConstantRow { uint8_t type; Token parent; BlobOffset value; };
struct CustomAttributeRow { Token parent, type; BlobOffset value; };
struct FieldMarshalRow { Token parent; BlobOffset native_type; };
struct ClassLayoutRow { uint16_t packing_size; uint32_t class_size; RowNumber parent; };
struct FieldLayoutRow { uint32_t offset; RowNumber field; };
struct StandAloneSigRow { BlobOffset signature; };
struct EventMapRow { RowNumber parent, event_list; };
struct EventRow { uint16_t flags; StringOffset name; Token event_type; };
struct PropertyMapRow { RowNumber parent, property_list; };
struct PropertyRow { uint16_t flags; StringOffset name; BlobOffset type; };
struct MethodSemanticsRow { uint16_t semantics; RowNumber method; Token association; };
struct MethodImplRow { RowNumber class_; Token method_body, method_declaration; };
struct ModuleRefRow { StringOffset name; };
struct TypeSpecRow { BlobOffset signature; };
struct ImplMapRow { uint16_t mapping_flags; Token member_forwarded; StringOffset import_name; RowNumber import_scope; };
struct FieldRVARow { uint32_t rva; RowNumber field; };
struct AssemblyRow { uint32_t hash_alg_id; uint16_t major, minor, build, revision; uint32_t flags; BlobOffset public_key; StringOffset name, culture; };
struct AssemblyRefRow { uint16_t major, minor, build, revision; uint32_t flags; BlobOffset public_key_or_token; StringOffset name, culture; BlobOffset hash_value; };
struct FileRow { uint32_t flags; StringOffset name; BlobOffset hash_value; };
struct ExportedTypeRow { uint32_t flags, type_def_id; StringOffset type_name, type_namespace; Token implementation; };
struct ManifestResourceRow { uint32_t offset, flags; StringOffset name; Token implementation; };
struct NestedClassRow { RowNumber nested_class, enclosing_class; };
struct GenericParamRow { uint16_t number, flags; Token owner; StringOffset name; };
struct MethodSpecRow { Token method; BlobOffset instantiation; };
struct GenericParamConstraintRow { RowNumber owner; Token constraint; };
// Rows that a runtime has little use for; they are here so that every table can be read.
struct FieldPtrRow { RowNumber field; };
struct MethodPtrRow { RowNumber method; };
struct ParamPtrRow { RowNumber param; };
struct EventPtrRow { RowNumber event; };
struct PropertyPtrRow { RowNumber property; };
struct DeclSecurityRow { uint16_t action; Token parent; BlobOffset permission_set; };
struct EncLogRow { uint32_t token, func_code; };
struct EncMapRow { uint32_t token; };
struct AssemblyProcessorRow { uint32_t processor; };
struct AssemblyOSRow { uint32_t os_platform_id, os_major_version, os_minor_version; };
struct AssemblyRefProcessorRow { uint32_t processor; RowNumber assembly_ref; };
struct AssemblyRefOSRow { uint32_t os_platform_id, os_major_version, os_minor_version; RowNumber assembly_ref; };

}  // namespace leanclr::metadata
