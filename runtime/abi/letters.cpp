// Signature letters of managed signatures, and whether a native's letters fit them.
#include "abi/bind.h"

namespace leanclr::abi {

namespace {

using types::ElementType;
using types::Type;

char letter_of_primitive(ElementType element_type) {
  switch (element_type) {
    case ElementType::Void: return 'v';
    case ElementType::I8:
    case ElementType::U8: return 'l';
    case ElementType::R4: return 'f';
    case ElementType::R8: return 'd';
    case ElementType::I:
    case ElementType::U: return 'p';
    default: return 'i';
  }
}

void push_type(Letters& letters, const Type& type) {
  const Type& plain = *type.underlying();
  if (plain.element_type == ElementType::Void || plain.flags.primitive)
    return letters.push(letter_of_primitive(plain.element_type));
  if (plain.is_pointer_like()) return letters.push('p');
  if (plain.is_reference()) return letters.push('o');
  for (uint32_t i = 0; i < slots_for(plain.value_size); ++i) letters.push('s');
}

bool is_word(char letter) { return letter == 'i' || letter == 'p'; }

// 'p' and 'i' are the same 32 bits. A struct of one slot is often a wrapped address (RuntimeTypeHandle and
// its kin): a native that takes the 32 bits themselves serves it too. The other way round would hand it a
// struct's worth of a scalar, so a native's 's' wants an 's'; references agree with references only.
bool letter_agrees(char native, char managed) {
  return native == managed || (is_word(native) && (is_word(managed) || managed == 's'));
}

}  // namespace

Letters letters_of(const types::MethodSignature& signature, const Type* this_type) {
  Letters letters;
  push_type(letters, *signature.return_type);
  letters.push('(');
  if (signature.has_this) letters.push(this_type && this_type->flags.value_type ? 'p' : 'o');
  for (const Type* parameter : signature.parameters) push_type(letters, *parameter);
  return letters;
}

Letters letters_of(const types::Method& method) {
  return letters_of(*method.signature, method.declaring_type);
}

bool letters_agree(const char* native, std::string_view managed) {
  if (!native) return true;
  for (char letter : managed)
    if (!*native || !letter_agrees(*native++, letter)) return false;
  return !*native;
}

}  // namespace leanclr::abi
