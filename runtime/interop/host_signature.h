// The letters under which a managed signature crosses to the host (leanclr.h, leanclr_method_signature).
#pragma once

#include <string>

#include "types/type_system.h"

namespace leanclr::interop {

/// One letter per value, the result first. Errors: MarshalDirective naming the parameter, its type and the reason.
Result<std::string> host_signature(types::TypeSystem& types, types::Method& method);

}  // namespace leanclr::interop
