// TypeBuilder: moves one Type from Named to Complete. The work behind TypeSystem::ensure, a file per step:
// link.cpp, layout.cpp, statics.cpp, vtable.cpp, interface_map.cpp.
//
// It holds no state of its own: what is built stands in the Type, what must be remembered in
// TypeSystem::Interned. What it is not: re-entrant by magic. `Type::building` marks what is under way, so
// that legal cycles (a class with a field of its own type) pass and illegal ones (a struct that contains
// itself) end as TypeLoad.
#pragma once

#include "types/interned.h"

namespace leanclr::types {

class TypeBuilder {
 public:
  explicit TypeBuilder(TypeSystem& types)
      : types_(types), arena_(types.arena_), known_(types.known_), interned_(*types.interned_) {}

  /// Builds up to `state`, step by step; a failure is kept.
  Status advance(Type& type, TypeState state);

  /// Var or MVar types for the GenericParam rows of a TypeDef or MethodDef.
  Result<std::span<Type*>> generic_parameters(Assembly& assembly, metadata::Token owner, Type& type,
                                              Method* method);

  /// Fills `interfaces` and `declared_interfaces` (types only, no methods). A class must be Linked.
  Status gather_interfaces(Type& type);
  /// The method that serves slot `slot` of `type.interfaces[index]`; null where nothing does. Errors:
  /// AmbiguousImplementation. `type` is Complete or an open definition.
  Result<Method*> interface_method(Type& type, size_t index, uint16_t slot);
  /// The vtable alone, for open types too. The type must be Linked.
  Status build_vtable(Type& type);

  /// Resolves one field's type in its declaring type's context.
  Status resolve_field_type(Field& field);
  /// Finds a FieldRVA field's data and checks that it holds the whole field.
  Status bind_rva(Field& field);

 private:
  // The bits of Type::building. One per TypeState step while it runs, then:
  static constexpr uint8_t kGathering = 1 << 4, kHasInterfaces = 1 << 5, kHasVtable = 1 << 6,
                           kHasFieldTypes = 1 << 7;
  class DepthGuard;
  class InstanceLayout;

  Status step(Type& type, TypeState to);
  Error fail(Type& type, Error error);

  // link.cpp
  Status link(Type& type);
  Status link_definition(Type& type);
  Status link_instance(Type& type);
  Status link_array(Type& type);
  Status set_parent(Type& type, Type* parent);
  Status link_fields(Type& type);
  Status link_methods(Type& type);
  Status link_method(Type& type, Method& method, metadata::RowNumber row);
  Status find_underlying(Type& type);
  Status read_value_type_attributes(Type& type);

  // layout.cpp
  Status size(Type& type);
  Status size_array(Type& type);
  Status size_value_of(Field& field);
  Status resolve_field_types(Type& type);
  void size_primitive(Type& type);
  Status lay_out_instance(Type& type);
  Status place_fields(Type& type, InstanceLayout& layout);
  Status check_references(Type& type, InstanceLayout& layout);
  static bool references_are_clean(const Type& type, const InstanceLayout& layout);

  // statics.cpp
  Status lay_out_statics(Type& type);

  // vtable.cpp
  Status complete(Type& type);
  Status build_definition_vtable(Type& type);
  Status build_instance_vtable(Type& type);
  Status apply_method_impls(Type& type, std::span<Method*> vtable);
  Status check_explicit_override(Type& type, Method& declaration, Method& body);
  Status follow_covariant_overrides(Type& type, std::span<Method*> vtable);
  Result<Method*> overridden_by(Type& type, Method& method);
  Result<Method*> on_instance(Type& instance, Method& open);
  void find_finalizer(Type& type);

  // interface_map.cpp, default_methods.cpp
  Status gather_definition(Type& type);
  Status gather_instance(Type& type);
  Status gather_array(Type& type);
  Result<Method*> search_slot(Type& type, size_t index, Method& wanted);
  Result<Method*> search_classes(Type& type, Type& interface, Method& wanted);
  Result<Method*> search_by_name(Type& type, Method& wanted);
  Result<Method*> search_defaults(Type& type, Type& interface, Method& wanted);
  /// The body that a MethodImpl row of `type` gives for `wanted`, or null.
  Result<Method*> explicit_body(Type& type, Method& wanted);

  Status ensure(Type& type, TypeState state) { return types_.ensure(type, state); }
  Failure load_error(const Type& type, const char* what) const;

  TypeSystem& types_;
  Arena& arena_;
  const WellKnownTypes& known_;
  TypeSystem::Interned& interned_;
};

/// The method of an interface that has this slot.
Method* method_in_slot(Type& interface, uint16_t slot);
/// How many slots an interface has.
uint32_t slot_count(const Type& interface);

}  // namespace leanclr::types
