// See host_signature.h.
#include "interop/host_signature.h"

#include "base/text.h"
#include "interop/declaration.h"
#include "types/attributes.h"
#include "types/method_match.h"

namespace leanclr::interop {
namespace {

using metadata::Image;
using metadata::Table;
using metadata::Token;
using types::ElementType;

/// 0: the type does not cross.
char letter_of(ElementType type) {
  switch (type) {
    case ElementType::Void: return 'v';
    case ElementType::Boolean: return 'z';
    case ElementType::Char: return 'c';
    case ElementType::I1: return 'b';
    case ElementType::U1: return 'B';
    case ElementType::I2: return 'h';
    case ElementType::U2: return 'H';
    case ElementType::I4: return 'i';
    case ElementType::U4: return 'I';
    case ElementType::I8: return 'l';
    case ElementType::U8: return 'L';
    case ElementType::R4: return 'f';
    case ElementType::R8: return 'd';
    case ElementType::I: return 'n';
    case ElementType::U: return 'N';
    case ElementType::Ptr:
    case ElementType::FnPtr: return 'p';
    case ElementType::String: return 's';
    default: return 0;
  }
}

char letter_of(const types::Type& type) { return letter_of(type.underlying()->element_type); }

void add_address(std::string& text, const types::Type& type) {
  text += 't';
  append_decimal(text, address_of(&type));
  text += ';';
}

/// A type as a value: its letter, or its address.
Status add_value(types::TypeSystem& types, std::string& text, types::Type& type) {
  TRY(types.ensure(type, types::TypeState::Linked));  // an enum's underlying type
  if (char letter = letter_of(type)) text += letter;
  else add_address(text, type);
  return {};
}

void add_line(std::string& text, const std::string& line) { text.append(1, '\n').append(line); }

Status add_field(types::TypeSystem& types, std::string& text, const types::Field& field) {
  text += '\n';
  append_decimal(text, field.offset);
  text += ' ';
  TRY(add_value(types, text, *field.type));
  text.append(1, ' ').append(field.name);
  return {};
}

void add_bytes(std::string& text, char letter, Bytes bytes) {
  text += letter;
  for (uint8_t byte : bytes) text.append(1, "0123456789abcdef"[byte >> 4]).append(1, "0123456789abcdef"[byte & 15]);
}

/// A Constant (§II.22.9): its letter and its bytes; nothing where there is none, and for null.
Status add_constant(std::string& text, const Image& image, Token parent) {
  auto rows = image.rows_with_key<Table::Constant>(parent.value);
  if (rows.empty()) return {};
  auto row = TRY(image.row<Table::Constant>(rows.begin));
  if (char letter = letter_of(static_cast<ElementType>(row.type))) add_bytes(text, letter, TRY(image.blob(row.value)));
  return {};
}

Result<metadata::RowNumber> compiler_attribute(const Image& image, Token parent, std::string_view name) {
  return types::find_attribute(image, parent, "System.Runtime.CompilerServices", name);
}

/// What a parameter is when it is left out: '=' and its value; nothing: it cannot be.
Status add_default(std::string& text, const Image& image, metadata::RowNumber row) {
  constexpr uint16_t kOptional = 0x10;  // §II.23.1.13
  const Token token(Table::Param, row);
  if (!(TRY(image.row<Table::Param>(row)).flags & kOptional) || TRY(compiler_attribute(image, token, "DateTimeConstantAttribute"))) return {};
  text += '=';
  if (auto decimal = TRY(compiler_attribute(image, token, "DecimalConstantAttribute")))
    add_bytes(text, 'm', TRY(image.blob(TRY(image.row<Table::CustomAttribute>(decimal)).value)));
  return add_constant(text, image, token);
}

char kind_of(const types::Type& type) {
  switch (type.element_type) {
    case ElementType::SzArray: return 'A';
    case ElementType::Array: return 'M';
    case ElementType::ByRef: return '&';
    default: break;
  }
  if (letter_of(type)) return 'P';
  if (type.flags.delegate) return 'D';
  if (type.flags.interface) return 'I';
  return type.flags.value_type ? 'V' : 'C';
}

}  // namespace

Result<std::string> host_signature(types::TypeSystem& types, types::Method& method) {
  Declaration declaration = TRY(declaration_of(types, method));
  std::string text;
  TRY(add_value(types, text, *declaration.result.type));
  for (const ParameterDeclaration& parameter : declaration.parameters) {
    types::Type& type = *parameter.type;
    if (type.flags.contains_generic_parameters)
      return failure_with(ErrorKind::MarshalDirective, "%: parameter '%' of type % is open", {types.full_name(method), parameter.name, types.full_name(type)});
    if (type.is_array() || type.element_type == ElementType::ByRef) {
      if (parameter.out) text += '<';
      if (parameter.in) text += '>';
    }
    TRY(add_value(types, text, type));
  }
  return text;
}

Result<std::string> type_shape(types::TypeSystem& types, types::Type& type) {
  TRY(types.ensure(type, types::TypeState::Linked));
  const char kind = kind_of(type);
  const bool is_value = type.flags.value_type || kind == 'A' || kind == 'M';
  if (is_value) TRY(types.ensure(type, types::TypeState::Sized));
  std::string text(1, kind);
  add_line(text, types.full_name(type));
  uint32_t size = type.value_size;
  if (kind == 'A' || kind == 'M') size = type.element_size;
  if (kind == '&') {
    TRY(types.ensure(*type.element, types::TypeState::Sized));
    size = type.element->value_size;
  }
  add_line(text, std::to_string(size));
  text += '\n';
  if (type.parent) TRY(add_value(types, text, *type.parent));
  text += '\n';
  if (kind == 'P') text += letter_of(type);
  else if (type.element) TRY(add_value(types, text, *type.element));
  else for (const types::Type* argument : type.generic_arguments) add_address(text, *argument);
  if (kind == 'D') {
    types::Method* invoke = types.find_method(type, "Invoke");
    add_line(text, invoke ? TRY(host_signature(types, *invoke)) : std::string());
    text += ' ';
    append_decimal(text, address_of(invoke));
  }
  if (kind != 'V') return text;
  for (const types::Field& field : type.fields)
    if (!field.is_static) TRY(add_field(types, text, field));
  return text;
}

Result<std::string> method_defaults(types::TypeSystem& types, types::Method& method) {
  const size_t count = TRY(types.signature_of(method))->parameters.size();
  List<metadata::RowNumber> rows(count + 1);
  const Image* image = method.row ? &method.declaring_type->assembly->image() : nullptr;
  if (image) {
    auto range = TRY(image->params_of(method.row));
    for (auto row = range.begin; row != range.end; ++row) {
      const uint16_t sequence = TRY(image->row<Table::Param>(row)).sequence;
      if (sequence <= count) rows[sequence] = row;
    }
  }
  std::string text;
  const bool is_list = rows[count] && count && TRY(types::find_attribute(*image, Token(Table::Param, rows[count]), "System", "ParamArrayAttribute"));
  if (is_list) text += "...";
  for (size_t i = 1; i <= count; ++i) {
    text += '\n';
    if (rows[i]) TRY(add_default(text, *image, rows[i]));
  }
  return text;
}

Result<std::string> type_members(types::TypeSystem& types, types::Type& type) {
  TRY(types.ensure(type, types::TypeState::Complete));
  std::string text;
  for (types::Method& method : type.methods) {
    constexpr uint16_t kPublic = 6;
    if ((method.attributes & types::kMethodAccessMask) != kPublic) continue;
    text += method.is_static() ? 's' : 'm';
    append_decimal(text, address_of(&method));
    text += ' ';
    append_decimal(text, static_cast<int64_t>(TRY(types::parameter_count(types, method))));
    text += ' ';
    append_decimal(text, static_cast<int64_t>(method.generic_parameters.size()));
    text.append(1, ' ').append(method.name).append(1, '\n');
  }
  for (const types::Field& field : type.fields) {
    constexpr uint16_t kAccessMask = 7, kPublic = 6;
    if ((field.attributes & kAccessMask) != kPublic || field.is_thread_static || field.has_rva) continue;
    if (field.is_literal) {
      text += 'L';
      TRY(add_constant(text, type.assembly->image(), Token(Table::Field, field.row)));
      text.append(1, ' ').append(field.name).append(1, '\n');
      continue;
    }
    text += field.is_static ? 'S' : 'F';
    append_decimal(text, field.offset);
    text += ' ';
    TRY(add_value(types, text, *field.type));
    text.append(1, ' ').append(field.name).append(1, '\n');
  }
  for (const types::InterfaceEntry& entry : type.interfaces) {
    text += 'i';
    TRY(add_value(types, text, *entry.interface));
    text += '\n';
  }
  return text;
}

}  // namespace leanclr::interop
