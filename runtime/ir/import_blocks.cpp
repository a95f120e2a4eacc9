// Basic blocks: which loops there are, what lies on the stack where a block begins, and entering one. Not here: the branches
// that lead there (import_branches.cpp).
#include <algorithm>

#include "ir/importer_state.h"

namespace leanclr::ir {

using metadata::ClauseKind;

void Importer::find_loops() {
  List<uint8_t> uses(il_flags_.size());
  auto use = [&](uint32_t at) { uses[at] = static_cast<uint8_t>(std::min(uses[at] + 1, 2)); };
  for (const IlInstruction& instruction : instructions_) {
    const bool is_branch = (instruction.op >= Il::Br && instruction.op <= Il::BltUn) || instruction.op == Il::Leave;
    if (is_branch) use(static_cast<uint32_t>(instruction.operand));
    if (is_branch && instruction.operand <= instruction.offset) loops_.push_back({static_cast<uint32_t>(instruction.operand), instruction.next});
    for (uint32_t i = 0; instruction.op == Il::Switch && i < instruction.operand; ++i) use(switch_target(il_.code, instruction, i));
  }
  if (loops_.empty()) return;
  for (const metadata::ExceptionClause& clause : il_.clauses)
    for (uint32_t at : {clause.try_begin, clause.try_end, clause.handler_begin, clause.handler_end, clause.filter_begin}) use(at);
  size_t condition = 0;
  for (IlInstruction& jump : instructions_) {
    if (jump.op != Il::Br || jump.operand <= jump.offset) continue;
    while (condition < instructions_.size() && instructions_[condition].offset < jump.operand) ++condition;
    if (condition == instructions_.size() || instructions_[condition].offset != jump.operand) {
      condition = 0;
      continue;
    }
    size_t end = condition;
    if (!is_loop_entry(jump, condition, end)) {
      condition = 0;
      continue;
    }
    jump.condition = static_cast<uint32_t>(condition);
    il_flags_[instructions_[end].next] |= kLeader;
    if (uses[static_cast<size_t>(jump.operand)] == 1) il_flags_[static_cast<size_t>(jump.operand)] &= static_cast<uint8_t>(~kLeader);
    condition = 0;
  }
}

/// Does the jump lead to a few plain instructions and a branch back to behind the jump? `end`: that branch's index.
bool Importer::is_loop_entry(const IlInstruction& jump, size_t condition, size_t& end) const {
  constexpr size_t kMostInstructions = 8;
  for (end = condition; end < instructions_.size() && end < condition + kMostInstructions; ++end) {
    const IlInstruction& instruction = instructions_[end];
    if (end != condition && (il_flags_[instruction.offset] & kLeader)) return false;
    switch (instruction.op) {
      case Il::Ldloc: case Il::Ldarg: case Il::LdcI4: case Il::LdcI8: case Il::LdcR8: case Il::LdcR4: case Il::Ldlen: case Il::Ldfld:
      case Il::Ldsfld: case Il::ConvI4: case Il::ConvI8: case Il::ConvU8: case Il::Add: case Il::Sub: case Il::Mul: case Il::Ldnull:
      case Il::Ldloca: case Il::Ldarga: case Il::Call:
        continue;
      default: break;
    }
    bool is_branch = instruction.op >= Il::Brfalse && instruction.op <= Il::BltUn;
    if (!is_branch || instruction.operand != jump.next || instruction.next >= il_.code.size()) return false;
    for (const metadata::ExceptionClause& clause : il_.clauses) {
      auto same = [&](uint32_t begin, uint32_t last) {
        auto inside = [&](uint32_t at) { return at >= begin && at < last; };
        return inside(jump.offset) == inside(instructions_[condition].offset) && inside(jump.offset) == inside(instruction.next);
      };
      if (!same(clause.try_begin, clause.try_end) || !same(clause.handler_begin, clause.handler_end)) return false;
      if (clause.kind == ClauseKind::Filter && !same(clause.filter_begin, clause.handler_begin)) return false;
    }
    return true;
  }
  return false;
}

bool Importer::is_in_loop(uint32_t il) const {
  return std::any_of(loops_.begin(), loops_.end(), [&](const Loop& loop) { return il >= loop.begin && il < loop.end; });
}

Importer::EntryState* Importer::entry_state(uint32_t il) {
  const uint32_t found = entry_index_.find(combine_hashes(il, 0), [&](uint32_t index) { return entry_states_[index - 1].il == il; });
  return found ? &entry_states_[found - 1] : nullptr;
}

void Importer::set_entry_state(uint32_t il, std::span<const Value> values) {
  const EntryState state{il, static_cast<uint32_t>(entry_values_.size()), static_cast<uint32_t>(values.size())};
  entry_values_.insert(entry_values_.end(), values.data(), values.data() + values.size());
  last_entry_ = std::max(last_entry_, il);
  if (EntryState* known = entry_state(il)) {
    *known = state;
    return;
  }
  entry_states_.push_back(state);
  entry_index_.insert(combine_hashes(il, 0), static_cast<uint32_t>(entry_states_.size()));
}

Status Importer::record_entry(uint32_t target) {
  const EntryState* entry = entry_state(target);
  if (!entry) {
    // A loop's head that was entered with nothing known is reached again: only an empty stack will do.
    if (builder_.is_bound(label(target)) && depth() != 0) return invalid("a backward branch with values on the stack");
    set_entry_state(target, {stack_.begin() + floor_, stack_.end()});
    // Other paths may bring null.
    for (size_t i = entry_states_.back().first; i < entry_values_.size(); ++i) entry_values_[i].not_null = false;
    return {};
  }
  std::span<Value> known_state(entry_values_.data() + entry->first, entry->count);
  if (known_state.size() != depth()) return invalid("the stack has another depth on another path");
  for (size_t i = 0; i < known_state.size(); ++i) {
    Value& known_value = known_state[i];
    const Value& value = stack_[floor_ + i];
    const Value before = known_value;
    bool fits = known_value.position == value.position && known_value.size == value.size && merge(known_value, value);
    // Code that is imported already took the value for what it was then.
    if (builder_.is_bound(label(target)))
      fits = fits && known_value.kind == before.kind && known_value.type == before.type && known_value.is_null == before.is_null && known_value.function == before.function;
    if (!fits) return invalid("the stack has other values on another path");
  }
  return {};
}

void Importer::push_entry(const EntryState& state) {
  clear_stack();
  const Value* first = entry_values_.data() + state.first;
  stack_.insert(stack_.end(), first, first + state.count);
}

Status Importer::enter_block(uint32_t il) {
  if (reachable_) {
    for (const metadata::ExceptionClause& clause : il_.clauses)
      if (il == clause.handler_begin || (clause.kind == ClauseKind::Filter && il == clause.filter_begin))
        return invalid("control falls into a handler");
    materialize_all();
    TRY(record_entry(il));
    push_entry(*entry_state(il));
  } else if (const EntryState* state = entry_state(il)) {
    push_entry(*state);
    reachable_ = true;
  } else if (il_flags_[il] & kBackwardTarget) {
    clear_stack();
    reachable_ = true;
  }
  builder_.bind(label(il));
  // The loop may come out here, having branched back. The map has an instruction of its own: the next one's differs.
  if (reachable_ && depth() != 0 && (il_flags_[il] & kBackwardTarget)) add_safepoint(builder_.emit(Op::Nop));
  return {};
}

}  // namespace leanclr::ir
