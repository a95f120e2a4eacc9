// Calling methods and constructors through reflection.
//
// CoreLib has checked and converted the arguments: `arguments` is one address per parameter, of the value
// itself, or of a reference. An exception of the callee goes on as it is; CoreLib wraps it.
#include <cstring>

#include "base/list.h"
#include "icalls/mirrors.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

/// A value in memory as it lies in slots: integers below 32 bits are widened.
void load(Slot* slot, const Type& type, const uint8_t* value) {
  switch (type.underlying()->element_type) {
    case ElementType::Boolean:
    case ElementType::U1: slot->u4 = *value; return;
    case ElementType::I1: slot->i4 = *reinterpret_cast<const int8_t*>(value); return;
    case ElementType::I2: slot->i4 = *reinterpret_cast<const int16_t*>(value); return;
    case ElementType::Char:
    case ElementType::U2: slot->u4 = *reinterpret_cast<const uint16_t*>(value); return;
    default: std::memcpy(slot, value, type.value_size);
  }
}

Result<List<Slot>> lay_out(Thread& thread, const Method& method, Slot self, const Address* arguments) {
  List<Slot> slots;
  if (method.signature->has_this) slots.push_back(self);
  for (size_t i = 0; i < method.signature->parameters.size(); ++i) {
    Type& type = *method.signature->parameters[i];
    TRY(thread.types().ensure(type, TypeState::Sized));
    size_t at = slots.size();
    slots.resize(at + abi::slots_for(type.value_size));
    if (type.element_type == ElementType::ByRef) slots[at].address = arguments[i];
    else load(&slots[at], type, pointer_at<const uint8_t>(arguments[i]));
  }
  return slots;
}

Result<Object*> box_pointer(Thread& thread, Type& type, Address value) {
  if (type.element_type == ElementType::FnPtr)
    return allocated(thread.objects().box(*thread.types().known().intptr, &value));
  Type& pointer = *TRY(corelib_type(thread, "System.Reflection", "Pointer"));
  Method* box = thread.types().find_method(pointer, "Box", 2);
  if (!box) return failure(ErrorKind::MissingMethod, "System.Reflection.Pointer.Box");
  Slot arguments[2], result;
  arguments[0].address = value;
  arguments[1].object = TRY(mirror_of(thread, type));
  TRY(thread.invoke(*box, arguments, &result));
  return result.object.get();
}

/// The result as an object; what a byref result points at.
Result<Object*> box_result(Thread& thread, Type& type, const Slot* result) {
  if (type.element_type == ElementType::Void) return static_cast<Object*>(nullptr);
  if (type.element_type == ElementType::ByRef) {
    if (!result->address)
      return failure(ErrorKind::NullReference, "The target method returned a null reference.");
    TRY(thread.types().ensure(*type.element, TypeState::Complete));
    return thread.objects().box(*type.element, pointer_at<const void>(result->address));
  }
  if (type.is_pointer_like()) return box_pointer(thread, type, result->address);
  if (type.is_reference()) return result->object.get();
  TRY(thread.types().ensure(type, TypeState::Complete));
  Object* object = thread.objects().box(type, result);
  if (!object && !type.flags.nullable) return ErrorKind::OutOfMemory;
  return object;
}

Result<Object*> call(Thread& thread, Method& method, Slot self, const Address* arguments, bool is_virtual) {
  Type& returned = *method.signature->return_type;
  if (returned.element_type != ElementType::Void) TRY(thread.types().ensure(returned, TypeState::Sized));
  if (method.is_static()) {
    // The arguments' objects are held by the caller's frame, whose locals `arguments` points at.
    if (!method.declaring_type->flags.before_field_init)
      TRY(thread.run_static_constructor(*method.declaring_type));
  }
  List<Slot> slots = TRY(lay_out(thread, method, self, arguments));
  List<Slot> result(abi::slots_for(std::max(returned.value_size, 8u)));
  if (is_virtual) TRY(thread.invoke_virtual(method, slots.data(), result.data()));
  else TRY(thread.invoke(method, slots.data(), result.data()));
  return box_result(thread, returned, result.data());
}

Failure uninstantiated(Thread& thread, Method& method) {
  return failure_with(ErrorKind::InvalidOperation, "Late bound operations cannot be performed on types or methods for which ContainsGenericParameters is true: %", {thread.types().full_name(method)});
}

bool is_open(const Method& method) {
  return method.declaring_type->flags.contains_generic_parameters || method.is_generic_definition();
}

/// Get, Set and Address of an array (§II.14.2): reflection reads through what Address gives.
Result<Object*> access_array(Thread& thread, Method& method, Array* array, const Address* arguments) {
  Type& type = *array->type;
  Type& element = *type.element;
  auto argument = [&](size_t i) { return pointer_at<const uint8_t>(arguments[i]); };
  uint32_t index = 0;
  for (uint32_t i = 0; i < type.rank; ++i) {
    int64_t length = array->bounds ? array->bounds[i].length : static_cast<int64_t>(array->length);
    int64_t at = int64_t{*reinterpret_cast<const int32_t*>(argument(i))} -
                 (array->bounds ? array->bounds[i].lower_bound : 0);
    if (at < 0 || at >= length) return ErrorKind::IndexOutOfRange;
    index = index * static_cast<uint32_t>(length) + static_cast<uint32_t>(at);
  }
  if (!is(method.name, "Set")) {
    if (element.is_pointer_like())
      return box_pointer(thread, element, *reinterpret_cast<const Address*>(array->element(index)));
    TRY(thread.types().ensure(element, TypeState::Complete));
    Object* object = thread.objects().box(element, array->element(index));
    if (!object && element.flags.value_type && !element.flags.nullable) return ErrorKind::OutOfMemory;
    return object;
  }
  const uint8_t* value = argument(type.rank);
  if (element.is_reference()) {
    Object* object = *reinterpret_cast<const Ref<Object>*>(value);
    if (object && !thread.types().is_assignable(element, *object->type)) return ErrorKind::ArrayTypeMismatch;
  }
  std::memcpy(array->element(index), value, element.value_size);
  return static_cast<Object*>(nullptr);
}

Result<Object*> invoke_method(Thread& thread, Object* mirror, Object* target, const Address* arguments,
                              ObjectOnStack exception) {
  if (exception) *exception = nullptr;
  Method& method = *TRY(method_of_mirror(thread, mirror));
  TRY(thread.types().signature_of(method));
  if (is_open(method)) return uninstantiated(thread, method);
  Slot self;
  if (method.is_static()) return call(thread, method, self, arguments, false);
  if (!target) return ErrorKind::NullReference;
  Local<Object> kept(thread.heap(), target);
  if (method.declaring_type->is_array() && method.is_runtime())
    return access_array(thread, method, static_cast<Array*>(target), arguments);
  bool by_address = method.declaring_type->flags.value_type;
  if (by_address) self.address = address_of(objects::unbox(target));
  else self.object = target;
  return call(thread, method, self, arguments, !by_address && method.is_virtual());
}

/// The constructors of an array take the lengths, or for each dimension its lower bound and its length.
Result<Object*> new_array(Thread& thread, Type& type, size_t count, const Address* arguments) {
  constexpr uint32_t kMaxRank = 32;
  TRY(thread.types().ensure(type, TypeState::Complete));
  auto argument = [&](size_t i) { return *pointer_at<const int32_t>(arguments[i]); };
  if (type.element_type == ElementType::SzArray && count == 1) {
    if (argument(0) < 0) return ErrorKind::Overflow;
    return allocated<Object>(thread.objects().new_vector(type, static_cast<uint32_t>(argument(0))));
  }
  if (type.rank > kMaxRank || (count != type.rank && count != type.rank * 2u))
    return not_supported("This constructor of " + thread.types().full_name(type) +
                         " cannot be called through reflection.");
  objects::ArrayBound bounds[kMaxRank];
  bool lower = count == type.rank * 2u;
  for (size_t i = 0; i < type.rank; ++i) {
    bounds[i].lower_bound = lower ? argument(2 * i) : 0;
    bounds[i].length = argument(lower ? 2 * i + 1 : i);
    if (bounds[i].length < 0) return ErrorKind::Overflow;
  }
  return allocated<Object>(thread.objects().new_array(type, bounds));
}

/// String's constructors are served by its static methods named Ctor.
Result<Object*> new_string(Thread& thread, Method& constructor, const Address* arguments) {
  std::span<Type*> wanted = constructor.signature->parameters;
  for (Method& candidate : constructor.declaring_type->methods) {
    if (!is(candidate.name, "Ctor")) continue;
    const types::MethodSignature& signature = *TRY(thread.types().signature_of(candidate));
    if (!std::equal(wanted.begin(), wanted.end(), signature.parameters.begin(), signature.parameters.end()))
      continue;
    return call(thread, candidate, Slot(), arguments, false);
  }
  return failure(ErrorKind::MissingMethod, thread.types().full_name(constructor));
}

/// `target` null: makes the object too and answers it.
Result<Object*> invoke_constructor(Thread& thread, Object* mirror, Object* target, const Address* arguments,
                                   ObjectOnStack exception) {
  if (exception) *exception = nullptr;
  Method& method = *TRY(method_of_mirror(thread, mirror));
  Type& type = *method.declaring_type;
  TRY(thread.types().signature_of(method));
  if (is_open(method)) return uninstantiated(thread, method);
  if (method.is_static()) {
    TRY(thread.run_static_constructor(type));
    return static_cast<Object*>(nullptr);
  }
  if (type.flags.abstract_) return failure(ErrorKind::MissingMethod, "Cannot create an abstract class.");
  if (type.is_array()) return new_array(thread, type, method.signature->parameters.size(), arguments);
  if (&type == thread.types().known().string) return new_string(thread, method, arguments);
  TRY(thread.types().ensure(type, TypeState::Complete));
  if (!type.flags.before_field_init) TRY(thread.run_static_constructor(type));
  Local<Object> object(thread.heap(), target);
  if (!target) object = TRY(allocated(thread.objects().new_object(type)));
  Slot self;
  if (type.flags.value_type) self.address = address_of(objects::unbox(object));
  else self.object = object.get();
  TRY(call(thread, method, self, arguments, false));
  return target ? nullptr : object.get();
}

/// A value type without a constructor of its own.
Result<Object*> create_instance(Thread& thread, QCallTypeHandle handle) {
  Type& type = handle.type();
  TRY(thread.types().ensure(type, TypeState::Complete));
  if (type.flags.nullable) return static_cast<Object*>(nullptr);
  return allocated(thread.objects().new_object(type));
}

constexpr NativeEntry kMethodRows[] = {native<invoke_method>("InternalInvoke")};
constexpr NativeEntry kConstructorRows[] = {native<invoke_constructor>("InternalInvoke")};
constexpr NativeEntry kTypeRows[] = {allocating<create_instance>("CreateInstanceInternal")};

}  // namespace

constinit const NativeClass kMethodInvocation{"System.Reflection.RuntimeMethodInfo", kMethodRows};
constinit const NativeClass kConstructorInvocation{"System.Reflection.RuntimeConstructorInfo",
                                                   kConstructorRows};
constinit const NativeClass kTypeInstantiation{"System.RuntimeType", kTypeRows};

}  // namespace leanclr::icalls
