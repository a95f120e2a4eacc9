// See form.h. Layouts of structures stand in forms_layout.cpp.
#include "interop/form.h"

namespace leanclr::interop {

using types::Type;
using types::TypeState;

namespace {

constexpr uint32_t kPointerBytes = 4;

Failure refuse(const char* reason) { return failure(ErrorKind::MarshalDirective, reason); }

constexpr const char* kBadPair = "the type does not go with its MarshalAs";
constexpr const char* kNoWayBack = "C cannot say how long the rows of a jagged or multi-dimensional array are";
constexpr const char* kOnlyAParameter = "such a value is a pointer to C; it can be a parameter, but not stand behind a reference, in a field or an array";

/// §II.23.4: the native type that means what the managed one is already.
bool is_same(Kind kind, NativeType native) {
  switch (kind) {
    case Kind::I1: case Kind::U1: return native == NativeType::I1 || native == NativeType::U1;
    case Kind::I2: case Kind::U2: return native == NativeType::I2 || native == NativeType::U2;
    case Kind::I4: case Kind::U4: return native == NativeType::I4 || native == NativeType::U4 || native == NativeType::Error;
    case Kind::I8: case Kind::U8: return native == NativeType::I8 || native == NativeType::U8;
    case Kind::R4: return native == NativeType::R4;
    case Kind::R8: return native == NativeType::R8;
    case Kind::I: case Kind::U: return native == NativeType::SysInt || native == NativeType::SysUInt || native == NativeType::I4 || native == NativeType::U4;
    case Kind::FunctionPointer: return native == NativeType::FunctionPtr;
    default: return false;
  }
}

void set_scalar(Form& form, uint32_t size, char letter = 'i') {
  form.size = form.alignment = size;
  form.letter = letter;
}

void set_pointer(Form& form, Conversion conversion) {
  form.conversion = conversion;
  set_scalar(form, kPointerBytes);
}

char letter_of(Kind kind) {
  switch (kind) {
    case Kind::I8: case Kind::U8: return 'l';
    case Kind::R4: return 'f';
    case Kind::R8: return 'd';
    default: return 'i';
  }
}

/// Bool by its size (§II.23.4).
Status set_boolean(Form& form, NativeType native) {
  form.conversion = Conversion::Boolean;
  switch (native) {
    case NativeType::None: case NativeType::Bool: set_scalar(form, 4); return {};
    case NativeType::I1: case NativeType::U1: set_scalar(form, 1); return {};
    default: return refuse(kBadPair);
  }
}

Status set_char(Form& form, NativeType native, CharSet char_set) {
  switch (native) {
    case NativeType::None:
      set_scalar(form, char_set == CharSet::Utf16 ? 2 : 1);
      break;
    case NativeType::I1: case NativeType::U1: set_scalar(form, 1); break;
    case NativeType::I2: case NativeType::U2: set_scalar(form, 2); break;
    default: return refuse(kBadPair);
  }
  form.conversion = form.size == 2 ? Conversion::Copy : Conversion::AnsiChar;
  return {};
}

}  // namespace

const Form* Forms::keep(const Form& form) { return types_.arena().make<Form>(form); }

Result<const Form*> Forms::of_parameter(Type& type, const MarshalAs& how, CharSet char_set) {
  return make(type, how, char_set, Place::Parameter);
}

Result<const Form*> Forms::as_memory(Type& type) {
  TRY(types_.ensure(type, TypeState::Sized));
  Form form;
  form.type = &type;
  form.kind = TRY(kind_of(types_, type));
  const bool is_struct = type.flags.value_type && !is_primitive(form.kind) && form.kind != Kind::Void;
  form.letter = is_struct ? 's' : form.kind == Kind::Void ? 'v' : letter_of(form.kind);
  form.size = type.value_size;
  form.alignment = type.alignment;
  return keep(form);
}

Result<const Form*> Forms::make(Type& type, const MarshalAs& how, CharSet char_set, Place place) {
  Form form;
  form.type = &type;
  form.kind = TRY(kind_of(types_, type));
  if (how.type == NativeType::CustomMarshaler && form.kind != Kind::ByRef) {
    if (place == Place::Field) return refuse("a custom marshaler (ICustomMarshaler) cannot be used on a field");
    if (!type.is_reference()) return refuse("a custom marshaler (ICustomMarshaler) is for classes, strings and arrays");
    set_pointer(form, Conversion::Custom);
    form.marshaler = marshaler_of(how);
    return keep(form);
  }
  if (is_primitive(form.kind) && form.kind != Kind::Boolean && form.kind != Kind::Char) {
    if (how.type != NativeType::None && !is_same(form.kind, how.type)) return refuse(kBadPair);
    set_scalar(form, type.underlying()->value_size, letter_of(form.kind));
    return keep(form);
  }
  switch (form.kind) {
    case Kind::Void:
      form.letter = 'v';
      return keep(form);
    case Kind::Boolean:
      TRY(set_boolean(form, how.type));
      return keep(form);
    case Kind::Char:
      TRY(set_char(form, how.type, char_set));
      return keep(form);
    case Kind::Pointer: case Kind::FunctionPointer:
      set_scalar(form, kPointerBytes);
      return keep(form);
    case Kind::ByRef:
      if (place != Place::Parameter) return refuse("a reference cannot stand in native memory");
      return make_pointer_to(form, Conversion::ByRef, *type.element, how, char_set);
    case Kind::String: case Kind::StringBuilder:
      return make_text(form, how, char_set, place);
    case Kind::Vector: case Kind::Array:
      return make_array(form, how, char_set, place);
    case Kind::Delegate:
      if (how.type != NativeType::None && how.type != NativeType::FunctionPtr) return refuse(kBadPair);
      if (!type.generic_arguments.empty()) return refuse("a generic delegate has no C type: declare a delegate of its own");
      set_pointer(form, Conversion::Delegate);
      return keep(form);
    case Kind::SafeHandle: case Kind::CriticalHandle:
      if (place == Place::Element) return refuse("an array of handles");
      set_pointer(form, Conversion::Handle);
      return keep(form);
    case Kind::Nullable:
      if (place != Place::Parameter) return refuse(kOnlyAParameter);
      return make_pointer_to(form, Conversion::Nullable, *type.element, {}, char_set);
    case Kind::Span: case Kind::ReadOnlySpan:
      if (place != Place::Parameter) return refuse(kOnlyAParameter);
      return make_pointer_to(form, Conversion::Span, *type.generic_arguments[0], {}, char_set);
    case Kind::Memory: case Kind::ReadOnlyMemory: case Kind::ArraySegment:
      if (place != Place::Parameter) return refuse(kOnlyAParameter);
      return make_pointer_to(form, Conversion::Memory, *type.generic_arguments[0], {}, char_set);
    case Kind::Class:
      return make_class(form, how, place);
    case Kind::Object: case Kind::Interface:
      return refuse("objects without a layout cannot be passed to a C function (there is no COM here)");
    case Kind::Task: case Kind::TaskOf: case Kind::ValueTask: case Kind::ValueTaskOf:
      return refuse("a task cannot be passed to a C function; a JavaScript function can return one");
    default:
      return make_value_type(form, how, place);
  }
}

CustomMarshaler* Forms::marshaler_of(const MarshalAs& how) {
  for (CustomMarshaler* known : marshalers_)
    if (known->assembly == how.assembly && known->name == how.marshaler && known->cookie == how.cookie) return known;
  return &marshalers_.add(new CustomMarshaler{how.marshaler, how.cookie, how.assembly});
}

Result<const Form*> Forms::make_pointer_to(Form form, Conversion conversion, Type& element, const MarshalAs& how, CharSet char_set) {
  set_pointer(form, conversion);
  // What the pointer leads to is memory, whose forms are those of array elements.
  const bool is_reference = conversion == Conversion::ByRef;
  form.element = TRY(make(element, how, char_set, is_reference ? Place::Target : Place::Element));
  if (!is_reference && !form.element->is_copy()) return refuse("its elements look different in C");
  if (form.element->conversion == Conversion::Vector && !form.element->is_plain_vector()) return refuse(kNoWayBack);
  return keep(form);
}

Result<const Form*> Forms::make_text(Form form, const MarshalAs& how, CharSet char_set, Place place) {
  if (how.type == NativeType::ByValTStr) {
    if (place != Place::Field || form.kind != Kind::String) return refuse("ByValTStr is for fields of type String");
    if (how.size == 0) return refuse("ByValTStr wants a SizeConst");
    form.conversion = Conversion::FixedText;
    form.encoding = char_set == CharSet::Utf16 ? TextEncoding::Utf16 : TextEncoding::Utf8;
    form.count = how.size;
    form.alignment = char_set == CharSet::Utf16 ? 2 : 1;
    form.size = how.size * form.alignment;
    form.letter = 's';
    return keep(form);
  }
  const bool is_buffer = form.kind == Kind::StringBuilder;
  if (is_buffer && place != Place::Parameter) return refuse("a StringBuilder cannot stand in native memory");
  set_pointer(form, is_buffer ? Conversion::TextBuffer : Conversion::Text);
  switch (how.type) {
    case NativeType::None: form.encoding = char_set == CharSet::Utf16 ? TextEncoding::Utf16 : TextEncoding::Utf8; break;
    case NativeType::LPStr: case NativeType::LPUTF8Str: case NativeType::LPTStr: form.encoding = TextEncoding::Utf8; break;
    case NativeType::LPWStr: form.encoding = TextEncoding::Utf16; break;
    case NativeType::BStr: form.encoding = TextEncoding::BStr; break;
    case NativeType::AnsiBStr: case NativeType::TBStr: form.encoding = TextEncoding::AnsiBStr; break;
    default: return refuse(kBadPair);
  }
  if (is_buffer && form.encoding >= TextEncoding::BStr) return refuse(kBadPair);
  return keep(form);
}

Result<const Form*> Forms::make_array(Form form, const MarshalAs& how, CharSet char_set, Place place) {
  if (how.type != NativeType::None && how.type != NativeType::LPArray && how.type != NativeType::ByValArray)
    return refuse(how.type == NativeType::SafeArray ? "there are no SAFEARRAYs here" : kBadPair);
  Type& array = *form.type;
  TRY(types_.ensure(array, TypeState::Sized));
  MarshalAs element_how;
  element_how.type = how.element;
  form.element = TRY(make(*array.element, element_how, char_set, Place::Element));
  if (how.type == NativeType::ByValArray) {
    if (place != Place::Field) return refuse("ByValArray is for fields");
    if (how.size == 0) return refuse("ByValArray wants a SizeConst");
    if (form.kind != Kind::Vector) return refuse(kBadPair);
    form.conversion = Conversion::FixedArray;
    form.count = how.size;
    form.alignment = form.element->alignment;
    uint64_t bytes = uint64_t{how.size} * form.element->size;
    if (bytes > UINT32_MAX / 2) return refuse("its SizeConst is too large");
    form.size = static_cast<uint32_t>(bytes);
    form.letter = 's';
    return keep(form);
  }
  if (place == Place::Field) return refuse("an array in a field wants MarshalAs(UnmanagedType.ByValArray)");
  set_pointer(form, Conversion::Vector);
  return keep(form);
}

Result<const Form*> Forms::make_value_type(Form form, const MarshalAs& how, Place place) {
  Type& type = *form.type;
  if (form.kind == Kind::HandleRef) {
    if (place != Place::Parameter) return refuse("a HandleRef cannot stand in native memory");
    set_pointer(form, Conversion::HandleRef);
    return keep(form);
  }
  if (form.kind == Kind::DateTime) {
    form.conversion = Conversion::Date;
    set_scalar(form, 8, 'd');
    return keep(form);
  }
  if (how.type != NativeType::None && how.type != NativeType::Struct && how.type != NativeType::LPStruct) return refuse(kBadPair);
  const Form* value = TRY(of_structure(type));
  if (how.type != NativeType::LPStruct) return value;
  if (place != Place::Parameter || (form.kind != Kind::Guid && form.kind != Kind::Decimal)) return refuse(kBadPair);
  set_pointer(form, Conversion::Pointer);
  form.element = value;
  return keep(form);
}

Result<const Form*> Forms::make_class(Form form, const MarshalAs& how, Place place) {
  if (how.type != NativeType::None && how.type != NativeType::LPStruct && how.type != NativeType::Struct) return refuse(kBadPair);
  const Form* structure = TRY(of_structure(*form.type));
  if (place == Place::Field) {
    form.conversion = Conversion::InlineObject;
    form.size = structure->size;
    form.alignment = structure->alignment;
    form.letter = 's';
  } else {
    set_pointer(form, Conversion::Object);
  }
  form.fields = structure->fields;
  form.element = structure;
  return keep(form);
}

}  // namespace leanclr::interop
