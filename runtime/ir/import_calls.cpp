// Import of calls, object creation and function pointers (§III.3.19–20, §III.4.2, §III.4.21, §III.3.40–41).
#include "abi/slot.h"
#include "base/list.h"
#include "ir/importer_state.h"
#include "types/attributes.h"

namespace leanclr::ir {

using types::TypeState;

/// Converts and materialises the arguments where they lie; gives where they start. The top `parameters + implicit`
/// entries are the arguments, `implicit` of them (0 or 1) a `this`.
Result<uint32_t> Importer::pass_arguments(const MethodSignature& signature, uint32_t implicit) {
  size_t count = signature.parameters.size() + implicit;
  if (depth() < count) return invalid("too few arguments on the stack").take_error();
  size_t first = stack_.size() - count;
  for (size_t i = 0; i < count; ++i) {
    Value& value = stack_[first + i];
    if (i >= implicit) coerce(value, stack_kind_of(*signature.parameters[i - implicit]));
    materialize(value);
  }
  return count ? stack_[first].position : top_position();
}

void Importer::push_result(const MethodSignature& signature) {
  Type& type = *signature.return_type;
  if (type.element_type != ElementType::Void) push(stack_kind_of(type), &type);
}

Status size_signature(types::TypeSystem& types, const MethodSignature& signature) {
  auto size = [&](Type& type) -> Status {
    return type.flags.value_type ? types.ensure(type, TypeState::Sized) : Status();
  };
  TRY(size(*signature.return_type));
  for (Type* parameter : signature.parameters) TRY(size(*parameter));
  return {};
}

/// A ref struct's method cannot keep the address of `this`, so a variable stays tracked when it is called on it.
void Importer::pass_tracked_this(Value& self, const Type& owner) {
  if (self.form != Value::FrameAddress || !self.tracked || !owner.flags.by_ref_like) return;
  flush_tracked();
  const Type& definition = *owner.definition;
  bool is_immutable = definition.assembly == known().object->assembly && is(definition.name_space, "System") &&
                      (is(definition.name, "Span`1") || is(definition.name, "ReadOnlySpan`1"));
  if (!self.is_copy && !is_immutable) change_argument(self.reg);
  self.tracked = false;
}

Status Importer::emit_call(Method& method, const MethodSignature& signature, bool is_virtual) {
  if (signature.calling_convention == metadata::kSigVarArg)
    return failure_with(ErrorKind::InvalidProgram, "Vararg calling convention not supported: %", {types_.full_name(method)});
  uint32_t implicit = signature.has_this ? 1 : 0;
  Type& owner = *method.declaring_type;
  const bool dispatches = is_virtual && method.is_virtual();
  const bool sealed = method.is_final() || owner.flags.sealed || owner.is_array();
  Op op = is_virtual ? Op::CallInstance : Op::Call;
  uint32_t slot = 0;
  if (!is_virtual && (method.is_pinvoke() || method.is_internal_call())) {
    op = Op::CallNative;
  } else if (owner.flags.delegate && is(method.name, "Invoke") && method.is_runtime()) {
    op = Op::CallDelegate;
  } else if (dispatches && (owner.flags.interface || method.generic_arguments.size())) {
    op = Op::CallInterface;
  } else if (dispatches && !(sealed && !owner.flags.interface)) {
    TRY(types_.ensure(owner, TypeState::Complete));
    op = Op::CallVirtual;
    slot = method.slot;
  }
  if ((op == Op::Call || op == Op::CallInstance) && TRY(try_inline(method, signature, is_virtual))) return {};
  if (implicit && depth() > signature.parameters.size()) pass_tracked_this(stack_[stack_.size() - signature.parameters.size() - 1], owner);
  uint32_t base = TRY(pass_arguments(signature, implicit));
  size_t first = stack_.size() - signature.parameters.size() - implicit;
  if (op != Op::CallNative) stack_.resize(first);
  uint32_t pc = builder_.emit_pointer(op, base, base, slot, &method);
  if (op == Op::CallInterface) builder_.emit_word(0);
  add_safepoint(pc + op_info(op).words() - 1);
  stack_.resize(first);
  push_result(signature);
  high_water_ = std::max(high_water_, base + 8);
  return {};
}

/// §III.2.1. A `constrained.` call on a value type that implements the method itself becomes a direct call; on one
/// that does not, the value is boxed; on a reference type the reference is loaded.
Status Importer::constrained_call(Type& constraint, Method*& method, bool& is_virtual) {
  const MethodSignature& signature = *TRY(types_.signature_of(*method));
  if (!signature.has_this) {
    method = TRY(types_.find_static_implementation(constraint, *method));
    is_virtual = false;
    return {};
  }
  TRY(need(static_cast<uint32_t>(signature.parameters.size()) + 1));
  size_t index = stack_.size() - signature.parameters.size() - 1;
  if (!points_to(stack_[index], constraint)) return invalid("a constrained call wants the address of a " + types_.full_name(constraint));
  Method* target = nullptr;
  if (constraint.flags.value_type) {
    TRY(types_.ensure(constraint, TypeState::Complete));
    target = TRY(types_.find_implementation(constraint, *method));
    if (target->declaring_type == &constraint) {
      method = target;
      is_virtual = false;
      return {};
    }
  }
  // The address is replaced by the object, in its own position.
  uint32_t base = stack_[index].position;
  if (constraint.flags.value_type) {
    Value& address = stack_[index];
    materialize(address);
    uint32_t pc = builder_.emit_pointer(Op::BoxAddress, base, base, 0, &constraint);
    add_safepoint(pc);
  } else {
    Value& address = stack_[index];
    uint32_t source = reg_of(address);
    if (address.form == Value::FrameAddress) source = base;
    builder_.emit(Op::LoadI4, base, source, 0);
  }
  stack_[index].form = Value::Temp;
  stack_[index].kind = StackKind::Ref;
  stack_[index].type = &constraint;
  return {};
}

Status Importer::import_call(const IlInstruction& instruction) {
  metadata::Token token(static_cast<uint32_t>(instruction.operand));
  switch (instruction.op) {
    case Il::Newobj: return import_newobj(token);
    case Il::Calli: return import_calli(token);
    case Il::Ldftn:
    case Il::Ldvirtftn: return import_function_pointer(instruction);
    case Il::Jmp: return import_jmp(token);
    default: break;
  }
  Type* constraint = std::exchange(constrained_, nullptr);
  bool readonly = std::exchange(readonly_, false);
  Method* method = TRY(types_.resolve_method(assembly_, token, context_));
  bool is_virtual = instruction.op == Il::Callvirt;
  if (constraint) TRY(constrained_call(*constraint, method, is_virtual));
  const MethodSignature& signature = *TRY(types_.signature_of(*method));
  TRY(size_signature(types_, signature));
  TRY(check_closed(*method->declaring_type, method));
  TRY(check_arguments(signature, method->declaring_type));
  if (method->declaring_type->is_array() && method->is_runtime()) {
    readonly_ = readonly;
    return array_call(*method);
  }
  if (TRY(try_intrinsic(*method, signature))) return {};
  if (is_virtual && !signature.has_this) return invalid("callvirt of a static method");
  if (!is_virtual && method->is_abstract()) return invalid("call of an abstract method");
  Type& owner = *method->declaring_type;
  if ((!signature.has_this || method->is_constructor() || owner.flags.value_type) && !owner.flags.before_field_init) {
    TRY(types_.ensure(owner, TypeState::Sized));
    trigger_cctor(owner);
  }
  if (is_virtual && method->is_virtual() && owner.flags.value_type) is_virtual = false;
  return emit_call(*method, signature, is_virtual);
}

Result<bool> Importer::calls_next_on_top(Type& owner, std::string_view method, int arguments) {
  int depth = 0;  // above what is about to be pushed
  const IlInstruction* end = instructions_.data() + instructions_.size();
  for (const IlInstruction* next = current_ + 1; next < end && !(il_flags_[next->offset] & kLeader); ++next) {
    Il op = next->op;
    bool is_load = op == Il::Ldarg || op == Il::Ldloc || op == Il::Ldarga || op == Il::Ldloca || op == Il::LdcI4 || op == Il::LdcI8;
    bool replaces = op == Il::Ldfld || op == Il::Ldflda || op == Il::Ldobj || (op >= Il::LdindI1 && op <= Il::LdindRef);
    bool takes_index = op == Il::Ldelem || op == Il::Ldelema || (op >= Il::LdelemI1 && op <= Il::LdelemRef);
    if (is_load) ++depth;
    else if (takes_index) --depth;
    else if (op == Il::Callvirt && depth == arguments) {
      Method* called = TRY(types_.resolve_method(assembly_, metadata::Token(static_cast<uint32_t>(next->operand)), context_));
      return called->declaring_type == &owner && called->name == method && TRY(types_.signature_of(*called))->parameters.size() == static_cast<size_t>(arguments);
    } else if (!replaces) {
      return false;
    }
    if (depth < 0) return false;
  }
  return false;
}

Status Importer::array_call(Method& method) {
  Type& array = *method.declaring_type;
  Type& element = *array.element;
  TRY(types_.ensure(element, TypeState::Sized));
  TRY(types_.ensure(array, TypeState::Sized));
  bool sets = is(method.name, "Set");
  Value value;
  if (is(method.name, ".ctor")) return invalid("a constructor of an array is called on an array");
  if (sets) {
    TRY(need(1));
    value = pop();
    coerce(value, stack_kind_of(element));
  }
  uint32_t count = array.rank + 1u;
  TRY(need(count));
  for (uint32_t i = 0; i < count; ++i) materialize(stack_[stack_.size() - count + i]);
  uint32_t base = stack_[stack_.size() - count].position;
  Type* exact = is(method.name, "Address") && !readonly_ && !element.flags.value_type ? &element : nullptr;
  readonly_ = false;
  if (sets) {
    bool is_null = value.form == Value::Constant;
    uint32_t source = reg_of(value);
    if (stack_kind_of(element) == StackKind::Ref && !is_null) builder_.emit(Op::ArrayCheckStore, base, source);
  }
  Value address;
  address.kind = StackKind::ByRef;
  address.position = base;
  address.type = &element;
  builder_.emit_pointer(Op::ArrayElementAddress, base, base, exact ? 1 : 0, &array);
  stack_.resize(stack_.size() - count);
  if (sets) {
    store_to(address, 0, element, value);
  } else if (is(method.name, "Get")) {
    load_from(address, 0, element);
  } else {
    push(StackKind::ByRef, &element);
  }
  return {};
}

Status Importer::new_array(Type& array_type, uint32_t arguments) {
  TRY(types_.ensure(array_type, TypeState::Sized));
  TRY(need(arguments));
  for (uint32_t i = 0; i < arguments; ++i) materialize(stack_[stack_.size() - arguments + i]);
  stack_.resize(stack_.size() - arguments);
  uint32_t base = top_position();
  uint32_t pc = builder_.emit_pointer(Op::NewArray, push(StackKind::Ref, &array_type), base, arguments, &array_type);
  Value result = pop();
  add_safepoint(pc);
  push_value(result);
  return {};
}

Status Importer::new_delegate(Type& type) {
  TRY(need(2));
  TRY(types_.ensure(type, TypeState::Complete));
  Method* invoke = types_.find_method(type, "Invoke");
  if (!invoke) return failure_with(ErrorKind::MissingMethod, "%::Invoke", {types_.full_name(type)});
  TRY(size_signature(types_, *TRY(types_.signature_of(*invoke))));
  Value function = pop();
  Value target = pop();
  if (!function.function) return invalid("a delegate is made of something else than ldftn and ldvirtftn give");
  if (!function.is_dispatched && function.constant != static_cast<int32_t>(address_of(function.function)))
    return failure(ErrorKind::NotSupported, "A delegate cannot be made of a method with UnmanagedCallersOnly.");
  TRY(check_delegate(*TRY(types_.signature_of(*function.function)), *function.function->declaring_type, *invoke->signature, target));
  uint32_t pointer = reg_of(function);
  uint32_t object = reg_of(target);
  if (function.is_dispatched) {
    // Asked of the target itself, whatever object ldvirtftn had.
    const bool is_last = builder_.last() != Builder::kNone && builder_.at(builder_.last()).op == Op::LoadVirtualFunction;
    if (is_last && builder_.at(builder_.last()).a == pointer) builder_.drop_last();
    builder_.emit_pointer(Op::LoadVirtualFunction, pointer, object, 0, function.function);
  }
  // The delegate is made above both operands and moved to its place once it is filled.
  uint32_t scratch = function.position + 8;
  high_water_ = std::max(high_water_, scratch + 8);
  uint32_t pc = emit_new(scratch, type);
  add_safepoint(pc, {&target});
  builder_.emit_pointer(Op::DelegateInit, scratch, object, pointer, invoke);
  uint32_t destination = push(StackKind::Ref, &type);
  builder_.emit(Op::Mov, destination, scratch);
  return {};
}

Status Importer::new_string(Method& constructor, const MethodSignature& signature) {
  // §I.8.9.6.4 has no say here: String's constructors are served by its methods named Ctor.
  Type& string = *known().string;
  Method* found = nullptr;
  for (Method& candidate : string.methods) {
    if (!is(candidate.name, "Ctor")) continue;
    const MethodSignature& other = *TRY(types_.signature_of(candidate));
    if (std::equal(other.parameters.begin(), other.parameters.end(), signature.parameters.begin(), signature.parameters.end()))
      found = &candidate;
  }
  if (!found) return failure(ErrorKind::MissingMethod, types_.full_name(constructor));
  const MethodSignature& target = *TRY(types_.signature_of(*found));
  if (target.has_this) return invalid("String.Ctor is expected to be static");
  return emit_call(*found, target, false);
}

Status Importer::import_newobj(metadata::Token token) {
  Method& constructor = *TRY(types_.resolve_method(assembly_, token, context_));
  Type& type = *constructor.declaring_type;
  const MethodSignature& signature = *TRY(types_.signature_of(constructor));
  TRY(size_signature(types_, signature));
  TRY(check_closed(type, &constructor));
  if (!constructor.is_constructor() || !signature.has_this || signature.return_type->element_type != ElementType::Void)
    return invalid("newobj of something else than a constructor");
  TRY(need(static_cast<uint32_t>(signature.parameters.size())));
  for (size_t i = 0, first = stack_.size() - signature.parameters.size(); i < signature.parameters.size(); ++i)
    TRY(check_value(stack_[first + i], *signature.parameters[i]));
  if (type.is_array()) return new_array(type, static_cast<uint32_t>(signature.parameters.size()));
  if (type.flags.delegate) return new_delegate(type);
  if (&type == known().string) return new_string(constructor, signature);
  if (type.flags.abstract_) return failure_with(ErrorKind::TypeLoad, "% is abstract", {types_.full_name(type)});
  TRY(types_.ensure(type, type.flags.value_type ? TypeState::Sized : TypeState::Complete));
  if (TRY(try_intrinsic(constructor, signature))) return {};
  if (!type.flags.before_field_init) trigger_cctor(type);
  if (TRY(try_inline(constructor, signature, false, true))) return {};
  size_t count = signature.parameters.size();
  // A mirror is made by an instruction that may collect: now, while every entry still lies where the map says.
  for (size_t i = stack_.size() - count; i < stack_.size(); ++i)
    if (stack_[i].form == Value::Mirror) materialize(stack_[i]);
  List<Value> arguments(stack_.end() - static_cast<long>(count), stack_.end());
  stack_.resize(stack_.size() - count);
  // The new object's own entry, then `this`, then the arguments, moved up from the last to the first.
  bool vt = type.flags.value_type;
  uint32_t result = push(vt ? stack_kind_of(type) : StackKind::Ref, &type);
  uint32_t self = push(vt ? StackKind::ByRef : StackKind::Ref, &type);
  uint32_t shift = self + 8 - (count ? arguments[0].position : self + 8);
  for (size_t i = count; i-- > 0;) {
    Value& argument = arguments[i];
    coerce(argument, stack_kind_of(*signature.parameters[i]));
    uint32_t destination = argument.position + shift;
    high_water_ = std::max(high_water_, destination + argument.size);
    move_to(destination, argument);
    argument.form = Value::Temp;
    argument.position = destination;
  }
  if (vt) {
    if (type.value_size > 8) builder_.emit_extended(Op::ZeroVt, result, 0, 0, abi::slots_for(type.value_size) * 8);
    else builder_.emit_extended(Op::LdcI8, result, 0, 0, 0);
    builder_.emit(Op::Lea, self, result);
  } else {
    stack_.resize(stack_.size() - 2);
    uint32_t pc = emit_new(result, type);
    stack_.insert(stack_.end(), arguments.begin(), arguments.end());
    add_safepoint(pc);
    stack_.resize(stack_.size() - count);
    push(StackKind::Ref, &type);
    push(StackKind::Ref, &type);
    builder_.emit(Op::Mov, self, result);
  }
  stack_.insert(stack_.end(), arguments.begin(), arguments.end());
  builder_.end_peephole();
  TRY(emit_call(constructor, signature, false));
  builder_.end_peephole();
  return {};
}

Status Importer::import_calli(metadata::Token token) {
  const MethodSignature& signature = *TRY(types_.resolve_call_site(assembly_, token, context_));
  TRY(size_signature(types_, signature));
  TRY(need(1));
  Value function = pop();
  if (function.kind != StackKind::I4) return invalid("calli through something else than a function pointer");
  TRY(check_arguments(signature, nullptr));
  uint32_t pointer = reg_of(function);
  uint32_t implicit = signature.has_this ? 1 : 0;
  uint32_t base = TRY(pass_arguments(signature, implicit));
  stack_.resize(stack_.size() - signature.parameters.size() - implicit);
  const uint8_t convention = signature.calling_convention;
  const bool unmanaged = (convention >= metadata::kSigC && convention <= metadata::kSigFastCall) || convention == metadata::kSigUnmanaged;
  uint32_t pc = builder_.emit_pointer(unmanaged ? Op::CallUnmanaged : Op::CallIndirect, base, top_position(), pointer, &signature);
  add_safepoint(pc + 1);
  high_water_ = std::max(high_water_, base + 8);
  push_result(signature);
  return {};
}

/// The number that stands for a method: its own address, or that of the C function that runs it.
Result<Address> Importer::function_pointer(Method& method) {
  if (!environment_.function_of || !TRY(types::is_unmanaged_function(method, *known().object->assembly))) return address_of(&method);
  return environment_.function_of(environment_.context, method);
}

/// §III.3.37: a call with this method's own arguments as they are now, and a return.
Status Importer::import_jmp(metadata::Token token) {
  if (!stack_.empty()) return invalid("jmp wants an empty evaluation stack");
  Method& target = *TRY(types_.resolve_method(assembly_, token, context_));
  const MethodSignature& signature = *TRY(types_.signature_of(target));
  TRY(size_signature(types_, signature));
  TRY(check_closed(*target.declaring_type, &target));
  if (signature.parameters.size() + (signature.has_this ? 1 : 0) != arguments_.size()) return invalid("jmp to a method with another signature");
  for (const Variable& argument : arguments_) load_variable(argument);
  TRY(check_arguments(signature, target.declaring_type));
  trigger_cctor(*target.declaring_type);
  TRY(emit_call(target, signature, false));
  return import_return();
}

Status Importer::import_function_pointer(const IlInstruction& instruction) {
  Type* constraint = std::exchange(constrained_, nullptr);
  Method* method = TRY(types_.resolve_method(assembly_, metadata::Token(static_cast<uint32_t>(instruction.operand)), context_));
  TRY(size_signature(types_, *TRY(types_.signature_of(*method))));
  TRY(check_closed(*method->declaring_type, method));
  if (instruction.op == Il::Ldvirtftn) {
    TRY(need(1));
    Value object = pop();
    TRY(check_receiver(object, *method->declaring_type, Receiver::Boxed));
    uint32_t source = reg_of(object);
    TRY(types_.ensure(*method->declaring_type, TypeState::Complete));
    builder_.emit_pointer(Op::LoadVirtualFunction, push(StackKind::I4, known().intptr), source, 0, method);
    top().function = method;
    top().is_dispatched = true;
    return {};
  }
  if (constraint) method = TRY(types_.find_static_implementation(*constraint, *method));
  push_constant(static_cast<int32_t>(TRY(function_pointer(*method))));
  top().type = known().intptr;
  top().function = method;
  return {};
}

}  // namespace leanclr::ir
