// Double and Single.ConvertToIntegerNative<T>: to a primitive integer as the machine does it. Wasm's own
// conversion saturates, and gives 0 for NaN.
#include <cmath>
#include <limits>

#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

template <typename T>
T saturate(double value) {
  if (std::isnan(value)) return 0;
  // The largest value itself may not be a double; the power of two above it is.
  constexpr double kAbove = 2.0 * static_cast<double>(std::numeric_limits<T>::max() / 2 + 1);
  constexpr double kLowest = static_cast<double>(std::numeric_limits<T>::min());
  if (value >= kAbove) return std::numeric_limits<T>::max();
  if (value <= kLowest) return std::numeric_limits<T>::min();
  return static_cast<T>(value);
}

Status convert(const abi::Call& call, double value) {
  Slot& result = *call.ret;
  switch (call.method.generic_arguments[0]->underlying()->element_type) {
    case ElementType::I1: result.i4 = saturate<int8_t>(value); return {};
    case ElementType::U1: result.u4 = saturate<uint8_t>(value); return {};
    case ElementType::I2: result.i4 = saturate<int16_t>(value); return {};
    case ElementType::Char:
    case ElementType::U2: result.u4 = saturate<uint16_t>(value); return {};
    case ElementType::I:
    case ElementType::I4: result.i4 = saturate<int32_t>(value); return {};
    case ElementType::U:
    case ElementType::U4: result.u4 = saturate<uint32_t>(value); return {};
    case ElementType::I8: result.i8 = saturate<int64_t>(value); return {};
    case ElementType::U8: result.i8 = static_cast<int64_t>(saturate<uint64_t>(value)); return {};
    default: return not_supported("ConvertToIntegerNative works on primitive integers only.");
  }
}

Status from_double(const abi::Call& call) { return convert(call, call.args[0].r8); }
Status from_single(const abi::Call& call) { return convert(call, static_cast<double>(call.args[0].r4)); }

/// The result's type is the method's argument, so the letters differ from instance to instance.
constexpr NativeEntry any_signature(std::string_view name, abi::Invoker invoke) {
  NativeEntry entry;
  entry.name = name;
  entry.invoke = invoke;
  return entry;
}

constexpr NativeEntry kDoubleRows[] = {any_signature("ConvertToIntegerNative", from_double)};
constexpr NativeEntry kSingleRows[] = {any_signature("ConvertToIntegerNative", from_single)};

}  // namespace

constinit const NativeClass kSystemDouble{"System.Double", kDoubleRows};
constinit const NativeClass kSystemSingle{"System.Single", kSingleRows};

}  // namespace leanclr::icalls
