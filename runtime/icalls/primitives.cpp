// The widening table and its conversions.
#include "icalls/primitives.h"

#include <cstring>

namespace leanclr::icalls {
namespace {

using metadata::ElementType;

constexpr uint32_t bit(ElementType type) { return 1u << static_cast<uint32_t>(type); }

template <typename... T>
constexpr uint32_t set(T... types) {
  return (bit(types) | ...);
}

constexpr uint32_t kFloats = set(ElementType::R4, ElementType::R8);
constexpr uint32_t kFrom64 = kFloats;
constexpr uint32_t kFromSigned32 = set(ElementType::I8) | kFrom64;
constexpr uint32_t kFromUnsigned32 = set(ElementType::I8, ElementType::U8) | kFrom64;
constexpr uint32_t kFromUnsigned16 =
    set(ElementType::I4, ElementType::U4, ElementType::U2, ElementType::Char) | kFromUnsigned32;

/// What a type widens to, itself left out.
constexpr uint32_t targets_of(ElementType from) {
  switch (from) {
    case ElementType::I1: return set(ElementType::I2, ElementType::I4) | kFromSigned32;
    case ElementType::U1: return set(ElementType::I2) | kFromUnsigned16;
    case ElementType::I2: return set(ElementType::I4) | kFromSigned32;
    case ElementType::U2:
    case ElementType::Char: return kFromUnsigned16;
    case ElementType::I4: return kFromSigned32;
    case ElementType::U4: return kFromUnsigned32;
    case ElementType::I8:
    case ElementType::U8: return kFrom64;
    case ElementType::R4: return set(ElementType::R8);
    default: return 0;
  }
}

template <typename T>
T read(const void* source) {
  T value;
  std::memcpy(&value, source, sizeof value);
  return value;
}

template <typename To, typename From>
void convert(const void* source, void* target) {
  To value = static_cast<To>(read<From>(source));
  std::memcpy(target, &value, sizeof value);
}

template <typename From>
void convert_to(const void* source, ElementType to, void* target) {
  switch (to) {
    case ElementType::I1:
    case ElementType::U1:
    case ElementType::Boolean: return convert<uint8_t, From>(source, target);
    case ElementType::I2:
    case ElementType::U2:
    case ElementType::Char: return convert<uint16_t, From>(source, target);
    case ElementType::I8:
    case ElementType::U8: return convert<int64_t, From>(source, target);
    case ElementType::R4: return convert<float, From>(source, target);
    case ElementType::R8: return convert<double, From>(source, target);
    default: return convert<int32_t, From>(source, target);
  }
}

/// Types that are alike but for their sign answer the same.
ElementType unsigned_of(ElementType type) {
  switch (type) {
    case ElementType::I1: return ElementType::U1;
    case ElementType::I2: return ElementType::U2;
    case ElementType::I4: return ElementType::U4;
    case ElementType::I8: return ElementType::U8;
    case ElementType::I: return ElementType::U;
    default: return type;
  }
}

}  // namespace

bool widens(ElementType from, ElementType to) { return from == to || (targets_of(from) & bit(to)); }

bool same_bits(ElementType a, ElementType b) { return unsigned_of(a) == unsigned_of(b); }

void widen(ElementType from, const void* source, ElementType to, void* target) {
  switch (from) {
    case ElementType::I1: return convert_to<int8_t>(source, to, target);
    case ElementType::U1:
    case ElementType::Boolean: return convert_to<uint8_t>(source, to, target);
    case ElementType::I2: return convert_to<int16_t>(source, to, target);
    case ElementType::U2:
    case ElementType::Char: return convert_to<uint16_t>(source, to, target);
    case ElementType::U4: return convert_to<uint32_t>(source, to, target);
    case ElementType::I8: return convert_to<int64_t>(source, to, target);
    case ElementType::U8: return convert_to<uint64_t>(source, to, target);
    case ElementType::R4: return convert_to<float>(source, to, target);
    case ElementType::R8: return convert_to<double>(source, to, target);
    default: return convert_to<int32_t>(source, to, target);
  }
}

}  // namespace leanclr::icalls
