// The cases of a switch over instructions that follow from the rows of ops.def: the loop makes those of the
// common rows of them, SlowPath::rare those of the rest. Where they stand, `fp` and `ip` are the frame and
// the instruction, and NEXT(words), FAIL(error_kind) and BRANCH_IF(condition) say how an instruction ends.
// What it is not: a header for anybody else. It is included once by each of the two.
#pragma once

#include <type_traits>

#include "interp/arithmetic.h"
#include "objects/object.h"

namespace leanclr::interp {
namespace {

// What a loaded value becomes in its slot.
template <typename T>
using widened = std::conditional_t<sizeof(T) == 8, int64_t, int32_t>;

// The C++ types of the slot fields that ops.def names.
using slot_i4 = int32_t;
using slot_u4 = uint32_t;
using slot_i8 = int64_t;
using slot_u8 = uint64_t;
using slot_r4 = float;
using slot_r8 = double;

}  // namespace
}  // namespace leanclr::interp

#define REG(type, offset) get<slot_##type>(fp + (offset))
#define SET(type, offset, value) put<slot_##type>(fp + (offset), static_cast<slot_##type>(value))
#define ADDRESS(offset) get<Address>(fp + (offset))
#define OBJECT(offset) pointer_at<Object>(ADDRESS(offset))

// An element that an instruction accesses: `array` or `span`, and `index`, are declared and checked.
#define ARRAY_ELEMENT(array_register, index_register)                 \
  auto* array = static_cast<objects::Array*>(OBJECT(array_register)); \
  if (!array) FAIL(ErrorKind::NullReference);                         \
  const uint32_t index = REG(u4, index_register);                     \
  if (index >= array->length) FAIL(ErrorKind::IndexOutOfRange)
#define SPAN_ELEMENT(span_register, index_register)                            \
  const uint32_t index = REG(u4, index_register);                              \
  if (index >= REG(u4, (span_register) + 4)) FAIL(ErrorKind::IndexOutOfRange); \
  [[maybe_unused]] uint8_t* const span = pointer_at<uint8_t>(ADDRESS(span_register))
// The base register of a field access, not null.
#define BASE_ADDRESS(base_register)            \
  const Address base = ADDRESS(base_register); \
  if (base == 0) FAIL(ErrorKind::NullReference)

#define CASE_UNARY(name, text, from, to, expression) \
  case Op::name: {                                   \
    const auto a = REG(from, ip->b);                 \
    SET(to, ip->a, expression);                      \
    NEXT(1);                                         \
  }
#define CASE_BINARY(name, text, from, to, expression) \
  case Op::name: {                                    \
    const auto a = REG(from, ip->b);                  \
    const auto b = REG(from, ip->c);                  \
    SET(to, ip->a, expression);                       \
    NEXT(1);                                          \
  }
#define CASE_IMMEDIATE(name, text, type, expression)                      \
  case Op::name: {                                                        \
    const auto a = REG(type, ip->b);                                      \
    const auto b = static_cast<slot_##type>(static_cast<int16_t>(ip->c)); \
    SET(type, ip->a, expression);                                         \
    NEXT(1);                                                              \
  }
#define CASE_CHECKED_UNARY(name, text, from, to, test, error, expression) \
  case Op::name: {                                                        \
    const auto a = REG(from, ip->b);                                      \
    if (test) FAIL(error);                                                \
    SET(to, ip->a, expression);                                           \
    NEXT(1);                                                              \
  }
#define CASE_CHECKED_BINARY(name, text, from, to, test, error, expression) \
  case Op::name: {                                                         \
    const auto a = REG(from, ip->b);                                       \
    const auto b = REG(from, ip->c);                                       \
    if (test) FAIL(error);                                                 \
    SET(to, ip->a, expression);                                            \
    NEXT(1);                                                               \
  }
#define CASE_COMPARE_SET(name, text, type, expression) \
  case Op::C##name: {                                  \
    const auto a = REG(type, ip->b);                   \
    const auto b = REG(type, ip->c);                   \
    SET(i4, ip->a, (expression) ? 1 : 0);              \
    NEXT(1);                                           \
  }
#define CASE_COMPARE_BRANCH(name, text, type, expression) \
  case Op::B##name: {                                     \
    const auto a = REG(type, ip->a);                      \
    const auto b = REG(type, ip->b);                      \
    BRANCH_IF(expression);                                \
  }
#define CASE_COMPARE_SET_IMMEDIATE(name, text, type, expression)          \
  case Op::C##name##Imm: {                                                \
    const auto a = REG(type, ip->b);                                      \
    const auto b = static_cast<slot_##type>(static_cast<int16_t>(ip->c)); \
    SET(i4, ip->a, (expression) ? 1 : 0);                                 \
    NEXT(1);                                                              \
  }
#define CASE_COMPARE_BRANCH_IMMEDIATE(name, text, type, expression)       \
  case Op::B##name##Imm: {                                                \
    const auto a = REG(type, ip->a);                                      \
    const auto b = static_cast<slot_##type>(static_cast<int16_t>(ip->b)); \
    BRANCH_IF(expression);                                                \
  }
#define CASE_FRAME_LOAD(name, text, type)                                  \
  case Op::name:                                                           \
    put<int32_t>(fp + ip->a, static_cast<int32_t>(get<type>(fp + ip->b))); \
    NEXT(1);
#define CASE_FRAME_STORE(name, text, type) \
  case Op::name: put<type>(fp + ip->a, get<type>(fp + ip->b)); NEXT(1);
// Loads widen to 32 bits; 64-bit ones fill the slot.
#define CASE_LOAD(name, text, type)                                                          \
  case Op::Load##name: {                                                                     \
    BASE_ADDRESS(ip->b);                                                                     \
    put<widened<type>>(fp + ip->a, get<type>(pointer_at<uint8_t>(base) + ip->c));            \
    NEXT(1);                                                                                 \
  }                                                                                          \
  case Op::LoadElement##name: {                                                              \
    ARRAY_ELEMENT(ip->b, ip->c);                                                             \
    put<widened<type>>(fp + ip->a, get<type>(array->data() + size_t{index} * sizeof(type))); \
    NEXT(1);                                                                                 \
  }                                                                                          \
  case Op::LoadSpan##name: {                                                                 \
    SPAN_ELEMENT(ip->b, ip->c);                                                              \
    put<widened<type>>(fp + ip->a, get<type>(span + size_t{index} * sizeof(type)));          \
    NEXT(1);                                                                                 \
  }
#define CASE_LOAD_STATIC(name, text, type)                               \
  case Op::LoadStatic##name:                                             \
    put<widened<type>>(fp + ip->a, get<type>(ip[1].pointer<uint8_t>())); \
    NEXT(2);
#define CASE_STORE(name, text, type)                                                \
  case Op::Store##name: {                                                           \
    BASE_ADDRESS(ip->a);                                                            \
    put<type>(pointer_at<uint8_t>(base) + ip->c, get<type>(fp + ip->b));            \
    NEXT(1);                                                                        \
  }                                                                                 \
  case Op::StoreElement##name: {                                                    \
    ARRAY_ELEMENT(ip->a, ip->b);                                                    \
    put<type>(array->data() + size_t{index} * sizeof(type), get<type>(fp + ip->c)); \
    NEXT(1);                                                                        \
  }                                                                                 \
  case Op::StoreSpan##name: {                                                       \
    SPAN_ELEMENT(ip->a, ip->b);                                                     \
    put<type>(span + size_t{index} * sizeof(type), get<type>(fp + ip->c));          \
    NEXT(1);                                                                        \
  }
#define CASE_STORE_STATIC(name, text, type) \
  case Op::StoreStatic##name: put<type>(ip[1].pointer<uint8_t>(), get<type>(fp + ip->a)); NEXT(2);
