// Derived types, made once each: arrays, pointers, byrefs, generic instances, function pointers.
#include "types/interned.h"

#include <algorithm>

#include "types/errors.h"

namespace leanclr::types {

namespace {

bool same_types(std::span<Type* const> a, std::span<Type* const> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

uint32_t hash_types(uint32_t seed, std::span<Type* const> types) {
  for (const Type* type : types) seed = combine_hashes(seed, type->hash);
  return seed;
}

bool same_function(const MethodSignature& a, const MethodSignature& b) {
  return a.return_type == b.return_type && a.has_this == b.has_this &&
         a.calling_convention == b.calling_convention && same_types(a.parameters, b.parameters);
}

std::string array_suffix(uint32_t rank) { return rank == 1 ? "[*]" : "[" + std::string(rank - 1, ',') + "]"; }

/// Gives `type` its element and the names that follow from it.
void derive(Arena& arena, Type& type, Type& element, std::string_view suffix) {
  type.element = &element;
  type.name = arena.copy(std::string(element.name).append(suffix));
  type.name_space = element.name_space;
  type.flags.contains_generic_parameters = element.flags.contains_generic_parameters;
  type.nesting = static_cast<uint8_t>(std::min<uint32_t>(element.nesting + 1u, UINT8_MAX));
  type.hash = combine_hashes(element.hash, hash_text(suffix));
}

/// Pointers, byrefs and function pointers have nothing left to build.
void finish_pointer(Type& type) {
  type.value_size = type.alignment = sizeof(Address);
  type.state = TypeState::Complete;
}

Status check_array_element(const TypeSystem& types, Type& element) {
  if (element.element_type == ElementType::ByRef || element.element_type == ElementType::Void)
    return type_load(types, element, "cannot be an array's element");
  if (element.nesting >= kMaxTypeNesting) return type_load(types, element, "nests too deeply");
  return {};
}

}  // namespace

Type* TypeSystem::new_type(Assembly* assembly, ElementType element_type) {
  Type* type = arena_.make<Type>();
  type->assembly = assembly;
  type->element_type = element_type;
  type->definition = type;
  type->value_size = type->alignment = sizeof(Address);
  interned_->types.push_back(type);
  type->hash = combine_hashes(0, static_cast<uint32_t>(interned_->types.size()));
  return type;
}

Result<Type*> TypeSystem::vector_of(Type& element) {
  if (element.vector_of) return element.vector_of;
  TRY(check_array_element(*this, element));
  Type* type = new_type(element.assembly, ElementType::SzArray);
  derive(arena_, *type, element, "[]");
  type->rank = 1;
  return element.vector_of = type;
}

Result<Type*> TypeSystem::array_of(Type& element, uint32_t rank) {
  constexpr uint32_t kMaxRank = 32;  // the CLR's own limit
  TRY(check_array_element(*this, element));
  if (rank == 0 || rank > kMaxRank) return type_load(*this, element, "array of this element with a bad rank");
  std::string suffix = array_suffix(rank);
  uint32_t hash = combine_hashes(element.hash, hash_text(suffix));
  Type* known = interned_->arrays.find(
      hash, [&](const Type* type) { return type->element == &element && type->rank == rank; });
  if (known) return known;
  Type* type = new_type(element.assembly, ElementType::Array);
  derive(arena_, *type, element, suffix);
  type->rank = static_cast<uint8_t>(rank);
  interned_->arrays.insert(hash, type);
  return type;
}

Type* TypeSystem::pointer_to(Type& element) {
  if (element.pointer_to) return element.pointer_to;
  Type* type = new_type(element.assembly, ElementType::Ptr);
  derive(arena_, *type, element, "*");
  finish_pointer(*type);
  return element.pointer_to = type;
}

Type* TypeSystem::byref_to(Type& element) {
  if (element.byref_to) return element.byref_to;
  Type* type = new_type(element.assembly, ElementType::ByRef);
  derive(arena_, *type, element, "&");
  finish_pointer(*type);
  return element.byref_to = type;
}

Type* TypeSystem::function_pointer(const MethodSignature& signature) {
  uint32_t hash = hash_types(combine_hashes(signature.calling_convention, signature.return_type->hash),
                             signature.parameters);
  Type* known = interned_->function_pointers.find(
      hash, [&](const Type* type) { return same_function(*type->function, signature); });
  if (known) return known;
  Type* type = new_type(known_.object ? known_.object->assembly : nullptr, ElementType::FnPtr);
  MethodSignature* kept = arena_.make<MethodSignature>(signature);
  kept->parameters = arena_.copy(std::span<Type* const>(signature.parameters));
  type->function = kept;
  type->hash = hash;
  uint32_t nesting = signature.return_type->nesting;
  bool open = signature.return_type->flags.contains_generic_parameters;
  for (const Type* parameter : signature.parameters) {
    nesting = std::max<uint32_t>(nesting, parameter->nesting);
    open = open || parameter->flags.contains_generic_parameters;
  }
  type->nesting = static_cast<uint8_t>(std::min<uint32_t>(nesting + 1, UINT8_MAX));
  type->flags.contains_generic_parameters = open;
  finish_pointer(*type);
  interned_->function_pointers.insert(hash, type);
  return type;
}

Result<Type*> TypeSystem::instantiate(Type& definition, std::span<Type* const> arguments) {
  if (!definition.flags.generic_definition || arguments.size() != definition.generic_parameters.size())
    return type_load(*this, definition, "instantiated with the wrong number of arguments");
  uint32_t nesting = 0;
  bool open = false;
  for (Type* argument : arguments) {
    if (argument->is_pointer_like() || argument->element_type == ElementType::Void)
      return type_load(*this, *argument, "cannot be a generic argument");
    nesting = std::max<uint32_t>(nesting, argument->nesting);
    open = open || argument->flags.contains_generic_parameters;
  }
  if (same_types(arguments, definition.generic_parameters)) return &definition;
  uint32_t hash = hash_types(definition.hash, arguments);
  Type* known = interned_->instances.find(hash, [&](const Type* type) {
    return type->definition == &definition && same_types(type->generic_arguments, arguments);
  });
  if (known) return known;
  if (nesting >= kMaxTypeNesting) return type_load(*this, definition, "its arguments nest too deeply");
  Type* type = new_type(definition.assembly, definition.element_type);
  type->definition = &definition;
  type->row = definition.row;
  type->name = definition.name;
  type->name_space = definition.name_space;
  type->attributes = definition.attributes;
  type->declaring_type = definition.declaring_type;
  type->generic_arguments = arena_.copy(arguments);
  type->flags = definition.flags;
  type->flags.generic_definition = false;
  type->flags.contains_generic_parameters = open;
  type->value_size = definition.flags.value_type ? 0 : sizeof(Address);
  type->nesting = static_cast<uint8_t>(nesting + 1);
  type->hash = hash;
  if (&definition == known_.nullable) {
    type->flags.nullable = true;
    type->element = type->generic_arguments[0];
  }
  interned_->instances.insert(hash, type);
  return type;
}

}  // namespace leanclr::types
