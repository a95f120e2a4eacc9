// The registry behind hand-written extern methods: which entry serves, what a change does, what the errors
// say.
#include "interop/registry.h"

#include "abi/bind.h"
#include "interop/host_signature.h"
#include "unit/interp/machine.h"

namespace leanclr::test {
namespace {

using interop::Registry;

template <int32_t Value>
int32_t give() {
  return Value;
}
int64_t wide(int64_t value) { return value; }
double real(double value) { return value; }

/// A program whose `Main` calls `static extern int Get()` of P, imported from "native" as "get_it".
struct Interop : Machine {
  explicit Interop(std::unique_ptr<World> world) : Machine(std::move(world)), marshalling(program.types()), registry(marshalling, {}) {
    constexpr uint16_t kExtern = AssemblyWriter::kStatic | AssemblyWriter::kPInvoke;
    uint32_t get = program.code.method("Get", method_signature({kI4}), {}, kExtern);
    program.code.imports(get, "native.dll", "get_it");
    program.method("Main", {kI4}, "call " + std::to_string(get) + "; ret");
    bind_context = this;
    bind = [](void* context, types::Method& method) {
      auto* self = static_cast<Interop*>(context);
      return self->registry.bind(self->program.types(), method);
    };
  }
  template <int32_t Value>
  Status add(std::string_view key) {
    return registry.add(key, abi::native<give<Value>>({}));
  }
  std::string run_main() { return run("Main"); }
  /// What binding Get says.
  std::string error() {
    auto bound = registry.bind(program.types(), *program.find("Get"));
    return bound.ok() ? "bound" : bound.take_error().to_string();
  }

  interop::Marshalling marshalling;
  Registry registry;
};

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST(the_fuller_key_serves) {
  Interop interop(REQUIRE_WORLD());
  // From the shortest to the fullest; each takes effect on the next call.
  EXPECT(interop.add<1>("[native]get_it").ok());
  EXPECT_EQ(interop.run_main(), "= 1");
  EXPECT(interop.add<2>("P::Get").ok());
  EXPECT_EQ(interop.run_main(), "= 2");
  EXPECT(interop.add<3>("[native]P::Get").ok());
  EXPECT_EQ(interop.run_main(), "= 3");
  EXPECT(interop.add<4>("P::Get()").ok());
  EXPECT_EQ(interop.run_main(), "= 4");
  EXPECT(interop.add<5>("[Program]P::Get()").ok());
  EXPECT_EQ(interop.run_main(), "= 5");
  EXPECT(interop.registry.remove("[Program]P::Get()").ok());
  EXPECT_EQ(interop.run_main(), "= 4");
  EXPECT_EQ(interop.registry.keys().size(), size_t{4});
}

TEST(one_key_one_entry) {
  Interop interop(REQUIRE_WORLD());
  EXPECT(interop.add<1>("[native]P::Get()").ok());
  Status again = interop.add<2>("[native.dll] P::Get( )");
  REQUIRE(!again.ok());
  EXPECT_EQ(again.take_error().kind(), ErrorKind::DuplicateEntry);
  EXPECT_EQ(interop.run_main(), "= 1");
  EXPECT(interop.registry.replace("[native]P::Get()", abi::native<give<3>>({})).ok());
  EXPECT_EQ(interop.run_main(), "= 3");
  Status gone = interop.registry.remove("P::Other");
  REQUIRE(!gone.ok());
  EXPECT_EQ(gone.take_error().kind(), ErrorKind::EntryPointNotFound);
}

TEST(library_and_assembly_may_not_both_serve) {
  Interop interop(REQUIRE_WORLD());
  EXPECT(interop.add<1>("[native]P::Get()").ok());
  EXPECT(interop.add<2>("[Program]P::Get()").ok());
  std::string error = interop.error();
  EXPECT(holds(error, "AmbiguousEntry"));
  EXPECT(holds(error, "'[Program]P::Get()' and '[native]P::Get()'"));
}

TEST(a_missing_entry_says_what_to_register) {
  Interop interop(REQUIRE_WORLD());
  std::string nothing = interop.error();
  EXPECT(holds(nothing, "DllNotFound"));
  EXPECT(holds(nothing, "Register a function under '[Program]P::Get()'"));
  EXPECT(holds(nothing,
               "Tried: '[Program]P::Get()', '[native]P::Get()', 'P::Get()', '[Program]P::Get', "
               "'[native]P::Get', 'P::Get', '[native]get_it', '[native]get_itA'."));
  EXPECT(interop.add<1>("[native]P::Gett()").ok());
  std::string near = interop.error();
  EXPECT(holds(near, "EntryPointNotFound"));
  EXPECT(holds(near, "Registered under a similar name: '[native]P::Gett()'."));
}

TEST(an_internal_call_has_no_library) {
  Interop interop(REQUIRE_WORLD());
  constexpr uint16_t kInternalCall = 0x1000;
  interop.program.code.method("Own", method_signature({kI4}), {}, AssemblyWriter::kStatic, kInternalCall);
  types::Method& own = *interop.program.find("Own");
  auto missing = interop.registry.bind(interop.program.types(), own);
  REQUIRE(!missing.ok());
  EXPECT_EQ(missing.take_error().to_string(), "MissingInternalCall: internal call P::Own(): register a function under '[Program]P::Own()'");
  EXPECT(interop.add<6>("[Program]P::Own").ok());
  EXPECT(interop.registry.bind(interop.program.types(), own).ok());
}

TEST(a_function_of_another_type_does_not_bind) {
  Interop interop(REQUIRE_WORLD());
  EXPECT(interop.registry.add("P::Get", abi::native<real>({})).ok());
  std::string error = interop.error();
  EXPECT(holds(error, "MarshalDirective: P::Get() does not fit what is registered under 'P::Get': C# expects an integer of 32 bits or less or a pointer as the result, the function gives a double"));
  EXPECT(holds(error, "managed i(, native d(d"));
  EXPECT(interop.registry.replace("P::Get", abi::native<wide>({})).ok());
  EXPECT(holds(interop.error(), "native l(l"));
}

TEST(hand_written_invokers_get_pointer_and_slots) {
  Interop interop(REQUIRE_WORLD());
  auto target = reinterpret_cast<interop::SeedPointer>(&give<40>);
  interop::SeedInvoker invoker = [](interop::SeedPointer pointer, const types::Method* method,
                                    const abi::Slot*, abi::Slot* ret) -> Status {
    ret->i4 = reinterpret_cast<int32_t (*)()>(pointer)() + static_cast<int32_t>(method->name.size());
    return {};
  };
  EXPECT(interop.registry.add_seed("P::Get()", target, invoker).ok());
  EXPECT_EQ(interop.run_main(), "= 43");
}

TEST(host_signatures_have_a_letter_for_each_value) {
  Program program(REQUIRE_WORLD());
  auto letters = [&](std::string_view name) {
    auto signature = interop::host_signature(program.types(), *program.find(name));
    return signature.ok() ? signature.value() : signature.take_error().to_string();
  };
  program.code.method("All", method_signature({kVoid, kBool, 0x03, kI1, kU1, 0x06, 0x07, kI4, kU4, kI8, 0x0B,
                                               kR4, kR8, kI, 0x19, kString}));
  program.code.method("Object", method_signature({kI4, kI4, kObject}));
  program.code.method("Instance", method_signature({kVoid}, true), {}, 0);
  EXPECT_EQ(letters("All"), "vzcbBhHiIlLfdnNs");
  EXPECT_EQ(letters("Object"), "iit" + std::to_string(address_of(program.types().known().object)) + ";");
  EXPECT_EQ(letters("Instance"), "v");
}

}  // namespace leanclr::test
