// Named → Linked: parent, members as rows, generic parameters of methods. Types in signatures stay unread.
#include <algorithm>

#include "types/attributes.h"
#include "types/signature_decoder.h"
#include "types/substitution.h"
#include "types/type_builder.h"

namespace leanclr::types {

using metadata::Image;
using metadata::RowNumber;
using metadata::Table;
using metadata::Token;

namespace {

constexpr std::string_view kCompilerServices = "System.Runtime.CompilerServices";
constexpr RowNumber kModuleType = 1;  // <Module>, the one class without a parent besides System.Object

// §II.23.1.5
enum FieldAttributes : uint16_t { kFieldStatic = 0x10, kFieldLiteral = 0x40, kFieldHasRva = 0x100 };

Result<bool> is_generic_signature(const Image& image, metadata::BlobOffset signature) {
  Bytes blob = TRY(image.blob(signature));
  return !blob.empty() && (blob[0] & metadata::kSigGeneric);
}

}  // namespace

Result<std::span<Type*>> TypeBuilder::generic_parameters(Assembly& assembly, Token owner, Type& type,
                                                         Method* method) {
  const Image& image = assembly.image();
  auto rows = image.rows_with_key<Table::GenericParam>(owner.value);
  std::span<Type*> parameters = arena_.make_array<Type*>(rows.size());
  for (uint32_t i = 0; i < rows.size(); ++i) {
    auto row = TRY(image.row<Table::GenericParam>(rows.begin + i));
    if (row.number >= parameters.size() || parameters[row.number])
      return failure(ErrorKind::BadImage, "generic parameters out of order", image.place(owner));
    Type* parameter = types_.new_type(&assembly, method ? ElementType::MVar : ElementType::Var);
    parameter->name = TRY(image.string(row.name));
    parameter->attributes = row.flags;
    parameter->parameter_index = row.number;
    parameter->declaring_type = &type;
    parameter->declaring_method = method;
    parameter->flags.contains_generic_parameters = true;
    parameter->state = TypeState::Complete;
    parameters[row.number] = parameter;
  }
  return parameters;
}

Status TypeBuilder::link(Type& type) {
  if (!known_.object) return failure(ErrorKind::TypeLoad, "System.Private.CoreLib is not loaded");
  if (type.is_array()) return link_array(type);
  if (type.is_generic_instance()) return link_instance(type);
  return link_definition(type);
}

Status TypeBuilder::set_parent(Type& type, Type* parent) {
  if (parent) {
    if (parent->flags.interface || parent->flags.sealed || parent->flags.value_type ||
        parent->is_pointer_like() || parent->is_array() || parent == known_.array)
      return load_error(type, "derives from a type that cannot be derived from");
    TRY(ensure(*parent, TypeState::Linked));
    type.flags.delegate = parent->flags.delegate || parent == known_.multicast_delegate;
  }
  type.parent = parent;
  size_t depth = parent ? parent->ancestors.size() : 0;
  type.ancestors = arena_.make_array<Type*>(depth + 1);
  if (parent) std::copy(parent->ancestors.begin(), parent->ancestors.end(), type.ancestors.begin());
  type.ancestors[depth] = &type;
  return {};
}

Status TypeBuilder::link_definition(Type& type) {
  auto row = TRY(type.assembly->image().row<Table::TypeDef>(type.row));
  if (!type.flags.interface) {
    Type* parent = nullptr;
    if (!row.extends.is_nil())
      parent = TRY(types_.resolve_type(*type.assembly, row.extends, context_of(type)));
    else if (&type != known_.object && type.row != kModuleType)
      return load_error(type, "a class without a base class");
    TRY(set_parent(type, parent));
    // The flag was set by the base's name; the name must have meant CoreLib's type.
    if (type.flags.value_type && parent != known_.value_type && parent != known_.enumeration)
      return load_error(type, "its base class is not System.Private.CoreLib's");
  }
  TRY(link_fields(type));
  TRY(link_methods(type));
  if (type.flags.enumeration) TRY(find_underlying(type));
  if (type.flags.value_type) TRY(read_value_type_attributes(type));
  return {};
}

Status TypeBuilder::link_fields(Type& type) {
  const Image& image = type.assembly->image();
  auto rows = TRY(image.fields_of(type.row));
  type.fields = arena_.make_array<Field>(rows.size());
  for (uint32_t i = 0; i < rows.size(); ++i) {
    auto row = TRY(image.row<Table::Field>(rows.begin + i));
    Field& field = type.fields[i];
    field.declaring_type = &type;
    field.name = TRY(image.string(row.name));
    field.row = rows.begin + i;
    field.attributes = row.flags;
    field.is_static = row.flags & kFieldStatic;
    field.is_literal = row.flags & kFieldLiteral;
    field.has_rva = field.is_static && (row.flags & kFieldHasRva);
  }
  return {};
}

Status TypeBuilder::link_methods(Type& type) {
  auto rows = TRY(type.assembly->image().methods_of(type.row));
  type.methods = arena_.make_array<Method>(rows.size());
  uint32_t slots = 0;
  for (uint32_t i = 0; i < rows.size(); ++i) {
    Method& method = type.methods[i];
    TRY(link_method(type, method, rows.begin + i));
    if (type.flags.interface && method.is_virtual()) method.slot = static_cast<uint16_t>(slots++);
  }
  if (slots >= Method::kNoSlot) return load_error(type, "too many virtual methods");
  return {};
}

Status TypeBuilder::link_method(Type& type, Method& method, RowNumber number) {
  const Image& image = type.assembly->image();
  auto row = TRY(image.row<Table::MethodDef>(number));
  method.declaring_type = &type;
  method.definition = &method;
  method.row = number;
  method.name = TRY(image.string(row.name));
  method.attributes = row.flags;
  method.impl_attributes = row.impl_flags;
  method.rva = row.rva;
  if (method.is_static() && (row.flags & kMethodRTSpecialName) && is(method.name, ".cctor")) {
    type.static_constructor = &method;
    type.cctor_state = CctorState::Pending;
  }
  if (TRY(is_generic_signature(image, row.signature)))
    method.generic_parameters =
        TRY(generic_parameters(*type.assembly, Token(Table::MethodDef, number), type, &method));
  return {};
}

Status TypeBuilder::find_underlying(Type& type) {
  for (Field& field : type.fields) {
    if (field.is_static) continue;
    TRY(resolve_field_type(field));
    if (!field.type->flags.primitive) return load_error(type, "an enum of a type that is not primitive");
    type.element = field.type;
    return {};
  }
  return load_error(type, "an enum without a value field");
}

Status TypeBuilder::read_value_type_attributes(Type& type) {
  RowNumber ref_struct = TRY(find_attribute(type.assembly->image(), Token(Table::TypeDef, type.row),
                                            kCompilerServices, "IsByRefLikeAttribute"));
  type.flags.by_ref_like = ref_struct != 0;
  return {};
}

Status TypeBuilder::link_instance(Type& type) {
  Type& definition = *type.definition;
  TRY(ensure(definition, TypeState::Linked));
  if (definition.parent) TRY(set_parent(type, TRY(substitute(types_, *definition.parent, context_of(type)))));
  type.flags.by_ref_like = definition.flags.by_ref_like;
  if (type.flags.enumeration) type.element = definition.element;
  type.fields = arena_.make_array<Field>(definition.fields.size());
  for (size_t i = 0; i < type.fields.size(); ++i) {
    type.fields[i] = definition.fields[i];
    type.fields[i].declaring_type = &type;
    type.fields[i].type = nullptr;
  }
  type.methods = arena_.make_array<Method>(definition.methods.size());
  for (size_t i = 0; i < type.methods.size(); ++i) {
    Method& method = type.methods[i];
    method = definition.methods[i];
    method.declaring_type = &type;
    method.body = nullptr;
    method.native = nullptr;
    method.signature = nullptr;
    method.intrinsic = 0;
    if (!type.flags.interface) method.slot = Method::kNoSlot;
    if (definition.static_constructor == &definition.methods[i]) type.static_constructor = &method;
  }
  if (type.static_constructor) type.cctor_state = CctorState::Pending;
  return {};
}

Status TypeBuilder::resolve_field_type(Field& field) {
  if (field.type) return {};
  Type& owner = *field.declaring_type;
  if (owner.is_generic_instance()) {
    Field& open = owner.definition->fields[static_cast<size_t>(&field - owner.fields.data())];
    TRY(resolve_field_type(open));
    field.type = TRY(substitute(types_, *open.type, context_of(owner)));
    return {};
  }
  const Image& image = owner.assembly->image();
  auto row = TRY(image.row<Table::Field>(field.row));
  Reader reader = TRY(image.blob_reader(row.signature));
  field.type = TRY(SignatureDecoder(types_, *owner.assembly, context_of(owner)).field(reader));
  return {};
}

}  // namespace leanclr::types
