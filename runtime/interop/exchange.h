// Exchange: converts values between managed memory and C's, by their Forms. One per call.
//
// `managed` is always where a value lies (a field, an array element, a stack slot), `native` where its native form does.
// The natives' side is memory of the region; what a conversion allocates there release() gives back.
// What it is not: a plan. It does not know parameters or directions; Plan (plan.h) and Marshal do.
#pragma once

#include "interop/marshalling.h"
#include "interp/thread.h"

namespace leanclr::interop {

/// Who owns memory that a native pointer leads to: for the time of a call C may look at managed arrays and texts where they
/// are (Borrowed); where C may keep or exchange the pointer it gets copies (Owned), and what is there at the end is freed.
enum class Ownership : uint8_t { Borrowed, Owned };

class Exchange {
 public:
  Exchange(interp::Thread& thread, Marshalling& marshalling) : thread_(thread), marshalling_(marshalling) {}

  /// Errors: what managed code throws (SafeHandle), Argument, ArgumentNull, OutOfMemory, NotSupported. What was converted
  /// before is to be released all the same.
  Status to_native(const Form& form, const uint8_t* managed, uint8_t* native, Ownership ownership);
  /// Makes new strings, arrays and objects. A value of less than 32 bits is stored in its own size.
  Status to_managed(const Form& form, const uint8_t* native, uint8_t* managed);
  /// After a call: brings what C wrote behind a pointer (arrays, buffers, classes, ByRef) into the managed value.
  Status update(const Form& form, const uint8_t* native, uint8_t* managed);
  /// Gives back what to_native, or C in its place, left in native memory. `managed` as to_native had it.
  void release(const Form& form, uint8_t* native, const uint8_t* managed, Ownership ownership);
  /// The ICustomMarshaler that a form is converted by. Errors: Application and TypeLoad, as in .NET; what GetInstance throws.
  Result<gc::Object*> custom_marshaler(const Form& form);
  /// Tells a custom marshaler that it is done with an object which the method, or C, does not need any more.
  Status clean_up_managed(const Form& form, gc::Object* object);
  /// How many elements a pointer to an array that C gave leads to (SizeParamIndex, SizeConst).
  uint32_t vector_length = 1;
  /// ByRef: whether to_native brings the value over (ref, in) or leaves it zero (out).
  bool brings_in = true;

 private:
  Status fields_to_native(const Form& form, const uint8_t* managed, uint8_t* native, Ownership ownership);
  Status fields_to_managed(const Form& form, const uint8_t* native, uint8_t* managed);
  void release_fields(const Form& form, uint8_t* native, const uint8_t* managed);
  Status text_to_native(const Form& form, const objects::String* text, uint8_t* native, Ownership ownership);
  void fixed_text_to_native(const Form& form, const objects::String* text, uint8_t* native);
  Status buffer_to_native(const Form& form, gc::Object* builder, uint8_t* native);
  Status update_buffer(const Form& form, const uint8_t* native, uint8_t* managed);
  Status elements_to_native(const Form& element, const objects::Array* array, uint32_t count, uint8_t* native, Ownership ownership);
  Status elements_to_managed(const Form& element, const uint8_t* native, objects::Array* array, uint32_t count);
  Status fixed_array_to_native(const Form& form, const objects::Array* array, uint8_t* native);
  Status vector_to_native(const Form& form, const objects::Array* array, uint8_t* native, Ownership ownership);
  Status object_to_native(const Form& form, gc::Object* object, uint8_t* native, Ownership ownership);
  Status by_ref_to_native(const Form& form, uint8_t* value, uint8_t* native);
  Status memory_to_native(const Form& form, const uint8_t* managed, uint8_t* native);
  Result<Address> handle_in(gc::Object* handle);
  Status handle_to_native(const Form& form, gc::Object* handle, uint8_t* native);
  Status handle_to_managed(const Form& form, const uint8_t* native, uint8_t* managed);
  Status call_marshaler(const Form& form, const char* name, abi::Slot argument, abi::Slot* result);
  Status custom_to_managed(const Form& form, Address native, uint8_t* managed);
  Status new_text(const Form& form, const uint8_t* native, uint8_t* managed);
  Status new_vector(const Form& form, const uint8_t* source, uint32_t count, uint8_t* managed);
  Status new_object(const Form& form, const uint8_t* source, uint8_t* managed);
  /// A type's own method of one parameter. Errors: MissingMethod.
  Result<types::Method*> method_taking(types::Type& type, const char* name, const types::Type& parameter);
  /// Calls a method of an object by name; virtual ones as the object has them.
  Status call(gc::Object* self, const char* name, std::initializer_list<abi::Slot> arguments, abi::Slot* result);
  Result<uint8_t*> allocate(uint64_t bytes);
  void free(Address address);

  interp::Thread& thread_;
  Marshalling& marshalling_;
};

}  // namespace leanclr::interop
