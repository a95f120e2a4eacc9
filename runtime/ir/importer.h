// The importer's entrance: makes a Body from a method's IL.
#pragma once

#include "ir/ir.h"
#include "objects/object_model.h"

namespace leanclr::ir {

/// What importing needs to know beyond the method itself.
struct ImportEnvironment {
  types::TypeSystem& types;
  objects::ObjectModel& objects;
  /// True when the method's IL body gives way to a native of the same signature (icalls/replacements).
  bool (*is_replaced)(void* context, const types::Method& method) = nullptr;
  void* context = nullptr;
};

/// Imports IL methods, runtime methods (delegate Invoke) and externs (whose body calls the native entry).
/// Errors: InvalidProgram with method, IL offset and instruction; BadImage; what resolving a local's type gives.
/// A token inside the code that cannot be resolved is no error here: the code throws when it gets there.
Result<Body*> import_method(ImportEnvironment& environment, types::Method& method);

}  // namespace leanclr::ir
