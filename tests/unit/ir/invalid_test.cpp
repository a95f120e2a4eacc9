// Programs that no compiler writes: each is an InvalidProgram that names method, IL offset and instruction.
#include "unit/ir/program.h"

namespace leanclr::test {
namespace {

/// "IL_0002 add: why" of what importing gives; "imported" when it does.
std::string refused(Buffer result_and_parameters, std::string_view il, Buffer locals = {}) {
  auto world = World::create();
  if (!world) return "";
  Program program(std::move(world));
  program.method("M", std::move(result_and_parameters), il, std::move(locals));
  auto body = program.import("M");
  if (body.ok()) return "imported";
  Error error = body.take_error();
  if (error.kind() != ErrorKind::InvalidProgram) return "another kind: " + error.to_string();
  if (error.place().file != "program.dll" || error.place().token != 0x06000001)
    return "no place: " + error.to_string();
  std::string message(error.message());
  size_t at = message.find(" at ");
  if (message.substr(0, 6) != "P::M(" + message.substr(5, 1) || at == std::string::npos)
    return "no method: " + message;
  return message.substr(at + 4);
}

}  // namespace

#define EXPECT_REFUSED(expected, ...) EXPECT_EQ(refused(__VA_ARGS__), std::string(expected))
#define NEEDS_CORELIB() (void)REQUIRE_WORLD()

TEST(the_stack_does_not_run_empty) {
  NEEDS_CORELIB();
  EXPECT_REFUSED("IL_0000 add: the evaluation stack is empty", {kI4}, "add; ret");
  EXPECT_REFUSED("IL_0001 add: the evaluation stack is empty", {kI4}, "ldc.i4.1; add; ret");
  EXPECT_REFUSED("IL_0000 ret: the evaluation stack is empty", {kI4}, "ret");
  EXPECT_REFUSED("IL_0000 pop: the evaluation stack is empty", {kVoid}, "pop; ret");
  EXPECT_REFUSED("IL_0000 starg: the evaluation stack is empty", {kVoid, kI4}, "starg.s 0; ret");
}

TEST(branches_meet_instructions_of_the_method) {
  NEEDS_CORELIB();
  EXPECT_REFUSED("IL_0000 br: a branch leaves the method", {kVoid}, "br.s 77; ret");
  EXPECT_REFUSED("IL_0000 br: a branch leaves the method", {kVoid}, "br.s 3; ret");
  EXPECT_REFUSED("IL_0001 switch: a branch leaves the method", {kVoid}, "ldc.i4.0; switch 10 100; ret");
  std::string middle = refused({kVoid}, "br.s 4; ldc.i4 0; pop; ret");
  EXPECT(middle.find("a branch into the middle of an instruction") != std::string::npos);
  EXPECT_REFUSED("IL_0000 ldc.i4: the code runs off the end of the method", {kI4}, "ldc.i4.0");
}

TEST(undefined_instructions_are_named_by_place) {
  NEEDS_CORELIB();
  EXPECT_REFUSED("IL_0001: undefined IL instruction", {kVoid}, "nop; bytes 24; ret");
  EXPECT_REFUSED("IL_0001 jmp: jmp wants an empty evaluation stack", {kVoid}, "ldc.i4.0; jmp 0x06000001; ret");
  std::string cut = refused({kVoid}, "ret; bytes 20 01");
  EXPECT(cut.find("IL_0001") == 0);
}

TEST(variables_are_those_of_the_method) {
  NEEDS_CORELIB();
  EXPECT_REFUSED("IL_0000 ldarg: no such variable", {kI4}, "ldarg.2; ret");
  EXPECT_REFUSED("IL_0000 ldloc: no such variable", {kI4}, "ldloc.0; ret");
  EXPECT_REFUSED("IL_0000 ldloca: no such variable", {kVoid}, "ldloca.s 1; pop; ret", {kI4});
}

TEST(operands_are_of_one_kind) {
  NEEDS_CORELIB();
  EXPECT_REFUSED("IL_0002 add: arithmetic on a reference or a value type", {kI4, kObject},
                 "ldarg.0; ldc.i4.1; add; ret");
  EXPECT_REFUSED("IL_0002 add: operands of different kinds", {kI8, kI8}, "ldarg.0; ldc.i4.1; add; ret");
  EXPECT_REFUSED("IL_0002 and: no such operation on these operands", {kR8, kR8, kR8},
                 "ldarg.0; ldarg.1; and; ret");
  EXPECT_REFUSED("IL_0002 ceq: operands that cannot be compared", {kI4, kI8, kR8},
                 "ldarg.0; ldarg.1; ceq; ret");
  EXPECT_REFUSED("IL_0001 ldlen: ldlen of something else than an array", {kI4, kI4}, "ldarg.0; ldlen; ret");
}

TEST(references_and_integers_do_not_mix) {
  NEEDS_CORELIB();
  EXPECT_REFUSED("IL_0001 ret: a value of another type than System.Int32", {kI4, kObject}, "ldarg.0; ret");
  EXPECT_REFUSED("IL_0001 ret: a value of another type than System.Object", {kObject, kI4}, "ldarg.0; ret");
  EXPECT_REFUSED("IL_0001 stloc: a value of another type than System.String", {kVoid, kObject},
                 "ldarg.0; stloc.0; ret", {kString});
  EXPECT_REFUSED("IL_0001 stloc: a value of another type than System.Int64", {kVoid, kI4},
                 "ldarg.0; stloc.0; ret", {kI8});
  EXPECT_REFUSED("IL_0001 ldind.i4: an indirect load through something else than an address", {kI4, kI4},
                 "ldarg.0; ldind.i4; ret");
  EXPECT_REFUSED("IL_0002 ldelem.i4: no array of System.Int32", {kI4, kSzArray, kString},
                 "ldarg.0; ldc.i4.0; ldelem.i4; ret");
  EXPECT_REFUSED("IL_0003 ldind.i4: an indirect load through something else than an address", {kI4, kI4, kI4},
                 "ldarg.0; ldarg.1; sub; ldind.i4; ret");
  EXPECT_REFUSED("IL_0001 throw: throw of something else than an object", {kVoid, kI4}, "ldarg.0; throw");
}

TEST(paths_meet_with_the_same_stack) {
  NEEDS_CORELIB();
  EXPECT_REFUSED("IL_0004 ret: the stack has another depth on another path", {kVoid, kI4},
                 "ldarg.0; brtrue.s end; ldarg.0; end: ret");
}

TEST(handlers_are_entered_by_exceptions_only) {
  NEEDS_CORELIB();
  EXPECT_REFUSED("IL_0001 nop: control falls into a handler", {kVoid},
                 "try: nop; handler: nop; endfinally; end: ret; .finally try handler handler end");
  EXPECT_REFUSED("IL_0000 br: a branch into or out of a handler", {kVoid},
                 "br.s inner; try: leave.s end; handler: nop; inner: endfinally; end: ret; .finally try "
                 "handler handler end");
  EXPECT_REFUSED("IL_0001 endfilter: endfilter outside a filter", {kVoid, kI4}, "ldarg.0; endfilter");
  EXPECT_REFUSED("IL_0003 ret: ret inside a handler", {kVoid},
                 "try: leave.s end; handler: pop; ret; end: ret; .catch try handler handler end 0x01000001");
  EXPECT_REFUSED("IL_0000 rethrow: rethrow outside a catch handler", {kVoid}, "rethrow; ret");
  EXPECT_REFUSED("IL_0000 endfinally: endfinally outside a finally or fault handler", {kVoid}, "endfinally");
}

TEST(calls_take_what_their_signature_says) {
  auto refuses = [](std::string_view il) {
    auto world = World::create();
    if (!world) return std::string();
    Program program(std::move(world));
    uint32_t callee = program.method("F", {kVoid, kString}, "ret");
    std::string text(il);
    program.method("M", {kVoid, kI4}, text.replace(text.find('F'), 1, std::to_string(callee)));
    auto body = program.import("M");
    return body.ok() ? "imported" : std::string(body.take_error().message());
  };
  NEEDS_CORELIB();
  EXPECT_EQ(refuses("call F; ret"), "P::M(System.Int32) at IL_0000 call: too few arguments on the stack");
  EXPECT_EQ(refuses("ldarg.0; call F; ret"),
            "P::M(System.Int32) at IL_0001 call: a value of another type than System.String");
  EXPECT_EQ(refuses("ldnull; callvirt F; ret"),
            "P::M(System.Int32) at IL_0001 callvirt: callvirt of a static method");
  EXPECT_EQ(refuses("ldnull; call F; ret"), "imported");
}

TEST(delegates_are_made_of_functions) {
  auto world = REQUIRE_WORLD();
  Program program(std::move(world));
  AssemblyWriter& code = program.code;
  uint32_t action = code.type_ref("System", "Action");
  uint32_t constructor = code.member_ref(action, ".ctor", {0x20, 2, kVoid, kObject, kI});
  uint32_t taking = program.method("Taking", {kVoid, kI4}, "ret");
  uint32_t plain = program.method("Plain", {kVoid}, "ret");
  auto make = [&](std::string_view name, const std::string& function) {
    program.method(name, {kVoid},
                   "ldnull; " + function + "; newobj " + std::to_string(constructor) + "; pop; ret");
  };
  make("FromNumber", "ldc.i4 1234; conv.i");
  make("FromTaking", "ldftn " + std::to_string(taking));
  make("FromPlain", "ldftn " + std::to_string(plain));
  auto text = [&](std::string_view name) {
    auto body = program.import(name);
    std::string message(body.ok() ? "imported" : std::string(body.take_error().message()));
    return message.substr(message.rfind(": ") == std::string::npos ? 0 : message.rfind(": ") + 2);
  };
  EXPECT_EQ(text("FromNumber"), "a delegate is made of something else than ldftn and ldvirtftn give");
  EXPECT_EQ(text("FromTaking"), "the target does not have the delegate's method");
  EXPECT_EQ(text("FromPlain"), "imported");
}

TEST(unresolved_tokens_throw_when_reached) {
  Program program(REQUIRE_WORLD());
  uint32_t missing =
      program.code.member_ref(program.code.type_ref("System", "Object"), "Gone", {0, 0, kVoid});
  program.method("M", {kVoid}, "call " + std::to_string(missing) + "; ret");
  ir::Body& body = *REQUIRE_OK(program.import("M"));
  EXPECT_EQ(one_line(body), "0 throw.error");
  auto* deferred = body.code[1].pointer<ir::Deferred>();
  EXPECT_EQ(deferred->kind, ErrorKind::MissingMethod);
  EXPECT(deferred->message.find("System.Object::Gone") != std::string_view::npos);
}

TEST(an_enum_without_a_value_is_an_error_where_it_is_used) {
  Program program(REQUIRE_WORLD());
  AssemblyWriter& code = program.code;
  const uint32_t row = code.type("E", ref_index(code.type_ref("System", "Enum") & 0xFFFFFF), AssemblyWriter::kSealed);
  code.type("Q", AssemblyWriter::kObject);
  const uint32_t comparer = code.type_ref("System.Collections.Generic", "EqualityComparer`1");
  const uint32_t of_enum = code.type_spec({0x15, kClass, static_cast<uint8_t>(ref_index(comparer & 0xFFFFFF)), 1, kValueType,
                                           static_cast<uint8_t>(def_index(row))});
  const uint32_t get = code.member_ref(0x1B000000 | of_enum, "get_Default",
                                       {0, 0, 0x15, kClass, static_cast<uint8_t>(ref_index(comparer & 0xFFFFFF)), 1, 0x13, 0});
  program.method("M", {kVoid}, "call " + std::to_string(get) + "; pop; ret");
  EXPECT_EQ(one_line(*REQUIRE_OK(program.import("M"))), "0 throw.error");
}

TEST(methods_without_code_are_no_programs) {
  Program program(REQUIRE_WORLD());
  program.code.method("M", method_signature({kVoid}));
  auto body = program.import("M");
  REQUIRE(!body.ok());
  EXPECT_EQ(body.take_error().to_string(), "InvalidProgram: P::M() has no body");
}

}  // namespace leanclr::test
