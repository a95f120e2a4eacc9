// The simulated evaluation stack: pushing, popping, and bringing values where they are needed.
#include "abi/slot.h"
#include "base/list.h"
#include "ir/importer_state.h"

namespace leanclr::ir {

StackKind stack_kind_of(const Type& type) {
  const Type& plain = *type.underlying();
  switch (plain.element_type) {
    case ElementType::Boolean: case ElementType::Char:
    case ElementType::I1: case ElementType::U1: case ElementType::I2: case ElementType::U2:
    case ElementType::I4: case ElementType::U4: case ElementType::I: case ElementType::U:
    case ElementType::Ptr: case ElementType::FnPtr:
      return StackKind::I4;
    case ElementType::I8: case ElementType::U8: return StackKind::I8;
    case ElementType::R4: return StackKind::R4;
    case ElementType::R8: return StackKind::R8;
    case ElementType::ByRef: return StackKind::ByRef;
    case ElementType::ValueType: case ElementType::TypedByRef: return StackKind::Vt;
    default: return plain.flags.value_type ? StackKind::Vt : StackKind::Ref;
  }
}

Access access_of(const Type& type) {
  const Type& plain = *type.underlying();
  switch (plain.element_type) {
    case ElementType::I1: return Access::I1;
    case ElementType::U1: case ElementType::Boolean: return Access::U1;
    case ElementType::I2: return Access::I2;
    case ElementType::U2: case ElementType::Char: return Access::U2;
    case ElementType::I8: case ElementType::U8: case ElementType::R8: return Access::I8;
    default: break;
  }
  if (stack_kind_of(plain) != StackKind::Vt) return Access::I4;
  switch (plain.value_size) {
    case 1: return Access::U1;
    case 2: return Access::U2;
    case 4: return Access::I4;
    case 8: return Access::I8;
    default: return Access::Vt;
  }
}

Status Importer::need(uint32_t count) {
  return depth() >= count ? Status() : invalid("the evaluation stack is empty");
}

Value Importer::pop() {
  Value value = stack_.back();
  stack_.pop_back();
  return value;
}

/// The address of something of value.type. That of a byref is of a byref.
void Importer::push_address(Value value) {
  if (value.type && value.type->element_type == ElementType::ByRef) value.type = types_.byref_to(*value.type);
  push_value(value);
}

void Importer::push_value(const Value& value) {
  Value entry = value;
  if (entry.kind == StackKind::ByRef && entry.type && entry.type->element_type == ElementType::ByRef) entry.type = entry.type->element;
  entry.position = top_position();
  entry.size = entry.kind == StackKind::Vt ? abi::slots_for(entry.type->value_size) * 8 : 8;
  high_water_ = std::max(high_water_, entry.position + entry.size);
  stack_.push_back(entry);
}

uint32_t Importer::push(StackKind kind, Type* type) {
  Value value;
  value.kind = kind;
  value.type = type;
  push_value(value);
  return stack_.back().position;
}

void Importer::push_constant(int32_t constant) {
  Value value;
  value.form = Value::Constant;
  value.constant = constant;
  push_value(value);
}

void Importer::move_to(uint32_t destination, Value& value) {
  switch (value.form) {
    case Value::Temp:
    case Value::Register: {
      uint32_t source = value.form == Value::Temp ? value.position : value.reg;
      if (source == destination) return;
      if (value.kind == StackKind::Vt && value.size > 8)
        builder_.emit_extended(Op::MovVt, destination, source, 0, value.size);
      else
        builder_.emit(Op::Mov, destination, source);
      return;
    }
    case Value::Constant:
      if (value.kind == StackKind::I8 || value.kind == StackKind::R8)
        builder_.emit_extended(Op::LdcI8, destination, 0, 0, static_cast<uint64_t>(value.constant));
      else
        builder_.emit_immediate(Op::LdcI4, destination, static_cast<int32_t>(value.constant));
      return;
    case Value::Widened: builder_.emit(value.is_unsigned ? Op::ConvU8I4 : Op::ConvI8I4, destination, value.reg); return;
    case Value::FrameAddress:
      if (value.tracked && value.is_copy) output_.exposed.push_back(value.reg);
      else if (value.tracked) change_argument(value.reg);
      builder_.emit(Op::Lea, destination, value.reg);
      return;
    case Value::TypeToken:
      builder_.emit_immediate(Op::LdcI4, destination, static_cast<int32_t>(address_of(value.token)));
      return;
    case Value::Mirror: {
      uint32_t pc = builder_.emit_pointer(Op::LdMirror, destination, 0, 0, value.token);
      add_safepoint(pc);
      return;
    }
  }
}

void Importer::materialize(Value& value) {
  if (value.form == Value::Temp) return;
  move_to(value.position, value);
  value.form = Value::Temp;
}

uint32_t Importer::reg_of(Value& value) {
  if (value.form == Value::Register) return value.reg;
  if (value.form == Value::Constant)
    if (const uint32_t reg = register_of_constant(value); reg != kNoRegister) return reg;
  materialize(value);
  return value.position;
}

void Importer::materialize_all() {
  for (size_t i = floor_; i < stack_.size(); ++i) materialize(stack_[i]);
}

void Importer::flush_aliases(uint32_t offset, uint32_t bytes) {
  auto is_alias = [](const Value& value) { return value.form == Value::Register || value.form == Value::Widened; };
  for (Value& value : stack_)
    if (is_alias(value) && value.reg < offset + bytes && offset < value.reg + value.size) materialize(value);
}

void Importer::flush_tracked() {
  for (Value& value : stack_)
    if ((value.form == Value::Register || value.form == Value::Widened) && value.tracked) materialize(value);
}

void Importer::emit_load_frame(Access access, uint32_t destination, uint32_t source, uint32_t bytes) {
  static constexpr Op kOps[] = {Op::MovI1, Op::MovU1, Op::MovI2, Op::MovU2, Op::MovI4, Op::Mov};
  if (access == Access::Vt) builder_.emit_extended(Op::MovVt, destination, source, 0, bytes);
  else builder_.emit(kOps[static_cast<size_t>(access)], destination, source);
}

void Importer::emit_store_frame(Access access, uint32_t destination, uint32_t source, uint32_t bytes) {
  static constexpr Op kOps[] = {Op::PutI1, Op::PutI1, Op::PutI2, Op::PutI2, Op::PutI4, Op::Mov};
  if (access == Access::I4) return pack_halves(destination, source);
  if (access == Access::Vt) builder_.emit_extended(Op::MovVt, destination, source, 0, bytes);
  else builder_.emit(kOps[static_cast<size_t>(access)], destination, source);
  builder_.end_peephole();
}

bool Importer::redirect(const Value& value, uint32_t to, bool again) {
  // Of a larger value it may have written just one slot.
  const bool is_part = value.size > 8 && builder_.last() != Builder::kNone && builder_.at(builder_.last()).op == Op::Pack;
  return !is_part && builder_.redirect(value.position, to, again);
}

/// put.i4; one into the upper half of a slot joins that into the lower half just before it.
void Importer::pack_halves(uint32_t destination, uint32_t source) {
  const uint32_t put = std::exchange(output_.last_put, ~0u);
  const uint32_t words = builder_.position() - put;
  if (destination % 8 == 4 && put < builder_.position() && words <= 2 && !builder_.is_bound_since(put)) {
    const Word lower = builder_.at(put);
    const Word last = builder_.at(builder_.position() - 1);
    bool is_simple = last.op == Op::LdcI4 || last.op == Op::Mov || last.op == Op::MovI4;
    bool moves = words == 1 || (is_simple && last.a / 8 != lower.b / 8 && last.b / 8 != lower.a / 8);
    if (lower.op == Op::PutI4 && lower.a + 4u == destination && moves) {
      builder_.cut(put);
      if (words == 2) builder_.emit(last.op, last.a, last.b, last.c);
      builder_.emit(Op::Pack, lower.a, lower.b, source);
      return;
    }
  }
  uint32_t pc = builder_.emit(Op::PutI4, destination, source);
  if (destination % 8 == 0) output_.last_put = pc;
  builder_.end_peephole();
}

void Importer::load_variable(const Variable& variable) {
  if (variable.bound) return push_value(variable.value);
  Value value;
  value.kind = variable.kind;
  value.type = variable.type;
  if (!variable.address_taken || variable.tracked) {
    value.form = Value::Register;
    value.reg = variable.offset;
    value.tracked = variable.tracked;
    value.not_null = &variable == arguments_.data() && this_is_kept_;
    push_value(value);
    return;
  }
  push_value(value);
  const Value& entry = top();
  emit_load_frame(variable.is_small() || variable.access == Access::Vt ? variable.access : Access::I8, entry.position,
                  variable.offset, entry.size);
}

bool Importer::last_is_in_range(ElementType type) const {
  if (builder_.last() == Builder::kNone) return false;
  Op op = const_cast<Builder&>(builder_).at(builder_.last()).op;
  bool is_bit = (op >= Op::CEqI4 && op <= Op::BGeUnR8);
  switch (type) {
    case ElementType::Boolean:
    case ElementType::U1: return is_bit || op == Op::ConvU1I4 || op == Op::LoadU1 || op == Op::LoadElementU1 || op == Op::LoadSpanU1 || op == Op::LoadStaticU1 || op == Op::MovU1;
    case ElementType::I1: return op == Op::ConvI1I4 || op == Op::LoadI1 || op == Op::LoadElementI1 || op == Op::LoadSpanI1 || op == Op::MovI1;
    case ElementType::I2: return op == Op::ConvI2I4 || op == Op::LoadI2 || op == Op::LoadElementI2 || op == Op::LoadSpanI2 || op == Op::MovI2;
    case ElementType::Char:
    case ElementType::U2: return op == Op::ConvU2I4 || op == Op::LoadU2 || op == Op::LoadElementU2 || op == Op::LoadSpanU2 || op == Op::StringChar || op == Op::MovU2;
    default: return false;
  }
}

namespace {

int64_t truncate(int64_t value, Access access) {
  switch (access) {
    case Access::I1: return static_cast<int8_t>(value);
    case Access::U1: return static_cast<uint8_t>(value);
    case Access::I2: return static_cast<int16_t>(value);
    case Access::U2: return static_cast<uint16_t>(value);
    default: return value;
  }
}

}  // namespace

Status Importer::store_variable(Variable& variable) {
  TRY(need(1));
  Value value = pop();
  TRY(check_value(value, *variable.type));
  coerce(value, variable.kind);
  flush_aliases(variable.offset, value.size);
  if (value.form == Value::Mirror) materialize(value);  // may collect
  begin_local(variable);
  if (variable.is_small()) {
    if (value.form == Value::Constant) {
      value.constant = truncate(value.constant, variable.access);
      move_to(variable.offset, value);
    } else if (value.form == Value::Temp && last_is_in_range(variable.type->underlying()->element_type) &&
               redirect(value, variable.offset)) {
      return {};
    } else {
      emit_load_frame(variable.access, variable.offset, reg_of(value), 1);
    }
    builder_.end_peephole();
    return {};
  }
  if (value.form == Value::Temp && redirect(value, variable.offset)) return {};
  move_to(variable.offset, value);
  builder_.end_peephole();
  return {};
}

void Importer::load_variable_address(Variable& variable) {
  begin_local(variable);
  Value value;
  value.kind = StackKind::ByRef;
  value.form = Value::FrameAddress;
  value.reg = variable.bound ? variable.value.reg : variable.offset;
  value.tracked = variable.tracked;
  value.is_copy = !variable.bound;
  value.type = variable.type;
  push_address(value);
}

void Importer::coerce(Value& value, StackKind kind) {
  if (value.kind == kind) return;
  if (value.kind == StackKind::R4 && kind == StackKind::R8) {
    uint32_t source = reg_of(value);
    builder_.emit(Op::ConvR8R4, value.position, source);
  } else if (value.kind == StackKind::R8 && kind == StackKind::R4) {
    uint32_t source = reg_of(value);
    builder_.emit(Op::ConvR4R8, value.position, source);
  } else {
    return;
  }
  value.form = Value::Temp;
  value.kind = kind;
}

Status Importer::dup() {
  if (top().form == Value::Widened) materialize(top());
  Value copy = top();
  if (copy.form != Value::Temp) {
    push_value(copy);
    return {};
  }
  // dup; stloc x: the entry that stays can be x itself.
  const IlInstruction* next = current_ + 1;
  const bool is_next = next < instructions_.data() + instructions_.size() && !(il_flags_[next->offset] & kLeader);
  if (is_next && (next->op == Il::Stloc || next->op == Il::Starg)) {
    List<Variable>& list = next->op == Il::Stloc ? locals_ : arguments_;
    if (static_cast<size_t>(next->operand) < list.size()) {
      Variable& variable = list[static_cast<size_t>(next->operand)];
      if (!variable.address_taken && !variable.is_small() && variable.kind == copy.kind) {
        skip_until_ = next->next;
        TRY(store_variable(variable));
        load_variable(variable);
        if (copy.kind == StackKind::Ref && copy.type) top().type = copy.type;
        top().not_null = copy.not_null;
        return {};
      }
    }
  }
  uint32_t source = copy.position;
  // dup; ldind: the address is read from where it is, before anything can happen to the entry that stays.
  if (is_next && copy.kind >= StackKind::Ref && copy.kind != StackKind::Vt &&
      ((next->op >= Il::LdindI1 && next->op <= Il::LdindRef) || next->op == Il::Ldobj || next->op == Il::Ldfld)) {
    copy.form = Value::Register;
    copy.reg = source;
    push_value(copy);
    return {};
  }
  uint32_t destination = push(copy.kind, copy.type);
  if (copy.kind == StackKind::Vt && copy.size > 8) builder_.emit_extended(Op::MovVt, destination, source, 0, copy.size);
  else builder_.emit(Op::Mov, destination, source);
  return {};
}

void Importer::unary(Op op, StackKind result, Type* type) {
  Value a = pop();
  uint32_t source = reg_of(a);
  builder_.emit(op, push(result, type), source);
}

void Importer::binary(Op op, StackKind result, Type* type) {
  Value b = pop();
  Value a = pop();
  uint32_t right = reg_of(b);
  uint32_t left = reg_of(a);
  builder_.emit(op, push(result, type), left, right);
}

void Importer::add_offset(Value base, Value bytes, bool subtract) {
  if (bytes.form == Value::Constant && bytes.constant == 0) return push_value(base);
  Op op = subtract ? Op::SubI4 : Op::AddI4;
  if (bytes.form == Value::Constant && bytes.constant >= -0x7FFF && bytes.constant <= 0x7FFF) {
    if (base.form == Value::FrameAddress && !subtract && bytes.constant >= 0) {
      base.reg += static_cast<uint32_t>(bytes.constant);
      push_value(base);
      return;
    }
    uint32_t left = reg_of(base);
    int32_t immediate = static_cast<int32_t>(subtract ? -bytes.constant : bytes.constant);
    builder_.emit(Op::AddI4Imm, push(StackKind::ByRef, base.type), left, static_cast<uint16_t>(immediate));
    return;
  }
  uint32_t right = reg_of(bytes);
  uint32_t left = reg_of(base);
  builder_.emit(op, push(StackKind::ByRef, base.type), left, right);
}

void add_roots(List<Root>& roots, const Type& type, StackKind kind, uint32_t offset) {
  auto add = [&](uint32_t at, RootKind root) { roots.push_back({static_cast<uint16_t>(at), root}); };
  if (kind == StackKind::Ref) add(offset, RootKind::Reference);
  else if (kind == StackKind::ByRef) add(offset, RootKind::Interior);
  else if (kind == StackKind::Vt) {
    for (uint32_t field : type.references) add(offset + field, RootKind::Reference);
    for (uint32_t field : type.byrefs) add(offset + field, RootKind::Interior);
  }
}

void Importer::add_safepoint(uint32_t pc, std::initializer_list<const Value*> operands) {
  List<Root> roots;
  auto add = [&](const Value& value) {
    if (value.form == Value::Temp && value.kind >= StackKind::Ref)
      add_roots(roots, value.kind == StackKind::Vt ? *value.type : *known().object, value.kind, value.position);
  };
  for (const Value& value : stack_) add(value);
  for (const Value* value : operands) add(*value);
  builder_.add_stack_map(pc, roots);
}

}  // namespace leanclr::ir
