// Builder: see builder.h.
#include "ir/builder.h"
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

void Builder::bind(uint32_t label) {
  labels_[label] = position();
  last_ = kNone;
}

bool Builder::redirect(uint32_t from, uint32_t to) {
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
  last_ = kNone;
  return true;
}

void Builder::drop_last() {
  code_.resize(last_);
  last_ = kNone;
}

void Builder::add_stack_map(uint32_t pc, std::vector<Root> roots) {
  if (!roots.empty()) maps_.push_back({pc, std::move(roots)});
}

void Builder::mark_il(uint32_t il) {
  if (!il_offsets_.empty() && il_offsets_.back().pc == position()) il_offsets_.back().il = il;
  else il_offsets_.push_back({position(), il});
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
  // Stable: at a block's start the map of all entries comes before that of the instruction, which has taken some off.
  stable_sort(std::span(maps_), [](const PendingMap& x, const PendingMap& y) { return x.pc < y.pc; });
  std::span<StackMap> maps = arena.make_array<StackMap>(maps_.size());
  for (size_t i = 0; i < maps.size(); ++i)
    maps[i] = {maps_[i].pc, arena.copy(std::span<const Root>(maps_[i].roots))};
  body.stack_maps = maps;
  body.il_offsets = arena.copy(std::span<const IlOffset>(il_offsets_));
  return {};
}

}  // namespace leanclr::ir
