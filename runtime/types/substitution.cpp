// Recursion is bounded by Type::nesting.
#include "types/substitution.h"

#include "types/errors.h"
#include "types/small_list.h"

namespace leanclr::types {

namespace {

Result<Type*> argument_for(const TypeSystem& types, Type& parameter, std::span<Type*> arguments) {
  if (arguments.empty()) return &parameter;
  if (parameter.parameter_index >= arguments.size())
    return type_load(types, parameter, "generic parameter without an argument");
  return arguments[parameter.parameter_index];
}

Result<Type*> substitute_arguments(TypeSystem& types, Type& type, const GenericContext& context) {
  SmallList<Type*> arguments;
  for (Type* argument : type.generic_arguments)
    arguments.push_back(TRY(substitute(types, *argument, context)));
  return types.instantiate(*type.definition, arguments.span());
}

bool is_open(const MethodSignature& signature) {
  bool open = signature.return_type->flags.contains_generic_parameters;
  for (const Type* parameter : signature.parameters)
    open = open || parameter->flags.contains_generic_parameters;
  return open;
}

}  // namespace

Result<Type*> substitute(TypeSystem& types, Type& type, const GenericContext& context) {
  if (!type.flags.contains_generic_parameters) return &type;
  switch (type.element_type) {
    case ElementType::Var: return argument_for(types, type, context.type_arguments);
    case ElementType::MVar: return argument_for(types, type, context.method_arguments);
    case ElementType::SzArray: return types.vector_of(*TRY(substitute(types, *type.element, context)));
    case ElementType::Array:
      return types.array_of(*TRY(substitute(types, *type.element, context)), type.rank);
    case ElementType::Ptr: return types.pointer_to(*TRY(substitute(types, *type.element, context)));
    case ElementType::ByRef: return types.byref_to(*TRY(substitute(types, *type.element, context)));
    case ElementType::FnPtr: return types.function_pointer(*TRY(substitute(types, *type.function, context)));
    default: return substitute_arguments(types, type, context);
  }
}

Result<const MethodSignature*> substitute(TypeSystem& types, const MethodSignature& signature,
                                          const GenericContext& context) {
  if (!is_open(signature)) return &signature;
  MethodSignature* closed = types.arena().make<MethodSignature>(signature);
  closed->parameters = types.arena().make_array<Type*>(signature.parameters.size());
  closed->return_type = TRY(substitute(types, *signature.return_type, context));
  for (size_t i = 0; i < signature.parameters.size(); ++i)
    closed->parameters[i] = TRY(substitute(types, *signature.parameters[i], context));
  return closed;
}

}  // namespace leanclr::types
