// Mirrors: the managed objects that stand for types, assemblies, modules, methods and fields.
//
// A type, assembly or module has one for ever (a root of the type system). A member has one per reflected
// type for as long as somebody holds it.
#pragma once

#include "interp/thread.h"

namespace leanclr::icalls {

struct Property;
struct Event;

/// System.RuntimeType. Never collects. Errors: OutOfMemory, TypeLoad.
Result<gc::Object*> type_mirror(objects::ObjectModel& objects, types::Type& type);
/// System.Reflection.RuntimeAssembly, likewise.
Result<gc::Object*> assembly_mirror(objects::ObjectModel& objects, types::Assembly& assembly);
/// System.Reflection.RuntimeModule, likewise.
Result<gc::Object*> module_mirror(objects::ObjectModel& objects, types::Assembly& assembly);

/// RuntimeMethodInfo or RuntimeConstructorInfo. `reflected` is the type that was asked for the member; null:
/// the declaring type. Never collects.
Result<gc::Object*> method_mirror(interp::Thread& thread, types::Method& method, types::Type* reflected);
/// RuntimeFieldInfo, likewise.
Result<gc::Object*> field_mirror(interp::Thread& thread, types::Field& field, types::Type* reflected);

/// RuntimePropertyInfo and RuntimeEventInfo, likewise.
Result<gc::Object*> property_mirror(interp::Thread& thread, Property& property, types::Type* reflected);
Result<gc::Object*> event_mirror(interp::Thread& thread, Event& event, types::Type* reflected);

/// Behind a RuntimeMethodInfo or RuntimeConstructorInfo, or a RuntimeFieldInfo. Errors: NullReference,
/// Argument.
Result<types::Method*> method_of_mirror(interp::Thread& thread, gc::Object* mirror);
Result<types::Field*> field_of_mirror(interp::Thread& thread, gc::Object* mirror);
Result<Property*> property_of_mirror(interp::Thread& thread, gc::Object* mirror);
Result<Event*> event_of_mirror(interp::Thread& thread, gc::Object* mirror);
/// Behind a RuntimeAssembly or RuntimeModule.
Result<types::Assembly*> assembly_of_mirror(interp::Thread& thread, gc::Object* mirror);

}  // namespace leanclr::icalls
