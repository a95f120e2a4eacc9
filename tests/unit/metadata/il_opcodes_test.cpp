// The instruction table against facts of Partition III.
#include "metadata/il_opcodes.h"

#include <set>
#include <string>

#include "unit/test.h"

namespace leanclr::metadata {
namespace {

const IlInfo& info(Il il) { return il_info(static_cast<uint16_t>(il)); }

TEST(il_opcodes_have_unique_names) {
  std::set<std::string_view> names;
  for (uint32_t code = 0; code < 0x200; ++code)
    if (il_info(static_cast<uint16_t>(code)).valid)
      EXPECT(names.insert(il_info(static_cast<uint16_t>(code)).name).second);
  EXPECT_EQ(names.size(), size_t{219});
}

TEST(il_opcodes_known_rows) {
  EXPECT_EQ(static_cast<int>(Il::Ret), 0x2A);
  EXPECT_EQ(static_cast<int>(Il::LdcI48), 0x1E);
  EXPECT_EQ(static_cast<int>(Il::LeaveS), 0xDE);
  EXPECT_EQ(static_cast<int>(Il::Ceq), 0x101);
  EXPECT_EQ(static_cast<int>(Il::Readonly), 0x11E);
  EXPECT_EQ(info(Il::Constrained).name, "constrained.");
  EXPECT_EQ(info(Il::ConvOvfU8Un).name, "conv.ovf.u8.un");
  EXPECT(info(Il::BneUnS).operand == IlOperand::ShortBrTarget);
  EXPECT(info(Il::Ldtoken).operand == IlOperand::Tok);
  EXPECT(info(Il::Unaligned).operand == IlOperand::ShortI);
}

TEST(il_opcodes_undefined) {
  for (uint16_t code : {0x24, 0x77, 0xA6, 0xFE, 0x108, 0x110, 0x11B, 0x11F, 0x1FF, 0x200, 0xFFFF})
    EXPECT(!il_info(code).valid);
}

}  // namespace
}  // namespace leanclr::metadata
