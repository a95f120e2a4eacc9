// Decoding of one IL instruction. Short forms come out as their long ones: ldarg.0 is Ldarg with operand 0, br.s is Br.
#include "ir/il_instruction.h"

#include <cstring>

namespace leanclr::ir {
namespace {

using metadata::IlOperand;

/// Gives short forms their long name; the operand of the implicit ones comes with it.
void normalize(IlInstruction& instruction) {
  Il op = instruction.op;
  auto between = [op](Il first, Il last) { return op >= first && op <= last; };
  auto implicit = [&](Il first, Il name, int64_t base) {
    instruction.operand = static_cast<int64_t>(op) - static_cast<int64_t>(first) + base;
    instruction.op = name;
  };
  if (between(Il::Ldarg0, Il::Ldarg3)) return implicit(Il::Ldarg0, Il::Ldarg, 0);
  if (between(Il::Ldloc0, Il::Ldloc3)) return implicit(Il::Ldloc0, Il::Ldloc, 0);
  if (between(Il::Stloc0, Il::Stloc3)) return implicit(Il::Stloc0, Il::Stloc, 0);
  if (between(Il::LdcI4M1, Il::LdcI48)) return implicit(Il::LdcI4M1, Il::LdcI4, -1);
  if (between(Il::BrS, Il::BltUnS)) {
    instruction.op = static_cast<Il>(static_cast<int>(op) - static_cast<int>(Il::BrS) + static_cast<int>(Il::Br));
    return;
  }
  switch (op) {
    case Il::LdargS: instruction.op = Il::Ldarg; break;
    case Il::LdargaS: instruction.op = Il::Ldarga; break;
    case Il::StargS: instruction.op = Il::Starg; break;
    case Il::LdlocS: instruction.op = Il::Ldloc; break;
    case Il::LdlocaS: instruction.op = Il::Ldloca; break;
    case Il::StlocS: instruction.op = Il::Stloc; break;
    case Il::LdcI4S: instruction.op = Il::LdcI4; break;
    case Il::LeaveS: instruction.op = Il::Leave; break;
    default: break;
  }
}

Result<int64_t> read_operand(Reader& reader, IlOperand kind, IlInstruction& instruction) {
  auto position = [&] { return static_cast<int64_t>(reader.position()); };
  switch (kind) {
    case IlOperand::None: return int64_t{0};
    case IlOperand::ShortVar: return static_cast<int64_t>(TRY(reader.u8()));
    case IlOperand::ShortI: return static_cast<int64_t>(TRY(reader.read<int8_t>()));
    case IlOperand::Var: return static_cast<int64_t>(TRY(reader.u16()));
    case IlOperand::I: return static_cast<int64_t>(TRY(reader.read<int32_t>()));
    case IlOperand::I8: return TRY(reader.read<int64_t>());
    case IlOperand::ShortR: return static_cast<int64_t>(TRY(reader.u32()));
    case IlOperand::R: return TRY(reader.read<int64_t>());
    case IlOperand::ShortBrTarget: {
      int64_t displacement = TRY(reader.read<int8_t>());
      return position() + displacement;
    }
    case IlOperand::BrTarget: {
      int64_t displacement = TRY(reader.read<int32_t>());
      return position() + displacement;
    }
    case IlOperand::Switch: {
      uint32_t count = TRY(reader.u32());
      instruction.targets_at = static_cast<uint32_t>(reader.position());
      if (count > reader.remaining() / 4) return reader.past_end();
      TRY(reader.skip(size_t{count} * 4));
      return static_cast<int64_t>(count);
    }
    default: return static_cast<int64_t>(TRY(reader.u32()));  // a token
  }
}

}  // namespace

Result<IlInstruction> decode_il(Bytes code, uint32_t offset) {
  Reader reader(code);
  TRY(reader.seek(offset));
  IlInstruction instruction;
  instruction.offset = offset;
  uint32_t number = TRY(reader.u8());
  if (number == 0xFE) number = 0x100 | TRY(reader.u8());
  const metadata::IlInfo& info = metadata::il_info(static_cast<uint16_t>(number));
  if (!info.valid) return reader.bad("undefined IL instruction");
  instruction.op = static_cast<Il>(number);
  instruction.operand = TRY(read_operand(reader, info.operand, instruction));
  instruction.next = static_cast<uint32_t>(reader.position());
  normalize(instruction);
  return instruction;
}

uint32_t switch_target(Bytes code, const IlInstruction& instruction, uint32_t index) {
  int32_t displacement;
  std::memcpy(&displacement, code.data() + instruction.targets_at + size_t{index} * 4, 4);
  return instruction.next + static_cast<uint32_t>(displacement);
}

}  // namespace leanclr::ir
