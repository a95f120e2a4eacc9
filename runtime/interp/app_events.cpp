// See app_events.h.
#include "interp/app_events.h"

namespace leanclr::interp {
namespace {

Type* corelib_type(Thread& thread, std::string_view name_space, std::string_view name) {
  types::TypeSystem& types = thread.types();
  return value_or<Type*>(types.find_type(*types.known().object->assembly, name_space, name), nullptr);
}

/// A static field's reference; null when the type was not used yet, or is trimmed away.
Object* static_reference(Thread& thread, Type* type, std::string_view field) {
  if (!type || !type->statics) return nullptr;
  types::Field* found = thread.types().find_field(*type, field);
  return found && found->is_static ? reinterpret_cast<Ref<Object>*>(type->statics + found->offset)->get() : nullptr;
}

Object* static_reference(Thread& thread, std::string_view name_space, std::string_view name, std::string_view field) {
  return static_reference(thread, corelib_type(thread, name_space, name), field);
}

/// Calls a static method; what it throws is dropped.
void call(Thread& thread, Type& type, std::string_view name, Object* argument) {
  Method* method = thread.types().find_method(type, name);
  if (!method || !method->is_static()) return;
  Slot args[1];
  args[0].object = argument;
  if (!succeeded(thread.invoke(*method, args, nullptr))) thread.take_exception();
}

/// FirstChanceExceptionEventArgs of an exception.
Result<Object*> first_chance_arguments(Thread& thread, Object* exception) {
  Type* type = corelib_type(thread, "System.Runtime.ExceptionServices", "FirstChanceExceptionEventArgs");
  if (!type) return ErrorKind::TypeLoad;
  TRY(thread.types().ensure(*type, types::TypeState::Complete));
  Method* constructor = thread.types().find_method(*type, ".ctor", 1);
  if (!constructor) return ErrorKind::MissingMethod;
  gc::Local<Object> arguments(thread.heap(), thread.objects().new_object(*type));
  if (!arguments.get()) return ErrorKind::OutOfMemory;
  Slot args[2];
  args[0].object = arguments.get();
  args[1].object = exception;
  TRY(thread.invoke(*constructor, args, nullptr));
  return arguments.get();
}

Status call_first_chance(Thread& thread, Object* listener, Object* exception) {
  gc::Local<Object> kept(thread.heap(), listener);
  Slot args[3];
  args[2].object = TRY(first_chance_arguments(thread, exception));
  args[1].object = nullptr;
  args[0].object = kept.get();
  Method* invoke = thread.types().find_method(*kept.get()->type, "Invoke");
  return invoke ? thread.invoke(*invoke, args, nullptr) : Status(ErrorKind::MissingMethod);
}

}  // namespace

void raise_first_chance(Thread& thread, Object* exception) {
  if (!thread.app_context) thread.app_context = corelib_type(thread, "System", "AppContext");
  Object* listener = static_reference(thread, *thread.app_context, "FirstChanceException");
  if (!listener) return;
  gc::Local<Object> kept(thread.heap(), exception);
  if (!succeeded(call_first_chance(thread, listener, kept))) thread.take_exception();
}

void raise_unhandled(Thread& thread, Object* exception) {
  if (!static_reference(thread, "System", "AppContext", "UnhandledException")) return;
  call(thread, *corelib_type(thread, "System", "AppContext"), "OnUnhandledException", exception);
}

void raise_process_exit(Thread& thread) {
  if (!static_reference(thread, "System", "AppDomain", "s_domain") &&
      !static_reference(thread, "System.Runtime.Loader", "AssemblyLoadContext", "s_allContexts"))
    return;
  if (Type* context = corelib_type(thread, "System", "AppContext")) call(thread, *context, "OnProcessExit", nullptr);
}

}  // namespace leanclr::interp
