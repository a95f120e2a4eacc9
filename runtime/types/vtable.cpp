// Sized → Complete: virtual slots (§II.10.3, §II.12.2), explicit overrides (§II.22.27), covariant returns,
// finalizers. Generic instances take over the slots of their definition: overriding is decided once, on the
// open types.
#include <algorithm>

#include "base/list.h"
#include "types/attributes.h"
#include "types/method_match.h"
#include "types/substitution.h"
#include "types/type_builder.h"

namespace leanclr::types {

using metadata::Image;
using metadata::RowNumber;
using metadata::Table;
using metadata::Token;

namespace {

constexpr uint16_t kPrivate = 1;  // kMethodAccessMask

bool takes_slot(const Method& method) { return method.is_virtual() && !method.is_static(); }

bool can_be_overridden_by_name(const Method& method) {
  return takes_slot(method) && (method.attributes & kMethodAccessMask) > kPrivate;
}

}  // namespace

Status TypeBuilder::complete(Type& type) {
  if (type.parent) TRY(ensure(*type.parent, TypeState::Complete));
  TRY(build_vtable(type));
  TRY(gather_interfaces(type));
  find_finalizer(type);
  return types_.check_constraints(type);
}

void TypeBuilder::find_finalizer(Type& type) {
  if (type.flags.interface || type.flags.value_type || &type == known_.object) return;
  Method* base = types_.find_method(*known_.object, "Finalize", 0);
  if (!base || base->slot >= type.vtable.size() || type.vtable[base->slot] == base) return;
  type.finalizer = type.vtable[base->slot];
  type.flags.has_finalizer = true;
}

Status TypeBuilder::build_vtable(Type& type) {
  if (type.flags.interface || (type.building & kHasVtable)) return {};
  if (type.parent) TRY(build_vtable(*type.parent));
  if (type.is_array()) type.vtable = type.parent->vtable;
  else if (type.is_generic_instance()) TRY(build_instance_vtable(type));
  else TRY(build_definition_vtable(type));
  type.building |= kHasVtable;
  return {};
}

/// The nearest inherited method that `method` overrides by name and signature, or null.
Result<Method*> TypeBuilder::overridden_by(Type& type, Method& method) {
  for (Type* base = type.parent; base; base = base->parent)
    for (Method& candidate : base->methods) {
      if (!is(candidate.name, method.name) || !can_be_overridden_by_name(candidate)) continue;
      if (TRY(same_signature(types_, candidate, method))) return &candidate;
    }
  return static_cast<Method*>(nullptr);
}

Status TypeBuilder::build_definition_vtable(Type& type) {
  List<Method*> slots;
  if (type.parent) slots.append(type.parent->vtable);
  for (Method& method : type.methods) {
    if (!takes_slot(method)) continue;
    Method* overridden = nullptr;
    if (!(method.attributes & kMethodNewSlot)) overridden = TRY(overridden_by(type, method));
    if (overridden) {
      if (slots[overridden->slot]->is_final()) return load_error(type, "overrides a final method");
      method.slot = overridden->slot;
      slots[method.slot] = &method;
    } else {
      if (slots.size() >= Method::kNoSlot) return load_error(type, "too many virtual methods");
      method.slot = static_cast<uint16_t>(slots.size());
      slots.push_back(&method);
    }
  }
  TRY(apply_method_impls(type, slots));
  TRY(follow_covariant_overrides(type, slots));
  type.vtable = arena_.copy(std::span<Method* const>(slots));
  return {};
}

/// §II.22.27: the body is the type's own or inherited, and takes and returns what the declaration does.
Status TypeBuilder::check_explicit_override(Type& type, Method& declaration, Method& body) {
  const bool is_own = body.declaring_type == &type ||
                      std::find(type.ancestors.begin(), type.ancestors.end(), body.declaring_type) != type.ancestors.end();
  if (is_own && TRY(may_override(types_, declaration, body))) return {};
  return load_error(type, "an explicit override that does not fit what it overrides");
}

/// MethodImpl rows that override a class's method; those for interfaces belong to interface_map.cpp.
Status TypeBuilder::apply_method_impls(Type& type, std::span<Method*> vtable) {
  const Image& image = type.assembly->image();
  auto rows = image.rows_with_key<Table::MethodImpl>(type.row);
  for (RowNumber number = rows.begin; number != rows.end; ++number) {
    auto row = TRY(image.row<Table::MethodImpl>(number));
    if (row.method_declaration.table() == Table::MemberRef) {
      auto reference = TRY(image.row<Table::MemberRef>(row.method_declaration.row()));
      Type* owner = TRY(types_.member_ref_parent(*type.assembly, reference.class_, context_of(type)));
      if (owner->flags.interface) continue;
    }
    Method* declaration =
        TRY(types_.resolve_method(*type.assembly, row.method_declaration, context_of(type)));
    if (declaration->declaring_type->flags.interface) continue;
    Method* body = TRY(types_.resolve_method(*type.assembly, row.method_body, context_of(type)));
    TRY(check_explicit_override(type, *declaration, *body));
    // A declaration of the type's own would have its slot by now; its bases' are in the vtable's first part.
    if (declaration->slot >= vtable.size() || !takes_slot(*body) || body->slot >= vtable.size() ||
        std::find(type.ancestors.begin(), type.ancestors.end(), declaration->declaring_type) ==
            type.ancestors.end())
      return load_error(type, "an explicit override of something that is not inherited");
    vtable[declaration->slot] = body;
  }
  return {};
}

/// A base's slot that an explicit override with PreserveBaseOverrides took over goes on to whoever overrides
/// that method in turn.
Status TypeBuilder::follow_covariant_overrides(Type& type, std::span<Method*> vtable) {
  size_t inherited = type.parent ? type.parent->vtable.size() : 0;
  for (size_t slot = 0; slot < inherited; ++slot) {
    Method& method = *vtable[slot];
    if (method.slot == slot || method.slot >= vtable.size() || vtable[method.slot] == &method) continue;
    Method* open = method.definition;
    RowNumber preserved =
        TRY(find_attribute(open->declaring_type->assembly->image(), Token(Table::MethodDef, open->row),
                           "System.Runtime.CompilerServices", "PreserveBaseOverridesAttribute"));
    if (preserved) vtable[slot] = vtable[method.slot];
  }
  return {};
}

Status TypeBuilder::build_instance_vtable(Type& type) {
  Type& definition = *type.definition;
  TRY(build_vtable(definition));
  for (size_t i = 0; i < type.methods.size(); ++i) type.methods[i].slot = definition.methods[i].slot;
  type.vtable = arena_.make_array<Method*>(definition.vtable.size());
  for (size_t slot = 0; slot < type.vtable.size(); ++slot)
    type.vtable[slot] = TRY(on_instance(type, *definition.vtable[slot]));
  return {};
}

/// A method that the open definition of `instance` has or inherits, as `instance` has it.
Result<Method*> TypeBuilder::on_instance(Type& instance, Method& open) {
  if (!open.declaring_type->flags.contains_generic_parameters) return &open;
  Type* owner = TRY(substitute(types_, *open.declaring_type, context_of(instance)));
  return types_.method_on(*owner, *open.definition);
}

}  // namespace leanclr::types
