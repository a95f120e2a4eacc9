// Conversions between primitive values as reflection and arrays make them: identities and widenings (the
// table of "Type conversion in .NET", widening conversions). Private to icalls/.
#pragma once

#include "types/type.h"

namespace leanclr::icalls {

/// True when a value of primitive `from` may become one of `to` without loss of range.
bool widens(metadata::ElementType from, metadata::ElementType to);
/// Converts; `widens` must hold. Enums are passed by their underlying type.
void widen(metadata::ElementType from, const void* source, metadata::ElementType to, void* target);
/// The same bits under another sign: int and uint, and a type and itself; not char and ushort.
bool same_bits(metadata::ElementType a, metadata::ElementType b);

}  // namespace leanclr::icalls
