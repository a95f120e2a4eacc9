// Marshalling: what the parts that convert values share, one per runtime: the forms of types, the last error of C, and
// function pointers. vm/ makes it; the registry and Marshal's internal calls use it.
#pragma once

#include "interop/form.h"
#include "interop/function_pointers.h"

namespace leanclr::interop {

struct Marshalling {
  explicit Marshalling(types::TypeSystem& types) : forms(types) {}
  Forms forms;
  FunctionPointers* functions = nullptr;
  int32_t last_error = 0;  // Marshal.GetLastPInvokeError
};

}  // namespace leanclr::interop
