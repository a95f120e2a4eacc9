// Signatures of methods, call sites and locals; instances of generic methods; the same member on another
// instance.
#include <algorithm>

#include "base/list.h"
#include "types/array_methods.h"
#include "types/errors.h"
#include "types/interned.h"
#include "types/method_match.h"
#include "types/signature_decoder.h"
#include "types/substitution.h"

namespace leanclr::types {

using metadata::Image;
using metadata::Table;
using metadata::Token;

namespace {

Result<Reader> stand_alone_signature(const Assembly& assembly, Token token) {
  if (token.table() != Table::StandAloneSig) return bad_image(assembly, token, "not a signature token");
  auto row = TRY(assembly.image().row<Table::StandAloneSig>(token.row()));
  return assembly.image().blob_reader(row.signature);
}

Result<const MethodSignature*> read_signature(TypeSystem& types, Method& method) {
  Assembly& assembly = *method.declaring_type->assembly;
  const Image& image = assembly.image();
  auto row = TRY(image.row<Table::MethodDef>(method.row));
  Reader reader = TRY(image.blob_reader(row.signature));
  GenericContext context = context_of(method);
  MethodSignature signature = TRY(SignatureDecoder(types, assembly, context).method(reader));
  if (signature.generic_parameters != method.generic_parameters.size() ||
      signature.has_this == method.is_static())
    return bad_image(assembly, Token(Table::MethodDef, method.row),
                     "a signature that does not fit its method");
  return types.arena().make<MethodSignature>(signature);
}

uint32_t hash_instance(const Method& definition, std::span<Type* const> arguments) {
  uint32_t hash = combine_hashes(definition.declaring_type->hash, definition.row);
  for (const Type* argument : arguments) hash = combine_hashes(hash, argument->hash);
  return hash;
}

}  // namespace

Result<const MethodSignature*> TypeSystem::signature_of(Method& method) {
  if (method.signature) return method.signature;
  if (method.row == 0) return method.signature = TRY(array_method_signature(*this, method));
  if (method.definition == &method) return method.signature = TRY(read_signature(*this, method));
  const MethodSignature* open = TRY(signature_of(*method.definition));
  GenericContext context{method.declaring_type->generic_arguments, method.generic_arguments};
  return method.signature = TRY(substitute(*this, *open, context));
}

Result<const MethodSignature*> TypeSystem::resolve_call_site(Assembly& assembly, Token token,
                                                             const GenericContext& context) {
  Reader reader = TRY(stand_alone_signature(assembly, token));
  MethodSignature signature = TRY(SignatureDecoder(*this, assembly, context).method(reader));
  return arena_.make<MethodSignature>(signature);
}

Result<List<LocalVariable>> TypeSystem::read_locals(Assembly& assembly, Token token,
                                                           const GenericContext& context) {
  if (token.is_nil()) return List<LocalVariable>{};
  if (void* code = generated(token, GeneratedKind::Code)) return static_cast<GeneratedMethod*>(code)->locals;
  Reader reader = TRY(stand_alone_signature(assembly, token));
  return SignatureDecoder(*this, assembly, context).locals(reader);
}

Result<Method*> TypeSystem::instantiate(Method& definition, std::span<Type* const> arguments) {
  if (!definition.is_generic_definition() || arguments.size() != definition.generic_parameters.size())
    return failure_with(ErrorKind::MissingMethod, "% is instantiated with the wrong number of arguments", {full_name(definition)});
  if (std::equal(arguments.begin(), arguments.end(), definition.generic_parameters.begin()))
    return &definition;
  for (Type* argument : arguments) {
    if (argument->is_pointer_like() || argument->element_type == ElementType::Void)
      return type_load(*this, *argument, "cannot be a generic argument");
    if (argument->nesting >= kMaxTypeNesting) return type_load(*this, *argument, "nests too deeply");
  }
  uint32_t hash = hash_instance(definition, arguments);
  Method* known = interned_->method_instances.find(hash, [&](const Method* method) {
    return method->definition == &definition &&
           std::equal(arguments.begin(), arguments.end(), method->generic_arguments.begin());
  });
  if (known) return known;
  std::span<Type*> kept = arena_.copy(arguments);
  TRY(check_constraints(definition, kept));
  Method* method = arena_.make<Method>(definition);
  method->definition = &definition;
  method->generic_arguments = kept;
  method->body = nullptr;
  method->native = nullptr;
  method->signature = nullptr;
  method->intrinsic = 0;
  interned_->method_instances.insert(hash, method);
  return method;
}

Result<Method*> TypeSystem::method_on(Type& instance, Method& definition) {
  if (!definition.generic_arguments.empty()) {
    Method* generic = TRY(method_on(instance, *definition.definition));
    return instantiate(*generic, definition.generic_arguments);
  }
  if (definition.declaring_type == &instance) return &definition;
  TRY(ensure(instance, TypeState::Linked));
  Type& owner = *definition.declaring_type;
  auto index = static_cast<size_t>(&definition - owner.methods.data());
  if (owner.definition != instance.definition || index >= instance.methods.size())
    return failure_with(ErrorKind::MissingMethod, "% has no %", {full_name(instance), full_name(definition)});
  return &instance.methods[index];
}

Method* TypeSystem::method_at(Address address) const {
  auto fits = [&](const Method* method) {
    const auto at = reinterpret_cast<uintptr_t>(method);
    return at % alignof(Method) == 0 && arena_.holds(method) && arena_.holds(reinterpret_cast<const uint8_t*>(method + 1) - 1);
  };
  auto* method = pointer_at<Method>(address);
  if (!fits(method)) return nullptr;
  // A method leads in at most two steps to its definition, which is its own; both have one name and one row.
  const Method* definition = method;
  for (int step = 0; definition->definition != definition; ++step, definition = definition->definition)
    if (step == 2 || !fits(definition->definition)) return nullptr;
  if (definition->row != method->row || definition->name.data() != method->name.data()) return nullptr;
  const Type* owner = method->declaring_type;
  const bool is_open = method->is_generic_definition() || owner->flags.generic_definition || owner->flags.contains_generic_parameters;
  return is_open ? nullptr : method;
}

Method* TypeSystem::find_method(Type& type, std::string_view name, int parameters) {
  if (!succeeded(ensure(type, TypeState::Linked))) return nullptr;
  for (Method& method : type.methods) {
    if (!is(method.name, name)) continue;
    if (parameters < 0) return &method;
    if (value_or(parameter_count(*this, method), ~0u) == static_cast<uint32_t>(parameters)) return &method;
  }
  return nullptr;
}

Method* TypeSystem::find_method(Type& type, const char* name, int parameters) {
  return find_method(type, std::string_view(name), parameters);
}

Field* TypeSystem::find_field(Type& type, const char* name) { return find_field(type, std::string_view(name)); }

Field* TypeSystem::find_field(Type& type, std::string_view name) {
  if (!succeeded(ensure(type, TypeState::Linked))) return nullptr;
  for (Field& field : type.fields)
    if (is(field.name, name)) return &field;
  return nullptr;
}

}  // namespace leanclr::types
