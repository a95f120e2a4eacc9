// Builder: appends instructions, resolves labels, collects stack maps, and finishes a Body in the arena.
//
// It knows one peephole: the destination of the instruction just emitted may be redirected (`redirect`), so that
// `a + b` followed by `stloc x` writes x directly. What it is not: it knows no IL and no types.
#pragma once

#include "base/arena.h"
#include "base/list.h"
#include "ir/ir.h"

namespace leanclr::ir {

class Builder {
 public:
  uint32_t position() const { return static_cast<uint32_t>(code_.size()); }
  Word& at(uint32_t pc) { return code_[pc]; }
  const List<Word>& words() const { return code_; }

  /// Registers above 16 bits set `overflow()`; the method is then refused.
  uint32_t emit(Op op, uint32_t a = 0, uint32_t b = 0, uint32_t c = 0);
  uint32_t emit_immediate(Op op, uint32_t a, int32_t immediate);
  uint32_t emit_extended(Op op, uint32_t a, uint32_t b, uint32_t c, uint64_t extension);
  uint32_t emit_pointer(Op op, uint32_t a, uint32_t b, uint32_t c, const void* pointer);
  void emit_word(uint64_t bits);

  /// A branch whose displacement is filled in by finish().
  void emit_branch(Op op, uint32_t a, uint32_t b, uint32_t label);  // displacement in c
  void emit_jump(Op op, uint32_t a, uint32_t label);                // displacement in b and c
  void emit_switch_target(uint32_t switch_pc, uint32_t label);
  /// From here on the code belongs to `label`; ends the peephole. A jump to just here goes away.
  void bind(uint32_t label);
  bool is_bound(uint32_t label) const { return label < labels_.size() && labels_[label] != kUnbound; }
  uint32_t label(uint32_t label) const { return labels_[label]; }

  /// How far the code has come, to go back there.
  struct Mark {
    uint32_t code, labels, fixups, maps, il_offsets, inlined, last;
    List<Word> tail;  // the last instruction, which the peephole may have changed
    bool overflow;
  };
  Mark mark() const;
  /// Takes back everything emitted, bound and added since.
  void go_back(const Mark& mark);

  /// If the last instruction is the one that wrote `from` and nothing has been bound since, makes it write `to`.
  /// With `again` it may be redirected from there once more.
  bool redirect(uint32_t from, uint32_t to, bool again = false);
  /// The last instruction when it may still be looked at, else kNone.
  static constexpr uint32_t kNone = ~0u;
  uint32_t last() const { return last_; }
  /// The newest instruction of this block, and the one before it; kNone where that is not known. They may be taken back
  /// with cut(), but not looked at for what a value is.
  uint32_t newest(uint32_t before = 0) const;
  /// Puts instructions in front of all others. Just before finish().
  void prepend(const List<Word>& words);
  /// Takes the last instruction back.
  void drop_last();
  /// Takes back everything from `pc` on: instructions without labels, branches and stack maps.
  void cut(uint32_t pc);
  /// Does code at `pc` or behind it begin a block?
  bool is_bound_since(uint32_t pc) const { return bound_at_ != kUnbound && bound_at_ > pc; }
  void end_peephole() { last_ = kNone; }

  void add_stack_map(uint32_t pc, std::span<const Root> roots);
  /// What follows comes from that IL offset of the body's method, or of an inlined one (see IlOffset).
  void mark_il(uint32_t il, uint32_t inlined = 0);
  /// Gives the call's number.
  uint32_t add_inlined(const InlinedCall& call);

  /// Adds unbound labels; gives the first one's number.
  uint32_t add_labels(uint32_t count);
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
  List<Word> code_;
  List<uint32_t> labels_;
  List<Fixup> fixups_;
  struct PendingMap {
    uint32_t pc;
    uint32_t first, count;  // a run of map_roots_
  };
  List<PendingMap> maps_;
  List<Root> map_roots_;
  List<IlOffset> il_offsets_;
  List<InlinedCall> inlined_;
  List<uint32_t> bound_here_;  // the labels bound at position(), if it is still bound_at_
  uint32_t bound_at_ = kUnbound;
  uint32_t last_ = kNone;
  uint32_t newest_[2] = {kNone, kNone};
  bool overflow_ = false;
};

}  // namespace leanclr::ir
