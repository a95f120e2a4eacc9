// See exchange.h: what each conversion does. Texts stand in exchange_text.cpp.
#include "interop/exchange.h"

#include <cstring>

namespace leanclr::interop {

using gc::Local;
using gc::Object;
using objects::Array;
using objects::String;
using types::Type;

namespace {

Object* object_at(const uint8_t* managed) { return reinterpret_cast<const Ref<Object>*>(managed)->get(); }

void put_object(uint8_t* managed, Object* object) { *reinterpret_cast<Ref<Object>*>(managed) = object; }

Address address_at(const uint8_t* place) {
  Address address;
  std::memcpy(&address, place, sizeof(address));
  return address;
}

void put_address(uint8_t* place, Address address) { std::memcpy(place, &address, sizeof(address)); }

uint8_t* fields_of(Object* object) { return objects::unbox(object); }

/// A pointer that leads to managed memory itself, not to a copy.
bool is_borrowed(const Form& form, Ownership ownership) {
  if (ownership == Ownership::Owned) return false;
  if (form.conversion == Conversion::Text) return form.encoding == TextEncoding::Utf16;
  return (form.conversion == Conversion::Vector || form.conversion == Conversion::Object) && form.element->is_copy();
}

/// OLE's dates: days since 30 December 1899; before it the fraction counts away from midnight all the same.
constexpr int64_t kDateOfOle = 599264352000000000;
constexpr int64_t kTicksPerMillisecond = 10000, kMillisecondsPerDay = 86400000;
constexpr int64_t kTickMask = 0x3FFFFFFFFFFFFFFF;

double ole_date(int64_t ticks) {
  if (ticks == 0) return 0;
  if (ticks < kTicksPerMillisecond * kMillisecondsPerDay) ticks += kDateOfOle;  // a time without a date
  int64_t milliseconds = (ticks - kDateOfOle) / kTicksPerMillisecond;
  if (milliseconds < 0) {
    int64_t fraction = milliseconds % kMillisecondsPerDay;
    if (fraction != 0) milliseconds -= (kMillisecondsPerDay + fraction) * 2;
  }
  return static_cast<double>(milliseconds) / kMillisecondsPerDay;
}

Result<int64_t> ticks_of(double date) {
  constexpr double kFirst = -657435, kLast = 2958466;
  if (!(date < kLast && date > kFirst)) return failure(ErrorKind::Argument, "Not a legal OleAut date.");
  auto milliseconds = static_cast<int64_t>(date * kMillisecondsPerDay + (date >= 0 ? 0.5 : -0.5));
  if (milliseconds < 0) milliseconds -= (milliseconds % kMillisecondsPerDay) * 2;
  return milliseconds * kTicksPerMillisecond + kDateOfOle;
}

Result<const types::Field*> field_named(types::TypeSystem& types, Type& type, const char* name) {
  const types::Field* field = types.find_field(type, name);
  if (!field) return failure_with(ErrorKind::MissingField, "%.%", {types.full_name(type), name});
  return field;
}

}  // namespace

Result<uint8_t*> Exchange::allocate(uint64_t bytes) {
  if (bytes > UINT32_MAX / 2) return ErrorKind::OutOfMemory;
  auto* block = static_cast<uint8_t*>(thread_.types().region().allocate_shared(bytes ? bytes : 1));
  if (!block) return ErrorKind::OutOfMemory;
  return block;
}

void Exchange::free(Address address) { thread_.types().region().free(pointer_at<void>(address)); }

Status Exchange::call(Object* self, const char* name, std::initializer_list<abi::Slot> arguments, abi::Slot* result) {
  types::Method* method = nullptr;
  for (Type* type = self->type; type && !method; type = type->parent) method = thread_.types().find_method(*type, name, static_cast<int>(arguments.size()));
  if (!method) return failure_with(ErrorKind::MissingMethod, "%::%", {thread_.types().full_name(*self->type), name});
  constexpr size_t kMost = 2;
  abi::Slot slots[kMost + 1];
  slots[0].object = self;
  size_t next = 1;
  for (const abi::Slot& argument : arguments) slots[next++] = argument;
  abi::Slot ignored;
  return thread_.invoke_virtual(*method, slots, result ? result : &ignored);
}

Status Exchange::fields_to_native(const Form& form, const uint8_t* managed, uint8_t* native, Ownership ownership) {
  std::memset(native, 0, form.size);
  for (const FieldForm& field : form.fields) TRY(to_native(*field.form, managed + field.managed_offset, native + field.native_offset, ownership));
  return {};
}

Status Exchange::fields_to_managed(const Form& form, const uint8_t* native, uint8_t* managed) {
  for (const FieldForm& field : form.fields) TRY(to_managed(*field.form, native + field.native_offset, managed + field.managed_offset));
  return {};
}

void Exchange::release_fields(const Form& form, uint8_t* native, const uint8_t* managed) {
  for (const FieldForm& field : form.fields)
    release(*field.form, native + field.native_offset, managed ? managed + field.managed_offset : nullptr, Ownership::Owned);
}

Status Exchange::elements_to_native(const Form& element, const Array* array, uint32_t count, uint8_t* native, Ownership ownership) {
  auto* source = const_cast<Array*>(array);
  if (element.is_copy()) {
    std::memcpy(native, source->data(), size_t{count} * element.size);
    return {};
  }
  std::memset(native, 0, size_t{count} * element.size);
  for (uint32_t i = 0; i < count; ++i) TRY(to_native(element, source->element(i), native + size_t{i} * element.size, ownership));
  return {};
}

Status Exchange::elements_to_managed(const Form& element, const uint8_t* native, Array* array, uint32_t count) {
  if (element.is_copy()) {
    std::memcpy(array->data(), native, size_t{count} * element.size);
    return {};
  }
  Local<Array> kept(thread_.heap(), array);
  for (uint32_t i = 0; i < count; ++i) TRY(to_managed(element, native + size_t{i} * element.size, array->element(i)));
  return {};
}

Status Exchange::fixed_array_to_native(const Form& form, const Array* array, uint8_t* native) {
  std::memset(native, 0, form.size);
  if (!array) return {};
  if (array->length < form.count)
    return failure(ErrorKind::Argument, "Type could not be marshaled because the length of an embedded array instance does not match the declared length in the layout.");
  return elements_to_native(*form.element, array, form.count, native, Ownership::Owned);
}

Status Exchange::vector_to_native(const Form& form, const Array* array, uint8_t* native, Ownership ownership) {
  if (!array) return {};
  if (is_borrowed(form, ownership)) {
    put_address(native, address_of(const_cast<Array*>(array)->data()));
    return {};
  }
  const uint64_t bytes = uint64_t{array->length} * form.element->size;
  uint8_t* copy = TRY(allocate(bytes));
  put_address(native, address_of(copy));
  if (!brings_in && form.element->conversion != Conversion::Vector) {  // C fills it; of a jagged array, its rows
    std::memset(copy, 0, bytes);
    return {};
  }
  return elements_to_native(*form.element, array, array->length, copy, ownership);
}

Status Exchange::object_to_native(const Form& form, Object* object, uint8_t* native, Ownership ownership) {
  if (!object) return {};
  if (object->type != form.type && !object->type->derives_from(*form.type)) return ErrorKind::InvalidCast;
  if (is_borrowed(form, ownership)) {
    put_address(native, address_of(fields_of(object)));
    return {};
  }
  uint8_t* copy = TRY(allocate(form.element->size));
  put_address(native, address_of(copy));
  std::memset(copy, 0, form.element->size);
  return brings_in ? fields_to_native(*form.element, fields_of(object), copy, Ownership::Owned) : Status();
}

Status Exchange::by_ref_to_native(const Form& form, uint8_t* value, uint8_t* native) {
  if (!value || form.element->is_copy()) {
    put_address(native, address_of(value));
    return {};
  }
  uint8_t* copy = TRY(allocate(form.element->size));
  std::memset(copy, 0, form.element->size);
  put_address(native, address_of(copy));
  if (!brings_in) return {};
  if (form.element->conversion != Conversion::Handle) return to_native(*form.element, value, copy, Ownership::Owned);
  // The variable keeps its handle alive, and C may exchange it.
  Object* handle = object_at(value);
  if (!handle) return ErrorKind::ArgumentNull;
  put_address(copy, TRY(handle_in(handle)));
  return {};
}

Result<Address> Exchange::handle_in(Object* handle) {
  const types::Field* field = nullptr;
  for (Type* type = handle->type; type && !field; type = type->parent) field = thread_.types().find_field(*type, "handle");
  if (!field) return failure_with(ErrorKind::MissingField, "%.handle", {thread_.types().full_name(*handle->type)});
  return objects::field_at<Address>(handle, field->offset);
}

/// Memory<T>, ReadOnlyMemory<T> and ArraySegment<T>: an object and an index.
Status Exchange::memory_to_native(const Form& form, const uint8_t* managed, uint8_t* native) {
  const bool is_segment = form.kind == Kind::ArraySegment;
  const types::Field* object_field = TRY(field_named(thread_.types(), *form.type, is_segment ? "_array" : "_object"));
  const types::Field* index_field = TRY(field_named(thread_.types(), *form.type, is_segment ? "_offset" : "_index"));
  Object* object = object_at(managed + object_field->offset);
  constexpr Address kIndexMask = 0x7FFFFFFF;  // the top bit says that the array is pinned
  const Address index = address_at(managed + index_field->offset) & kIndexMask;
  if (!object) return {};
  uint8_t* start;
  if (object->type->is_array()) start = static_cast<Array*>(object)->data();
  else if (object->type == thread_.types().known().string) start = reinterpret_cast<uint8_t*>(static_cast<String*>(object)->chars);
  else return failure(ErrorKind::NotSupported, "a Memory over something else than an array or a string cannot be passed to a C function: pin it and pass the pointer");
  put_address(native, address_of(start + size_t{index} * form.element->size));
  return {};
}

Status Exchange::handle_to_native(const Form& form, Object* handle, uint8_t* native) {
  if (!handle) return form.kind == Kind::SafeHandle ? ErrorKind::ArgumentNull : ErrorKind::NullReference;
  if (form.kind == Kind::SafeHandle) {
    abi::Slot by_ref;
    // The flag lies in the region, as everything that a byref leads to.
    uint8_t* flag = TRY(allocate(1));
    *flag = 0;
    by_ref.address = address_of(flag);
    Status status = call(handle, "DangerousAddRef", {by_ref}, nullptr);
    free(by_ref.address);
    TRY(std::move(status));
  }
  put_address(native, TRY(handle_in(handle)));
  return {};
}

Status Exchange::handle_to_managed(const Form& form, const uint8_t* native, uint8_t* managed) {
  Type& type = *form.type;
  if (type.flags.abstract_) return failure_with(ErrorKind::MarshalDirective, "an abstract handle type cannot be returned: %", {thread_.types().full_name(type)});
  TRY(thread_.types().ensure(type, types::TypeState::Complete));
  types::Method* constructor = thread_.types().find_method(type, ".ctor", 0);
  if (!constructor) return failure_with(ErrorKind::MissingMethod, "%::.ctor()", {thread_.types().full_name(type)});
  Local<Object> object(thread_.heap(), thread_.objects().new_object(type));
  if (!object.get()) return ErrorKind::OutOfMemory;
  abi::Slot self, handle;
  self.object = object.get();
  TRY(thread_.invoke(*constructor, &self, nullptr));
  handle.address = address_at(native);
  TRY(call(object, "SetHandle", {handle}, nullptr));
  put_object(managed, object);
  return {};
}

Status Exchange::to_native(const Form& form, const uint8_t* managed, uint8_t* native, Ownership ownership) {
  const bool is_pointer = form.size == sizeof(Address) && form.conversion > Conversion::Boolean;
  if (is_pointer) put_address(native, 0);
  switch (form.conversion) {
    case Conversion::Copy: std::memcpy(native, managed, form.size); return {};
    case Conversion::Boolean: {
      const uint32_t value = *managed != 0;
      std::memcpy(native, &value, form.size);
      return {};
    }
    case Conversion::AnsiChar: *native = managed[1] || *managed >= 0x80 ? '?' : *managed; return {};
    case Conversion::Text: return text_to_native(form, static_cast<String*>(object_at(managed)), native, ownership);
    case Conversion::FixedText: fixed_text_to_native(form, static_cast<String*>(object_at(managed)), native); return {};
    case Conversion::TextBuffer: return buffer_to_native(form, object_at(managed), native);
    case Conversion::FixedArray: return fixed_array_to_native(form, static_cast<Array*>(object_at(managed)), native);
    case Conversion::Vector: return vector_to_native(form, static_cast<Array*>(object_at(managed)), native, ownership);
    case Conversion::Struct: return fields_to_native(form, managed, native, Ownership::Owned);
    case Conversion::Object: return object_to_native(form, object_at(managed), native, ownership);
    case Conversion::InlineObject: {
      Object* object = object_at(managed);
      if (object) return fields_to_native(*form.element, fields_of(object), native, Ownership::Owned);
      std::memset(native, 0, form.size);
      return {};
    }
    case Conversion::Delegate:
      if (Object* delegate = object_at(managed)) put_address(native, TRY(marshalling_.functions->pointer_of(thread_, delegate)));
      return {};
    case Conversion::Handle: return handle_to_native(form, object_at(managed), native);
    case Conversion::Custom: {
      abi::Slot object, pointer;
      object.object = object_at(managed);
      if (!object.object.get()) return {};
      TRY(call_marshaler(form, "MarshalManagedToNative", object, &pointer));
      put_address(native, pointer.address);
      return {};
    }
    case Conversion::HandleRef: {
      const types::Field* field = TRY(field_named(thread_.types(), *form.type, "_handle"));
      put_address(native, address_at(managed + field->offset));
      return {};
    }
    case Conversion::Date: {
      int64_t data;
      std::memcpy(&data, managed, sizeof(data));
      const double date = ole_date(data & kTickMask);
      std::memcpy(native, &date, sizeof(date));
      return {};
    }
    case Conversion::ByRef: return by_ref_to_native(form, pointer_at<uint8_t>(address_at(managed)), native);
    case Conversion::Pointer: put_address(native, address_of(managed)); return {};
    case Conversion::Nullable:
      if (*managed) put_address(native, address_of(managed + objects::nullable_value_offset(*form.type)));
      return {};
    case Conversion::Span: put_address(native, address_at(managed)); return {};
    case Conversion::Memory: return memory_to_native(form, managed, native);
  }
  return {};
}

Status Exchange::new_vector(const Form& form, const uint8_t* source, uint32_t count, uint8_t* managed) {
  Array* array = thread_.objects().new_vector(*form.type, count);
  if (!array) return ErrorKind::OutOfMemory;
  put_object(managed, array);
  return elements_to_managed(*form.element, source, array, count);
}

Status Exchange::new_object(const Form& form, const uint8_t* source, uint8_t* managed) {
  TRY(thread_.types().ensure(*form.type, types::TypeState::Complete));
  Local<Object> object(thread_.heap(), thread_.objects().new_object(*form.type));
  if (!object.get()) return ErrorKind::OutOfMemory;
  put_object(managed, object);
  return fields_to_managed(*form.element, source, fields_of(object));
}

Status Exchange::to_managed(const Form& form, const uint8_t* native, uint8_t* managed) {
  switch (form.conversion) {
    case Conversion::Copy: std::memcpy(managed, native, form.size); return {};
    case Conversion::Boolean: {
      uint32_t value = 0;
      std::memcpy(&value, native, form.size);
      *managed = value != 0;
      return {};
    }
    case Conversion::AnsiChar: {
      const char16_t unit = *native < 0x80 ? *native : u'\uFFFD';
      std::memcpy(managed, &unit, sizeof(unit));
      return {};
    }
    case Conversion::Text: case Conversion::FixedText: return new_text(form, native, managed);
    case Conversion::FixedArray: return new_vector(form, native, form.count, managed);
    case Conversion::Struct: return fields_to_managed(form, native, managed);
    case Conversion::InlineObject: return new_object(form, native, managed);
    case Conversion::Handle: return handle_to_managed(form, native, managed);
    case Conversion::Date: {
      double date;
      std::memcpy(&date, native, sizeof(date));
      const int64_t ticks = TRY(ticks_of(date));
      std::memcpy(managed, &ticks, sizeof(ticks));
      return {};
    }
    default: break;
  }
  // Pointers: null is null.
  const Address address = address_at(native);
  if (!address) {
    put_object(managed, nullptr);
    return {};
  }
  switch (form.conversion) {
    case Conversion::Vector: return new_vector(form, pointer_at<uint8_t>(address), vector_length, managed);
    case Conversion::Object: return new_object(form, pointer_at<uint8_t>(address), managed);
    case Conversion::Custom: return custom_to_managed(form, address, managed);
    case Conversion::Delegate: {
      put_object(managed, TRY(marshalling_.functions->delegate_of(thread_, address, *form.type)));
      return {};
    }
    default: return failure(ErrorKind::MarshalDirective, "a value of this type cannot come from C");
  }
}

Status Exchange::update(const Form& form, const uint8_t* native, uint8_t* managed) {
  const Address address = address_at(native);
  if (!address) return {};
  auto* source = pointer_at<uint8_t>(address);
  switch (form.conversion) {
    case Conversion::ByRef: {
      if (form.element->is_copy()) return {};
      auto* value = pointer_at<uint8_t>(address_at(managed));
      if (form.element->conversion == Conversion::Handle) {
        Object* before = brings_in ? object_at(value) : nullptr;
        if (before && TRY(handle_in(before)) == address_at(source)) return {};  // the same handle stays with its owner
      }
      if (form.element->conversion == Conversion::Custom && brings_in && object_at(value)) TRY(clean_up_managed(*form.element, object_at(value)));
      return to_managed(*form.element, source, value);
    }
    case Conversion::Vector: {
      if (form.element->is_copy()) return {};
      auto* array = static_cast<Array*>(object_at(managed));
      if (!array) return {};  // a row that C has put where there was none
      if (form.element->conversion != Conversion::Vector) return elements_to_managed(*form.element, source, array, array->length);
      Local<Array> rows(thread_.heap(), array);
      for (uint32_t i = 0; i < rows->length; ++i) TRY(update(*form.element, source + size_t{i} * form.element->size, rows->element(i)));
      return {};
    }
    case Conversion::Object: {
      if (form.element->is_copy()) return {};
      Local<Object> object(thread_.heap(), object_at(managed));
      return fields_to_managed(*form.element, source, fields_of(object));
    }
    case Conversion::TextBuffer: return update_buffer(form, source, managed);
    case Conversion::Custom: {  // the object stays; what the marshaler does to it is its own affair
      abi::Slot pointer, ignored;
      pointer.address = address;
      return call_marshaler(form, "MarshalNativeToManaged", pointer, &ignored);
    }
    default: return {};
  }
}

void Exchange::release(const Form& form, uint8_t* native, const uint8_t* managed, Ownership ownership) {
  if (is_borrowed(form, ownership)) return;
  const bool leads_somewhere = form.conversion >= Conversion::Text && address_at(native) != 0;
  auto* target = leads_somewhere ? pointer_at<uint8_t>(address_at(native)) : nullptr;
  switch (form.conversion) {
    case Conversion::Text:
      if (target) free(address_of(target) - (form.encoding >= TextEncoding::BStr ? sizeof(uint32_t) : 0));
      return;
    case Conversion::TextBuffer: free(address_of(target)); return;
    case Conversion::FixedArray:
      for (uint32_t i = 0; i < form.count && !form.element->is_copy(); ++i) release(*form.element, native + size_t{i} * form.element->size, nullptr, Ownership::Owned);
      return;
    case Conversion::Vector: {
      if (!target) return;
      auto* array = managed ? static_cast<Array*>(object_at(managed)) : nullptr;
      const uint32_t count = array ? array->length : vector_length;
      for (uint32_t i = 0; i < count && !form.element->is_copy(); ++i)
        release(*form.element, target + size_t{i} * form.element->size, array ? array->element(i) : nullptr, ownership);
      free(address_of(target));
      return;
    }
    case Conversion::Struct: release_fields(form, native, managed); return;
    case Conversion::InlineObject: release_fields(*form.element, native, nullptr); return;
    case Conversion::Object:
      if (!target) return;
      release_fields(*form.element, target, nullptr);
      free(address_of(target));
      return;
    case Conversion::ByRef:
      if (!target || form.element->is_copy()) return;
      if (form.element->conversion != Conversion::Handle) release(*form.element, target, pointer_at<uint8_t>(address_at(managed)), Ownership::Owned);
      free(address_of(target));
      return;
    case Conversion::Custom: {
      abi::Slot pointer, ignored;
      pointer.address = address_of(target);
      if (target && !succeeded(call_marshaler(form, "CleanUpNativeData", pointer, &ignored))) thread_.take_exception();
      return;
    }
    case Conversion::Handle: {
      Object* handle = managed ? object_at(managed) : nullptr;
      // An exception of a handle's release has nobody to go to.
      if (handle && form.kind == Kind::SafeHandle && !succeeded(call(handle, "DangerousRelease", {}, nullptr))) thread_.take_exception();
      return;
    }
    default: return;
  }
}

}  // namespace leanclr::interop
