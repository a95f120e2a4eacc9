// The IR: what a method's IL becomes before it runs. Instructions are rows of ops.def.
//
// Register-based and typed by operation. A frame is an array of 8-byte slots: arguments, locals, one pair of slots for
// each exception handler, then the evaluation stack, whose entries lie at fixed offsets by depth. A callee's frame
// begins where its arguments were left in the caller's, so a call copies nothing.
// A Body is what the interpreter runs; it knows for every safepoint which slots hold
// references: `roots` for the whole method, `stack_maps` for the evaluation stack at one instruction.
// What it is not: IL (importer.h makes it from that).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/ref.h"
#include "metadata/method_body.h"
#include "types/type.h"

namespace leanclr::ir {

enum class Op : uint16_t {
#define OP(name, text, operands, extension) name,
#include "ir/ops.def"
  Count_,
};

/// A static description of an operation, from its row.
struct OpInfo {
  char operands[3];  // a letter for each
  char extension;    // '0': none
  /// Words that the instruction takes in all (a switch's targets not counted).
  uint32_t words() const { return extension == '0' ? 1 : extension == 'C' ? 3 : 2; }
};
const OpInfo& op_info(Op op);
/// What listings call it; they alone need it (print.cpp), so that a module without them does not carry the names.
std::string_view name_of(Op op);

/// One word of code: an instruction, or an extension of the one before.
union Word {
  struct {
    Op op;
    uint16_t a, b, c;
  };
  struct {
    uint32_t low, high;
  };
  uint64_t bits;

  int32_t immediate() const { return static_cast<int32_t>(static_cast<uint32_t>(b) << 16 | c); }
  template <typename T>
  T* pointer() const { return pointer_at<T>(low); }
};
static_assert(sizeof(Word) == 8);

enum class RootKind : uint8_t { Reference, Interior };

/// A slot (or part of one) that holds a reference.
struct Root {
  uint16_t offset = 0;  // bytes from the frame's start
  RootKind kind = RootKind::Reference;
};

/// The evaluation stack's references at one safepoint.
struct StackMap {
  /// Index of the instruction; for a call, of its last extension word, so that a caller's map is told from that of
  /// the instruction it returns to.
  uint32_t pc = 0;
  std::span<const Root> roots;
};

struct Clause {
  metadata::ClauseKind kind{};
  uint32_t try_begin = 0, try_end = 0;          // code indexes, ends exclusive
  uint32_t handler_begin = 0, handler_end = 0;
  uint32_t filter_begin = 0;
  types::Type* catch_type = nullptr;
  /// Catch, filter: the register that receives the exception. Finally, fault: the resume register; the exception in
  /// flight lies in the slot behind it.
  uint16_t slot = 0;
};

struct IlOffset {
  uint32_t pc = 0;
  uint32_t il = 0;       // in the method that `inlined` names
  uint32_t inlined = 0;  // 0: the body's own method, else the number of an InlinedCall
};

/// A call whose method's code stands in the caller's. Numbers count from 1.
struct InlinedCall {
  types::Method* method = nullptr;
  uint32_t il = 0;       // where the call stands, in the method that `caller` names
  uint32_t caller = 0;   // 0: the body's own method, else the number of another InlinedCall
};

/// Where code comes from: a method and an IL offset in it, as if nothing were inlined.
struct Place {
  types::Method* method = nullptr;  // null behind the outermost caller
  uint32_t il = 0;
  uint32_t inlined = 0;
};

/// An error that a ThrowError instruction raises when it is reached, and ldstr's operands.
struct Deferred {
  ErrorKind kind = ErrorKind::None;
  std::string_view message;
  types::Assembly* assembly = nullptr;
  uint32_t token = 0;
};

struct Body {
  Word* code = nullptr;
  uint32_t code_length = 0;      // words
  uint32_t frame_bytes = 0;      // arguments, locals and the deepest evaluation stack
  uint16_t argument_bytes = 0;
  uint16_t zero_begin = 0;       // [zero_begin, zero_end) is cleared on entry
  uint16_t zero_end = 0;
  bool unbox_this = false;       // an instance method of a value type: a virtual call passes the box's value
  bool has_localloc = false;
  bool is_draft = false;         // another import, with Effort::Full, makes it faster
  types::Method* method = nullptr;
  std::span<const Root> roots;
  std::span<const StackMap> stack_maps;  // by ascending pc
  std::span<const Clause> clauses;       // innermost first
  std::span<const IlOffset> il_offsets;  // by ascending pc
  std::span<const InlinedCall> inlined;

  const StackMap* stack_map_at(uint32_t pc) const;
  /// Where the instruction at `pc` comes from: the innermost method.
  Place place_at(uint32_t pc) const;
  /// The call that an inlined place is in; a Place without a method for the body's own.
  Place caller_of(const Place& place) const;
};

/// A readable listing, one instruction a line.
std::string print(const Body& body);

}  // namespace leanclr::ir
