// Do two methods have the same signature? (§II.12.2: overriding and implementing go by name and signature.)
#pragma once

#include "types/type_system.h"

namespace leanclr::types {

/// Generic arity, number and types of parameters, return type; the generic parameters of one stand for those
/// of the other. Names are the caller's to compare.
Result<bool> same_signature(TypeSystem& types, Method& one, Method& other);
/// The same with a signature that was read for `other`.
bool same_signature(const MethodSignature& one, const MethodSignature& other);
/// May `body` be called in place of `declaration`? The same signature, but that it may return an object of a derived type
/// (§II.10.3.2, and covariant returns).
Result<bool> may_override(TypeSystem& types, Method& declaration, Method& body);
/// From the signature blob, without resolving a type where possible.
Result<uint32_t> parameter_count(TypeSystem& types, Method& method);

}  // namespace leanclr::types
