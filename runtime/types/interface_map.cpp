// Which interfaces a type implements, and which method serves an interface's slot (§II.12.2). The list of
// interfaces is made whole; methods are looked for one by one, when first called: CoreLib's numbers implement
// 30 interfaces with hundreds of static members that nobody calls.
#include <algorithm>

#include "base/list.h"
#include "types/array_methods.h"
#include "types/method_match.h"
#include "types/substitution.h"
#include "types/type_builder.h"

namespace leanclr::types {

using metadata::Image;
using metadata::RowNumber;
using metadata::Table;
using metadata::Token;

namespace {

constexpr uint16_t kPublic = 6;  // kMethodAccessMask

bool is_public(const Method& method) { return (method.attributes & kMethodAccessMask) == kPublic; }

bool contains(std::span<Type* const> types, const Type* type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

void add_once(List<Type*>& types, Type* type) {
  if (!contains(types, type)) types.push_back(type);
}

/// The name that a MethodImpl's declaration has, without resolving it.
Result<std::string_view> declared_name(const Image& image, Token declaration) {
  if (declaration.table() == Table::MethodDef)
    return image.string(TRY(image.row<Table::MethodDef>(declaration.row())).name);
  return image.string(TRY(image.row<Table::MemberRef>(declaration.row())).name);
}

}  // namespace

uint32_t slot_count(const Type& interface) {
  return static_cast<uint32_t>(std::count_if(interface.methods.begin(), interface.methods.end(),
                                             [](const Method& method) { return method.is_virtual(); }));
}

Method* method_in_slot(Type& interface, uint16_t slot) {
  for (Method& method : interface.methods)
    if (method.slot == slot) return &method;
  return nullptr;
}

Status TypeBuilder::gather_interfaces(Type& type) {
  if (type.building & kHasInterfaces) return {};
  if (type.building & kGathering) return load_error(type, "an interface that inherits from itself");
  if (interned_.build_depth >= kMaxBuildDepth) return load_error(type, "nests too deeply");
  type.building |= kGathering;
  ++interned_.build_depth;
  Status status = type.is_array()              ? gather_array(type)
                  : type.is_generic_instance() ? gather_instance(type)
                                               : gather_definition(type);
  --interned_.build_depth;
  type.building &= static_cast<uint8_t>(~kGathering);
  if (status.ok()) type.building |= kHasInterfaces;
  return status;
}

Status TypeBuilder::gather_definition(Type& type) {
  const Image& image = type.assembly->image();
  List<Type*> declared;
  auto rows = image.rows_with_key<Table::InterfaceImpl>(type.row);
  for (RowNumber number = rows.begin; number != rows.end; ++number) {
    auto row = TRY(image.row<Table::InterfaceImpl>(number));
    Type* interface = TRY(types_.resolve_type(*type.assembly, row.interface_, context_of(type)));
    if (!interface->flags.interface) return load_error(type, "implements a type that is no interface");
    TRY(gather_interfaces(*interface));
    add_once(declared, interface);
    for (const InterfaceEntry& inherited : interface->interfaces) add_once(declared, inherited.interface);
  }
  List<Type*> all;
  if (type.parent) {
    TRY(gather_interfaces(*type.parent));
    for (const InterfaceEntry& entry : type.parent->interfaces) all.push_back(entry.interface);
  }
  for (Type* interface : declared) add_once(all, interface);
  type.declared_interfaces = arena_.copy(std::span<Type* const>(declared));
  type.interfaces = arena_.make_array<InterfaceEntry>(all.size());
  for (size_t i = 0; i < all.size(); ++i) type.interfaces[i].interface = all[i];
  return {};
}

/// Entry by entry what the definition has, so that an index means the same in both.
Status TypeBuilder::gather_instance(Type& type) {
  Type& definition = *type.definition;
  if (!definition.flags.interface) TRY(ensure(definition, TypeState::Linked));
  TRY(gather_interfaces(definition));
  type.declared_interfaces = arena_.make_array<Type*>(definition.declared_interfaces.size());
  for (size_t i = 0; i < type.declared_interfaces.size(); ++i)
    type.declared_interfaces[i] =
        TRY(substitute(types_, *definition.declared_interfaces[i], context_of(type)));
  type.interfaces = arena_.make_array<InterfaceEntry>(definition.interfaces.size());
  for (size_t i = 0; i < type.interfaces.size(); ++i)
    type.interfaces[i].interface =
        TRY(substitute(types_, *definition.interfaces[i].interface, context_of(type)));
  return {};
}

Result<Method*> TypeBuilder::interface_method(Type& type, size_t index, uint16_t slot) {
  InterfaceEntry& entry = type.interfaces[index];
  if (entry.methods.empty()) {
    TRY(ensure(*entry.interface, TypeState::Linked));
    entry.methods = arena_.make_array<Method*>(slot_count(*entry.interface));
  }
  if (slot >= entry.methods.size()) return static_cast<Method*>(nullptr);
  if (entry.methods[slot]) return entry.methods[slot];
  Method* found = nullptr;
  if (type.is_generic_instance()) {
    TRY(gather_interfaces(*type.definition));
    TRY(build_vtable(*type.definition));
    Method* open = TRY(interface_method(*type.definition, index, slot));
    if (open) found = TRY(on_instance(type, *open));
  } else {
    found = TRY(search_slot(type, index, *method_in_slot(*entry.interface, slot)));
  }
  return entry.methods[slot] = found;
}

Result<Method*> TypeBuilder::search_slot(Type& type, size_t index, Method& wanted) {
  Type& interface = *type.interfaces[index].interface;
  if (type.is_array() && is_array_interface(known_, interface)) return array_interface_method(types_, wanted);
  Method* found = TRY(search_classes(type, interface, wanted));
  if (!found) return search_defaults(type, interface, wanted);
  // A further override in a derived class serves the interface too.
  if (found->slot < type.vtable.size() && !found->is_static()) return type.vtable[found->slot];
  return found;
}

/// From the type up: an explicit override first, then, where the class itself names the interface, a public
/// method of it or its bases.
Result<Method*> TypeBuilder::search_classes(Type& type, Type& interface, Method& wanted) {
  for (Type* level = &type; level; level = level->parent) {
    if (Method* body = TRY(explicit_body(*level, wanted))) return body;
    TRY(gather_interfaces(*level));
    if (!contains(level->declared_interfaces, &interface)) continue;
    if (Method* method = TRY(search_by_name(*level, wanted))) return method;
  }
  return static_cast<Method*>(nullptr);
}

Result<Method*> TypeBuilder::search_by_name(Type& type, Method& wanted) {
  for (Type* level = &type; level; level = level->parent)
    for (Method& method : level->methods) {
      if (!is(method.name, wanted.name) || !is_public(method) || method.is_static() != wanted.is_static())
        continue;
      if (!method.is_static() && !method.is_virtual()) continue;
      if (TRY(same_signature(types_, wanted, method))) return &method;
    }
  return static_cast<Method*>(nullptr);
}

Result<Method*> TypeBuilder::explicit_body(Type& type, Method& wanted) {
  Type& definition = *type.definition;
  if (!definition.row) return static_cast<Method*>(nullptr);
  Assembly& assembly = *definition.assembly;
  const Image& image = assembly.image();
  auto rows = image.rows_with_key<Table::MethodImpl>(definition.row);
  for (RowNumber number = rows.begin; number != rows.end; ++number) {
    auto row = TRY(image.row<Table::MethodImpl>(number));
    if (TRY(declared_name(image, row.method_declaration)) != wanted.name) continue;
    Method* declaration = TRY(types_.resolve_method(assembly, row.method_declaration, context_of(type)));
    if (declaration != &wanted) continue;
    Method* body = TRY(types_.resolve_method(assembly, row.method_body, context_of(type)));
    if (body->declaring_type == &definition) body = TRY(types_.method_on(type, *body));
    TRY(check_explicit_override(type, wanted, *body));
    return body;
  }
  return static_cast<Method*>(nullptr);
}

}  // namespace leanclr::types
