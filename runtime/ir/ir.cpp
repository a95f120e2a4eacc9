// Look-ups on the static tables of ops.def and on a Body.
#include "ir/ir.h"

#include <algorithm>

namespace leanclr::ir {
namespace {

constexpr OpInfo kOps[] = {
#define OP(name, text, operands, extension) {{operands[0], operands[1], operands[2]}, extension},
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

Place Body::place_at(uint32_t pc) const {
  auto after = std::upper_bound(il_offsets.begin(), il_offsets.end(), pc,
                                [](uint32_t at, const IlOffset& entry) { return at < entry.pc; });
  if (after == il_offsets.begin()) return {method, 0, 0};
  const IlOffset& entry = *(after - 1);
  return {entry.inlined ? inlined[entry.inlined - 1].method : method, entry.il, entry.inlined};
}

Place Body::caller_of(const Place& place) const {
  if (place.inlined == 0) return {};
  const InlinedCall& call = inlined[place.inlined - 1];
  return {call.caller ? inlined[call.caller - 1].method : method, call.il, call.caller};
}

}  // namespace leanclr::ir
