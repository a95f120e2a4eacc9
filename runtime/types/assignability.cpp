// Assignment compatibility (§I.8.7): classes, interfaces, variance (§II.9.11), arrays, Nullable.
#include "types/array_methods.h"
#include "types/type_builder.h"

namespace leanclr::types {

namespace {

constexpr int kMaxDepth = 24;            // of variance inside variance
constexpr uint32_t kVarianceMask = 0x3;  // §II.23.1.7
constexpr uint32_t kCovariant = 1, kContravariant = 2;

/// §I.8.7.1's reduced type: enums count as their integers, unsigned integers as signed ones.
ElementType reduced(const Type& type) {
  switch (type.underlying()->element_type) {
    case ElementType::U1: return ElementType::I1;
    case ElementType::U2: return ElementType::I2;
    case ElementType::U4: return ElementType::I4;
    case ElementType::U8: return ElementType::I8;
    case ElementType::U: return ElementType::I;
    default: return type.underlying()->element_type;
  }
}

bool is_number(const Type& type) { return type.flags.enumeration || type.flags.primitive; }

bool is_parameter(const Type& type) {
  return type.element_type == ElementType::Var || type.element_type == ElementType::MVar;
}

}  // namespace

/// The recursive part; one per question, so that the depth counts.
class Assignability {
 public:
  explicit Assignability(TypeSystem& types) : types_(types) {}

  bool test(Type& target, Type& source, int depth) {
    if (&target == &source) return true;
    if (depth > kMaxDepth) return false;
    if (target.flags.nullable) return target.element == &source;
    if (target.is_pointer_like() || source.is_pointer_like()) return pointers(target, source);
    if (!succeeded(types_.ensure(target, TypeState::Linked)) || !succeeded(types_.ensure(source, TypeState::Linked)))
      return false;
    if (target.flags.interface) return to_interface(target, source, depth);
    if (target.is_array()) return arrays(target, source, depth);
    if (source.flags.interface || is_parameter(source)) return &target == types_.known().object;
    if (source.derives_from(target)) return true;
    // Generic delegates vary as interfaces do.
    return target.flags.delegate && varies(target, source, depth);
  }

 private:
  /// Pointers and byrefs to integers that differ in sign only.
  bool pointers(Type& target, Type& source) {
    return target.element_type == source.element_type && target.element && is_number(*target.element) &&
           is_number(*source.element) && same_number(*target.element, *source.element);
  }

  bool same_number(Type& target, Type& source) {
    if (!succeeded(types_.ensure(target, TypeState::Linked)) || !succeeded(types_.ensure(source, TypeState::Linked)))
      return false;
    return reduced(target) == reduced(source);
  }

  /// §I.8.7.1 array-element-compatible-with.
  bool elements(Type& target, Type& source, int depth) {
    if (&target == &source) return true;
    if (is_number(target) && is_number(source)) return same_number(target, source);
    if (target.flags.value_type || source.flags.value_type) return false;
    return test(target, source, depth + 1);
  }

  bool arrays(Type& target, Type& source, int depth) {
    return source.element_type == target.element_type && source.rank == target.rank &&
           elements(*target.element, *source.element, depth);
  }

  bool to_interface(Type& target, Type& source, int depth) {
    if (!succeeded(TypeBuilder(types_).gather_interfaces(source))) return false;
    for (const InterfaceEntry& entry : source.interfaces)
      if (entry.interface == &target) return true;
    if (!target.is_generic_instance()) return false;
    if (source.element_type == ElementType::SzArray && is_array_interface(types_.known(), target) &&
        elements(*target.generic_arguments[0], *source.element, depth))
      return true;
    if (varies(target, source, depth)) return true;
    for (const InterfaceEntry& entry : source.interfaces)
      if (varies(target, *entry.interface, depth)) return true;
    return false;
  }

  /// Instances of one definition whose arguments convert as the parameters' variance allows.
  bool varies(Type& target, Type& source, int depth) {
    if (target.definition != source.definition || !target.is_generic_instance() ||
        !source.is_generic_instance())
      return false;
    std::span<Type*> parameters = target.definition->generic_parameters;
    for (size_t i = 0; i < parameters.size(); ++i) {
      Type& wanted = *target.generic_arguments[i];
      Type& given = *source.generic_arguments[i];
      if (&wanted == &given) continue;
      uint32_t variance = parameters[i]->attributes & kVarianceMask;
      if (variance == 0 || wanted.flags.value_type || given.flags.value_type) return false;
      bool fits = variance == kCovariant ? test(wanted, given, depth + 1)
                                         : variance == kContravariant && test(given, wanted, depth + 1);
      if (!fits) return false;
    }
    return true;
  }

  TypeSystem& types_;
};

bool TypeSystem::is_assignable(Type& target, Type& source) {
  if (&target == &source) return true;
  AssignabilityCache::Entry& entry = interned_->assignable.at(target, source);
  if (entry.target == &target && entry.source == &source) return entry.answer;
  bool answer = Assignability(*this).test(target, source, 0);
  entry = {&target, &source, answer};
  return answer;
}

}  // namespace leanclr::types
