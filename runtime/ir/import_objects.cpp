// Import of the instructions on objects: boxing, casts, new vectors, strings and tokens (§III.4).
#include "abi/slot.h"
#include "gc/size_classes.h"
#include "ir/importer_state.h"
#include "types/generated.h"

namespace leanclr::ir {

using types::TypeState;

Result<Type*> Importer::type_operand(const IlInstruction& instruction, TypeState state) {
  metadata::Token token(static_cast<uint32_t>(instruction.operand));
  Type* type = TRY(types_.resolve_type(assembly_, token, context_));
  TRY(check_closed(*type));
  if (type->element_type == ElementType::Void || type->element_type == ElementType::ByRef) return invalid("no type that values have").take_error();
  TRY(types_.ensure(*type, state));
  return type;
}

Status Importer::import_token(metadata::Token token) {
  using metadata::Table;
  Value value;
  value.kind = StackKind::Vt;
  using types::GeneratedKind;
  bool is_field = token.table() == Table::Field || types_.generated(token, GeneratedKind::Field);
  bool is_method = token.table() == Table::MethodDef || token.table() == Table::MethodSpec || types_.generated(token, GeneratedKind::Method);
  if (token.table() == Table::MemberRef) {
    Bytes signature = TRY(assembly_.image().blob(TRY(assembly_.image().row<Table::MemberRef>(token.row())).signature));
    is_field = !signature.empty() && (signature[0] & metadata::kSigKindMask) == metadata::kSigField;
    is_method = !is_field;
  }
  if (is_field || is_method) {
    const void* handle = nullptr;
    if (is_field) handle = TRY(types_.resolve_field(assembly_, token, context_));
    else handle = TRY(types_.resolve_method(assembly_, token, context_));
    Type& type = is_field ? *known().runtime_field_handle : *known().runtime_method_handle;
    TRY(types_.ensure(type, TypeState::Sized));
    builder_.emit_immediate(Op::LdcI4, push(StackKind::Vt, &type), static_cast<int32_t>(address_of(handle)));
    return {};
  }
  TRY(types_.ensure(*known().runtime_type_handle, TypeState::Sized));
  value.type = known().runtime_type_handle;
  value.form = Value::TypeToken;
  value.token = TRY(types_.resolve_type(assembly_, token, context_));
  push_value(value);
  return {};
}

Status Importer::import_object(const IlInstruction& instruction) {
  metadata::Token token(static_cast<uint32_t>(instruction.operand));
  switch (instruction.op) {
    case Il::Ldtoken: return import_token(token);
    case Il::Ldstr: {
      if (void* text = types_.generated(token, types::GeneratedKind::Text)) {
        builder_.emit_immediate(Op::LdcI4, push(StackKind::Ref, known().string), static_cast<int32_t>(address_of(text)));
        return {};
      }
      Deferred* literal = arena_.make<Deferred>();
      literal->assembly = &assembly_;
      literal->token = token.value;
      uint32_t pc = builder_.emit_pointer(Op::LdStr, push(StackKind::Ref, known().string), 0, 0, literal);
      Value result = pop();
      add_safepoint(pc);
      push_value(result);
      return {};
    }
    case Il::Sizeof: push_constant(static_cast<int32_t>(TRY(type_operand(instruction, TypeState::Sized))->value_size)); return {};
    case Il::Mkrefany:
    case Il::Refanyval:
    case Il::Refanytype: return import_typed_reference(instruction);
    case Il::Arglist: return invalid("this instruction is not supported");
    default: break;
  }
  TRY(need(1));
  Type& type = *TRY(type_operand(instruction, TypeState::Sized));
  Value value = pop();
  switch (instruction.op) {
    case Il::Newarr: {
      if (value.kind != StackKind::I4) return invalid("newarr wants an integer length");
      Type& array = *TRY(types_.vector_of(type));
      TRY(types_.ensure(array, TypeState::Sized));
      uint32_t length = reg_of(value);
      uint32_t pc = builder_.emit_pointer(Op::NewVector, value.position, length, 0, &array);
      add_safepoint(pc);
      push(StackKind::Ref, &array);
      return {};
    }
    case Il::Box: {
      if (!type.flags.value_type) {
        TRY(check_value(value, type));
        if (value.kind != StackKind::Ref) return invalid("a box of something that is no object");
        push_value(value);
        return {};
      }
      TRY(types_.ensure(type, TypeState::Complete));
      TRY(check_value(value, type));
      coerce(value, stack_kind_of(type));
      if (TRY(import_unused_box(value, type))) return {};
      if (type.flags.by_ref_like) return invalid("a ref struct in a box");
      uint32_t source = reg_of(value);
      uint32_t pc = builder_.emit_pointer(Op::Box, value.position, source, 0, &type);
      add_safepoint(pc, {&value});
      push(StackKind::Ref, &type);
      return {};
    }
    case Il::Unbox:
    case Il::UnboxAny:
    case Il::Castclass:
    case Il::Isinst: {
      if (value.kind != StackKind::Ref) return invalid("a cast of something else than a reference");
      uint32_t source = reg_of(value);
      if (instruction.op == Il::Unbox) {
        builder_.emit_pointer(Op::Unbox, push(StackKind::ByRef, &type), source, 0, &type);
      } else if (instruction.op == Il::UnboxAny && type.flags.value_type) {
        builder_.emit_pointer(Op::UnboxAny, push(stack_kind_of(type), &type), source, 0, &type);
      } else {
        Op op = instruction.op == Il::Isinst ? Op::IsInst : Op::CastClass;
        builder_.emit_pointer(op, push(StackKind::Ref, &type), source, 0, &type);
      }
      return {};
    }
    default: return invalid("this instruction is not supported");
  }
}

/// §III.4.19, §III.4.22–23. A TypedReference holds the type twice, as a handle and as an address.
Status Importer::import_typed_reference(const IlInstruction& instruction) {
  if (!known().typed_reference) return failure(ErrorKind::TypeLoad, "System.TypedReference is not there");
  Type& reference = *known().typed_reference;
  TRY(types_.ensure(reference, TypeState::Sized));
  types::Field* handle = types_.find_field(reference, "type");
  types::Field* value = types_.find_field(reference, "_value");
  types::Field* type_address = types_.find_field(reference, "_type");
  if (!handle || !value || !type_address) return failure(ErrorKind::MissingField, "System.TypedReference has other fields");
  TRY(need(1));
  if (instruction.op == Il::Mkrefany) {
    Type& type = *TRY(type_operand(instruction, TypeState::Sized));
    Value address = pop();
    if (!is_cell_of(address, type)) return invalid("mkrefany of something else than an address");
    // The address lies where the result will: it is moved above it first.
    Value result = address;
    result.kind = StackKind::Vt;
    result.type = &reference;
    result.form = Value::Temp;
    push_value(result);
    Value pointer;
    pointer.position = top_position();
    high_water_ = std::max(high_water_, pointer.position + 8);
    move_to(pointer.position, address);
    Value token = pointer;
    token.form = Value::Constant;
    token.constant = static_cast<int64_t>(address_of(&type));
    uint32_t base = top().position;
    emit_store_frame(Access::I4, base + value->offset, pointer.position, 4);
    materialize(token);
    emit_store_frame(Access::I4, base + handle->offset, token.position, 4);
    emit_store_frame(Access::I4, base + type_address->offset, token.position, 4);
    return {};
  }
  Value source = pop();
  if (source.kind != StackKind::Vt || source.type != &reference) return invalid("a typed reference was expected");
  uint32_t base = reg_of(source);
  if (instruction.op == Il::Refanytype) {
    TRY(types_.ensure(*known().runtime_type_handle, TypeState::Sized));
    emit_load_frame(Access::I4, push(StackKind::Vt, known().runtime_type_handle), base + handle->offset, 4);
    return {};
  }
  Type& type = *TRY(type_operand(instruction, TypeState::Sized));
  builder_.emit_pointer(Op::CheckType, 0, base + handle->offset, 0, &type);
  emit_load_frame(Access::I4, push(StackKind::ByRef, &type), base + value->offset, 4);
  return {};
}

/// A box that is only asked whether it is there, or opened at once, is not made: generic code is full of them.
Result<bool> Importer::import_unused_box(const Value& value, Type& type) {
  const IlInstruction* next = current_ + 1;
  const IlInstruction* end = instructions_.data() + instructions_.size();
  auto follows = [&](Il op) { return next < end && next->op == op && !(il_flags_[next->offset] & kLeader); };
  auto operand = [&] { return types_.resolve_type(assembly_, metadata::Token(static_cast<uint32_t>(next->operand)), context_); };
  if (follows(Il::UnboxAny)) {
    if (TRY(operand()) != &type) return false;
    push_value(value);
    skip_until_ = next->next;
    return true;
  }
  bool is_there = true;
  uint32_t skip_until = 0;
  if (follows(Il::Isinst)) {
    Type& target = *TRY(operand());
    if (type.flags.nullable || target.flags.nullable) return false;
    is_there = types_.is_assignable(target, type);
    skip_until = next->next;
    ++next;
  }
  if (!follows(Il::Brtrue) && !follows(Il::Brfalse)) return false;
  skip_until_ = skip_until;
  if (type.flags.nullable) load_from(value, 0, *known().boolean);
  else push_constant(is_there);
  return true;
}

Status Importer::load_type_mirror(Type& type) {
  Value value;
  value.kind = StackKind::Ref;
  value.form = Value::Mirror;
  value.type = known().type;
  value.token = &type;
  push_value(value);
  return {};
}

uint32_t Importer::emit_new(uint32_t destination, const Type& type) {
  bool has_cell = type.instance_size <= gc::kMostCellBytes && !type.flags.has_finalizer;
  size_t size_class = has_cell ? gc::size_class_of(type.instance_size) + 1 : 0;
  return builder_.emit_pointer(Op::New, destination, 0, static_cast<uint32_t>(size_class), &type);
}

Result<Method*> Importer::default_constructor(Type& type) {
  constexpr uint16_t kPublic = 6;
  TRY(types_.ensure(type, TypeState::Complete));
  Method* constructor = types_.find_method(type, ".ctor", 0);
  if (constructor && !type.flags.abstract_ && (constructor->attributes & types::kMethodAccessMask) == kPublic) return constructor;
  return failure_with(ErrorKind::MissingMethod, "No parameterless constructor defined for type '%'.", {types_.full_name(type)});
}

/// Just `base()` of System.Object, as the compiler writes it.
Result<bool> Importer::is_quiet(Method& constructor) {
  constexpr size_t kBytes = 7;
  Type& type = *constructor.declaring_type;
  if (type.parent != known().object || (type.static_constructor && !type.flags.before_field_init) || constructor.rva == 0) return false;
  const metadata::Image& image = type.assembly->image();
  Bytes bytes = TRY(image.at_rva(constructor.rva));
  metadata::MethodBody body = TRY(metadata::read_method_body(bytes, static_cast<uint32_t>(bytes.data() - image.bytes().data())));
  if (body.code.size() != kBytes) return false;
  IlInstruction call = TRY(decode_il(body.code, 1));
  if (body.code[0] != static_cast<uint8_t>(Il::Ldarg0) || call.op != Il::Call || body.code[kBytes - 1] != static_cast<uint8_t>(Il::Ret)) return false;
  Method* called = TRY(types_.resolve_method(*type.assembly, metadata::Token(static_cast<uint32_t>(call.operand)), types::context_of(constructor)));
  return called->declaring_type == known().object;
}

/// Activator.CreateInstance<T>() of a class?
bool Importer::is_activator(const Method& method) const {
  if (method.generic_arguments.size() != 1 || method.name != "CreateInstance") return false;
  const Type& owner = *method.declaring_type;
  return owner.name == "Activator" && owner.assembly == known().object->assembly && !method.generic_arguments[0]->flags.value_type;
}

/// Such a method gets code of its own: what the constructor throws comes inside another exception. Null for any other.
Result<const types::GeneratedMethod*> Importer::activator_code() {
  using types::GeneratedKind;
  const types::GeneratedMethod* none = nullptr;
  if (!is_activator(method_) || !TRY(types_.signature_of(method_))->parameters.empty()) return none;
  Type& type = *method_.generic_arguments[0];
  Result<Method*> constructor = default_constructor(type);
  Type& exception = *TRY(types_.type_by_name(assembly_, "System.Reflection", "TargetInvocationException"));
  Method* wrap = nullptr;
  for (Method& candidate : exception.methods) {
    if (!candidate.is_constructor()) continue;
    std::span<Type*> parameters = TRY(types_.signature_of(candidate))->parameters;
    if (parameters.size() == 1 && parameters[0] == known().exception) wrap = &candidate;
  }
  if (!constructor.ok() || !wrap) {
    if (!constructor.ok()) (void)constructor.take_error();
    return none;
  }
  types::GeneratedMethod& made = types_.add_generated_code();
  auto put = [&](Il op) { made.code.push_back(static_cast<uint8_t>(op)); };
  auto put_token = [&](Il op, void* item) {
    put(op);
    const uint32_t token = types_.add_generated(GeneratedKind::Method, item).value;
    for (int shift = 0; shift < 32; shift += 8) made.code.push_back(static_cast<uint8_t>(token >> shift));
  };
  // try { result = new T(); leave end; } catch (Exception e) { throw new TargetInvocationException(e); } end: return result;
  put_token(Il::Newobj, constructor.value());
  put(Il::Stloc0);
  put(Il::LeaveS);
  put(static_cast<Il>(6));
  metadata::ExceptionClause clause;
  clause.kind = metadata::ClauseKind::Catch;
  clause.try_end = clause.handler_begin = static_cast<uint32_t>(made.code.size());
  put_token(Il::Newobj, wrap);
  put(Il::Throw);
  clause.handler_end = static_cast<uint32_t>(made.code.size());
  put(Il::Ldloc0);
  put(Il::Ret);
  clause.catch_type = types_.add_generated(GeneratedKind::Type, known().exception);
  made.locals.push_back({&type, false});
  made.body.clauses.push_back(clause);
  made.body.code = Bytes(made.code.data(), made.code.size());
  made.body.local_signature = types_.add_generated(GeneratedKind::Code, &made);
  return &made;
}

/// Activator.CreateInstance<T>(): a value type's default value, or a new object and its constructor.
Status Importer::import_new_default(Type& type) {
  if (type.flags.value_type) {
    TRY(types_.ensure(type, TypeState::Sized));
    uint32_t result = push(stack_kind_of(type), &type);
    builder_.emit_extended(Op::ZeroVt, result, 0, 0, top().size);
    return {};
  }
  Method* constructor = TRY(default_constructor(type));
  const MethodSignature& signature = *TRY(types_.signature_of(*constructor));
  if (!type.flags.before_field_init) trigger_cctor(type);
  uint32_t result = push(StackKind::Ref, &type);
  Value object = pop();
  uint32_t pc = emit_new(result, type);
  add_safepoint(pc);
  push_value(object);
  uint32_t self = push(StackKind::Ref, &type);
  builder_.emit(Op::Mov, self, result);
  TRY(emit_call(*constructor, signature, false));
  builder_.end_peephole();
  return {};
}

}  // namespace leanclr::ir
