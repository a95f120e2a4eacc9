// icalls: what CoreLib calls in the runtime, found by name and checked against the metadata.
//
// Three kinds of natives, all called through abi::NativeEntry: internal calls (extern methods), managed
// bodies that give way to a native (replacements.def), and libSystem.Native's functions, which the registry
// of P/Invokes takes in. What it is not: a fallback. What is not there is MissingInternalCall with the
// method's full name; what cannot work on this platform throws PlatformNotSupportedException and says why.
#pragma once

#include <span>

#include "abi/native.h"
#include "base/list.h"
#include "types/type_system.h"

namespace leanclr::icalls {

/// The native of an internal call or of a replaced method. Errors: MissingInternalCall naming the method in
/// full, also when the native found does not fit the managed signature (both are then given as letters).
Result<const abi::NativeEntry*> find_internal_call(types::TypeSystem& types, types::Method& method);

/// True when the method's IL body gives way to a native. Asked for every method that is imported, hence
/// cheap.
bool is_replaced(types::TypeSystem& types, const types::Method& method);

/// libSystem.Native by entry point name ("SystemNative_Write").
List<abi::NativeEntry> system_native();

/// One replaced body, for tests and lists; why it is one says its row of replacements.def.
struct Replacement {
  std::string_view assembly, type,
      method;  // `method` with or without a parameter list, as in NativeClass rows
};
std::span<const Replacement> replacements();

}  // namespace leanclr::icalls
