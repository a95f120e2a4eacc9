// The texts under which managed types and signatures cross to the host (leanclr.h, leanclr_method_signature and
// leanclr_type_shape). What it is not: marshalling; the host reads and writes values by what these texts say.
#pragma once

#include <string>

#include "types/type_system.h"

namespace leanclr::interop {

/// One value per result and parameter, the result first: a letter, or 't', the type's address and ';'. Before a parameter
/// '<' and '>' say [Out] and [In]. Errors: load errors; MarshalDirective naming the parameter, its type and the reason.
Result<std::string> host_signature(types::TypeSystem& types, types::Method& method);

/// What a call may leave out: "..." where the last parameter is a `params` array, then a line for each parameter: '=' and its
/// default value, or nothing. Errors: load errors, BadImage.
Result<std::string> method_defaults(types::TypeSystem& types, types::Method& method);

/// What a host must know to read and write values of a type. Errors: load errors.
Result<std::string> type_shape(types::TypeSystem& types, types::Type& type);

/// The public members that a type declares itself, and its interfaces. Errors: load errors.
Result<std::string> type_members(types::TypeSystem& types, types::Type& type);

}  // namespace leanclr::interop
