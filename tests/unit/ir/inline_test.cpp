// Small methods imported where they are called, and what else makes code shorter than the IL says.
#include "unit/ir/program.h"

namespace leanclr::test {
namespace {

std::string call(uint32_t token) { return "call " + std::to_string(token); }

/// "M@4 < Outer@1": where the first instruction of that name comes from, innermost first.
std::string places_of(const ir::Body& body, std::string_view name) {
  for (uint32_t pc = 0; pc < body.code_length; pc += ir::op_info(body.code[pc].op).words()) {
    if (ir::name_of(body.code[pc].op) != name) continue;
    std::string text;
    for (ir::Place place = body.place_at(pc); place.method; place = body.caller_of(place))
      text += (text.empty() ? "" : " < ") + std::string(place.method->name) + "@" + std::to_string(place.il);
    return text;
  }
  return "no such instruction";
}

}  // namespace

TEST(a_small_method_is_imported_where_it_is_called) {
  Program program(REQUIRE_WORLD());
  uint32_t sum = program.method("Sum", {kI4, kI4, kI4}, "ldarg.0; ldarg.1; add; ret");
  // return 1 + Sum(a, 2): nothing is passed
  EXPECT_EQ(listing(program, {kI4, kI4}, "ldc.i4.1; ldarg.0; ldc.i4.2; " + call(sum) + "; add; ret"),
            "0 add.i4.imm r2 r0 #2; 1 add.i4.imm r1 r2 #1; 2 ret r1");
}

TEST(an_inlined_method_has_locals_and_branches_of_its_own) {
  Program program(REQUIRE_WORLD());
  uint32_t larger = program.method("Max", {kI4, kI4, kI4},
                                   "ldarg.0; ldarg.1; bgt.s first; ldarg.1; stloc.0; br.s end;"
                                   "first: ldarg.0; stloc.0; end: ldloc.0; ret", {kI4});
  EXPECT_EQ(listing(program, {kI4, kI4, kI4}, "ldarg.0; ldarg.1; " + call(larger) + "; ret"),
            "0 ldc.i8 r4 #0; 2 bgt.i4 r0 r1 @5; 3 mov r4 r1; 4 br @6; 5 mov r4 r0; 6 mov r2 r4; 7 ret r2");
}

TEST(an_argument_that_is_assigned_is_copied) {
  Program program(REQUIRE_WORLD());
  uint32_t next = program.method("Next", {kI4, kI4}, "ldarg.0; ldc.i4.1; add; starg.s 0; ldarg.0; ret");
  EXPECT_EQ(listing(program, {kI4, kI4}, "ldarg.0; " + call(next) + "; ldarg.0; add; ret"),
            "0 mov r1 r0; 1 add.i4.imm r1 r1 #1; 2 add.i4 r1 r1 r0; 3 ret r1");
}

TEST(what_throws_or_loops_or_recurs_is_called) {
  Program program(REQUIRE_WORLD());
  uint32_t throws = program.method("Throws", {kI4}, "ldnull; throw");
  uint32_t loops = program.method("Loops", {kI4, kI4}, "again: ldarg.0; brtrue.s again; ldc.i4.0; ret");
  EXPECT_EQ(listing(program, {kI4}, call(throws) + "; " + call(loops) + "; ret"),
            "0 call r0 r0 P::Throws; 2 call r0 r0 P::Loops; 4 ret r0");
}

TEST(a_draft_has_small_methods_in_its_loops_only) {
  Program program(REQUIRE_WORLD());
  uint32_t same = program.method("Same", {kI4, kI4}, "ldarg.0; ret");
  uint32_t odd = program.method("Odd", {kI4, kI4}, "ldarg.0; ldc.i4.3; ldc.i4.5; xor; ldc.i4.7; and; ldc.i4.1; add; xor; ret");
  program.method("M", {kI4, kI4}, "ldarg.0; " + call(same) + "; " + call(odd) + "; starg.s 0;"
                 "again: ldarg.0; " + call(odd) + "; starg.s 0; ldarg.0; brtrue.s again; ldarg.0; ret");
  ir::Body& draft = *REQUIRE_OK(program.import("M", ir::Effort::Draft));
  EXPECT(draft.is_draft);
  EXPECT_EQ(one_line(draft), "0 mov r7 r0; 1 call r7 r0 P::Odd; 3 xor.i4.imm r0 r0 #7; 4 bne.i4.imm r0 #0 @3; 5 ret r0");
  ir::Body& full = *REQUIRE_OK(program.import("M"));
  EXPECT(!full.is_draft);
  EXPECT_EQ(one_line(full), "0 xor.i4.imm r0 r0 #7; 1 xor.i4.imm r0 r0 #7; 2 bne.i4.imm r0 #0 @1; 3 ret r0");
}

TEST(code_knows_the_inlined_calls_it_comes_from) {
  Program program(REQUIRE_WORLD());
  uint32_t divide = program.method("Divide", {kI4, kI4, kI4}, "ldarg.0; ldarg.1; div; ret");
  uint32_t outer = program.method("Outer", {kI4, kI4}, "ldc.i4.7; ldarg.0; " + call(divide) + "; ret");
  program.method("M", {kI4, kI4}, "nop; ldarg.0; " + call(outer) + "; neg; ret");
  ir::Body& body = *REQUIRE_OK(program.import("M"));
  EXPECT_EQ(places_of(body, "div.i4"), "Divide@2 < Outer@2 < M@2");
  EXPECT_EQ(places_of(body, "neg.i4"), "M@7");
}

TEST(a_loop_ends_in_one_instruction) {
  Program program(REQUIRE_WORLD());
  // for (int i = 0; i < n; i++) sum += i;
  EXPECT_EQ(listing(program, {kI4, kI4},
                    "ldc.i4.0; stloc.1; br.s condition; body: ldloc.0; ldloc.1; add; stloc.0; ldloc.1; ldc.i4.1; add; stloc.1;"
                    "condition: ldloc.1; ldarg.0; blt.s body; ldloc.0; ret", {kI4, kI4}),
            "0 ldc.i4 r2 #0; 1 bge.i4 r2 r0 @4; 2 add.i4 r1 r1 r2; 3 inc.blt.i4 r2 r0 @2; 4 ret r1");
}

TEST(constants_in_loops_have_registers) {
  Program program(REQUIRE_WORLD());
  EXPECT_EQ(listing(program, {kI4, kI4},
                    "again: ldarg.0; ldc.i4 100000; xor; starg.s 0; ldarg.0; brtrue.s again; ldarg.0; ret"),
            "0 ldc.i8 r1 #100000; 2 xor.i4 r0 r0 r1; 3 bne.i4.imm r0 #0 @2; 4 ret r0");
}

TEST(small_constants_in_loops_have_registers_where_there_is_no_immediate) {
  Program program(REQUIRE_WORLD());
  EXPECT_EQ(listing(program, {kI4, kI4}, "again: ldc.i4.3; ldarg.0; sub; starg.s 0; ldarg.0; brtrue.s again; ldarg.0; ret"),
            "0 ldc.i8 r1 #3; 2 sub.i4 r0 r1 r0; 3 bne.i4.imm r0 #0 @2; 4 ret r0");
}

TEST(a_converted_constant_is_another_one) {
  Program program(REQUIRE_WORLD());
  EXPECT_EQ(listing(program, {kI8, kI8}, "again: ldarg.0; ldc.i4 0x80000000; conv.u8; xor; starg.s 0; ldarg.0; ldc.i4.0; conv.i8; bne.un.s again; ldarg.0; ret"),
            "0 ldc.i8 r1 #2147483648; 2 ldc.i8 r2 #0; 4 xor.i8 r0 r0 r1; 5 bne.i8 r0 r2 @4; 6 ret r0");
}

TEST(a_64_bit_remainder_of_32_bit_values_is_taken_in_32) {
  Program program(REQUIRE_WORLD());
  // array[hash % array.Length], hash a uint
  EXPECT_EQ(listing(program, {kI4, kSzArray, kI4, kU4}, "ldarg.0; ldarg.1; conv.u8; ldarg.0; ldlen; conv.i4; conv.i8; rem; conv.ovf.i; ldelem.i4; ret"),
            "0 length r4 r0; 1 rem.un.i4 r3 r1 r4; 2 load.element.i4 r2 r0 r3; 3 ret r2");
}

}  // namespace leanclr::test
