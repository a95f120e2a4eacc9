// See kinds.h. Types with a meaning of their own are known by their names in CoreLib.
#include "interop/kinds.h"

namespace leanclr::interop {
namespace {

using types::ElementType;
using types::Type;

struct NamedKind {
  const char* name_space;
  const char* name;
  Kind kind;
};

constexpr const char* kSystem = "System";
constexpr const char* kInterop = "System.Runtime.InteropServices";
constexpr const char* kTasks = "System.Threading.Tasks";

constexpr NamedKind kNamed[] = {
    {kSystem, "Span`1", Kind::Span},
    {kSystem, "ReadOnlySpan`1", Kind::ReadOnlySpan},
    {kSystem, "Memory`1", Kind::Memory},
    {kSystem, "ReadOnlyMemory`1", Kind::ReadOnlyMemory},
    {kSystem, "ArraySegment`1", Kind::ArraySegment},
    {kSystem, "Guid", Kind::Guid},
    {kSystem, "Decimal", Kind::Decimal},
    {kSystem, "DateTime", Kind::DateTime},
    {kSystem, "DateTimeOffset", Kind::DateTimeOffset},
    {kSystem, "TimeSpan", Kind::TimeSpan},
    {kInterop, "HandleRef", Kind::HandleRef},
    {kTasks, "ValueTask", Kind::ValueTask},
    {kTasks, "ValueTask`1", Kind::ValueTaskOf},
    {"System.Text", "StringBuilder", Kind::StringBuilder},
    {kInterop, "SafeHandle", Kind::SafeHandle},
    {kInterop, "CriticalHandle", Kind::CriticalHandle},
    {kTasks, "Task`1", Kind::TaskOf},
    {kTasks, "Task", Kind::Task},
};

/// What CoreLib's type of that name is, or `otherwise`.
Kind named_kind(const Type& definition, const Type& object, Kind otherwise) {
  if (definition.assembly != object.assembly || definition.declaring_type) return otherwise;
  for (const NamedKind& named : kNamed)
    if (is(definition.name, named.name) && is(definition.name_space, named.name_space)) return named.kind;
  return otherwise;
}

Kind kind_of_class(const Type& type, const Type& object) {
  if (type.flags.interface) return Kind::Interface;
  if (&type == &object) return Kind::Object;
  if (type.flags.delegate) return Kind::Delegate;
  for (const Type* base = &type; base; base = base->parent) {
    Kind kind = named_kind(*base->definition, object, Kind::Class);
    if (kind != Kind::Class) return kind;
  }
  return Kind::Class;
}

Kind kind_of_primitive(ElementType element_type) {
  switch (element_type) {
    case ElementType::Boolean: return Kind::Boolean;
    case ElementType::Char: return Kind::Char;
    case ElementType::I1: return Kind::I1;
    case ElementType::U1: return Kind::U1;
    case ElementType::I2: return Kind::I2;
    case ElementType::U2: return Kind::U2;
    case ElementType::I4: return Kind::I4;
    case ElementType::U4: return Kind::U4;
    case ElementType::I8: return Kind::I8;
    case ElementType::U8: return Kind::U8;
    case ElementType::R4: return Kind::R4;
    case ElementType::R8: return Kind::R8;
    case ElementType::I: return Kind::I;
    default: return Kind::U;
  }
}

}  // namespace

Result<Kind> kind_of(types::TypeSystem& types, Type& type) {
  TRY(types.ensure(type, types::TypeState::Linked));
  const Type& plain = *type.underlying();
  if (plain.flags.primitive) return kind_of_primitive(plain.element_type);
  switch (plain.element_type) {
    case ElementType::Void: return Kind::Void;
    case ElementType::Ptr: return Kind::Pointer;
    case ElementType::FnPtr: return Kind::FunctionPointer;
    case ElementType::ByRef: return Kind::ByRef;
    case ElementType::String: return Kind::String;
    case ElementType::SzArray: return Kind::Vector;
    case ElementType::Array: return Kind::Array;
    default: break;
  }
  const Type& object = *types.known().object;
  if (plain.flags.nullable) return Kind::Nullable;
  return plain.flags.value_type ? named_kind(*plain.definition, object, Kind::Struct) : kind_of_class(plain, object);
}

}  // namespace leanclr::interop
