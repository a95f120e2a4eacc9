// What the natives' files share: the managed structs that carry handles, and small helpers. Private to
// icalls/.
#pragma once

#include "abi/bind.h"
#include "icalls/native_class.h"
#include "icalls/state.h"
#include "interp/thread.h"

namespace leanclr::icalls {

using abi::NativeEntry;
using abi::Slot;
using gc::Heap;
using gc::Local;
using gc::Object;
using interp::Thread;
using metadata::ElementType;
using objects::Array;
using objects::String;
using types::Field;
using types::Method;
using types::Type;
using types::TypeState;

/// System.Runtime.CompilerServices.QCallTypeHandle: a RuntimeType passed together with its handle.
struct QCallTypeHandle {
  Address mirror;  // of the local that holds the RuntimeType
  Address handle;
  Type& type() const { return *pointer_at<Type>(handle); }
};

/// What managed code holds for an assembly or its one module: a types::Assembly itself lies outside the
/// region.
struct AssemblyHandle {
  types::Assembly* assembly;
};

/// System.Runtime.CompilerServices.QCallAssembly, likewise.
struct QCallAssembly {
  Address mirror;
  Address handle;
  types::Assembly& assembly() const { return *pointer_at<AssemblyHandle>(handle)->assembly; }
};

/// System.TypedReference.
struct TypedReferenceValue {
  Ref<Type> type;
  Address value;
};

/// System.Runtime.CompilerServices.ObjectHandleOnStack, or a `ref object`: the address of a reference.
using ObjectOnStack = Ref<Object>*;

template <typename T>
T* object_on(ObjectOnStack where) {
  return static_cast<T*>(where->get());
}

inline State& state_of(Thread& thread) { return *thread.services().native_state; }

/// An allocation's result, or the error that makes the interpreter collect.
template <typename T>
Result<T*> allocated(T* object) {
  if (!object) return ErrorKind::OutOfMemory;
  return object;
}

/// The System.RuntimeType object of a type.
inline Result<Object*> mirror_of(Thread& thread, Type& type) { return thread.services().mirror_of(type); }
/// Null for null.
inline Result<Object*> mirror_of(Thread& thread, Type* type) {
  if (!type) return static_cast<Object*>(nullptr);
  return mirror_of(thread, *type);
}

/// The type behind a RuntimeType object; null for null. Other subclasses of System.Type are an Argument
/// error.
Result<Type*> type_of_mirror(Thread& thread, Object* mirror);

/// Answers an object through an ObjectHandleOnStack.
inline Status give(ObjectOnStack result, Result<Object*> object) {
  *result = TRY(std::move(object));
  return {};
}

inline Result<Object*> new_string(Thread& thread, std::string_view utf8) {
  return allocated<Object>(thread.objects().new_string(utf8));
}

/// An instance of a CoreLib type by name, fields zeroed, no constructor run.
Result<Object*> new_corelib_object(Thread& thread, const char* name_space, const char* name);
/// A vector of `length` elements whose element type is a CoreLib type.
Result<Array*> new_corelib_vector(Thread& thread, const char* name_space, const char* element,
                                  uint32_t length);
Result<Type*> corelib_type(Thread& thread, const char* name_space, const char* name);

/// Sets an instance field by name (the class or one of its parents declares it). Errors: MissingField.
Result<uint32_t> field_offset(Thread& thread, Type& type, const char* field);
template <typename T>
Status set_field(Thread& thread, Object* object, const char* field, T value) {
  objects::field_at<T>(object, TRY(field_offset(thread, *object->type, field))) = value;
  return {};
}
inline Status set_field(Thread& thread, Object* object, const char* field, Object* value) {
  return set_field<Ref<Object>>(thread, object, field, Ref<Object>(value));
}

/// A violated constraint, as reflection reports it.
Status as_argument_error(Status status);

/// The native may be called again after OutOfMemory: it changes nothing before its last allocation.
constexpr NativeEntry retryable(NativeEntry entry) {
  entry.retryable = true;
  return entry;
}

template <auto Fn>
constexpr NativeEntry native(std::string_view name) {
  return abi::native<Fn>(name);
}
/// A native that allocates and can be repeated.
template <auto Fn>
constexpr NativeEntry allocating(std::string_view name) {
  return retryable(abi::native<Fn>(name));
}

inline Failure not_supported(const std::string& reason) {
  return failure(ErrorKind::PlatformNotSupported, std::string_view(reason));
}
inline Failure not_supported(const char* reason) {
  return failure(ErrorKind::PlatformNotSupported, reason);
}

}  // namespace leanclr::icalls
