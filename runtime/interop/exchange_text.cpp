// Exchange's texts: strings and StringBuilders as UTF-8, UTF-16, BSTR and fixed fields.
// A BSTR is a pointer behind a 32-bit count of bytes.
#include <algorithm>
#include <cstring>

#include "base/utf.h"
#include "interop/exchange.h"

namespace leanclr::interop {

using gc::Object;
using objects::String;

namespace {

bool is_wide(TextEncoding encoding) { return encoding == TextEncoding::Utf16 || encoding == TextEncoding::BStr; }
bool is_counted(TextEncoding encoding) { return encoding >= TextEncoding::BStr; }
uint32_t unit_bytes(TextEncoding encoding) { return is_wide(encoding) ? sizeof(char16_t) : 1; }

/// The text in an encoding, without a terminator.
std::string encode(TextEncoding encoding, std::u16string_view text) {
  if (!is_wide(encoding)) return to_utf8(text);
  return std::string(reinterpret_cast<const char*>(text.data()), text.size() * sizeof(char16_t));
}

/// Bytes up to a terminator, at most `most`.
size_t length_of(const uint8_t* text, TextEncoding encoding, size_t most) {
  const uint32_t unit = unit_bytes(encoding);
  size_t bytes = 0;
  while (bytes < most && (text[bytes] || (unit > 1 && text[bytes + 1]))) bytes += unit;
  return bytes;
}

void put_address(uint8_t* place, const void* pointer) {
  const Address address = address_of(pointer);
  std::memcpy(place, &address, sizeof(address));
}

/// Null is an empty text to fixed fields and buffers.
std::u16string_view view_of(const String* text) { return text ? text->view() : std::u16string_view(); }

String* decode(objects::ObjectModel& objects, TextEncoding encoding, const uint8_t* bytes, size_t size) {
  if (is_wide(encoding)) return objects.new_string(view(utf16_units({bytes, size})));
  return objects.new_string(std::string_view(reinterpret_cast<const char*>(bytes), size));
}

}  // namespace

Status Exchange::text_to_native(const Form& form, const String* text, uint8_t* native, Ownership ownership) {
  if (!text) return {};
  if (form.encoding == TextEncoding::Utf16 && ownership == Ownership::Borrowed) {
    put_address(native, text->chars);
    return {};
  }
  const std::string bytes = encode(form.encoding, text->view());
  const uint32_t prefix = is_counted(form.encoding) ? sizeof(uint32_t) : 0;
  uint8_t* block = TRY(allocate(uint64_t{prefix} + bytes.size() + sizeof(char16_t)));
  const auto size = static_cast<uint32_t>(bytes.size());
  std::memcpy(block, &size, prefix);
  std::memcpy(block + prefix, bytes.data(), size);
  std::memset(block + prefix + size, 0, sizeof(char16_t));
  put_address(native, block + prefix);
  return {};
}

void Exchange::fixed_text_to_native(const Form& form, const String* text, uint8_t* native) {
  std::memset(native, 0, form.size);
  const std::string bytes = encode(form.encoding, view_of(text));
  // The last unit is the terminator; a character is not cut in two.
  size_t size = std::min<size_t>(bytes.size(), form.size - unit_bytes(form.encoding));
  if (!is_wide(form.encoding) && size < bytes.size())
    while (size > 0 && (bytes[size] & 0xC0) == 0x80) --size;
  std::memcpy(native, bytes.data(), size);
}

Status Exchange::new_text(const Form& form, const uint8_t* native, uint8_t* managed) {
  const bool is_fixed = form.conversion == Conversion::FixedText;
  Address address;
  std::memcpy(&address, native, sizeof(address));
  String* text = nullptr;
  if (is_fixed || address) {
    const uint8_t* source = is_fixed ? native : pointer_at<const uint8_t>(address);
    uint32_t size = form.size;
    if (is_counted(form.encoding)) std::memcpy(&size, source - sizeof(size), sizeof(size));
    else size = static_cast<uint32_t>(length_of(source, form.encoding, is_fixed ? form.size : UINT32_MAX));
    text = decode(thread_.objects(), form.encoding, source, size);
    if (!text) return ErrorKind::OutOfMemory;
  }
  *reinterpret_cast<Ref<Object>*>(managed) = text;
  return {};
}

Status Exchange::buffer_to_native(const Form& form, Object* builder, uint8_t* native) {
  if (!builder) return {};
  // A unit of UTF-16 takes at most three bytes of UTF-8.
  constexpr uint32_t kMostBytesPerUnit = 3;
  abi::Slot capacity, text;
  TRY(call(builder, "get_Capacity", {}, &capacity));
  TRY(call(builder, "ToString", {}, &text));
  const uint64_t room = uint64_t{capacity.u4} * (is_wide(form.encoding) ? sizeof(char16_t) : kMostBytesPerUnit);
  const std::string bytes = encode(form.encoding, view_of(static_cast<String*>(text.object.get())));
  uint8_t* block = TRY(allocate(room + sizeof(char16_t)));
  const size_t size = std::min<size_t>(bytes.size(), room);
  std::memcpy(block, bytes.data(), size);
  std::memset(block + size, 0, room + sizeof(char16_t) - size);
  put_address(native, block);
  return {};
}

Status Exchange::update_buffer(const Form& form, const uint8_t* native, uint8_t* managed) {
  gc::Local<Object> builder(thread_.heap(), reinterpret_cast<Ref<Object>*>(managed)->get());
  abi::Slot none, text;
  TRY(call(builder, "set_Length", {none}, nullptr));
  text.object = decode(thread_.objects(), form.encoding, native, length_of(native, form.encoding, UINT32_MAX));
  if (!text.object.get()) return ErrorKind::OutOfMemory;
  types::Method* append = TRY(method_taking(*builder->type, "Append", *thread_.types().known().string));
  abi::Slot slots[2], ignored;
  slots[0].object = builder.get();
  slots[1] = text;
  return thread_.invoke(*append, slots, &ignored);
}

Result<types::Method*> Exchange::method_taking(types::Type& type, const char* name, const types::Type& parameter) {
  for (types::Method& method : type.methods) {
    if (!is(method.name, name)) continue;
    const types::MethodSignature& signature = *TRY(thread_.types().signature_of(method));
    if (signature.parameters.size() == 1 && signature.parameters[0] == &parameter) return &method;
  }
  return failure_with(ErrorKind::MissingMethod, "%::%(%)", {thread_.types().full_name(type), name, thread_.types().full_name(parameter)});
}

}  // namespace leanclr::interop
