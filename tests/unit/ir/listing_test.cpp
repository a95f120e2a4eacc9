// Small methods and the IR that they become. Registers count slots: arguments, locals, handlers, then the
// stack.
#include "unit/ir/program.h"

namespace leanclr::test {
namespace {

/// The IR of `il` in a program of its own.
std::string imported(Buffer result_and_parameters, std::string_view il, Buffer locals = {}) {
  auto world = World::create();
  if (!world) return "";
  Program program(std::move(world));
  return listing(program, std::move(result_and_parameters), il, std::move(locals));
}

}  // namespace

#define EXPECT_IR(expected, ...) EXPECT_EQ(imported(__VA_ARGS__), std::string(expected))
#define NEEDS_CORELIB() (void)REQUIRE_WORLD()

TEST(operands_are_read_where_they_are) {
  NEEDS_CORELIB();
  // int x = a + b; return x;
  EXPECT_IR("0 add.i4 r2 r0 r1; 1 ret r2", {kI4, kI4, kI4}, "ldarg.0; ldarg.1; add; stloc.0; ldloc.0; ret",
            {kI4});
  // a += 5
  EXPECT_IR("0 add.i4.imm r0 r0 #5; 1 ret r0", {kI4, kI4}, "ldarg.0; ldc.i4.5; add; starg.s 0; ldarg.0; ret");
  // return a++: the old value is kept before the variable changes
  EXPECT_IR("0 add.i4.imm r2 r0 #1; 1 mov r1 r0; 2 mov r0 r2; 3 ret r1", {kI4, kI4},
            "ldarg.0; ldarg.0; ldc.i4.1; add; starg.s 0; ret");
}

TEST(constants_are_folded) {
  NEEDS_CORELIB();
  EXPECT_IR("0 ldc.i4 r0 #42; 1 ret r0", {kI4}, "ldc.i4.6; ldc.i4.7; mul; ret");
  EXPECT_IR("0 ldc.i4 r0 #-2147483648; 1 ret r0", {kI4}, "ldc.i4 0x7FFFFFFF; ldc.i4.1; add; ret");
  EXPECT_IR("0 ldc.i4 r0 #1; 1 ret r0", {kI4}, "ldc.i4.1; ldc.i4.s 32; shl; ret");
  // What raises is not: 1 / 0
  EXPECT_IR("0 ldc.i4 r1 #0; 1 ldc.i4 r0 #1; 2 div.i4 r0 r0 r1; 3 ret r0", {kI4},
            "ldc.i4.1; ldc.i4.0; div; ret");
}

TEST(small_variables_are_cut_to_size) {
  NEEDS_CORELIB();
  EXPECT_IR("0 conv.u1.i4 r1 r0; 1 ret r1", {kI4, kI4}, "ldarg.0; conv.u1; stloc.0; ldloc.0; ret", {kU1});
  EXPECT_IR("0 mov.u1 r1 r0; 1 ret r1", {kI4, kI4}, "ldarg.0; stloc.0; ldloc.0; ret", {kU1});
  EXPECT_IR("0 ldc.i4 r0 #-56; 1 ret r0", {kI4}, "ldc.i4 200; stloc.0; ldloc.0; ret", {kI1});
}

TEST(comparisons_join_their_branches) {
  NEEDS_CORELIB();
  EXPECT_IR("0 blt.i4 r0 r1 @3; 1 ldc.i4 r2 #0; 2 ret r2; 3 ldc.i4 r2 #1; 4 ret r2", {kI4, kI4, kI4},
            "ldarg.0; ldarg.1; blt.s less; ldc.i4.0; ret; less: ldc.i4.1; ret");
  // if (!(a < b))
  EXPECT_IR("0 blt.i4 r0 r1 @3; 1 ldc.i4 r2 #0; 2 ret r2; 3 ldc.i4 r2 #1; 4 ret r2", {kI4, kI4, kI4},
            "ldarg.0; ldarg.1; clt; ldc.i4.0; ceq; brfalse.s less; ldc.i4.0; ret; less: ldc.i4.1; ret");
  // The negation of an ordered comparison of floats is an unordered one.
  EXPECT_IR("0 bge.un.r8 r0 r1 @3; 1 ldc.i4 r2 #0; 2 ret r2; 3 ldc.i4 r2 #1; 4 ret r2", {kI4, kR8, kR8},
            "ldarg.0; ldarg.1; clt; brfalse.s other; ldc.i4.0; ret; other: ldc.i4.1; ret");
  // 5 > a
  EXPECT_IR("0 clt.i4.imm r1 r0 #5; 1 ret r1", {kI4, kI4}, "ldc.i4.5; ldarg.0; cgt; ret");
}

TEST(loops_branch_back) {
  NEEDS_CORELIB();
  EXPECT_IR("0 add.i4.imm r0 r0 #-1; 1 bne.i4.imm r0 #0 @0; 2 ret r0", {kI4, kI4},
            "loop: ldarg.0; ldc.i4.1; sub; starg.s 0; ldarg.0; brtrue.s loop; ldarg.0; ret");
  EXPECT_IR(
      "0 switch r0 #2 @5 @7; 3 ldc.i4 r1 #-1; 4 ret r1; 5 ldc.i4 r1 #1; 6 ret r1; 7 ldc.i4 r1 #2; 8 ret r1",
      {kI4, kI4}, "ldarg.0; switch a b; ldc.i4.m1; ret; a: ldc.i4.1; ret; b: ldc.i4.2; ret");
}

TEST(what_nothing_reaches_is_left_out) {
  NEEDS_CORELIB();
  EXPECT_IR("0 ldc.i4 r0 #2; 1 ret r0", {kI4},
            "ldc.i4.1; brtrue.s yes; ldc.i4.0; ret; yes: ldc.i4.2; ret");
}

TEST(values_meet_in_their_own_slots) {
  NEEDS_CORELIB();
  // c ? a : b
  EXPECT_IR("0 bne.i4.imm r0 #0 @3; 1 mov r3 r2; 2 br @4; 3 mov r3 r1; 4 ret r3", {kI4, kI4, kI4, kI4},
            "ldarg.0; brtrue.s first; ldarg.2; br.s end; first: ldarg.1; end: ret");
}

TEST(floats_convert_where_they_mix) {
  NEEDS_CORELIB();
  EXPECT_IR("0 conv.r8.r4 r2 r0; 1 mul.r8 r2 r2 r1; 2 ret r2", {kR8, kR4, kR8}, "ldarg.0; ldarg.1; mul; ret");
  EXPECT_IR("0 conv.r4.r8 r1 r0; 1 ret r1", {kR4, kR8}, "ldarg.0; ret");
}

TEST(typeof_comparisons_prune) {
  auto world = REQUIRE_WORLD();
  Program program(std::move(world));
  AssemblyWriter& code = program.code;
  uint32_t type = code.type_ref("System", "Type"), handle = code.type_ref("System", "RuntimeTypeHandle");
  uint32_t integer = code.type_ref("System", "Int32"), text = code.type_ref("System", "String");
  auto reference = [](uint32_t token) { return static_cast<uint8_t>((token & 0xFFFFFF) << 2 | 1); };
  uint32_t from_handle = code.member_ref(type, "GetTypeFromHandle",
                                         {0, 1, kClass, reference(type), kValueType, reference(handle)});
  uint32_t equal =
      code.member_ref(type, "op_Equality", {0, 2, kBool, kClass, reference(type), kClass, reference(type)});
  auto token = [](uint32_t value) { return std::to_string(value); };
  auto type_of = [&](uint32_t of) { return "ldtoken " + token(of) + "; call " + token(from_handle) + "; "; };
  // if (typeof(int) == typeof(string)) return 1; return 2;
  std::string il = type_of(integer) + type_of(text) + "call " + token(equal) +
                   "; brfalse.s other; ldc.i4.1; ret; other: ldc.i4.2; ret";
  EXPECT_EQ(listing(program, {kI4}, il), "0 ldc.i4 r0 #2; 1 ret r0");
}

TEST(arguments_stay_where_the_callee_begins) {
  Program program(REQUIRE_WORLD());
  uint32_t callee = program.method("Callee", {kI4, kI4, kI4}, "ldnull; throw");
  std::string call = "call " + std::to_string(callee);
  // return 1 + Callee(a, 2): Callee's frame begins at r2, its result replaces it
  EXPECT_EQ(listing(program, {kI4, kI4}, "ldc.i4.1; ldarg.0; ldc.i4.2; " + call + "; add; ret"),
            "0 mov r2 r0; 1 ldc.i4 r3 #2; 2 call r2 r2 P::Callee; 4 add.i4.imm r1 r2 #1; 5 ret r1");
}

TEST(finally_blocks_are_called) {
  NEEDS_CORELIB();
  EXPECT_IR(
      "0 ldc.i4 r0 #1; 1 call.finally r1 @3; 2 br @5; 3 add.i4.imm r0 r0 #10; 4 endfinally r1; 5 ret r0",
      {kI4},
      "try: ldc.i4.1; stloc.0; leave.s end; handler: ldloc.0; ldc.i4.s 10; add; stloc.0; endfinally;"
      "end: ldloc.0; ret; .finally try handler handler end",
      {kI4});
}

}  // namespace leanclr::test
