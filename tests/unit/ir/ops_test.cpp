// ops.def: letters that are described there, names that tell instructions apart, families without gaps.
#include <set>

#include "ir/ir.h"
#include "unit/test.h"

namespace leanclr::test {

using ir::Op;

TEST(rows_use_letters_that_are_described) {
  for (uint16_t i = 0; i < static_cast<uint16_t>(Op::Count_); ++i) {
    const ir::OpInfo& info = ir::op_info(static_cast<Op>(i));
    const std::string_view operands(info.operands, 3);
    EXPECT_EQ(operands.find_first_not_of("dsxiujhl-"), std::string_view::npos);
    EXPECT(std::string_view("0ILTMFASEC").find(info.extension) != std::string_view::npos);
    // The halves of a 32-bit immediate come together.
    EXPECT_EQ(operands.find('h') == std::string_view::npos,
              operands.find("hl") == std::string_view::npos);
    // A branch displacement is the last operand, where finish() puts it.
    size_t displacement = operands.find('j');
    EXPECT(displacement == std::string_view::npos || displacement == 2);
  }
}

TEST(names_are_unique) {
  std::set<std::string_view> names;
  for (uint16_t i = 0; i < static_cast<uint16_t>(Op::Count_); ++i) {
    std::string_view name = ir::name_of(static_cast<Op>(i));
    EXPECT(!name.empty() && name.find(' ') == std::string_view::npos);
    if (!names.insert(name).second) EXPECT_EQ(name, "a name of its own");
  }
}

TEST(extensions_take_their_words) {
  EXPECT_EQ(ir::op_info(Op::AddI4).words(), 1u);
  EXPECT_EQ(ir::op_info(Op::Call).words(), 2u);
  EXPECT_EQ(ir::op_info(Op::CallInterface).words(), 3u);
}

}  // namespace leanclr::test
