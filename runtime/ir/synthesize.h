// Bodies that the runtime makes itself: externs (call the native entry) and runtime methods (delegates' Invoke).
#pragma once

#include "ir/importer.h"

namespace leanclr::ir {

/// Calls the method's native entry with its own arguments and returns the result.
Result<Body*> synthesize_extern(ImportEnvironment& environment, types::Method& method);

/// A delegate's Invoke for several targets: calls each in order and returns the last result. The call of a single
/// target does not come here (Op::CallDelegate). Other runtime methods are NotSupported.
Result<Body*> synthesize_runtime_method(ImportEnvironment& environment, types::Method& method);

}  // namespace leanclr::ir
