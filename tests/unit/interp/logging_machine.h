// LoggingMachine: a machine whose methods log what they pass as decimal digits in a static field.
#pragma once

#include "unit/interp/machine.h"

namespace leanclr::test {

/// A machine whose program has `static int log`, `static void Log(int digit)` and `class E`.
struct LoggingMachine : Machine {
  explicit LoggingMachine(std::unique_ptr<World> world) : Machine(std::move(world)) {
    constexpr uint32_t kField = 0x04000001, kConstructorFlags = 0x1886;
    Buffer nothing = method_signature({kVoid}, true);
    program.method("Log", {kVoid, kI4},
                   "ldsfld 0x04000001; ldc.i4.s 10; mul; ldarg.0; add; stsfld 0x04000001; ret");
    program.method("Get", {kI4}, "ldsfld 0x04000001; ret");
    log_ = program.code.static_field("log", {kI4});
    CHECK(log_ == (kField & 0xFFFFFF));
    program.code.type("E", ref_index(program.code.type_ref("System", "Exception") & 0xFFFFFF));
    constructor_ = program.code.method(".ctor", nothing, assemble("ret"), kConstructorFlags);
    program.code.type("Q", AssemblyWriter::kObject);
  }

  /// IL with $n for a call of Log(n), $T for `throw new E()`, $E for E's token, $L for the log.
  uint32_t add(std::string_view name, Buffer signature, std::string_view text, Buffer locals = {}) {
    std::string il;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '$') {
        il += text[i];
        continue;
      }
      char what = text[++i];
      if (what == 'T') il += "newobj " + std::to_string(constructor_) + "; throw";
      else if (what == 'E') il += "0x02000003";
      else if (what == 'L') il += "ldsfld 0x04000001";
      else il += std::string("ldc.i4.s ") + what + "; call 0x06000001";
    }
    uint32_t token = program.method(name, std::move(signature), il, std::move(locals));
    next_method = token + 1;
    return token;
  }

  uint32_t next_method = 0x06000004;  // the token that add() gives next

 private:
  uint32_t log_ = 0, constructor_ = 0;
};

}  // namespace leanclr::test
