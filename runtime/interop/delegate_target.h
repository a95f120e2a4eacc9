// The method that delegates call whose target is no managed code: a JavaScript function (Registry) or a C function
// (DelegatePointers).
#pragma once

#include "abi/native.h"
#include "types/type_system.h"

namespace leanclr::interop {

/// A static method with the delegate itself as first argument, then those of `invoke`, whose target is `native` for ever.
/// Errors: load errors.
Result<types::Method*> make_delegate_target(types::TypeSystem& types, types::Method& invoke, std::string_view name, const abi::NativeEntry& native);

}  // namespace leanclr::interop
