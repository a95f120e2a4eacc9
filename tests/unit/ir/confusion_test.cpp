// Code that takes one kind of value for another: references, byrefs, numbers. Tables of small programs, refused but for
// those whose kinds fit (§III.1.5).
#include <vector>
#include <algorithm>

#include "unit/ir/refusals.h"

namespace leanclr::test {
namespace {

struct Kind {
  const char* name;
  Buffer signature;
};

const Kind kKinds[] = {
    {"int32", {kI4}},   {"int64", {kI8}},           {"double", {kR8}},           {"object", {kObject}},
    {"string", {kString}}, {"int32&", {kByRef, kI4}}, {"object&", {kByRef, kObject}}, {"int32[]", {kSzArray, kI4}},
    {"string&", {kByRef, kString}}, {"native int", {kI}},
};
enum : size_t { kNumber, kLong, kDouble, kObjectRef, kText, kNumberRef, kObjectByRef, kNumbers, kTextByRef, kNative, kKindCount };

bool is_byref(size_t kind) { return kind == kNumberRef || kind == kObjectByRef || kind == kTextByRef; }

/// A reference may be taken for an object; a native integer for an int32 and a byref, and they for it (§III.1.6).
bool may_pass(size_t from, size_t to) {
  if (to == kNative) return from == kNumber || from == kNative || is_byref(from);
  if (from == kNative) return to == kNumber || is_byref(to);
  return from == to || (to == kObjectRef && (from == kText || from == kNumbers));
}

Buffer join(Buffer first, const Buffer& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

TEST(no_kind_of_value_passes_for_another) {
  Refusals table(REQUIRE_WORLD());
  for (size_t from = 0; from < kKindCount; ++from)
    for (size_t to = 0; to < kKindCount; ++to) {
      const Buffer& source = kKinds[from].signature;
      const Buffer& target = kKinds[to].signature;
      const bool accepted = may_pass(from, to);
      table.add(accepted, join({kVoid}, source), "ldarg.0; stloc.0; ret", target);
      table.add(accepted, join(join({kVoid}, source), target), "ldarg.0; starg.s 1; ret");
      table.add(accepted, join(target, source), "ldarg.0; ret");
      // The same over a branch, where the value goes to its place on the stack.
      table.add(accepted, join(target, source), "ldarg.0; br.s end; end: ret");
    }
  EXPECT_EQ(table.check(), "");
}

TEST(instructions_take_the_operands_that_they_are_for) {
  Refusals table(REQUIRE_WORLD());
  const uint32_t object = table.type_ref("Object"), string = table.type_ref("String");
  const std::string object_type = std::to_string(object), string_type = std::to_string(string), int_type = std::to_string(table.type_ref("Int32"));
  const std::string to_string = std::to_string(table.code().member_ref(object, "ToString", {0x20, 0, kString}));
  const std::string length = std::to_string(table.code().member_ref(string, "get_Length", {0x20, 0, kI4}));
  const std::string text = std::to_string(table.code().literal("text"));
  struct Use {
    std::string il;        // with the value on the stack; leaves nothing
    std::vector<size_t> accepts;
  };
  const std::vector<size_t> byrefs = {kNumberRef, kObjectByRef, kTextByRef}, references = {kObjectRef, kText, kNumbers};
  const std::vector<size_t> integers = {kNumber, kLong, kNative}, small = {kNumber, kNative};
  auto also = [](std::vector<size_t> one, const std::vector<size_t>& other) {
    one.insert(one.end(), other.begin(), other.end());
    return one;
  };
  const std::vector<size_t> addresses = also(byrefs, {kNative}), numbers = also(integers, {kDouble});
  const Use uses[] = {
      {"ldlen; pop", {kNumbers}},
      {"ldc.i4.0; ldelem.i4; pop", {kNumbers}},
      {"ldc.i4.0; ldelem.ref; pop", {}},
      {"ldc.i4.0; ldelem.i; pop", {}},
      {"ldc.i4.0; ldelema " + int_type + "; pop", {kNumbers}},
      {"ldc.i4.0; ldc.i4.1; stelem.i4", {kNumbers}},
      {"ldc.i4.0; ldnull; stelem.ref", {}},
      {"ldind.i4; pop", {kNumberRef, kNative}},
      {"ldind.i; pop", {kNative}},
      {"ldind.ref; pop", {kObjectByRef, kTextByRef, kNative}},
      {"ldind.ref; call " + length + "; pop", {kTextByRef, kNative}},
      {"ldc.i4.1; stind.i4", {kNumberRef, kNative}},
      {"ldnull; stind.ref", {kObjectByRef, kTextByRef, kNative}},
      {"ldstr " + text + "; stind.ref", {kObjectByRef, kTextByRef, kNative}},
      {"ldnull; isinst " + object_type + "; stind.ref", {kObjectByRef, kNative}},
      {"ldnull; isinst " + object_type + "; stobj " + object_type, {kObjectByRef, kNative}},
      {"ldobj " + int_type + "; pop", {kNumberRef, kNative}},
      {"ldobj " + string_type + "; pop", {kTextByRef, kNative}},
      {"ldobj " + object_type + "; pop", {kObjectByRef, kTextByRef, kNative}},
      {"initobj " + int_type, {kNumberRef, kNative}},
      {"ldarg.0; cpobj " + int_type, {kNumberRef, kNative}},
      {"mkrefany " + object_type + "; pop", {kObjectByRef, kNative}},
      {"castclass " + string_type + "; pop", references},
      {"isinst " + string_type + "; pop", references},
      {"unbox.any " + int_type + "; pop", references},
      {"unbox " + int_type + "; pop", references},
      {"box " + int_type + "; pop", small},
      {"box " + string_type + "; pop", {kText}},
      {"ldvirtftn " + std::to_string(0x06000001) + "; pop", {}},
      {"ldvirtftn " + to_string + "; pop", references},
      {"callvirt " + to_string + "; pop", references},
      {"call " + length + "; pop", {kText}},
      {"constrained. " + int_type + "; callvirt " + to_string + "; pop", {kNumberRef, kNative}},
      {"constrained. " + string_type + "; callvirt " + to_string + "; pop", {kTextByRef, kNative}},
      {"throw; ldarg.0; pop", references},
      {"neg; pop", numbers},
      {"not; pop", integers},
      {"ckfinite; pop", {kDouble}},
      {"conv.i8; pop", also(numbers, byrefs)},
      {"conv.u; pop", also(also(numbers, byrefs), {kText})},
      {"conv.i4; pop", numbers},
      {"conv.r8; pop", numbers},
      {"conv.ovf.i; pop", numbers},
      {"newarr " + int_type + "; pop", small},
      {"switch 0; nop", small},
      {"localloc; pop", small},
      {"brfalse.s next; next: nop", {kNumber, kLong, kObjectRef, kText, kNumberRef, kObjectByRef, kNumbers, kTextByRef, kNative}},
      // Byrefs are moved by integers and subtracted from each other, and no more.
      {"ldc.i4.1; add; pop", also(small, byrefs)},
      {"ldarg.0; add; pop", numbers},
      {"ldarg.0; sub; pop", also(numbers, byrefs)},
      {"ldc.i4.1; sub.ovf.un; pop", also(small, byrefs)},
      {"ldc.i4.1; add.ovf; pop", small},
      {"ldarg.0; mul; pop", numbers},
      {"ldarg.0; xor; pop", integers},
      {"ldc.i4.1; shl; pop", integers},
      {"pop; ldc.i4.1; ldarg.0; shl; pop", small},
      {"ldc.r8 0; ceq; pop", {kDouble}},
      {"ldnull; ceq; pop", references},
      {"ldnull; cgt.un; pop", references},
      {"ldnull; clt; pop", {}},
      {"ldnull; blt.s next; next: nop", {}},
      {"ldc.i4.1; ceq; pop", small},
      {"ldc.i4.1; bge.s next; next: nop", small},
      {"ldc.i4.1; conv.i; ceq; pop", also(small, byrefs)},
      {"ldarg.0; clt.un; pop", also(also(numbers, byrefs), references)},
      {"ldc.i4.1; conv.u; ldc.i4.4; cpblk", addresses},
      {"ldc.i4.0; ldc.i4.4; initblk", addresses},
      {"pop; ldc.i4.1; conv.u; ldc.i4.0; ldarg.0; initblk", small},
  };
  for (const Use& use : uses)
    for (size_t kind = 0; kind < kKindCount; ++kind) {
      const bool accepted = std::find(use.accepts.begin(), use.accepts.end(), kind) != use.accepts.end();
      table.add(accepted, join({kVoid}, kKinds[kind].signature), "ldarg.0; " + use.il + "; ret");
    }
  EXPECT_EQ(table.check(), "");
}

TEST(paths_that_meet_bring_the_same_kind) {
  Refusals table(REQUIRE_WORLD());
  auto is_reference = [](size_t kind) { return kind == kObjectRef || kind == kText || kind == kNumbers; };
  auto may_meet = [&](size_t one, size_t other) {
    if (is_reference(one) && is_reference(other)) return true;
    const bool with_native = one == kNative || other == kNative;
    return one == other || (with_native && (is_byref(one + other - kNative) || one == kNumber || other == kNumber));
  };
  // What a loop begins with stays what it is.
  auto may_join = [&](size_t from, size_t to) { return from == to || (may_pass(from, to) && from != kNumber && to != kNumber && to != kNative); };
  for (size_t one = 0; one < kKindCount; ++one)
    for (size_t other = 0; other < kKindCount; ++other) {
      const Buffer parameters = join(join({kVoid, kI4}, kKinds[one].signature), kKinds[other].signature);
      table.add(may_meet(one, other), parameters, "ldarg.0; brtrue.s else; ldarg.1; br.s end; else: ldarg.2; end: pop; ret");
      // The same at a loop's head, whose code is there when the second path comes.
      table.add(may_join(other, one), parameters, "ldarg.1; head: pop; ldarg.2; ldarg.0; brtrue.s head; pop; ret");
      // What two kinds of references meet as is an object and nothing more.
      if (is_reference(one) && is_reference(other) && one != other)
        table.add(false, join(join({kString, kI4}, kKinds[one].signature), kKinds[other].signature),
                  "ldarg.0; brtrue.s else; ldarg.1; br.s end; else: ldarg.2; end: ret");
    }
  // A native integer may be an address; one that may also be an int32 is none.
  table.add(true, {kVoid, kI4, kByRef, kI4, kI}, "ldarg.0; brtrue.s else; ldarg.1; br.s end; else: ldarg.2; end: ldind.i4; pop; ret");
  table.add(false, {kVoid, kI4, kByRef, kI4, kI}, "ldarg.0; brtrue.s else; ldarg.1; br.s end; else: ldarg.2; end: ldind.ref; pop; ret");
  table.add(false, {kVoid, kI4, kI}, "ldarg.0; brtrue.s else; ldarg.0; br.s end; else: ldarg.1; end: ldind.i4; pop; ret");
  EXPECT_EQ(table.check(), "");
}

TEST(the_address_of_a_byref_is_no_address_of_what_it_refers_to) {
  Refusals table(REQUIRE_WORLD());
  table.add(false, {kVoid, kByRef, kI4}, "ldarga.s 0; ldind.i4; pop; ret");
  table.add(false, {kVoid, kByRef, kI4}, "ldarga.s 0; ldc.i4.1; stind.i4; ret");
  table.add(false, {kVoid, kByRef, kObject}, "ldarga.s 0; ldind.ref; pop; ret");
  table.add(false, {kVoid}, "ldloca.s 0; ldind.i; pop; ret", {kByRef, kI4});
  table.add(true, {kVoid, kByRef, kI4}, "ldarga.s 0; pop; ret");
  EXPECT_EQ(table.check(), "");
}

}  // namespace
}  // namespace leanclr::test
