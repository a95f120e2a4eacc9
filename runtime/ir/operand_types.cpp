// What the importer checks of operands' types, so that code which confuses them is refused instead of run
// (§III.1.8).
//
// Kinds must fit, byrefs are of what they say, and references are followed as far as their static types are
// known. What it is not: the verifier of §III.1.8. A native integer passes for a byref and a byref for a
// native integer, and what is added to them is not looked at: unsafe code needs that.
#include "base/list.h"
#include "ir/importer_state.h"

namespace leanclr::ir {
namespace {

/// What C# calls int, short, bool and the like; native integers and pointers are told apart from them.
bool is_plain_integer(const Type& type) {
  ElementType element = type.underlying()->element_type;
  return element >= ElementType::Boolean && element <= ElementType::U4;
}
bool is_float(StackKind kind) { return kind == StackKind::R4 || kind == StackKind::R8; }

}  // namespace

bool Importer::is_int32(const Value& value) {
  return value.kind == StackKind::I4 && (!value.type || is_plain_integer(*value.type));
}

Type* Importer::integer_type(const Value& a, const Value& b) const {
  return a.kind != StackKind::I4 || (is_int32(a) && is_int32(b)) ? nullptr : known().intptr;
}

bool Importer::is_address(const Value& value) {
  if (value.kind == StackKind::ByRef) return true;
  bool is_null = value.form == Value::Constant && value.constant == 0;
  return value.kind == StackKind::I4 && (is_null || !is_int32(value));
}

bool Importer::reads_as(Type& actual, Type& wanted) {
  if (&actual == &wanted) return true;
  for (Type* type : {&actual, &wanted})
    if (type->flags.value_type && !succeeded(types_.ensure(*type, types::TypeState::Sized))) return false;
  StackKind kind = stack_kind_of(wanted);
  if (stack_kind_of(actual) != kind || kind == StackKind::Vt || kind == StackKind::ByRef) return false;
  if (kind == StackKind::Ref) return types_.is_assignable(wanted, actual);
  return actual.value_size == wanted.value_size && is_plain_integer(actual) == is_plain_integer(wanted);
}

bool Importer::points_to(const Value& address, Type& target) {
  return is_address(address) &&
         (address.kind != StackKind::ByRef || !address.type || reads_as(*address.type, target));
}

bool Importer::is_cell_of(const Value& address, Type& target) {
  return points_to(address, target) &&
         (address.kind != StackKind::ByRef || !address.type || reads_as(target, *address.type));
}

bool Importer::refers_to(const Value& value, Type& target) {
  if (value.kind != StackKind::Ref) return false;
  if (!value.type || value.type == &target || &target == known().object) return true;
  // Calls through an interface look the method up on the object itself.
  if (target.flags.interface) return true;
  return types_.is_assignable(target, *value.type);
}

Type* Importer::common_base(Type& one, Type& other) {
  if (types_.is_assignable(one, other)) return &one;
  if (types_.is_assignable(other, one)) return &other;
  for (Type* base = one.parent; base; base = base->parent)
    if (types_.is_assignable(*base, other)) return base;
  return known().object;
}

/// §III.1.8.1.3: makes `known` what either value may be used as. False when there is nothing that both are.
bool Importer::merge(Value& known, const Value& other) {
  if (known.function != other.function || known.is_dispatched != other.is_dispatched)
    known.function = nullptr;
  if (known.kind != other.kind) {
    // A native integer, which may point to anything, and a byref.
    if (!is_address(known) || !is_address(other)) return false;
    if (known.kind != StackKind::ByRef) known.type = other.type;
    known.kind = StackKind::ByRef;
    return true;
  }
  if (known.kind == StackKind::Ref && (known.is_null || other.is_null)) {
    if (!known.is_null) return true;
    known.type = other.type;
    known.is_null = other.is_null;
    return true;
  }
  if (known.type == other.type) return true;
  switch (known.kind) {
    case StackKind::Vt: return false;
    case StackKind::I4:
      if (is_int32(known) != is_int32(other)) known.type = nullptr;
      return true;
    case StackKind::ByRef:
      if (known.type && other.type) return is_cell_of(known, *other.type);
      if (!known.type) known.type = other.type;
      return true;
    case StackKind::Ref:
      if (!known.type || !other.type) break;
      known.type = common_base(*known.type, *other.type);
      return true;
    default: break;
  }
  known.type = nullptr;
  return true;
}

Status Importer::check_value(const Value& value, Type& target) {
  StackKind kind = stack_kind_of(target);
  bool fits = false;
  switch (kind) {
    case StackKind::Vt: fits = value.kind == kind && value.type == &target; break;
    case StackKind::Ref: fits = refers_to(value, target); break;
    case StackKind::R4:
    case StackKind::R8: fits = is_float(value.kind); break;
    case StackKind::I8: fits = value.kind == kind; break;
    case StackKind::I4:
      fits = value.kind == kind || (value.kind == StackKind::ByRef && !is_plain_integer(target));
      break;
    case StackKind::ByRef: fits = is_cell_of(value, *target.element); break;
  }
  return fits ? Status() : invalid("a value of another type than " + types_.full_name(target));
}

Status Importer::check_receiver(const Value& object, Type& owner, Receiver form) {
  bool fits = false;
  if (!owner.flags.value_type) fits = refers_to(object, owner);
  else if (form == Receiver::Boxed)
    fits = object.kind == StackKind::Ref && (!object.type || types_.is_assignable(*object.type, owner));
  else if (form == Receiver::Value && object.kind == StackKind::Vt) fits = object.type == &owner;
  else fits = points_to(object, owner);
  return fits ? Status() : invalid("this needs an instance of " + types_.full_name(owner));
}

Status Importer::check_arguments(const MethodSignature& signature, Type* owner) {
  size_t count = signature.parameters.size(), implicit = signature.has_this ? 1 : 0;
  if (depth() < count + implicit) return invalid("too few arguments on the stack");
  size_t first = stack_.size() - count;
  for (size_t i = 0; i < count; ++i) TRY(check_value(stack_[first + i], *signature.parameters[i]));
  if (!implicit) return {};
  const Value& self = stack_[first - 1];
  if (owner) return check_receiver(self, *owner);
  return self.kind == StackKind::Ref || is_address(self) ? Status() : invalid("this is no object");
}

Status Importer::check_delegate(const MethodSignature& function, Type& owner, const MethodSignature& invoke,
                                const Value& target) {
  // The function's parameters, `this` first, against what a call passes: the bound target, then Invoke's
  // arguments.
  List<Type*> takes;
  if (function.has_this) takes.push_back(owner.flags.value_type ? types_.byref_to(owner) : &owner);
  takes.append(function.parameters);
  bool bound = takes.size() == invoke.parameters.size() + 1;
  if (!bound && takes.size() != invoke.parameters.size())
    return invalid("the delegate takes another number of arguments");
  auto passes = [&](Type& from, Type& to) {
    StackKind kind = stack_kind_of(to);
    if (stack_kind_of(from) != kind) return false;
    if (&from == &to) return true;
    if (kind == StackKind::ByRef)
      return reads_as(*from.element, *to.element) && reads_as(*to.element, *from.element);
    return kind != StackKind::Vt && (kind != StackKind::Ref || types_.is_assignable(to, from));
  };
  // A value type's method gets the box, and unboxes it.
  if (bound && target.kind != StackKind::Ref) return invalid("a delegate's target is no object");
  bool unboxes = function.has_this && owner.flags.value_type;
  if (bound && !unboxes && (stack_kind_of(*takes[0]) != StackKind::Ref || !refers_to(target, *takes[0])))
    return invalid("the target does not have the delegate's method");
  for (size_t i = 0; i < invoke.parameters.size(); ++i)
    if (!passes(*invoke.parameters[i], *takes[i + bound]))
      return invalid("the delegate's parameters are of other types");
  bool is_void = invoke.return_type->element_type == ElementType::Void;
  if (is_void != (function.return_type->element_type == ElementType::Void) ||
      (!is_void && !passes(*function.return_type, *invoke.return_type)))
    return invalid("the delegate's result is of another type");
  return {};
}

Status Importer::check_element(const Value& array, Type& element, bool stores) {
  if (array.kind != StackKind::Ref) return invalid("no array");
  if (!array.type) return {};
  bool fits = array.type->element_type == ElementType::SzArray;
  if (fits) {
    Type& actual = *array.type->element;
    // The instruction looks at what is stored in an array of references.
    bool are_references = stack_kind_of(element) == StackKind::Ref && stack_kind_of(actual) == StackKind::Ref;
    fits = (stores && are_references) || reads_as(actual, element);
  }
  return fits ? Status() : invalid("no array of " + types_.full_name(element));
}

Status Importer::check_closed(const Type& owner, const Method* method) {
  bool open = owner.flags.contains_generic_parameters || owner.flags.generic_definition;
  if (open || (method && method->is_generic_definition()))
    return invalid("a generic type or method without its arguments");
  return {};
}

Result<bool> fits_call_site(types::TypeSystem& types, const MethodSignature& site, Method& method) {
  const MethodSignature& signature = *TRY(types.signature_of(method));
  TRY(size_signature(types, signature));
  auto agree = [](const Type& one, const Type& other) {
    StackKind kind = stack_kind_of(one), wanted = stack_kind_of(other);
    if (kind == StackKind::Vt || wanted == StackKind::Vt) return &one == &other;
    // A native integer passes for a byref.
    auto plain = [](StackKind k) { return k == StackKind::ByRef ? StackKind::I4 : k; };
    return plain(kind) == plain(wanted);
  };
  const size_t own = site.has_this ? 1 : 0, implicit = signature.has_this ? 1 : 0;
  if (site.parameters.size() + own != signature.parameters.size() + implicit || own > implicit) return false;
  size_t first = 0;
  if (implicit && !own) {
    const StackKind self = method.declaring_type->flags.value_type ? StackKind::ByRef : StackKind::Ref;
    if (stack_kind_of(*site.parameters[first++]) != self) return false;
  }
  for (size_t i = first; i < site.parameters.size(); ++i)
    if (!agree(*site.parameters[i], *signature.parameters[i - first])) return false;
  const bool is_void = site.return_type->element_type == ElementType::Void;
  return is_void == (signature.return_type->element_type == ElementType::Void) &&
         (is_void || agree(*site.return_type, *signature.return_type));
}

}  // namespace leanclr::ir
