// Substitution: an open type with its Var and MVar replaced (§II.9.4); what makes a member of List<int> out
// of one of List<T> without reading its signature again.
#pragma once

#include "types/type_system.h"

namespace leanclr::types {

/// A kind of parameter whose span in `context` is empty stays as it is. Errors: TypeLoad (nesting, arguments
/// that may not be generic arguments).
Result<Type*> substitute(TypeSystem& types, Type& type, const GenericContext& context);
/// The same for a whole signature; answers `signature` itself when nothing changes.
Result<const MethodSignature*> substitute(TypeSystem& types, const MethodSignature& signature,
                                          const GenericContext& context);

}  // namespace leanclr::types
