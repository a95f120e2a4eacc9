// What arrays have that no metadata row declares: Get, Set, Address and the constructors (§II.14.2), and for
// vectors the generic collection interfaces, which System.Array's InternalArray__ methods serve.
#include "types/array_methods.h"

#include <algorithm>

#include "base/list.h"
#include "types/type_builder.h"

namespace leanclr::types {

namespace {

constexpr uint16_t kPublicInstance = 0x0006 | kMethodHideBySig;
constexpr std::string_view kGet = "Get", kSet = "Set", kAddress = "Address", kConstructor = ".ctor";

void make_method(Type& array, Method& method, std::string_view name) {
  method.declaring_type = &array;
  method.definition = &method;
  method.name = name;
  method.attributes = kPublicInstance;
  if (is(name, kConstructor)) method.attributes |= kMethodSpecialName | kMethodRTSpecialName;
  method.impl_attributes = kImplRuntime;
}

/// The prefix of the InternalArray__ methods that serve an interface; empty for other interfaces.
std::string_view method_prefix(const WellKnownTypes& known, const Type& interface) {
  if (interface.definition == known.ilist) return "InternalArray__";
  if (interface.definition == known.icollection) return "InternalArray__ICollection_";
  if (interface.definition == known.ienumerable) return "InternalArray__IEnumerable_";
  if (interface.definition == known.ireadonly_list) return "InternalArray__IReadOnlyList_";
  if (interface.definition == known.ireadonly_collection) return "InternalArray__IReadOnlyCollection_";
  return {};
}

}  // namespace

Status TypeBuilder::link_array(Type& type) {
  TRY(ensure(*known_.array, TypeState::Linked));
  type.parent = known_.array;
  size_t depth = known_.array->ancestors.size();
  type.ancestors = arena_.make_array<Type*>(depth + 1);
  std::copy(known_.array->ancestors.begin(), known_.array->ancestors.end(), type.ancestors.begin());
  type.ancestors[depth] = &type;
  constexpr std::string_view kNames[] = {kGet, kSet, kAddress, kConstructor, kConstructor};
  // General arrays have a second constructor, with a lower bound before every length.
  type.methods = arena_.make_array<Method>(type.element_type == ElementType::Array ? 5 : 4);
  for (size_t i = 0; i < type.methods.size(); ++i) make_method(type, type.methods[i], kNames[i]);
  return {};
}

Result<const MethodSignature*> array_method_signature(TypeSystem& types, const Method& method) {
  Type& array = *method.declaring_type;
  bool with_bounds = &method == &array.methods.back() && array.element_type == ElementType::Array;
  uint32_t indexes = array.rank * (with_bounds ? 2u : 1u);
  MethodSignature* signature = types.arena().make<MethodSignature>();
  signature->has_this = true;
  signature->return_type = types.known().void_;
  if (is(method.name, kGet)) signature->return_type = array.element;
  if (is(method.name, kAddress)) signature->return_type = types.byref_to(*array.element);
  bool has_value = is(method.name, kSet);
  signature->parameters = types.arena().make_array<Type*>(indexes + (has_value ? 1 : 0));
  for (uint32_t i = 0; i < indexes; ++i) signature->parameters[i] = types.known().int32;
  if (has_value) signature->parameters[indexes] = array.element;
  return signature;
}

Status TypeBuilder::gather_array(Type& type) {
  TRY(gather_interfaces(*known_.array));
  List<Type*> generic;
  if (type.element_type == ElementType::SzArray && !type.element->is_pointer_like())
    for (Type* interface : {known_.ilist, known_.icollection, known_.ienumerable, known_.ireadonly_list,
                            known_.ireadonly_collection})
      if (interface) generic.push_back(interface);  // a trimmed CoreLib may lack some
  std::span<InterfaceEntry> inherited = known_.array->interfaces;
  type.declared_interfaces = arena_.make_array<Type*>(generic.size());
  type.interfaces = arena_.make_array<InterfaceEntry>(inherited.size() + type.declared_interfaces.size());
  for (size_t i = 0; i < inherited.size(); ++i) type.interfaces[i].interface = inherited[i].interface;
  for (size_t i = 0; i < type.declared_interfaces.size(); ++i) {
    type.declared_interfaces[i] = TRY(types_.instantiate(*generic[i], {&type.element, 1}));
    type.interfaces[inherited.size() + i].interface = type.declared_interfaces[i];
  }
  return {};
}

bool is_array_interface(const WellKnownTypes& known, const Type& interface) {
  return interface.is_generic_instance() && !method_prefix(known, interface).empty();
}

Result<Method*> array_interface_method(TypeSystem& types, Method& wanted) {
  Type& interface = *wanted.declaring_type;
  std::string name(method_prefix(types.known(), interface));
  Method* found = types.find_method(*types.known().array, name.append(wanted.name));
  if (found && found->is_generic_definition()) return types.instantiate(*found, interface.generic_arguments);
  return found;
}

}  // namespace leanclr::types
