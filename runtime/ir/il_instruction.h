// One IL instruction as it stands in a method's code (§III.1.2, §III.1.9).
//
// What it is not: a check of anything but that it is there in full and its opcode defined.
#pragma once

#include "base/reader.h"
#include "metadata/il_opcodes.h"

namespace leanclr::ir {

using metadata::Il;

struct IlInstruction {
  uint32_t offset = 0, next = 0;
  Il op = Il::Nop;          // short forms under their long names
  int64_t operand = 0;      // branch targets absolute; floats as bits; switch: number of targets
  uint32_t targets_at = 0;  // switch: offset of the target table
  uint32_t condition =
      0;  // the importer's, of a br to a loop's condition: the index of its first instruction

  /// The operand is a token, the last four bytes of the instruction.
  bool has_token() const {
    return metadata::il_info(static_cast<uint16_t>(op)).operand >= metadata::IlOperand::Method;
  }
};

/// The instruction at `offset`. Errors: BadImage when the code ends inside it or its opcode is not defined.
Result<IlInstruction> decode_il(Bytes code, uint32_t offset);
/// Where a switch branches to for `index`, which is below its operand.
uint32_t switch_target(Bytes code, const IlInstruction& instruction, uint32_t index);

}  // namespace leanclr::ir
