// Builder: see builder.h.
#include "ir/builder.h"
#include "base/list.h"
#include "base/sort.h"

#include <algorithm>

namespace leanclr::ir {

uint16_t Builder::reg(uint32_t value) {
  if (value > 0xFFFF) overflow_ = true;
  return static_cast<uint16_t>(value);
}

uint32_t Builder::emit(Op op, uint32_t a, uint32_t b, uint32_t c) {
  Word word;
  word.bits = 0;
  word.op = op;
  word.a = reg(a);
  word.b = reg(b);
  word.c = reg(c);
  last_ = position();
  newest_[1] = newest_[0];
  newest_[0] = last_;
  code_.push_back(word);
  return last_;
}

uint32_t Builder::emit_immediate(Op op, uint32_t a, int32_t immediate) {
  uint32_t bits = static_cast<uint32_t>(immediate);
  return emit(op, a, bits >> 16, bits & 0xFFFF);
}

uint32_t Builder::emit_extended(Op op, uint32_t a, uint32_t b, uint32_t c, uint64_t extension) {
  uint32_t pc = emit(op, a, b, c);
  emit_word(extension);
  return pc;
}

uint32_t Builder::emit_pointer(Op op, uint32_t a, uint32_t b, uint32_t c, const void* pointer) {
  return emit_extended(op, a, b, c, address_of(pointer));
}

void Builder::emit_word(uint64_t bits) {
  Word word;
  word.bits = bits;
  code_.push_back(word);
}

void Builder::emit_branch(Op op, uint32_t a, uint32_t b, uint32_t label) {
  uint32_t pc = emit(op, a, b, 0);
  fixups_.push_back({Fixup::Short, pc, pc, label});
  last_ = kNone;
}

void Builder::emit_jump(Op op, uint32_t a, uint32_t label) {
  uint32_t pc = emit(op, a);
  fixups_.push_back({Fixup::Long, pc, pc, label});
  last_ = kNone;
}

void Builder::emit_switch_target(uint32_t switch_pc, uint32_t label) {
  fixups_.push_back({Fixup::Word, switch_pc, position(), label});
  emit_word(0);
  last_ = kNone;
}

uint32_t Builder::add_labels(uint32_t count) {
  uint32_t first = static_cast<uint32_t>(labels_.size());
  labels_.resize(first + count, kUnbound);
  return first;
}

void Builder::bind(uint32_t label) {
  if (bound_at_ != position()) bound_here_.clear();
  const Fixup* jump = fixups_.empty() ? nullptr : &fixups_.back();
  if (jump && jump->kind == Fixup::Long && jump->label == label && jump->pc + 1 == position() && code_[jump->pc].op == Op::Br) {
    code_.pop_back();
    fixups_.pop_back();
    for (uint32_t other : bound_here_) labels_[other] = position();
  }
  bound_at_ = position();
  bound_here_.push_back(label);
  labels_[label] = position();
  last_ = kNone;
}

bool Builder::redirect(uint32_t from, uint32_t to, bool again) {
  if (last_ == kNone || to > 0xFFFF) return false;
  Word& word = code_[last_];
  const OpInfo& info = op_info(word.op);
  if (position() != last_ + info.words()) return false;
  if (info.operands[0] == 'd' && word.a == from) {
    word.a = static_cast<uint16_t>(to);
  } else if (info.operands[0] == 'x' && info.operands[1] == 'd' && word.b == from) {
    word.b = static_cast<uint16_t>(to);
  } else {
    return false;
  }
  if (!again) last_ = kNone;
  return true;
}

uint32_t Builder::newest(uint32_t before) const {
  uint32_t pc = newest_[before];
  return pc == kNone || is_bound_since(pc) ? kNone : pc;
}

void Builder::prepend(const List<Word>& words) {
  const uint32_t count = static_cast<uint32_t>(words.size());
  code_.insert(code_.begin(), words.begin(), words.end());
  for (uint32_t& label : labels_)
    if (label != kUnbound) label += count;
  for (Fixup& fixup : fixups_) {
    fixup.pc += count;
    fixup.at += count;
  }
  for (PendingMap& map : maps_) map.pc += count;
  for (IlOffset& offset : il_offsets_) offset.pc += count;
}

void Builder::cut(uint32_t pc) {
  code_.resize(pc);
  last_ = newest_[0] = newest_[1] = kNone;
}

void Builder::drop_last() {
  code_.resize(last_);
  last_ = newest_[0] = newest_[1] = kNone;
}

void Builder::add_stack_map(uint32_t pc, std::span<const Root> roots) {
  if (roots.empty()) return;
  maps_.push_back({pc, static_cast<uint32_t>(map_roots_.size()), static_cast<uint32_t>(roots.size())});
  map_roots_.append(roots);
}

void Builder::mark_il(uint32_t il, uint32_t inlined) {
  while (!il_offsets_.empty() && il_offsets_.back().pc > position()) il_offsets_.pop_back();  // of what was taken back
  if (il_offsets_.empty() || il_offsets_.back().pc != position()) il_offsets_.emplace_back();
  il_offsets_.back() = {position(), il, inlined};
}

uint32_t Builder::add_inlined(const InlinedCall& call) {
  inlined_.push_back(call);
  return static_cast<uint32_t>(inlined_.size());
}

Builder::Mark Builder::mark() const {
  auto count = [](const auto& list) { return static_cast<uint32_t>(list.size()); };
  Mark mark{count(code_), count(labels_), count(fixups_), count(maps_), count(il_offsets_), count(inlined_), last_, {}, overflow_};
  if (last_ != kNone) mark.tail.assign(code_.begin() + last_, code_.end());
  return mark;
}

void Builder::go_back(const Mark& mark) {
  if (mark.last != kNone) {
    code_.resize(mark.last);
    code_.insert(code_.end(), mark.tail.begin(), mark.tail.end());
  } else {
    code_.resize(mark.code);
  }
  labels_.resize(mark.labels);
  fixups_.resize(mark.fixups);
  maps_.resize(mark.maps);
  il_offsets_.resize(mark.il_offsets);
  inlined_.resize(mark.inlined);
  last_ = mark.last;
  newest_[0] = newest_[1] = kNone;
  overflow_ = mark.overflow;
  bound_here_.clear();
  bound_at_ = kUnbound;
}

Status Builder::finish(Arena& arena, Body& body) {
  for (const Fixup& fixup : fixups_) {
    if (!is_bound(fixup.label))
      return failure(ErrorKind::InvalidProgram, "branch to the middle of an instruction");
    int64_t displacement = static_cast<int64_t>(labels_[fixup.label]) - fixup.pc;
    Word& word = code_[fixup.at];
    switch (fixup.kind) {
      case Fixup::Short:
        if (displacement != static_cast<int16_t>(displacement))
          return failure(ErrorKind::NotSupported, "a branch spans more than 32,767 words");
        word.c = static_cast<uint16_t>(displacement);
        break;
      case Fixup::Long:
        word.b = static_cast<uint16_t>(static_cast<uint32_t>(displacement) >> 16);
        word.c = static_cast<uint16_t>(displacement);
        break;
      case Fixup::Word: word.low = static_cast<uint32_t>(displacement); break;
    }
  }
  std::span<Word> code{static_cast<Word*>(arena.allocate(code_.size() * sizeof(Word))), code_.size()};
  std::copy(code_.begin(), code_.end(), code.begin());
  body.code = code.data();
  body.code_length = position();
  stable_sort(std::span(maps_), [](const PendingMap& x, const PendingMap& y) { return x.pc < y.pc; });
  std::span<StackMap> maps = arena.make_array<StackMap>(maps_.size());
  for (size_t i = 0; i < maps.size(); ++i)
    maps[i] = {maps_[i].pc, arena.copy(std::span<const Root>(map_roots_.data() + maps_[i].first, maps_[i].count))};
  body.stack_maps = maps;
  body.il_offsets = arena.copy(std::span<const IlOffset>(il_offsets_));
  body.inlined = arena.copy(std::span<const InlinedCall>(inlined_));
  return {};
}

}  // namespace leanclr::ir
