// Look-ups on the static tables of ops.def and on a Body.
#include "ir/ir.h"

#include <algorithm>

namespace leanclr::ir {
namespace {

constexpr OpInfo kOps[] = {
#define OP(name, text, operands, extension) {text, operands, extension},
#include "ir/ops.def"
};
static_assert(std::size(kOps) == static_cast<size_t>(Op::Count_));

}  // namespace

const OpInfo& op_info(Op op) { return kOps[static_cast<size_t>(op)]; }

const StackMap* Body::stack_map_at(uint32_t pc) const {
  auto found = std::lower_bound(stack_maps.begin(), stack_maps.end(), pc,
                                [](const StackMap& map, uint32_t at) { return map.pc < at; });
  return found != stack_maps.end() && found->pc == pc ? &*found : nullptr;
}

uint32_t Body::il_offset_at(uint32_t pc) const {
  auto after = std::upper_bound(il_offsets.begin(), il_offsets.end(), pc,
                                [](uint32_t at, const IlOffset& entry) { return at < entry.pc; });
  return after == il_offsets.begin() ? 0 : (after - 1)->il;
}

}  // namespace leanclr::ir
