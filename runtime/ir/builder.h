// Builder: appends instructions, resolves labels, collects stack maps, and finishes a Body in the arena.
//
// It knows one peephole: the destination of the instruction just emitted may be redirected (`redirect`), so that
// `a + b` followed by `stloc x` writes x directly. What it is not: it knows no IL and no types.
#pragma once

#include <vector>

#include "base/arena.h"
#include "ir/ir.h"

namespace leanclr::ir {

class Builder {
 public:
  uint32_t position() const { return static_cast<uint32_t>(code_.size()); }
  Word& at(uint32_t pc) { return code_[pc]; }

  /// Registers above 16 bits set `overflow()`; the method is then refused.
  uint32_t emit(Op op, uint32_t a = 0, uint32_t b = 0, uint32_t c = 0);
  uint32_t emit_immediate(Op op, uint32_t a, int32_t immediate);
  uint32_t emit_extended(Op op, uint32_t a, uint32_t b, uint32_t c, uint64_t extension);
  uint32_t emit_pointer(Op op, uint32_t a, uint32_t b, uint32_t c, const void* pointer);
  void emit_word(uint64_t bits);

  /// A branch whose displacement is filled in by finish(): `label` is an IL offset.
  void emit_branch(Op op, uint32_t a, uint32_t b, uint32_t label);  // displacement in c
  void emit_jump(Op op, uint32_t a, uint32_t label);                // displacement in b and c
  void emit_switch_target(uint32_t switch_pc, uint32_t label);
  /// From here on the code belongs to `label`; ends the peephole.
  void bind(uint32_t label);
  bool is_bound(uint32_t label) const { return label < labels_.size() && labels_[label] != kUnbound; }
  uint32_t label(uint32_t il) const { return labels_[il]; }

  /// If the last instruction is the one that wrote `from` and nothing has been bound since, makes it write `to`.
  bool redirect(uint32_t from, uint32_t to);
  /// The last instruction when it may still be looked at, else kNone.
  static constexpr uint32_t kNone = ~0u;
  uint32_t last() const { return last_; }
  /// Takes the last instruction back.
  void drop_last();
  void end_peephole() { last_ = kNone; }

  void add_stack_map(uint32_t pc, std::vector<Root> roots);
  void mark_il(uint32_t il);

  void set_label_count(uint32_t count) { labels_.assign(count, kUnbound); }
  bool overflow() const { return overflow_; }

  /// Copies everything into the arena. Errors: InvalidProgram for an unbound label, NotSupported for a branch too far.
  Status finish(Arena& arena, Body& body);

 private:
  static constexpr uint32_t kUnbound = ~0u;
  struct Fixup {
    enum Kind : uint8_t { Short, Long, Word } kind;
    uint32_t pc;      // of the instruction that the displacement counts from
    uint32_t at;      // of the word to patch
    uint32_t label;
  };
  uint16_t reg(uint32_t value);
  std::vector<Word> code_;
  std::vector<uint32_t> labels_;
  std::vector<Fixup> fixups_;
  struct PendingMap {
    uint32_t pc;
    std::vector<Root> roots;
  };
  std::vector<PendingMap> maps_;
  std::vector<IlOffset> il_offsets_;
  uint32_t last_ = kNone;
  bool overflow_ = false;
};

}  // namespace leanclr::ir
