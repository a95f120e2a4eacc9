// See native_signature.h.
#include "interop/native_signature.h"

namespace leanclr::interop {
namespace {

using abi::Slot;
using types::ElementType;
using Value = NativeSignature::Value;

/// Gives letter and small; 0 for what is no scalar.
Value lower_scalar(const types::Type& type) {
  auto value = [](char letter, char small = ' ') {
    Value result;
    result.letter = letter;
    result.small = small;
    return result;
  };
  switch (type.underlying()->element_type) {
    case ElementType::Void: return value('v');
    case ElementType::Boolean: return value('i', 'z');
    case ElementType::I1: return value('i', 'b');
    case ElementType::U1: return value('i', 'B');
    case ElementType::I2: return value('i', 'h');
    case ElementType::U2:
    case ElementType::Char: return value('i', 'H');
    case ElementType::I4:
    case ElementType::U4:
    case ElementType::I:
    case ElementType::U:
    case ElementType::Ptr:
    case ElementType::ByRef:
    case ElementType::FnPtr: return value('i');
    case ElementType::I8:
    case ElementType::U8: return value('l');
    case ElementType::R4: return value('f');
    case ElementType::R8: return value('d');
    default: return value(0);
  }
}

/// The type of the only field that a struct has, if that is all of it, however deep it lies.
const types::Type& innermost(const types::Type& type) {
  if (lower_scalar(type).letter) return type;
  const types::Field* only = nullptr;
  for (const types::Field& field : type.fields) {
    if (field.is_static) continue;
    if (only) return type;
    only = &field;
  }
  if (!only) return type;
  const types::Type& inner = innermost(*only->type);
  const bool is_all = inner.underlying()->value_size == type.value_size;
  return is_all ? inner : type;
}

Value lower(const types::Type& type) {
  if (Value scalar = lower_scalar(type); scalar.letter) return scalar;
  Value value;
  value.letter = 0;
  if (!type.flags.value_type || !type.flags.blittable) return value;
  value = lower_scalar(innermost(type));
  value.slots = abi::slots_for(type.value_size);
  value.by_pointer = value.letter == 0;
  if (value.by_pointer) value.letter = 'i';
  value.bytes = type.value_size;
  return value;
}

}  // namespace

Result<NativeSignature> lower_signature(types::TypeSystem& types, const types::MethodSignature& signature, std::string_view name) {
  NativeSignature result;
  auto value_of = [&](types::Type& type, const std::string& what) -> Result<Value> {
    TRY(types.ensure(type, types::TypeState::Sized));
    const Value value = lower(type);
    const char* reason = nullptr;
    if (!value.letter) reason = "";
    else if (value.by_pointer && sizeof(void*) > sizeof(Address)) reason = ": a struct by value, on a 64-bit host";
    if (reason) return failure_with(ErrorKind::MarshalDirective, "%: % of type % cannot be passed to a native function%", {name, what, types.full_name(type), reason});
    if (value.by_pointer) result.is_plain = false;
    return value;
  };
  result.result = TRY(value_of(*signature.return_type, "the result"));
  result.abi = result.result.by_pointer ? "vi" : std::string(1, result.result.letter);
  if (signature.has_this)
    return failure_with(ErrorKind::MarshalDirective, "%: an instance method has no native form", {name});
  for (size_t i = 0; i < signature.parameters.size(); ++i) {
    const Value value = TRY(value_of(*signature.parameters[i], "parameter " + std::to_string(i + 1)));
    result.abi += value.letter;
    result.managed_slots += value.slots;
    result.parameters.push_back(value);
  }
  return result;
}

List<Slot> NativeSignature::lowered(const Slot* managed, Slot* result_slots) const {
  List<Slot> native;
  if (result.by_pointer) native.emplace_back().address = address_of(result_slots);
  for (const Value& value : parameters) {
    Slot& slot = native.emplace_back(*managed);
    if (value.by_pointer) slot.address = address_of(managed);
    managed += value.slots;
  }
  return native;
}

List<Slot> NativeSignature::raised(const Slot* native) const {
  List<Slot> managed;
  if (result.by_pointer) ++native;
  for (const Value& value : parameters) {
    const size_t at = managed.size();
    managed.resize(at + value.slots);
    if (value.by_pointer) {
      std::memcpy(&managed[at], pointer_at<void>(native->address), value.bytes);
    } else {
      managed[at] = *native;
      widen(managed[at], value.small);
    }
    ++native;
  }
  return managed;
}

void widen(Slot& slot, char small) {
  switch (small) {
    case 'z': slot.i4 = slot.i4 != 0; break;
    case 'b': slot.i4 = static_cast<int8_t>(slot.i4); break;
    case 'B': slot.i4 = static_cast<uint8_t>(slot.i4); break;
    case 'h': slot.i4 = static_cast<int16_t>(slot.i4); break;
    case 'H': slot.i4 = static_cast<uint16_t>(slot.i4); break;
    default: break;
  }
}

}  // namespace leanclr::interop
