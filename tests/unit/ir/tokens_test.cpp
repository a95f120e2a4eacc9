// Instructions that name a type, a method or a field: the values that they get must be of it.
#include "unit/ir/refusals.h"

namespace leanclr::test {
namespace {

constexpr uint8_t kHasThis = 0x20, kGenericInstance = 0x15;

std::string text(uint32_t token) { return std::to_string(token); }
uint8_t compressed(uint32_t type_ref) { return static_cast<uint8_t>(ref_index(type_ref & 0xFFFFFF)); }

TEST(a_value_is_no_address_of_itself) {
  Refusals table(REQUIRE_WORLD());
  const uint32_t guid = table.type_ref("Guid");
  const std::string to_string =
      "call " + text(table.code().member_ref(guid, "ToString", {kHasThis, 0, kString})) + "; pop; ret";
  table.add_signature(true, {0, 1, kVoid, kValueType, compressed(guid)}, "ldarga.s 0; " + to_string);
  table.add_signature(false, {0, 1, kVoid, kValueType, compressed(guid)}, "ldarg.0; " + to_string);
  table.add_signature(false, {0, 1, kVoid, kByRef, kI4}, "ldarg.0; " + to_string);
  table.add_signature(true, {0, 1, kVoid, kByRef, kValueType, compressed(guid)}, "ldarg.0; " + to_string);
  table.add_signature(false, {0, 1, kVoid, kObject}, "ldarg.0; " + to_string);
  EXPECT_EQ(table.check(), "");
}

TEST(value_types_do_not_pass_for_one_another) {
  Refusals table(REQUIRE_WORLD());
  const uint32_t guid = table.type_ref("Guid"), decimal = table.type_ref("Decimal");  // 16 bytes each
  const uint32_t take =
      table.code().method("Take", {0, 1, kVoid, kValueType, compressed(guid)}, assemble("ret"));
  for (uint32_t type : {guid, decimal}) {
    const bool fits = type == guid;
    const Buffer value = {0, 1, kVoid, kValueType, compressed(type)},
                 address = {0, 1, kVoid, kByRef, kValueType, compressed(type)};
    table.add_signature(fits, value, "ldarg.0; call " + text(take) + "; ret");
    table.add_signature(fits, value, "ldarg.0; box " + text(guid) + "; pop; ret");
    table.add_signature(fits, address, "ldarg.0; ldobj " + text(guid) + "; pop; ret");
    table.add_signature(fits, address, "ldarg.0; initobj " + text(guid) + "; ret");
    table.add_signature(fits, address, "ldarg.0; ldarg.0; cpobj " + text(guid) + "; ret");
    table.add_signature(fits, {0, 1, kVoid, kSzArray, kValueType, compressed(type)},
                        "ldarg.0; ldc.i4.0; ldelem " + text(guid) + "; pop; ret");
    table.add_signature(fits, {0, 1, kVoid, kSzArray, kValueType, compressed(type)},
                        "ldarg.0; ldc.i4.0; ldelema " + text(guid) + "; pop; ret");
  }
  EXPECT_EQ(table.check(), "");
}

TEST(elements_are_read_as_what_the_array_has) {
  Refusals table(REQUIRE_WORLD());
  const std::string object = text(table.type_ref("Object")), string = text(table.type_ref("String"));
  table.add(true, {kVoid, kSzArray, kString}, "ldarg.0; ldc.i4.0; ldelem " + object + "; pop; ret");
  table.add(false, {kVoid, kSzArray, kObject}, "ldarg.0; ldc.i4.0; ldelem " + string + "; pop; ret");
  table.add(false, {kVoid, kSzArray, kObject},
            "ldarg.0; ldc.i4.0; readonly.; ldelema " + string + "; pop; ret");
  table.add(true, {kVoid, kSzArray, kString, kObject},
            "ldarg.0; ldc.i4.0; ldarg.1; stelem.ref; ret");  // looked at when it runs
  table.add(false, {kVoid, kSzArray, kString, kI4}, "ldarg.0; ldc.i4.0; ldarg.1; stelem.ref; ret");
  table.add(false, {kVoid, kSzArray, kI4}, "ldarg.0; ldc.i4.0; ldelem.i; pop; ret");
  table.add(false, {kVoid, kSzArray, kI4}, "ldarg.0; ldc.i4.0; ldelem.i8; pop; ret");
  table.add(false, {kVoid, kSzArray, kI4}, "ldarg.0; ldc.i4.0; ldelem.ref; pop; ret");
  EXPECT_EQ(table.check(), "");
}

TEST(newobj_wants_a_constructor) {
  Refusals table(REQUIRE_WORLD());
  const uint32_t object = table.type_ref("Object");
  const std::string constructor = text(table.code().member_ref(object, ".ctor", {kHasThis, 0, kVoid}));
  const std::string method = text(table.code().member_ref(object, "GetHashCode", {kHasThis, 0, kI4}));
  const std::string statics =
      text(table.code().member_ref(object, "ReferenceEquals", {0, 2, kBool, kObject, kObject}));
  table.add(true, {kVoid}, "newobj " + constructor + "; pop; ret");
  table.add(false, {kVoid}, "newobj " + method + "; pop; ret");
  table.add(false, {kVoid}, "ldnull; ldnull; newobj " + statics + "; pop; ret");
  EXPECT_EQ(table.check(), "");
}

TEST(what_is_open_or_on_the_stack_only_is_not_used_as_an_object) {
  Refusals table(REQUIRE_WORLD());
  const uint32_t pair = table.code().type_ref("System.Collections.Generic", "KeyValuePair`2"),
                 span = table.type_ref("Span`1");
  const std::string span_of_int =
      text(0x1B000000 | table.code().type_spec({kGenericInstance, kValueType, compressed(span), 1, kI4}));
  table.add(false, {kI4}, "sizeof " + text(pair) + "; ret");
  table.add(false, {kVoid, kObject}, "ldarg.0; unbox.any " + text(pair) + "; pop; ret");
  table.add(false, {kVoid}, "ldc.i4.1; newarr " + text(pair) + "; pop; ret");
  table.add(false, {kVoid, kI}, "ldarg.0; initobj " + text(pair) + "; ret");
  table.add(true, {kVoid, kI}, "ldarg.0; ldobj " + span_of_int + "; pop; ret");
  table.add(false, {kVoid, kI}, "ldarg.0; ldobj " + span_of_int + "; box " + span_of_int + "; pop; ret");
  EXPECT_EQ(table.check(), "");
}

TEST(a_function_keeps_its_name_on_one_path_only) {
  Refusals table(REQUIRE_WORLD());
  AssemblyWriter& code = table.code();
  const uint32_t action = table.type_ref("Action");
  const std::string make =
      "newobj " + text(code.member_ref(action, ".ctor", {kHasThis, 2, kVoid, kObject, kI})) + "; pop; ";
  const std::string one = "ldftn " + text(code.method("One", {0, 0, kVoid}, assemble("ret")));
  const std::string other = "ldftn " + text(code.method("Other", {0, 1, kVoid, kString}, assemble("ret")));
  table.add(true, {kVoid}, "ldnull; " + one + "; br.s next; next: " + make + "ret");
  table.add(
      false, {kVoid, kI4},
      "ldnull; ldarg.0; brtrue.s else; " + one + "; br.s end; else: " + other + "; end: " + make + "ret");
  // The second time round the loop another function comes.
  table.add(
      false, {kVoid, kI4},
      "ldnull; " + one + "; head: " + make + "ldnull; " + other + "; ldarg.0; brtrue.s head; pop; pop; ret");
  EXPECT_EQ(table.check(), "");
}

TEST(nothing_is_of_type_void) {
  Refusals table(REQUIRE_WORLD());
  const std::string type = text(table.type_ref("Void"));
  table.add(false, {kVoid, kI}, "ldarg.0; ldobj " + type + "; pop; ret");
  table.add(false, {kVoid, kI}, "ldarg.0; ldarg.0; cpobj " + type + "; ret");
  table.add(false, {kVoid, kI}, "ldarg.0; initobj " + type + "; ret");
  table.add(false, {kVoid, kObject}, "ldarg.0; unbox.any " + type + "; pop; ret");
  table.add(false, {kVoid, kObject}, "ldarg.0; unbox " + type + "; pop; ret");
  table.add(false, {kVoid}, "ldc.i4.1; newarr " + type + "; pop; ret");
  table.add(false, {kVoid, kSzArray, kI4}, "ldarg.0; ldc.i4.0; ldelem " + type + "; pop; ret");
  EXPECT_EQ(table.check(), "");
}

TEST(prefixes_belong_to_what_follows) {
  Refusals table(REQUIRE_WORLD());
  const std::string object = text(table.type_ref("Object")),
                    to_string = text(table.code().member_ref(table.type_ref("Object"), "ToString",
                                                             {kHasThis, 0, kString}));
  table.add(true, {kVoid, kSzArray, kObject},
            "ldarg.0; ldc.i4.0; readonly.; ldelema " + object + "; pop; ret");
  table.add(false, {kVoid, kSzArray, kObject},
            "ldarg.0; readonly.; ldc.i4.0; ldelema " + object + "; pop; ret");
  table.add(true, {kVoid, kByRef, kObject},
            "ldarg.0; constrained. " + object + "; callvirt " + to_string + "; pop; ret");
  table.add(true, {kVoid, kByRef, kObject},
            "ldarg.0; constrained. " + object + "; tail.; callvirt " + to_string + "; pop; ret");
  table.add(false, {kVoid, kByRef, kObject},
            "constrained. " + object + "; ldarg.0; callvirt " + to_string + "; pop; ret");
  table.add(false, {kVoid, kI4, kByRef, kObject},
            "ldarg.1; ldarg.0; brtrue.s call; constrained. " + object + "; call: callvirt " + to_string +
                "; pop; ret");
  EXPECT_EQ(table.check(), "");
}

TEST(protected_blocks_are_entered_at_their_start_and_left_by_leave) {
  Refusals table(REQUIRE_WORLD());
  const std::string clause = " handler: endfinally; end: ret; .finally try handler handler end";
  table.add(true, {kVoid, kI4}, "ldarg.0; brtrue.s try; try: nop; leave.s end;" + clause);
  table.add(false, {kVoid, kI4}, "ldarg.0; brtrue.s inside; try: nop; inside: nop; leave.s end;" + clause);
  table.add(false, {kVoid, kI4}, "try: ldarg.0; brtrue.s end; leave.s end;" + clause);
  table.add(false, {kVoid, kI4}, "try: ldarg.0; switch end; leave.s end;" + clause);
  table.add(false, {kVoid}, "try: ret;" + clause);
  EXPECT_EQ(table.check(), "");
}

}  // namespace
}  // namespace leanclr::test
