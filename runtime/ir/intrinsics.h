// Intrinsics: CoreLib methods whose calls the importer turns into instructions. Private to ir/.
#pragma once

#include "ir/importer_state.h"

namespace leanclr::ir {

struct Intrinsic {
  std::string_view name_space, type, method;
  /// Answers false when this overload is no intrinsic after all; the stack is then untouched.
  Result<bool> (*import)(Importer& importer, Method& method, const MethodSignature& signature);
};
std::span<const Intrinsic> intrinsics();

}  // namespace leanclr::ir
