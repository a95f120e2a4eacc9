// MethodBase.GetMethodBody. Private to icalls/.
#pragma once

#include "icalls/shared.h"

namespace leanclr::icalls {

/// A RuntimeMethodBody, or null for a method without IL in an assembly.
Result<Object*> method_body(Thread& thread, Method* method);

}  // namespace leanclr::icalls
