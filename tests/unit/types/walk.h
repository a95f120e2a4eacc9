// Asks a TypeSystem for everything that an assembly declares or refers to.
#pragma once

#include "types/type_system.h"

namespace leanclr::test {

/// What the walk saw; the first failure in words.
struct WalkResult {
  int good = 0, bad = 0;
  std::string first_error;
};

/// Every type to Complete with all its interface methods, every field, method, reference and signature.
/// Generic parameters of open references become `stand_in`.
WalkResult walk_types(types::TypeSystem& types, types::Assembly& assembly, types::Type& stand_in);

}  // namespace leanclr::test
