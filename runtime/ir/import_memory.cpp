// Import of everything that reads and writes memory: fields, statics, indirections, array elements, blocks.
#include "ir/importer_state.h"

namespace leanclr::ir {
namespace {

constexpr Op kLoad[] = {Op::LoadI1, Op::LoadU1, Op::LoadI2, Op::LoadU2, Op::LoadI4, Op::LoadI8, Op::LoadVt};
constexpr Op kStore[] = {Op::StoreI1, Op::StoreI1, Op::StoreI2, Op::StoreI2, Op::StoreI4, Op::StoreI8, Op::StoreVt};
constexpr Op kLoadStatic[] = {Op::LoadStaticI1, Op::LoadStaticU1, Op::LoadStaticI2, Op::LoadStaticU2,
                              Op::LoadStaticI4, Op::LoadStaticI8, Op::LoadStaticVt};
constexpr Op kStoreStatic[] = {Op::StoreStaticI1, Op::StoreStaticI1, Op::StoreStaticI2, Op::StoreStaticI2,
                               Op::StoreStaticI4, Op::StoreStaticI8, Op::StoreStaticVt};
constexpr Op kLoadElement[] = {Op::LoadElementI1, Op::LoadElementU1, Op::LoadElementI2, Op::LoadElementU2,
                               Op::LoadElementI4, Op::LoadElementI8, Op::LoadElementVt};
constexpr Op kStoreElement[] = {Op::StoreElementI1, Op::StoreElementI1, Op::StoreElementI2, Op::StoreElementI2,
                                Op::StoreElementI4, Op::StoreElementI8, Op::StoreElementVt};

Op pick(const Op* ops, Access access) { return ops[static_cast<size_t>(access)]; }

/// The type that a ldind, stind, ldelem or stelem instruction names by itself; null for those of references.
Type* implied_type(Il op, const types::WellKnownTypes& known) {
  switch (op) {
    case Il::LdindI1: case Il::StindI1: case Il::LdelemI1: case Il::StelemI1: return known.int8;
    case Il::LdindU1: case Il::LdelemU1: return known.uint8;
    case Il::LdindI2: case Il::StindI2: case Il::LdelemI2: case Il::StelemI2: return known.int16;
    case Il::LdindU2: case Il::LdelemU2: return known.uint16;
    case Il::LdindI4: case Il::StindI4: case Il::LdelemI4: case Il::StelemI4: return known.int32;
    case Il::LdindU4: case Il::LdelemU4: return known.uint32;
    case Il::LdindI8: case Il::StindI8: case Il::LdelemI8: case Il::StelemI8: return known.int64;
    case Il::LdindI: case Il::StindI: case Il::LdelemI: case Il::StelemI: return known.intptr;
    case Il::LdindR4: case Il::StindR4: case Il::LdelemR4: case Il::StelemR4: return known.single;
    case Il::LdindR8: case Il::StindR8: case Il::LdelemR8: case Il::StelemR8: return known.double_;
    default: return known.object;
  }
}

}  // namespace

void Importer::load_from(Value address, uint32_t offset, Type& type) {
  Access access = access_of(type);
  StackKind kind = stack_kind_of(type);
  uint32_t bytes = type.value_size;
  if (address.form == Value::FrameAddress || address.kind == StackKind::Vt) {
    const bool stays = address.form == Value::FrameAddress ? address.tracked : address.form == Value::Register;
    uint32_t source = (address.form == Value::FrameAddress ? address.reg : reg_of(address)) + offset;
    if (stays && (access == Access::I4 || access == Access::I8)) {
      Value field;
      field.kind = kind;
      field.type = &type;
      field.form = Value::Register;
      field.reg = source;
      field.tracked = address.tracked;
      return push_value(field);
    }
    emit_load_frame(access, push(kind, &type), source, bytes);
    return;
  }
  if (address.form == Value::Constant && address.kind == StackKind::ByRef) {
    uint32_t at = static_cast<uint32_t>(address.constant) + offset;
    builder_.emit_extended(pick(kLoadStatic, access), push(kind, &type), 0, access == Access::Vt ? bytes : 0, at);
    return;
  }
  if (offset > 0xFFFF) {
    builder_.emit_extended(Op::OffsetAddress, address.position, reg_of(address), 0, offset);
    address.form = Value::Temp;
    offset = 0;
  }
  if (offset == 0 && fuse_span_access(address, access, false, 0)) {
    push(kind, &type);
    return;
  }
  uint32_t base = reg_of(address);
  if (access == Access::Vt) builder_.emit_extended(Op::LoadVt, push(kind, &type), base, offset, bytes);
  else builder_.emit(pick(kLoad, access), push(kind, &type), base, offset);
}

void Importer::store_to(Value address, uint32_t offset, Type& type, Value value) {
  Access access = access_of(type);
  uint32_t bytes = type.value_size;
  coerce(value, stack_kind_of(type));
  uint32_t source = reg_of(value);
  if (address.form == Value::FrameAddress) {
    change_frame(address, bytes);
    emit_store_frame(access, address.reg + offset, source, bytes);
    return;
  }
  if (address.form == Value::Constant && address.kind == StackKind::ByRef) {
    uint32_t at = static_cast<uint32_t>(address.constant) + offset;
    builder_.emit_extended(pick(kStoreStatic, access), source, 0, access == Access::Vt ? bytes : 0, at);
    return;
  }
  if (offset > 0xFFFF) {
    builder_.emit_extended(Op::OffsetAddress, address.position, reg_of(address), 0, offset);
    address.form = Value::Temp;
    offset = 0;
  }
  if (offset == 0 && fuse_span_access(address, access, true, source)) return;
  uint32_t base = reg_of(address);
  if (access == Access::Vt) builder_.emit_extended(Op::StoreVt, base, source, offset, bytes);
  else builder_.emit(pick(kStore, access), base, source, offset);
}

/// Joins span.address, just emitted for `address`, with the load or store of the element.
bool Importer::fuse_span_access(const Value& address, Access access, bool stores, uint32_t reg) {
  static constexpr Op kLoads[] = {Op::LoadSpanI1, Op::LoadSpanU1, Op::LoadSpanI2, Op::LoadSpanU2, Op::LoadSpanI4, Op::LoadSpanI8};
  static constexpr Op kStores[] = {Op::StoreSpanI1, Op::StoreSpanI1, Op::StoreSpanI2, Op::StoreSpanI2, Op::StoreSpanI4, Op::StoreSpanI8};
  static constexpr uint32_t kBytes[] = {1, 1, 2, 2, 4, 8};
  if (address.form != Value::Temp || access == Access::Vt || builder_.last() == Builder::kNone) return false;
  const Word last = builder_.at(builder_.last());
  if (last.op != Op::SpanAddress || last.a != address.position) return false;
  if (builder_.at(builder_.last() + 1).low != kBytes[static_cast<size_t>(access)]) return false;
  builder_.drop_last();
  if (stores) builder_.emit(pick(kStores, access), last.b, last.c, reg);
  else builder_.emit(pick(kLoads, access), address.position, last.b, last.c);
  return true;
}

/// Something is about to be written to the frame by way of its address.
void Importer::change_frame(const Value& address, uint32_t bytes) {
  flush_aliases(address.reg, bytes);
  if (!address.is_copy) change_argument(address.reg);
}

void Importer::trigger_cctor(Type& type) {
  if (!type.static_constructor || type.cctor_state == types::CctorState::Done) return;
  bool own = &type == method_.declaring_type;
  if (own && (!type.flags.before_field_init || is(method_.name, ".cctor"))) return;
  uint32_t pc = builder_.emit_pointer(Op::Cctor, 0, 0, 0, &type);
  add_safepoint(pc);
}

/// Callers run it before they call; here for those who come through a delegate or a function pointer.
void Importer::trigger_own_cctor() {
  const Type& own = *method_.declaring_type;
  const bool waits = own.cctor_state == types::CctorState::Pending || own.cctor_state == types::CctorState::Failed;
  if (!waits || !method_.is_static() || own.flags.before_field_init || &method_ == own.static_constructor) return;
  add_safepoint(builder_.emit_pointer(Op::Cctor, 0, 0, 0, method_.declaring_type));
}

Status Importer::import_static_field(Il op, types::Field& field) {
  if (field.is_literal) return failure_with(ErrorKind::MissingField, "a constant has no storage: %", {field.name});
  Type& owner = *field.declaring_type;
  TRY(check_closed(owner));
  TRY(types_.ensure(owner, types::TypeState::Sized));
  TRY(types_.ensure(*field.type, types::TypeState::Sized));
  trigger_cctor(owner);
  Value value;
  if (op == Il::Stsfld) {
    TRY(need(1));
    value = pop();
    TRY(check_value(value, *field.type));
  }
  Value address;
  address.kind = StackKind::ByRef;
  address.type = field.type;
  if (field.is_thread_static) {
    // The address goes above a value that is still to be stored.
    if (op == Il::Stsfld) stack_.push_back(value);
    uint32_t pc = builder_.emit_pointer(Op::ThreadStaticAddress, push(StackKind::ByRef, field.type), 0, 0, &field);
    address = pop();
    add_safepoint(pc);
    if (op == Il::Stsfld) stack_.pop_back();
  } else {
    const uint8_t* data = field.has_rva ? field.rva_data : owner.statics + field.offset;
    address.form = Value::Constant;
    address.constant = static_cast<int64_t>(address_of(data));
    address.position = top_position() + (op == Il::Stsfld ? value.size : 0);
    high_water_ = std::max(high_water_, address.position + 8);
  }
  if (op == Il::Ldsfld) load_from(address, 0, *field.type);
  else if (op == Il::Stsfld) store_to(address, 0, *field.type, value);
  else push_value(address);
  return {};
}

Status Importer::import_field(const IlInstruction& instruction) {
  metadata::Token token(static_cast<uint32_t>(instruction.operand));
  types::Field& field = *TRY(types_.resolve_field(assembly_, token, context_));
  bool static_form = instruction.op == Il::Ldsfld || instruction.op == Il::Ldsflda || instruction.op == Il::Stsfld;
  if (field.is_static) {
    // ldfld of a static field is allowed: the object is dropped.
    if (static_form) return import_static_field(instruction.op, field);
    TRY(need(1));
    if (instruction.op == Il::Stfld) return invalid("stfld of a static field");
    pop();
    return import_static_field(instruction.op == Il::Ldfld ? Il::Ldsfld : Il::Ldsflda, field);
  }
  if (static_form) return failure_with(ErrorKind::MissingField, "% is no static field", {field.name});
  Type& owner = *field.declaring_type;
  TRY(check_closed(owner));
  TRY(types_.ensure(owner, types::TypeState::Sized));
  TRY(types_.ensure(*field.type, types::TypeState::Sized));
  if (instruction.op == Il::Stfld) {
    TRY(need(2));
    Value value = pop();
    Value object = pop();
    TRY(check_receiver(object, owner));
    TRY(check_value(value, *field.type));
    store_to(object, field.offset, *field.type, value);
    return {};
  }
  TRY(need(1));
  Value object = pop();
  TRY(check_receiver(object, owner, instruction.op == Il::Ldfld ? Receiver::Value : Receiver::Address));
  if (instruction.op == Il::Ldfld) {
    if (object.form == Value::TypeToken) materialize(object);
    load_from(object, field.offset, *field.type);
    return {};
  }
  if (object.form == Value::FrameAddress || (object.form == Value::Constant && object.kind == StackKind::ByRef)) {
    object.reg += field.offset;
    object.constant += field.offset;
    object.type = field.type;
    push_address(object);
    return {};
  }
  uint32_t base = reg_of(object);
  Value address;
  address.kind = object.kind == StackKind::I4 ? StackKind::I4 : StackKind::ByRef;
  address.type = object.kind == StackKind::I4 ? known().intptr : field.type;
  push_address(address);
  builder_.emit_extended(Op::OffsetAddress, top().position, base, 0, field.offset);
  return {};
}

Status Importer::import_indirect(const IlInstruction& instruction) {
  Type* type = implied_type(instruction.op, known());
  bool by_token = instruction.op == Il::Ldobj || instruction.op == Il::Stobj || instruction.op == Il::Cpobj || instruction.op == Il::Initobj;
  if (by_token) type = TRY(type_operand(instruction, types::TypeState::Sized));
  bool loads = instruction.op == Il::Ldobj || (instruction.op >= Il::LdindI1 && instruction.op <= Il::LdindRef);
  if (loads) {
    TRY(need(1));
    if (!points_to(top(), *type)) return invalid("an indirect load through something else than an address");
    Type* pointee = top().kind == StackKind::ByRef ? top().type : nullptr;
    load_from(pop(), 0, *type);
    if (instruction.op == Il::LdindRef) top().type = pointee;
    return {};
  }
  if (instruction.op == Il::Initobj) {
    TRY(need(1));
    Value address = pop();
    if (!points_to(address, *type)) return invalid("initobj on something else than an address");
    if (address.form == Value::FrameAddress) {
      change_frame(address, type->value_size);
      zero(address.reg, type->value_size);
    } else {
      builder_.emit_extended(Op::InitObject, reg_of(address), 0, 0, type->value_size);
    }
    return {};
  }
  TRY(need(2));
  if (instruction.op == Il::Cpobj) {
    Value source = pop();
    if (!points_to(source, *type)) return invalid("cpobj from something else than an address");
    load_from(source, 0, *type);
  }
  Value value = pop();
  Value address = pop();
  if (!points_to(address, *type)) return invalid("an indirect store through something else than an address");
  bool is_typed = address.kind == StackKind::ByRef && address.type && stack_kind_of(*type) == StackKind::Ref;
  TRY(check_value(value, is_typed ? *address.type : *type));
  store_to(address, 0, *type, value);
  return {};
}

Status Importer::load_element(Type& element) {
  TRY(need(2));
  if (top(0).kind != StackKind::I4) return invalid("ldelem wants an array and an index");
  TRY(check_element(top(1), element));
  // ldelem.ref names no type: the array's own says more.
  bool untyped = &element == known().object;
  Type* array = top(1).type;
  Type* type = !untyped ? &element : array ? array->element : nullptr;
  binary(pick(kLoadElement, access_of(element)), stack_kind_of(element), type);
  return {};
}

Status Importer::store_element(Type& element) {
  TRY(need(3));
  Value value = pop();
  Value index = pop();
  Value array = pop();
  StackKind kind = stack_kind_of(element);
  if (index.kind != StackKind::I4) return invalid("stelem wants an array and an index");
  TRY(check_element(array, element, true));
  TRY(check_value(value, element));
  coerce(value, kind);
  uint32_t source = reg_of(value);
  uint32_t at = reg_of(index);
  uint32_t base = reg_of(array);
  bool null = value.form == Value::Constant;
  Op op = kind == StackKind::Ref && !null ? Op::StoreElementRef : pick(kStoreElement, access_of(element));
  builder_.emit(op, base, at, source);
  return {};
}

Status Importer::import_element(const IlInstruction& instruction) {
  Il op = instruction.op;
  Type* element = implied_type(op, known());
  if (op == Il::Ldelem || op == Il::Stelem || op == Il::Ldelema) element = TRY(type_operand(instruction, types::TypeState::Sized));
  if (op == Il::Ldelema) {
    TRY(need(2));
    Value index = pop();
    Value array = pop();
    if (index.kind != StackKind::I4) return invalid("ldelema wants an array and an index");
    TRY(check_element(array, *element));
    uint32_t at = reg_of(index);
    uint32_t base = reg_of(array);
    Type* exact = readonly_ || element->flags.value_type ? nullptr : element;
    readonly_ = false;
    builder_.emit_pointer(Op::ElementAddress, push(StackKind::ByRef, element), base, at, exact);
    return {};
  }
  bool stores = op == Il::Stelem || op == Il::StelemI || (op >= Il::StelemI && op <= Il::StelemRef);
  return stores ? store_element(*element) : load_element(*element);
}

Status Importer::import_memory(const IlInstruction& instruction) {
  Il op = instruction.op;
  switch (op) {
    case Il::Ldfld: case Il::Ldflda: case Il::Stfld: case Il::Ldsfld: case Il::Ldsflda: case Il::Stsfld:
      return import_field(instruction);
    case Il::Ldobj: case Il::Stobj: case Il::Cpobj: case Il::Initobj: case Il::StindI:
      return import_indirect(instruction);
    case Il::Ldlen:
      TRY(need(1));
      if (top().kind != StackKind::Ref || (top().type && top().type->element_type != metadata::ElementType::SzArray))
        return invalid("ldlen of something else than an array");
      unary(Op::Length, StackKind::I4, known().intptr);
      return {};
    case Il::Localloc:
      TRY(need(1));
      if (top().kind != StackKind::I4) return invalid("localloc of a number that is no integer");
      has_localloc_ = true;
      unary(Op::LocalAlloc, StackKind::I4, known().intptr);
      return {};
    case Il::Cpblk:
    case Il::Initblk: {
      TRY(need(3));
      Value size = pop();
      Value source = pop();
      Value destination = pop();
      bool fits = is_address(destination) && size.kind == StackKind::I4;
      if (!fits || !(op == Il::Cpblk ? is_address(source) : source.kind == StackKind::I4)) return invalid("a block wants addresses and a size");
      uint32_t count = reg_of(size);
      uint32_t from = reg_of(source);
      builder_.emit(op == Il::Cpblk ? Op::CopyBlock : Op::InitBlock, reg_of(destination), from, count);
      return {};
    }
    default: break;
  }
  if (op >= Il::LdindI1 && op <= Il::StindR8) return import_indirect(instruction);
  return import_element(instruction);
}

}  // namespace leanclr::ir
