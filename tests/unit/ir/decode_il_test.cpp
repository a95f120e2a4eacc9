// One IL instruction from bytes: short forms, operands, what is cut off.
#include "ir/il_instruction.h"
#include "unit/ir/il_assembler.h"
#include "unit/test.h"

namespace leanclr::test {

using ir::Il;
using ir::IlInstruction;

namespace {

IlInstruction decode(const Buffer& code, uint32_t offset = 0) {
  auto decoded = ir::decode_il(code, offset);
  CHECK(decoded.ok());
  return decoded.value();
}

IlInstruction decode(std::string_view text) { return decode(assemble_code(text)); }

}  // namespace

TEST(short_forms_come_out_long) {
  EXPECT(decode("ldarg.3").op == Il::Ldarg && decode("ldarg.3").operand == 3);
  EXPECT(decode("ldloc.1").op == Il::Ldloc && decode("ldloc.1").operand == 1);
  EXPECT(decode("stloc.s 200").op == Il::Stloc && decode("stloc.s 200").operand == 200);
  EXPECT(decode("ldc.i4.m1").op == Il::LdcI4 && decode("ldc.i4.m1").operand == -1);
  EXPECT(decode("ldc.i4.8").op == Il::LdcI4 && decode("ldc.i4.8").operand == 8);
  EXPECT(decode("ldc.i4.s -128").op == Il::LdcI4 && decode("ldc.i4.s -128").operand == -128);
  EXPECT(decode("leave.s 0").op == Il::Leave);
}

TEST(two_byte_instructions_and_operands) {
  EXPECT(decode("ceq").op == Il::Ceq && decode("ceq").next == 2);
  EXPECT(decode("ldarg 300").op == Il::Ldarg && decode("ldarg 300").operand == 300 &&
         decode("ldarg 300").next == 4);
  EXPECT_EQ(decode("ldc.i8 -5").operand, int64_t{-5});
  EXPECT_EQ(decode("ldc.i4 0x80000000").operand, int64_t{INT32_MIN});
  EXPECT_EQ(decode("call 0x0A000007").operand, int64_t{0x0A000007});
}

TEST(branch_targets_are_absolute) {
  Buffer code = assemble_code("nop; blt.s 0; bge 0x20; switch 0 0x40");
  IlInstruction first = decode(code, 1);
  EXPECT(first.op == Il::Blt && first.operand == 0 && first.next == 3);
  EXPECT(decode(code, 3).op == Il::Bge && decode(code, 3).operand == 0x20);
  IlInstruction table = decode(code, 8);
  EXPECT(table.op == Il::Switch && table.operand == 2 && table.next == code.size());
  EXPECT_EQ(ir::switch_target(code, table, 0), 0u);
  EXPECT_EQ(ir::switch_target(code, table, 1), 0x40u);
}

TEST(every_cut_instruction_is_an_error) {
  for (std::string_view text :
       {"ldc.i4 5", "ldc.i8 5", "ldarg 1", "br 0", "br.s 0", "switch 0 0 0", "ceq", "call 1"}) {
    Buffer code = assemble_code(text);
    for (size_t size = 0; size < code.size(); ++size) {
      auto cut = ir::decode_il(Bytes(code.data(), size), 0);
      EXPECT(!cut.ok());
      if (!cut.ok()) EXPECT_EQ(cut.take_error().kind(), ErrorKind::BadImage);
    }
  }
  // A switch whose table would be larger than any method.
  EXPECT(!succeeded(ir::decode_il(Buffer{0x45, 0xFF, 0xFF, 0xFF, 0xFF}, 0)));
  for (uint8_t undefined : {0x24, 0x77, 0xF0}) EXPECT(!succeeded(ir::decode_il(Buffer{undefined}, 0)));
  EXPECT(!succeeded(ir::decode_il(Buffer{0xFE, 0xFF}, 0)));
}

}  // namespace leanclr::test
