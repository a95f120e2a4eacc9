// Kind: what a managed type is when one of its values leaves for C or JavaScript, or comes from there.
//
// One look at a type answers it; how each kind is represented is the business of those who convert (Form for C, the host
// for JavaScript). What it is not: a check. A kind that one side cannot take is refused there, by name.
#pragma once

#include "types/type_system.h"

namespace leanclr::interop {

enum class Kind : uint8_t {
  Void, Boolean, Char, I1, U1, I2, U2, I4, U4, I8, U8, R4, R8, I, U,  // an enum is its underlying type
  Pointer, FunctionPointer, ByRef,
  String, StringBuilder, Delegate, SafeHandle, CriticalHandle, HandleRef,
  Vector,      // a one-dimensional array with bound 0
  Array,       // any other array
  Nullable, Span, ReadOnlySpan, Memory, ReadOnlyMemory, ArraySegment,
  Guid, Decimal, DateTime, DateTimeOffset, TimeSpan,
  Task, TaskOf, ValueTask, ValueTaskOf,  // …Of: with a result
  Struct,      // any other value type
  Object,      // System.Object itself
  Class,       // any other class
  Interface,
};

/// The type is moved to Linked. Errors: load errors.
Result<Kind> kind_of(types::TypeSystem& types, types::Type& type);

/// From Boolean to U: what one slot of the stack holds by itself.
constexpr bool is_primitive(Kind kind) { return kind >= Kind::Boolean && kind <= Kind::U; }

}  // namespace leanclr::interop
