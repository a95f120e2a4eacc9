// The rows of il_opcodes.def as a table indexed by code.
#include "metadata/il_opcodes.h"

#include <array>

namespace leanclr::metadata {
namespace {

constexpr size_t kCodeCount = 0x200;

constexpr std::array<IlInfo, kCodeCount> kInfos = [] {
  std::array<IlInfo, kCodeCount> infos{};
#define IL_OPCODE(name, text, code, operand) infos[code] = {text, IlOperand::operand, true};
#include "metadata/il_opcodes.def"
#undef IL_OPCODE
  return infos;
}();

constexpr IlInfo kInvalid{};

}  // namespace

const IlInfo& il_info(uint16_t code) { return code < kCodeCount ? kInfos[code] : kInvalid; }

}  // namespace leanclr::metadata
