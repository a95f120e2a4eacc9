// See declaration.h.
#include "interop/declaration.h"

#include "types/attributes.h"

namespace leanclr::interop {
namespace {

using metadata::Image;
using metadata::Table;
using metadata::Token;
using types::Method;

enum ImportFlags : uint16_t { kExactSpelling = 0x0001, kCharSetMask = 0x0006, kCharSetUnicode = 0x0004, kSetLastError = 0x0040 };
constexpr uint16_t kPreserveSig = 0x0080;  // MethodImplAttributes
enum ParameterFlags : uint16_t { kIn = 0x0001, kOut = 0x0002 };
constexpr uint32_t kStringFormatMask = 0x00030000, kUnicodeClass = 0x00010000;  // TypeAttributes

Result<std::string_view> counted_text(Reader& reader) {
  uint32_t length = TRY(reader.compressed_u32());
  Bytes bytes = TRY(reader.take(length));
  return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

/// §II.23.4. What follows a native type depends on it; everything behind the type may be missing.
Result<MarshalAs> read_marshal_as(Reader reader) {
  MarshalAs result;
  result.type = static_cast<NativeType>(TRY(reader.u8()));
  switch (result.type) {
    case NativeType::ByValTStr:
      result.size = TRY(reader.compressed_u32());
      break;
    case NativeType::ByValArray:
      result.size = TRY(reader.compressed_u32());
      if (!reader.at_end()) result.element = static_cast<NativeType>(TRY(reader.u8()));
      break;
    case NativeType::LPArray: {
      constexpr uint8_t kUnknownElement = 0x50;
      uint8_t element = reader.at_end() ? kUnknownElement : TRY(reader.u8());
      if (element != kUnknownElement) result.element = static_cast<NativeType>(element);
      if (reader.at_end()) break;
      uint32_t parameter = TRY(reader.compressed_u32());
      // The flag behind the size says whether the parameter counts; without a size it always does.
      if (!reader.at_end()) result.size = TRY(reader.compressed_u32());
      bool counts = reader.at_end() || (TRY(reader.compressed_u32()) & 1);
      if (counts && parameter < MarshalAs::kNoParameter) result.size_parameter = static_cast<uint16_t>(parameter);
      break;
    }
    case NativeType::CustomMarshaler:
      TRY(counted_text(reader));  // a GUID and a native type name that nobody uses
      TRY(counted_text(reader));
      result.marshaler = TRY(counted_text(reader));
      result.cookie = TRY(counted_text(reader));
      break;
    default:
      break;
  }
  return result;
}

Result<MarshalAs> marshal_as_of(const Image& image, Token parent) {
  auto rows = image.rows_with_key<Table::FieldMarshal>(parent.value);
  if (rows.empty()) return MarshalAs{};
  auto row = TRY(image.row<Table::FieldMarshal>(rows.begin));
  return read_marshal_as(TRY(image.blob_reader(row.native_type)));
}

Status read_import(const Image& image, Declaration& declaration, metadata::RowNumber method) {
  auto rows = image.rows_with_key<Table::ImplMap>(Token(Table::MethodDef, method).value);
  if (rows.empty()) return {};
  auto map = TRY(image.row<Table::ImplMap>(rows.begin));
  auto module = TRY(image.row<Table::ModuleRef>(map.import_scope));
  declaration.library = TRY(image.string(module.name));
  std::string_view entry = TRY(image.string(map.import_name));
  if (!entry.empty()) declaration.entry_point = entry;
  declaration.exact_spelling = map.mapping_flags & kExactSpelling;
  declaration.set_last_error = map.mapping_flags & kSetLastError;
  if ((map.mapping_flags & kCharSetMask) == kCharSetUnicode) declaration.char_set = CharSet::Utf16;
  return {};
}

Status read_parameters(types::Assembly& assembly, Declaration& declaration, metadata::RowNumber method) {
  const Image& image = assembly.image();
  auto rows = TRY(image.params_of(method));
  for (auto row = rows.begin; row != rows.end; ++row) {
    auto param = TRY(image.row<Table::Param>(row));
    if (param.sequence > declaration.parameters.size()) continue;
    ParameterDeclaration& parameter = param.sequence == 0 ? declaration.result : declaration.parameters[param.sequence - 1];
    parameter.name = TRY(image.string(param.name));
    parameter.in = param.flags & kIn;
    parameter.out = param.flags & kOut;
    parameter.marshal_as = TRY(marshal_as_of(image, Token(Table::Param, row)));
    parameter.marshal_as.assembly = &assembly;
  }
  return {};
}

/// The CharSet and SetLastError of a delegate's UnmanagedFunctionPointerAttribute (§II.23.3: fields of the attribute).
Status read_function_pointer_attribute(const types::Type& type, Declaration& declaration) {
  constexpr uint8_t kEnum = 0x55;
  constexpr int32_t kUnicode = 3;
  const Image& image = type.assembly->image();
  auto row = TRY(types::find_attribute(image, Token(Table::TypeDef, type.row), "System.Runtime.InteropServices", "UnmanagedFunctionPointerAttribute"));
  if (!row) return {};
  Reader reader = TRY(image.blob_reader(TRY(image.row<Table::CustomAttribute>(row)).value));
  TRY(reader.skip(sizeof(uint16_t) + sizeof(int32_t)));  // the prolog and the calling convention, which is always C's
  for (uint16_t left = TRY(reader.u16()); left > 0; --left) {
    TRY(reader.skip(1));
    const bool is_enum = TRY(reader.u8()) == kEnum;
    if (is_enum) TRY(counted_text(reader));
    std::string_view name = TRY(counted_text(reader));
    int32_t value = is_enum ? TRY(reader.read<int32_t>()) : TRY(reader.u8());
    if (is(name, "CharSet") && value == kUnicode) declaration.char_set = CharSet::Utf16;
    else if (is(name, "SetLastError")) declaration.set_last_error = value;
  }
  return {};
}

}  // namespace

Result<Declaration> declaration_of(types::TypeSystem& types, Method& method) {
  const types::MethodSignature& signature = *TRY(types.signature_of(method));
  Declaration declaration;
  declaration.entry_point = method.name;
  declaration.has_this = signature.has_this;
  declaration.result.type = signature.return_type;
  for (types::Type* type : signature.parameters) {
    ParameterDeclaration parameter;
    parameter.type = type;
    declaration.parameters.push_back(parameter);
  }
  if (method.row == 0) return declaration;  // made by the runtime: no metadata of its own
  const Image& image = method.declaring_type->assembly->image();
  declaration.preserve_sig = method.impl_attributes & kPreserveSig || !method.is_pinvoke();
  if (method.declaring_type->flags.delegate) TRY(read_function_pointer_attribute(*method.declaring_type, declaration));
  TRY(read_import(image, declaration, method.row));
  TRY(read_parameters(*method.declaring_type->assembly, declaration, method.row));
  return declaration;
}

Result<MarshalAs> marshal_as_of(const types::Field& field) {
  return marshal_as_of(field.declaring_type->assembly->image(), Token(Table::Field, field.row));
}

CharSet char_set_of(const types::Type& type) {
  return (type.attributes & kStringFormatMask) == kUnicodeClass ? CharSet::Utf16 : CharSet::Utf8;
}

}  // namespace leanclr::interop
