// Invokers of C functions for the commonest types, made by the compiler: for hosts that forbid making code at run time.
#pragma once

#include <string_view>

#include "abi/slot.h"

namespace leanclr::interop {

/// Unpacks the slots, calls a function, stores its result.
using NativeInvoker = void (*)(const void* function, const abi::Slot* args, abi::Slot* ret);

/// Null for a type (NativeCode's letters) that is not among them.
NativeInvoker pooled_invoker(std::string_view abi);

}  // namespace leanclr::interop
