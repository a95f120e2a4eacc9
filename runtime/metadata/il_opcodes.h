// The IL instruction set (§III), from il_opcodes.def: enum, names and operand kinds.
#pragma once

#include <cstdint>
#include <string_view>

namespace leanclr::metadata {

/// How an instruction's inline operand is encoded (§III.1.9 and Partition VI's opcode.def names).
enum class IlOperand : uint8_t {
  None, ShortVar, Var, ShortI, I, I8, ShortR, R, ShortBrTarget, BrTarget, Switch,
  Method, Field, Type, Tok, String, Sig,
};

/// Value: the byte for one-byte instructions, 0x100 | second byte for those with the 0xFE prefix.
enum class Il : uint16_t {
#define IL_OPCODE(name, text, code, operand) name = code,
#include "metadata/il_opcodes.def"
#undef IL_OPCODE
};

struct IlInfo {
  std::string_view name;
  IlOperand operand = IlOperand::None;
  bool valid = false;
};
/// `code` as in Il; an undefined code gives `valid == false`.
const IlInfo& il_info(uint16_t code);

}  // namespace leanclr::metadata
