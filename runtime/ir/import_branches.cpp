// Import of comparisons, branches, switch, leave and the instructions that end a block.
#include <algorithm>

#include "base/list.h"
#include "ir/importer_state.h"

namespace leanclr::ir {
namespace {

using metadata::ClauseKind;

struct CompareRow {
  Op set, branch, set_immediate, branch_immediate;
};
#define ROW(name, kind) {Op::C##name##kind, Op::B##name##kind, Op::Nop, Op::Nop}
#define ROW_I4(name) {Op::C##name##I4, Op::B##name##I4, Op::C##name##I4Imm, Op::B##name##I4Imm}
// By stack kind, then by Condition.
constexpr CompareRow kCompare[4][10] = {
    {ROW_I4(Eq), ROW_I4(Ne), ROW_I4(Lt), ROW_I4(Le), ROW_I4(Gt), ROW_I4(Ge), ROW_I4(LtUn), ROW_I4(LeUn), ROW_I4(GtUn), ROW_I4(GeUn)},
#define ROWS(kind)                                                                                                      \
  {ROW(Eq, kind), ROW(Ne, kind), ROW(Lt, kind), ROW(Le, kind), ROW(Gt, kind), ROW(Ge, kind), ROW(LtUn, kind), \
   ROW(LeUn, kind), ROW(GtUn, kind), ROW(GeUn, kind)}
    ROWS(I8), ROWS(R4), ROWS(R8)};
#undef ROWS
#undef ROW
#undef ROW_I4

const CompareRow& compare_row(StackKind kind, Condition condition) {
  size_t index = kind >= StackKind::Ref ? 0 : static_cast<size_t>(kind);
  return kCompare[index][static_cast<size_t>(condition)];
}

/// The condition that holds exactly when the given one does not; for floats the ordered forms swap with the unordered.
Condition negate(Condition condition, bool is_float) {
  switch (condition) {
    case Condition::Eq: return Condition::Ne;
    case Condition::Ne: return Condition::Eq;
    case Condition::Lt: return is_float ? Condition::GeUn : Condition::Ge;
    case Condition::Le: return is_float ? Condition::GtUn : Condition::Gt;
    case Condition::Gt: return is_float ? Condition::LeUn : Condition::Le;
    case Condition::Ge: return is_float ? Condition::LtUn : Condition::Lt;
    case Condition::LtUn: return is_float ? Condition::Ge : Condition::GeUn;
    case Condition::LeUn: return is_float ? Condition::Gt : Condition::GtUn;
    case Condition::GtUn: return is_float ? Condition::Le : Condition::LeUn;
    case Condition::GeUn: return is_float ? Condition::Lt : Condition::LtUn;
  }
  return condition;
}

Condition mirror(Condition condition) {
  switch (condition) {
    case Condition::Lt: return Condition::Gt;
    case Condition::Le: return Condition::Ge;
    case Condition::Gt: return Condition::Lt;
    case Condition::Ge: return Condition::Le;
    case Condition::LtUn: return Condition::GtUn;
    case Condition::LeUn: return Condition::GeUn;
    case Condition::GtUn: return Condition::LtUn;
    case Condition::GeUn: return Condition::LeUn;
    default: return condition;
  }
}

bool evaluate(Condition condition, int32_t a, int32_t b) {
  uint32_t x = static_cast<uint32_t>(a), y = static_cast<uint32_t>(b);
  switch (condition) {
    case Condition::Eq: return a == b;
    case Condition::Ne: return a != b;
    case Condition::Lt: return a < b;
    case Condition::Le: return a <= b;
    case Condition::Gt: return a > b;
    case Condition::Ge: return a >= b;
    case Condition::LtUn: return x < y;
    case Condition::LeUn: return x <= y;
    case Condition::GtUn: return x > y;
    case Condition::GeUn: return x >= y;
  }
  return false;
}

bool is_small_constant(const Value& value) {
  return value.form == Value::Constant && (value.kind == StackKind::I4 || value.kind == StackKind::Ref) &&
         value.constant >= -0x7FFF && value.constant <= 0x7FFF;
}

/// A C… instruction, taken apart again.
struct SetInstruction {
  bool found = false;
  size_t kind = 0;
  Condition condition{};
  bool immediate = false;
};
SetInstruction find_set(Op op) {
  for (size_t kind = 0; kind < 4; ++kind)
    for (size_t i = 0; i < 10; ++i) {
      const CompareRow& row = kCompare[kind][i];
      if (row.set == op) return {true, kind, static_cast<Condition>(i), false};
      if (row.set_immediate == op && op != Op::Nop) return {true, kind, static_cast<Condition>(i), true};
    }
  return {};
}

Condition condition_of(Il op) {
  switch (op) {
    case Il::Beq: return Condition::Eq;
    case Il::Bge: return Condition::Ge;
    case Il::Bgt: return Condition::Gt;
    case Il::Ble: return Condition::Le;
    case Il::Blt: return Condition::Lt;
    case Il::BneUn: return Condition::Ne;
    case Il::BgeUn: return Condition::GeUn;
    case Il::BgtUn: return Condition::GtUn;
    case Il::BleUn: return Condition::LeUn;
    default: return Condition::LtUn;
  }
}

}  // namespace

/// §III.1.5, table 4: references are asked whether they are the same, or (unsigned) whether they are more than null.
bool Importer::comparable(const Value& a, const Value& b, Condition condition) {
  if (a.kind == StackKind::Vt || b.kind == StackKind::Vt) return false;
  if (a.kind == StackKind::Ref || b.kind == StackKind::Ref) {
    bool asks = condition == Condition::Eq || condition == Condition::Ne || condition == Condition::GtUn || condition == Condition::LtUn;
    return a.kind == b.kind && asks;
  }
  if (a.kind == StackKind::ByRef || b.kind == StackKind::ByRef) return is_address(a) && is_address(b);
  return a.kind == b.kind;
}

Status Importer::compare(Condition condition) {
  TRY(need(2));
  Value b = pop();
  Value a = pop();
  if (a.kind == StackKind::R4 && b.kind == StackKind::R8) coerce(a, StackKind::R8);
  if (a.kind == StackKind::R8 && b.kind == StackKind::R4) coerce(b, StackKind::R8);
  if (!comparable(a, b, condition)) return invalid("operands that cannot be compared");
  if (a.form == Value::Constant && b.form == Value::Constant && (a.kind == StackKind::I4 || a.kind == StackKind::Ref)) {
    push_constant(evaluate(condition, static_cast<int32_t>(a.constant), static_cast<int32_t>(b.constant)));
    return {};
  }
  if (is_small_constant(a)) {
    std::swap(a, b);
    condition = mirror(condition);
  }
  // `x == 0` of a comparison just made negates it.
  if (condition == Condition::Eq && is_small_constant(b) && b.constant == 0 && a.form == Value::Temp &&
      a.kind == StackKind::I4 && builder_.last() != Builder::kNone) {
    Word last = builder_.at(builder_.last());
    SetInstruction set = find_set(last.op);
    if (set.found && last.a == a.position) {
      const CompareRow& row = kCompare[set.kind][static_cast<size_t>(negate(set.condition, set.kind >= 2))];
      builder_.drop_last();
      builder_.emit(set.immediate ? row.set_immediate : row.set, push(StackKind::I4), last.b, last.c);
      return {};
    }
  }
  const CompareRow& row = compare_row(a.kind, condition);
  if (is_small_constant(b) && row.set_immediate != Op::Nop) {
    uint32_t left = reg_of(a);
    builder_.emit(row.set_immediate, push(StackKind::I4), left, static_cast<uint16_t>(b.constant));
    return {};
  }
  uint32_t right = reg_of(b);
  uint32_t left = reg_of(a);
  builder_.emit(row.set, push(StackKind::I4), left, right);
  return {};
}

bool Importer::is_in_filter(const metadata::ExceptionClause& clause, uint32_t at) {
  return clause.kind == ClauseKind::Filter && at >= clause.filter_begin && at < clause.handler_begin;
}

/// §III.1.7.5: protected blocks are entered at their start and left by leave; handlers are entered by exceptions only, and
/// left by leave, endfinally and endfilter.
Status Importer::check_handlers(uint32_t target, bool leaves) {
  for (const metadata::ExceptionClause& clause : il_.clauses) {
    bool is_filter = clause.kind == ClauseKind::Filter;
    // Where an exception is on the stack nobody can branch to; a finally or fault block may begin with a loop.
    bool gets_exception = is_filter || clause.kind == ClauseKind::Catch;
    auto inside = [&](uint32_t at) {
      return (at >= clause.handler_begin && at < clause.handler_end) || is_in_filter(clause, at);
    };
    auto is_protected = [&](uint32_t at) { return at >= clause.try_begin && at < clause.try_end; };
    const bool enters = is_protected(target) && !is_protected(current_il_) && target != clause.try_begin;
    // A handler may go back into the block that it is of.
    if ((enters && !(leaves && inside(current_il_))) || (is_protected(current_il_) && !is_protected(target) && !leaves))
      return invalid("a branch into or out of a protected block");
    if (inside(target) != inside(current_il_) && !(leaves && inside(current_il_))) return invalid("a branch into or out of a handler");
    if ((gets_exception && target == clause.handler_begin) || (is_filter && target == clause.filter_begin)) return invalid("a branch to the start of a handler");
  }
  return {};
}

Status Importer::jump(uint32_t target, bool leaves) {
  TRY(check_handlers(target, leaves));
  materialize_all();
  TRY(record_entry(target));
  builder_.emit_jump(Op::Br, 0, label(target));
  reachable_ = false;
  clear_stack();
  return {};
}

/// A loop's condition stands at its end. Where it is entered by a jump to it, the condition is imported there as well,
/// the other way round: the loop then needs no jump, and its end no label.
Status Importer::import_loop_entry(const IlInstruction& jump) {
  const IlInstruction* entry = current_;
  const uint32_t entry_il = current_il_;
  for (current_ = &instructions_[jump.condition];; ++current_) {
    current_il_ = current_->offset;
    builder_.mark_il(current_il_, inlined_);
    const bool is_branch = current_->operand == jump.next && current_->op >= Il::Brfalse && current_->op <= Il::BltUn;
    if (!is_branch) {
      TRY(import_instruction(*current_));
      continue;
    }
    IlInstruction opposite = *current_;
    opposite.operand = opposite.next;
    inverts_ = true;
    TRY(import_branch(opposite));
    break;
  }
  current_ = entry;
  current_il_ = entry_il;
  return {};
}

Status Importer::branch_compare(Condition condition, uint32_t target) {
  TRY(need(2));
  Value b = pop();
  Value a = pop();
  if (a.kind == StackKind::R4 && b.kind == StackKind::R8) coerce(a, StackKind::R8);
  if (a.kind == StackKind::R8 && b.kind == StackKind::R4) coerce(b, StackKind::R8);
  if (!comparable(a, b, condition)) return invalid("operands that cannot be compared");
  if (std::exchange(inverts_, false)) condition = negate(condition, a.kind == StackKind::R4 || a.kind == StackKind::R8);
  if (a.form == Value::Constant && b.form == Value::Constant && (a.kind == StackKind::I4 || a.kind == StackKind::Ref))
    return evaluate(condition, static_cast<int32_t>(a.constant), static_cast<int32_t>(b.constant)) ? jump(target) : Status();
  TRY(check_handlers(target));
  materialize_all();
  TRY(record_entry(target));
  if (is_small_constant(a)) {
    std::swap(a, b);
    condition = mirror(condition);
  }
  const CompareRow& row = compare_row(a.kind, condition);
  if (is_small_constant(b) && row.branch_immediate != Op::Nop) {
    uint32_t left = reg_of(a);
    emit_compare_branch(row.branch_immediate, left, static_cast<uint16_t>(b.constant), target);
    return {};
  }
  uint32_t right = reg_of(b);
  uint32_t left = reg_of(a);
  emit_compare_branch(row.branch, left, right, target);
  return {};
}

/// Joins the branch with the increment and the length just before it, as loops end.
void Importer::emit_compare_branch(Op op, uint32_t left, uint32_t right, uint32_t target) {
  auto is_increment = [&](uint32_t pc) {
    if (pc == Builder::kNone) return false;
    const Word word = builder_.at(pc);
    return word.op == Op::AddI4Imm && word.a == left && word.b == left && word.c == 1;
  };
  const uint32_t newest = builder_.newest();
  if (op == Op::BLtI4 && newest != Builder::kNone && builder_.at(newest).op == Op::Length && builder_.at(newest).a == right &&
      right >= stack_base_ && is_increment(builder_.newest(1)) && builder_.newest(1) + 1 == newest) {
    right = builder_.at(newest).b;
    op = Op::IncBLtLength;
    builder_.cut(newest - 1);
  } else if ((op == Op::BLtI4 || op == Op::BLtI4Imm) && is_increment(newest) && newest + 1 == builder_.position()) {
    op = op == Op::BLtI4 ? Op::IncBLtI4 : Op::IncBLtI4Imm;
    builder_.cut(newest);
  }
  builder_.emit_branch(op, left, right, label(target));
}

bool Importer::fuse_branch(bool when, const Value& value, uint32_t target) {
  if (value.form != Value::Temp || value.kind != StackKind::I4 || builder_.last() == Builder::kNone) return false;
  Word last = builder_.at(builder_.last());
  SetInstruction set = find_set(last.op);
  if (!set.found || last.a != value.position) return false;
  Condition condition = when ? set.condition : negate(set.condition, set.kind >= 2);
  const CompareRow& row = kCompare[set.kind][static_cast<size_t>(condition)];
  builder_.drop_last();
  builder_.emit_branch(set.immediate ? row.branch_immediate : row.branch, last.b, last.c, label(target));
  return true;
}

Status Importer::branch_on(bool when, uint32_t target) {
  TRY(need(1));
  when ^= std::exchange(inverts_, false);
  Value value = pop();
  if (value.kind == StackKind::Vt || value.kind == StackKind::R4 || value.kind == StackKind::R8)
    return invalid("a branch on something else than an integer or a reference");
  bool known = value.form == Value::Constant || value.form == Value::FrameAddress || value.form == Value::Mirror;
  if (known) {
    bool is_true = value.form != Value::Constant || value.constant != 0;
    return is_true == when ? jump(target) : Status();
  }
  TRY(check_handlers(target));
  materialize_all();
  TRY(record_entry(target));
  if (fuse_branch(when, value, target)) return {};
  Condition condition = when ? Condition::Ne : Condition::Eq;
  if (value.kind == StackKind::I8) {
    // The zero goes to the position behind the value, which is free now.
    uint32_t left = reg_of(value);
    uint32_t zero = top_position() + 8;
    high_water_ = std::max(high_water_, zero + 8);
    builder_.emit_extended(Op::LdcI8, zero, 0, 0, 0);
    builder_.emit_branch(compare_row(StackKind::I8, condition).branch, left, zero, label(target));
    return {};
  }
  builder_.emit_branch(compare_row(StackKind::I4, condition).branch_immediate, reg_of(value), 0, label(target));
  return {};
}

Status Importer::import_switch(const IlInstruction& instruction) {
  TRY(need(1));
  Value value = pop();
  if (value.kind != StackKind::I4) return invalid("a switch on something else than an int32");
  uint32_t count = static_cast<uint32_t>(instruction.operand);
  if (count > 0xFFFF) return invalid("a switch with more than 65,535 targets");
  materialize_all();
  for (uint32_t i = 0; i < count; ++i) {
    TRY(check_handlers(switch_target(il_.code, instruction, i)));
    TRY(record_entry(switch_target(il_.code, instruction, i)));
  }
  uint32_t pc = builder_.emit(Op::Switch, reg_of(value), count);
  pc = builder_.last();
  for (uint32_t i = 0; i < count; ++i) builder_.emit_switch_target(pc, label(switch_target(il_.code, instruction, i)));
  builder_.end_peephole();
  return {};
}

Status Importer::import_leave(uint32_t target) {
  clear_stack();
  for (size_t i = 0; i < il_.clauses.size(); ++i) {
    const metadata::ExceptionClause& clause = il_.clauses[i];
    bool inside = current_il_ >= clause.try_begin && current_il_ < clause.try_end;
    bool stays = target >= clause.try_begin && target < clause.try_end;
    if (clause.kind == ClauseKind::Finally && inside && !stays)
      builder_.emit_jump(Op::CallFinally, clause_slots_[i], label(clause.handler_begin));
  }
  return jump(target, true);
}

Status Importer::import_return() {
  for (const metadata::ExceptionClause& clause : il_.clauses)
    if ((current_il_ >= clause.handler_begin && current_il_ < clause.handler_end) || is_in_filter(clause, current_il_))
      return invalid("ret inside a handler");
  for (const metadata::ExceptionClause& clause : il_.clauses)
    if (current_il_ >= clause.try_begin && current_il_ < clause.try_end) return invalid("ret inside a protected block");
  if (caller_) return import_inlined_return();
  Type& type = *TRY(types_.signature_of(method_))->return_type;
  if (type.element_type == ElementType::Void) {
    builder_.emit(Op::RetVoid);
  } else {
    TRY(need(1));
    Value value = pop();
    StackKind kind = stack_kind_of(type);
    TRY(check_value(value, type));
    coerce(value, kind);
    if (kind == StackKind::Vt && value.size > 8) builder_.emit_extended(Op::RetVt, reg_of(value), 0, 0, value.size);
    else builder_.emit(Op::Ret, reg_of(value));
  }
  clear_stack();
  reachable_ = false;
  return {};
}

Status Importer::import_branch(const IlInstruction& instruction) {
  uint32_t target = static_cast<uint32_t>(instruction.operand);
  auto enclosing_handler = [&](auto&& wanted) -> int {
    for (size_t i = 0; i < il_.clauses.size(); ++i) {
      const metadata::ExceptionClause& clause = il_.clauses[i];
      if (wanted(clause.kind) && current_il_ >= clause.handler_begin && current_il_ < clause.handler_end)
        return static_cast<int>(i);
    }
    return -1;
  };
  auto end_block = [&] {
    clear_stack();
    reachable_ = false;
    return Status();
  };
  switch (instruction.op) {
    case Il::Br: return instruction.condition && depth() == 0 ? import_loop_entry(instruction) : jump(target);
    case Il::Brtrue: return branch_on(true, target);
    case Il::Brfalse: return branch_on(false, target);
    case Il::Switch: return import_switch(instruction);
    case Il::Leave: return import_leave(target);
    case Il::Ret: return import_return();
    case Il::Throw: {
      TRY(need(1));
      Value value = pop();
      if (value.kind != StackKind::Ref) return invalid("throw of something else than an object");
      // Who throws an object that is no exception, which no C# does, gets an InvalidCastException.
      uint32_t thrown = reg_of(value);
      if (value.type && !types_.is_assignable(*known().exception, *value.type)) {
        builder_.emit_pointer(Op::CastClass, push(StackKind::Ref, known().exception), thrown, 0, known().exception);
        thrown = top().position;
      }
      builder_.emit(Op::Throw, thrown);
      return end_block();
    }
    case Il::Rethrow: {
      int clause = enclosing_handler([](ClauseKind kind) { return kind == ClauseKind::Catch || kind == ClauseKind::Filter; });
      if (clause < 0) return invalid("rethrow outside a catch handler");
      builder_.emit(Op::Rethrow, clause_slots_[static_cast<size_t>(clause)]);
      return end_block();
    }
    case Il::Endfinally: {
      int clause = enclosing_handler([](ClauseKind kind) { return kind == ClauseKind::Finally || kind == ClauseKind::Fault; });
      if (clause < 0) return invalid("endfinally outside a finally or fault handler");
      builder_.emit(Op::EndFinally, clause_slots_[static_cast<size_t>(clause)]);
      return end_block();
    }
    case Il::Endfilter: {
      TRY(need(1));
      Value value = pop();
      if (value.kind != StackKind::I4) return invalid("a filter answers an int32");
      bool in_filter = std::any_of(il_.clauses.begin(), il_.clauses.end(),
                                   [&](const metadata::ExceptionClause& clause) { return is_in_filter(clause, current_il_); });
      if (!in_filter) return invalid("endfilter outside a filter");
      builder_.emit(Op::EndFilter, reg_of(value));
      return end_block();
    }
    default: return branch_compare(condition_of(instruction.op), target);
  }
}

}  // namespace leanclr::ir
