// Form: how the values of a managed type look to C, and Forms, which makes one for each type and MarshalAs.
//
// A Form describes memory: a native value of `size` bytes made from a managed one. Parameters, results, fields and array
// elements all use it; Exchange (exchange.h) converts by it. Where both sides look the same the conversion is Copy, and
// a call that has nothing else costs nothing.
// The rules are those of .NET on systems other than Windows: text is UTF-8 unless Unicode is asked for, no COM. More than
// .NET takes: Span and its kin (a pointer to the first element), Nullable (a pointer, null for none), jagged arrays.
// What it is not: the host's. JavaScript gets values by Kind (kinds.h).
#pragma once

#include "base/hash_table.h"
#include "interop/declaration.h"
#include "interop/kinds.h"

namespace leanclr::interop {

enum class Conversion : uint8_t {
  Copy,          // the same bytes on both sides
  Boolean,       // 1 or 4 bytes
  AnsiChar,      // one byte; what UTF-8 needs more for becomes '?'
  Text,          // a pointer to text
  FixedText,     // `count` units in place (ByValTStr)
  TextBuffer,    // StringBuilder: a pointer to as many units as it can hold
  FixedArray,    // `count` elements in place (ByValArray)
  Vector,        // an array: a pointer to its elements; to the managed ones where the element is Copy
  Struct,        // a value type, field by field
  Object,        // a class with layout: a pointer to its fields
  InlineObject,  // the same as a field: in place
  Delegate,      // a function pointer
  Handle,        // SafeHandle, CriticalHandle: the handle, kept alive during the call
  HandleRef,     // its handle
  Custom,        // by an ICustomMarshaler: a pointer that it makes and reads
  Date,          // DateTime: days since 30 December 1899, a double
  ByRef,         // a pointer to the element's native form; to the managed value itself where that is Copy
  Pointer,       // a value type by LPStruct: a pointer to a copy
  Nullable,      // a pointer to the value or null
  Span,          // Span, ReadOnlySpan: a pointer to the first element
  Memory,        // Memory, ReadOnlyMemory, ArraySegment of an array: likewise
};

enum class TextEncoding : uint8_t { Utf8, Utf16, BStr, AnsiBStr };

struct Form;
struct FieldForm {
  uint32_t managed_offset, native_offset;  // bytes; managed from the value's or object's start
  const Form* form;
};

/// Whom MarshalAs(UnmanagedType.CustomMarshaler) names; one for each name and cookie.
struct CustomMarshaler {
  std::string_view name, cookie;
  types::Assembly* assembly = nullptr;
  uint32_t handle = 0;  // of its instance, once it was asked for
};

struct Form {
  Conversion conversion = Conversion::Copy;
  TextEncoding encoding = TextEncoding::Utf8;
  /// How C passes it (abi::Letters): 'i' up to 32 bits and pointers, 'l', 'f', 'd', 's' a struct, 'v' nothing.
  char letter = 'i';
  uint32_t size = 0, alignment = 1;  // native, in bytes
  types::Type* type = nullptr;       // managed
  uint32_t count = 0;                // FixedText, FixedArray
  const Form* element = nullptr;     // arrays, ByRef, Pointer, Nullable, Span, Memory
  std::span<const FieldForm> fields; // Struct, Object, InlineObject, and Copy of a value type that is no primitive
  Kind kind = Kind::Void;
  CustomMarshaler* marshaler = nullptr;  // Custom

  bool is_copy() const { return conversion == Conversion::Copy; }
  /// An array whose length alone says how to make one from C's memory.
  bool is_plain_vector() const { return conversion == Conversion::Vector && kind == Kind::Vector && element->conversion != Conversion::Vector; }
};

/// Makes Forms. One per runtime; what it makes lives as long.
class Forms {
 public:
  explicit Forms(types::TypeSystem& types) : types_(types) {}

  /// The form of a parameter or result. Errors: MarshalDirective with the reason alone (the caller names the parameter),
  /// load errors.
  Result<const Form*> of_parameter(types::Type& type, const MarshalAs& how, CharSet char_set);
  /// The form of a value type's values, or of a class's objects as Marshal.StructureToPtr sees them (conversion Struct or
  /// Copy, never a pointer). Errors as above.
  Result<const Form*> of_structure(types::Type& type);
  /// The bytes as they are (conversion Copy) of a type without references.
  Result<const Form*> as_memory(types::Type& type);
  types::TypeSystem& types() { return types_; }

 private:
  enum class Place : uint8_t { Parameter, Field, Element, Target };  // Target: of a reference
  Result<const Form*> make(types::Type& type, const MarshalAs& how, CharSet char_set, Place place);
  Result<const Form*> make_text(Form form, const MarshalAs& how, CharSet char_set, Place place);
  Result<const Form*> make_array(Form form, const MarshalAs& how, CharSet char_set, Place place);
  Result<const Form*> make_value_type(Form form, const MarshalAs& how, Place place);
  Result<const Form*> make_class(Form form, const MarshalAs& how, Place place);
  Result<const Form*> make_pointer_to(Form form, Conversion conversion, types::Type& element, const MarshalAs& how, CharSet char_set);
  Status lay_out(Form& form, bool is_class);
  const Form* keep(const Form& form);

  CustomMarshaler* marshaler_of(const MarshalAs& how);

  types::TypeSystem& types_;
  OwningList<CustomMarshaler> marshalers_;
  HashTable<const Form*> structures_;  // by type
  uint32_t depth_ = 0;                 // of structures within structures
};

/// Declared with sequential or explicit layout: it has an order that C knows.
bool has_layout(const types::Type& type);

}  // namespace leanclr::interop
