// Signature letters: of C++ functions, of managed signatures, and which fit which.
#include <vector>

#include "abi/bind.h"
#include "unit/test.h"

namespace leanclr::test {
namespace {

using abi::letters_agree;
using types::ElementType;
using types::MethodSignature;
using types::Type;

Type primitive(ElementType element_type, uint32_t size) {
  Type type;
  type.element_type = element_type;
  type.flags.value_type = true;
  type.flags.primitive = element_type != ElementType::Void;
  type.value_size = size;
  return type;
}

Type structure(uint32_t size) {
  Type type = primitive(ElementType::ValueType, size);
  type.flags.primitive = false;
  return type;
}

Type plain(ElementType element_type) {
  Type type;
  type.element_type = element_type;
  return type;
}

std::string letters(Type& result, std::vector<Type*> parameters) {
  MethodSignature signature{.return_type = &result, .parameters = parameters};
  return std::string(abi::letters_of(signature).view());
}

TEST(letters_of_managed_types) {
  Type none = primitive(ElementType::Void, 0);
  Type boolean = primitive(ElementType::Boolean, 1), i2 = primitive(ElementType::I2, 2);
  Type u4 = primitive(ElementType::U4, 4), i8 = primitive(ElementType::I8, 8),
       u8 = primitive(ElementType::U8, 8);
  Type r4 = primitive(ElementType::R4, 4), r8 = primitive(ElementType::R8, 8);
  Type i = primitive(ElementType::I, 4), u = primitive(ElementType::U, 4);
  Type pointer = plain(ElementType::Ptr), byref = plain(ElementType::ByRef),
       function = plain(ElementType::FnPtr);
  Type object = plain(ElementType::Object), string = plain(ElementType::String),
       array = plain(ElementType::SzArray);
  Type empty = structure(1), handle = structure(4), span = structure(8), decimal = structure(16);
  Type small_enum = structure(1), long_enum = structure(8);
  small_enum.flags.enumeration = long_enum.flags.enumeration = true;
  small_enum.element = &boolean;
  long_enum.element = &u8;

  EXPECT_EQ(letters(none, {}), "v(");
  EXPECT_EQ(letters(boolean, {&i2, &u4, &i8, &u8, &r4, &r8}), "i(iillfd");
  EXPECT_EQ(letters(i, {&u, &pointer, &byref, &function}), "p(pppp");
  EXPECT_EQ(letters(object, {&string, &array}), "o(oo");
  EXPECT_EQ(letters(decimal, {&empty, &handle, &span, &decimal}), "ss(sssss");
  EXPECT_EQ(letters(small_enum, {&long_enum}), "i(l");
}

TEST(this_is_a_reference_or_an_address) {
  Type none = primitive(ElementType::Void, 0), value = structure(8), object = plain(ElementType::Class);
  MethodSignature signature{.return_type = &none, .parameters = {}, .has_this = true};
  EXPECT_EQ(abi::letters_of(signature, &object).view(), "v(o");
  EXPECT_EQ(abi::letters_of(signature, &value).view(), "v(p");
  types::Method method;
  method.signature = &signature;
  method.declaring_type = &value;
  EXPECT_EQ(abi::letters_of(method).view(), "v(p");
}

int64_t sample(gc::Heap&, int32_t, bool, const uint8_t*, double, gc::Object*) { return 0; }
Result<float> failing(interp::Thread&, uint64_t) { return 0.0f; }
Status nothing() { return {}; }

TEST(letters_of_functions) {
  EXPECT_EQ(std::string_view(abi::native<&sample>("sample").letters), "l(iipdo");
  EXPECT_EQ(std::string_view(abi::native<&failing>("failing").letters), "f(l");
  EXPECT_EQ(std::string_view(abi::native<&nothing>("nothing").letters), "v(");
}

TEST(letters_that_agree) {
  EXPECT(letters_agree(nullptr, "v(iiii"));
  EXPECT(letters_agree("i(il", "i(il"));
  EXPECT(letters_agree("p(ip", "i(pi"));
  EXPECT(letters_agree("v(p", "v(s"));
  EXPECT(letters_agree("i(", "s("));
  EXPECT(!letters_agree("v(s", "v(p"));
  EXPECT(!letters_agree("v(o", "v(s"));
  EXPECT(!letters_agree("v(o", "v(p"));
  EXPECT(!letters_agree("v(p", "v(o"));
  EXPECT(!letters_agree("i(il", "i(li"));
  EXPECT(!letters_agree("i(i", "i("));
  EXPECT(!letters_agree("v(", "i("));
  EXPECT(!letters_agree("f(", "d("));
  EXPECT(!letters_agree("ii(", "i(i"));
}

}  // namespace
}  // namespace leanclr::test
