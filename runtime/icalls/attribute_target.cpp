// See attribute_target.h.
#include "icalls/attribute_target.h"

#include "icalls/member_rows.h"
#include "icalls/mirrors.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

using metadata::Table;
using metadata::Token;

AttributeTarget of_type(const Type& type) {
  if (!type.assembly || type.is_array() || type.is_pointer_like()) return {};
  if (type.element_type == ElementType::Var || type.element_type == ElementType::MVar) return {};
  return {type.assembly, Token(Table::TypeDef, type.row)};
}

AttributeTarget of_method(const Method& method) {
  if (!method.row) return {};
  return {method.declaring_type->assembly, Token(Table::MethodDef, method.row)};
}

/// Position -1 is the result.
Result<AttributeTarget> of_parameter(Thread& thread, Object* parameter) {
  Object* member =
      objects::field_at<Ref<Object>>(parameter, TRY(field_offset(thread, *parameter->type, "MemberImpl")));
  int32_t position =
      objects::field_at<int32_t>(parameter, TRY(field_offset(thread, *parameter->type, "PositionImpl")));
  std::string_view kind = member ? member->type->name : std::string_view();
  const Method* method = nullptr;
  if (is(kind, "RuntimeMethodInfo") || is(kind, "RuntimeConstructorInfo")) {
    method = TRY(method_of_mirror(thread, member));
  } else if (is(kind, "RuntimePropertyInfo")) {
    const Property& property = *TRY(property_of_mirror(thread, member));
    method = property.getter ? property.getter : property.setter;
  }
  if (!method || !method->row) return AttributeTarget{};
  const metadata::Image& image = method->declaring_type->assembly->image();
  metadata::RowRange rows = TRY(image.params_of(method->row));
  for (metadata::RowNumber number = rows.begin; number < rows.end; ++number)
    if (TRY(image.row<Table::Param>(number)).sequence == position + 1)
      return AttributeTarget{method->declaring_type->assembly, Token(Table::Param, number)};
  return AttributeTarget{};
}

}  // namespace

Result<AttributeTarget> attribute_target(Thread& thread, Object* provider) {
  if (!provider) return ErrorKind::ArgumentNull;
  std::string_view kind = provider->type->name;
  if (is(kind, "RuntimeType")) return of_type(*TRY(type_of_mirror(thread, provider)));
  if (is(kind, "RuntimeMethodInfo") || is(kind, "RuntimeConstructorInfo"))
    return of_method(*TRY(method_of_mirror(thread, provider)));
  if (is(kind, "RuntimeFieldInfo")) {
    const Field& field = *TRY(field_of_mirror(thread, provider));
    return AttributeTarget{field.declaring_type->assembly, Token(Table::Field, field.row)};
  }
  if (is(kind, "RuntimePropertyInfo")) {
    const Property& property = *TRY(property_of_mirror(thread, provider));
    return AttributeTarget{property.declaring_type->assembly, Token(Table::Property, property.row)};
  }
  if (is(kind, "RuntimeEventInfo")) {
    const Event& event = *TRY(event_of_mirror(thread, provider));
    return AttributeTarget{event.declaring_type->assembly, Token(Table::Event, event.row)};
  }
  if (is(kind, "RuntimeParameterInfo")) return of_parameter(thread, provider);
  if (is(kind, "RuntimeAssembly"))
    return AttributeTarget{TRY(assembly_of_mirror(thread, provider)), Token(Table::Assembly, 1)};
  if (is(kind, "RuntimeModule"))
    return AttributeTarget{TRY(assembly_of_mirror(thread, provider)), Token(Table::Module, 1)};
  return failure_with(ErrorKind::Argument, "Custom attributes of a % are not in any file.", {kind});
}

}  // namespace leanclr::icalls
