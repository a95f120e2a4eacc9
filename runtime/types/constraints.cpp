// Constraints on generic parameters (§II.10.1.7): whether an instance's arguments are what its definition
// asks for.
//
// What it is not: a part of Linked or Sized. Constraints often mention the very type under construction
// (`class Leaf : Tree<Leaf>`), so an instance is checked when it becomes Complete, a method's when it is
// instantiated.
#include <algorithm>

#include "types/errors.h"
#include "types/type_system.h"

namespace leanclr::types {
namespace {

using metadata::Table;
using metadata::Token;

/// §II.23.1.7, and AllowByRefLike, which is newer than the standard.
enum GenericParameterAttributes : uint16_t {
  kReferenceType = 0x04,
  kNotNullableValueType = 0x08,
  kDefaultConstructor = 0x10,
  kAllowByRefLike = 0x20,
};

bool has_default_constructor(TypeSystem& types, Type& type) {
  constexpr uint16_t kPublic = 6;
  Method* constructor =
      type.flags.abstract_ || type.is_array() ? nullptr : types.find_method(type, ".ctor", 0);
  return constructor && (constructor->attributes & kMethodAccessMask) == kPublic;
}

bool fits_attributes(TypeSystem& types, uint16_t attributes, Type& argument) {
  bool value = argument.flags.value_type;
  if ((attributes & kReferenceType) && value) return false;
  if ((attributes & kNotNullableValueType) && (!value || argument.flags.nullable)) return false;
  if (argument.flags.by_ref_like && !(attributes & kAllowByRefLike)) return false;
  return value || !(attributes & kDefaultConstructor) || has_default_constructor(types, argument);
}

bool is_open(std::span<Type* const> arguments) {
  return std::any_of(arguments.begin(), arguments.end(), [](const Type* type) {
    return type->flags.contains_generic_parameters || type->flags.generic_definition;
  });
}

}  // namespace

Result<size_t> TypeSystem::violated_constraint(Assembly& assembly, Token owner, std::span<Type*> arguments,
                                               const GenericContext& context) {
  if (is_open(arguments) || is_open(context.type_arguments)) return arguments.size();
  const metadata::Image& image = assembly.image();
  metadata::RowRange rows = image.rows_with_key<Table::GenericParam>(owner.value);
  for (uint32_t number = rows.begin; number < rows.end; ++number) {
    auto row = TRY(image.row<Table::GenericParam>(number));
    if (row.number >= arguments.size()) continue;
    Type& argument = *arguments[row.number];
    TRY(ensure(argument, TypeState::Linked));
    if (!fits_attributes(*this, row.flags, argument)) return static_cast<size_t>(row.number);
    metadata::RowRange list = image.rows_with_key<Table::GenericParamConstraint>(number);
    for (uint32_t i = list.begin; i < list.end; ++i) {
      Token token = TRY(image.row<Table::GenericParamConstraint>(i)).constraint;
      if (!is_assignable(*TRY(resolve_type(assembly, token, context)), argument))
        return static_cast<size_t>(row.number);
    }
  }
  return arguments.size();
}

Status TypeSystem::check_constraints(Type& instance) {
  if (!instance.is_generic_instance()) return {};
  Type& definition = *instance.definition;
  size_t index = TRY(violated_constraint(*definition.assembly, Token(Table::TypeDef, definition.row),
                                         instance.generic_arguments, {instance.generic_arguments, {}}));
  if (index == instance.generic_arguments.size()) return {};
  std::string text = "GenericArguments[" + std::to_string(index) + "], '" +
                     full_name(*instance.generic_arguments[index]) + "', on '" + full_name(definition) + "[";
  for (Type* parameter : definition.generic_parameters) {
    if (parameter != definition.generic_parameters[0]) text += ',';
    text += parameter->name;
  }
  text.append("]' violates the constraint of type parameter '")
      .append(definition.generic_parameters[index]->name)
      .append("'.");
  return failure(ErrorKind::TypeLoad, text);
}

Status TypeSystem::check_constraints(const Method& definition, std::span<Type*> arguments) {
  Type& owner = *definition.declaring_type;
  size_t index = TRY(violated_constraint(*owner.assembly, Token(Table::MethodDef, definition.row), arguments,
                                         {owner.generic_arguments, arguments}));
  if (index == arguments.size()) return {};
  std::string text = "Method " + full_name(owner).append(".").append(definition.name) + ": type argument '" +
                     full_name(*arguments[index]);
  text.append("' violates the constraint of type parameter '")
      .append(definition.generic_parameters[index]->name)
      .append("'.");
  return failure(ErrorKind::Verification, text);
}

}  // namespace leanclr::types
