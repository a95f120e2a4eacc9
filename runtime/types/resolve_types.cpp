// Types by token and by name: TypeDef, TypeRef, TypeSpec, ExportedType (§II.22.37, 38, 39, 14).
#include "types/generated.h"
#include "types/errors.h"
#include "types/type_builder.h"
#include "types/type_name.h"

namespace leanclr::types {

using metadata::Image;
using metadata::RowNumber;
using metadata::Table;
using metadata::Token;

namespace {

// §II.23.1.15
enum TypeAttributes : uint32_t {
  kVisibilityMask = 0x7,
  kNestedPublic = 0x2,
  kLayoutMask = 0x18,
  kExplicitLayout = 0x10,
  kInterface = 0x20,
  kAbstract = 0x80,
  kSealed = 0x100,
  kBeforeFieldInit = 0x100000,
};
constexpr int kMaxForwards = 16;
constexpr int kMaxEnclosing = 32;

/// The name of what a type extends, without loading it; empty for nested and constructed types.
Result<TypeName> name_of_base(const Image& image, Token extends) {
  if (extends.is_nil()) return TypeName{};
  if (extends.table() == Table::TypeRef) {
    auto row = TRY(image.row<Table::TypeRef>(extends.row()));
    if (row.resolution_scope.table() == Table::TypeRef) return TypeName{};
  }
  return type_name_of(image, extends);
}

/// What the extends column says (§II.13): a type is a value type by what it derives from.
Status set_value_type_flags(const Image& image, Token extends, Type& type) {
  constexpr TypeName kEnum{"System", "Enum"}, kValueType{"System", "ValueType"};
  TypeName base = TRY(name_of_base(image, extends));
  bool is_enum_itself = TypeName{type.name_space, type.name} == kEnum;
  type.flags.enumeration = base == kEnum;
  type.flags.value_type = base == kEnum || (base == kValueType && !is_enum_itself);
  return {};
}

void set_attribute_flags(Type& type) {
  type.flags.interface = type.attributes & kInterface;
  type.flags.abstract_ = type.attributes & kAbstract;
  type.flags.sealed = type.attributes & kSealed;
  type.flags.before_field_init = type.attributes & kBeforeFieldInit;
  type.flags.explicit_layout = (type.attributes & kLayoutMask) == kExplicitLayout;
}

/// Enclosing classes must not enclose each other.
Status check_enclosing(const Assembly& assembly, RowNumber row) {
  RowNumber outer = row;
  for (int level = 0; level < kMaxEnclosing; ++level) {
    outer = assembly.image().enclosing_type(outer);
    if (outer == 0) return {};
  }
  return bad_image(assembly, Token(Table::TypeDef, row), "classes nested in a circle or too deeply");
}

std::string missing_type(const Assembly& assembly, std::string_view name_space, std::string_view name) {
  std::string text(name_space);
  if (!text.empty()) text += '.';
  return text.append(name).append(" is not in ").append(assembly.name());
}

}  // namespace

Result<Type*> TypeSystem::type_def(Assembly& assembly, RowNumber row) {
  const Image& image = assembly.image();
  if (row < assembly.type_defs_.size() && assembly.type_defs_[row]) return assembly.type_defs_[row];
  auto columns = TRY(image.row<Table::TypeDef>(row));
  TypeName name = TRY(type_name_of(image, columns));
  Type* enclosing = nullptr;
  if ((columns.flags & kVisibilityMask) >= kNestedPublic) {
    TRY(check_enclosing(assembly, row));
    if (RowNumber outer = image.enclosing_type(row)) enclosing = TRY(type_def(assembly, outer));
  }
  Type* type = new_type(&assembly, ElementType::Class);
  type->row = row;
  type->name = name.name;
  type->name_space = name.name_space;
  type->attributes = columns.flags;
  type->declaring_type = enclosing;
  set_attribute_flags(*type);
  TRY(set_value_type_flags(image, columns.extends, *type));
  if (type->flags.value_type) {
    type->element_type = ElementType::ValueType;
    type->value_size = 0;
  }
  type->generic_parameters =
      TRY(TypeBuilder(*this).generic_parameters(assembly, Token(Table::TypeDef, row), *type, nullptr));
  type->generic_arguments = type->generic_parameters;
  type->flags.generic_definition = type->flags.contains_generic_parameters =
      !type->generic_parameters.empty();
  assembly.type_defs_[row] = type;
  return type;
}

Result<Assembly*> TypeSystem::assembly_ref(Assembly& assembly, RowNumber row) {
  if (row < assembly.assembly_refs_.size() && assembly.assembly_refs_[row])
    return assembly.assembly_refs_[row];
  auto columns = TRY(assembly.image().row<Table::AssemblyRef>(row));
  std::string_view name = TRY(assembly.image().string(columns.name));
  return assembly.assembly_refs_[row] = TRY(load_assembly(name, assembly.name()));
}

Result<Type*> TypeSystem::nested_type(Type& enclosing, std::string_view name) {
  if (!enclosing.row) return static_cast<Type*>(nullptr);
  RowNumber row = TRY(enclosing.assembly->find_nested(enclosing.row, name));
  if (!row) return static_cast<Type*>(nullptr);
  return type_def(*enclosing.assembly, row);
}

Result<Type*> TypeSystem::type_ref(Assembly& assembly, Token token) {
  const Image& image = assembly.image();
  RowNumber number = token.row();
  if (number < assembly.type_refs_.size() && assembly.type_refs_[number]) return assembly.type_refs_[number];
  auto row = TRY(image.row<Table::TypeRef>(number));
  TypeName name = TRY(type_name_of(image, row));
  Type* found = nullptr;
  Assembly* scope = &assembly;
  if (row.resolution_scope.table() == Table::TypeRef && !row.resolution_scope.is_nil()) {
    if (interned_->build_depth >= kMaxBuildDepth)
      return bad_image(assembly, token, "type references in a circle");
    ++interned_->build_depth;
    auto enclosing = type_ref(assembly, row.resolution_scope);
    --interned_->build_depth;
    if (!enclosing.ok()) return enclosing;
    scope = enclosing.value()->assembly;
    found = TRY(nested_type(*enclosing.value(), name.name));
  } else {
    if (row.resolution_scope.table() == Table::AssemblyRef)
      scope = TRY(assembly_ref(assembly, row.resolution_scope.row()));
    found = TRY(find_top_level(*scope, name.name_space, name.name, kMaxForwards));
  }
  if (!found)
    return failure(ErrorKind::TypeLoad, missing_type(*scope, name.name_space, name.name), image.place(token));
  return assembly.type_refs_[number] = found;
}

Result<Type*> TypeSystem::exported_type(Assembly& assembly, Token token, int hops) {
  const Image& image = assembly.image();
  if (hops == 0) return bad_image(assembly, token, "types forwarded in a circle");
  auto row = TRY(image.row<Table::ExportedType>(token.row()));
  TypeName name = TRY(type_name_of(image, row));
  if (row.implementation.table() != Table::AssemblyRef)
    return bad_image(assembly, token, "only types forwarded to another assembly are supported");
  Assembly* target = TRY(assembly_ref(assembly, row.implementation.row()));
  return find_top_level(*target, name.name_space, name.name, hops - 1);
}

Result<Type*> TypeSystem::find_top_level(Assembly& assembly, std::string_view name_space,
                                         std::string_view name, int hops) {
  Token token = TRY(assembly.find_top_level(name_space, name));
  if (token.is_nil()) return static_cast<Type*>(nullptr);
  if (token.table() == Table::TypeDef) return type_def(assembly, token.row());
  return exported_type(assembly, token, hops);
}

Result<Type*> TypeSystem::find_type(Assembly& assembly, std::string_view name_space, std::string_view name) {
  size_t end = name.find_first_of("/+");
  Type* type = TRY(find_top_level(assembly, name_space, name.substr(0, end), kMaxForwards));
  while (type && end != std::string_view::npos) {
    name.remove_prefix(end + 1);
    end = name.find_first_of("/+");
    type = TRY(nested_type(*type, name.substr(0, end)));
  }
  return type;
}

Result<Type*> TypeSystem::type_by_name(Assembly& assembly, std::string_view name_space,
                                       std::string_view name) {
  Type* type = TRY(find_type(assembly, name_space, name));
  if (!type)
    return failure(ErrorKind::TypeLoad, missing_type(assembly, name_space, name), {assembly.file_name()});
  return type;
}

Result<Type*> TypeSystem::resolve_type(Assembly& assembly, Token token, const GenericContext& context) {
  switch (token.table()) {
    case Table::TypeDef: return type_def(assembly, token.row());
    case Table::TypeRef: return type_ref(assembly, token);
    case Table::TypeSpec: {
      auto row = TRY(assembly.image().row<Table::TypeSpec>(token.row()));
      Reader reader = TRY(assembly.image().blob_reader(row.signature));
      return placed(read_type(assembly, reader, context), assembly, token);
    }
    default: break;
  }
  if (void* type = generated(token, GeneratedKind::Type)) return static_cast<Type*>(type);
  return bad_image(assembly, token, "not a type token");
}

}  // namespace leanclr::types
