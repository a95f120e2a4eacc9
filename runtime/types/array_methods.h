// The methods of arrays that the runtime itself makes or finds. What it is not: their code (interp/).
#pragma once

#include "types/type_system.h"

namespace leanclr::types {

/// The signature of Get, Set, Address or a constructor of an array type.
Result<const MethodSignature*> array_method_signature(TypeSystem& types, const Method& method);

/// IList<T>, ICollection<T>, IEnumerable<T>, IReadOnlyList<T> or IReadOnlyCollection<T>: what vectors
/// implement.
bool is_array_interface(const WellKnownTypes& known, const Type& interface);

/// The System.Array method that serves `wanted`, a method of an array interface, on any vector that can be
/// cast to that interface: instantiated with the interface's argument. Null when Array has none.
Result<Method*> array_interface_method(TypeSystem& types, Method& wanted);

}  // namespace leanclr::types
