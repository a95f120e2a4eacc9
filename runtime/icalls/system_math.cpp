// System.Math and System.MathF: the C library's functions. The last bit of transcendental functions is the
// host's. A single-precision result is the double-precision one, rounded: the correctly rounded value but for one case in
// many millions, and half the code.
#include <cmath>

#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

template <typename T, double (*Function)(double)>
T unary(T value) {
  return static_cast<T>(Function(value));
}

/// Math.Pow and Atan2 follow IEEE 754 as C does.
template <typename T, double (*Function)(double, double)>
T binary(T x, T y) {
  return static_cast<T>(Function(x, y));
}

template <typename T>
T split(T value, T* whole) {
  double integral;
  double fraction = modf(value, &integral);
  *whole = static_cast<T>(integral);
  return static_cast<T>(fraction);
}

/// Of its own precision: the sum of an exact product must be rounded once.
template <typename T>
T fused(T x, T y, T z) {
  return std::fma(x, y, z);
}

#define MATH_ROWS(T)                                                                                       \
  native<unary<T, acos>>("Acos"), native<unary<T, acosh>>("Acosh"), native<unary<T, asin>>("Asin"),        \
      native<unary<T, asinh>>("Asinh"), native<unary<T, atan>>("Atan"), native<binary<T, atan2>>("Atan2"), \
      native<unary<T, atanh>>("Atanh"), native<unary<T, cbrt>>("Cbrt"), native<unary<T, ceil>>("Ceiling"), \
      native<unary<T, cos>>("Cos"), native<unary<T, cosh>>("Cosh"), native<unary<T, exp>>("Exp"),          \
      native<unary<T, floor>>("Floor"), native<fused<T>>("FusedMultiplyAdd"), native<unary<T, log>>("Log"), \
      native<unary<T, log10>>("Log10"), native<unary<T, log2>>("Log2"), native<split<T>>("ModF"),          \
      native<binary<T, pow>>("Pow"), native<unary<T, sin>>("Sin"), native<unary<T, sinh>>("Sinh"),         \
      native<unary<T, sqrt>>("Sqrt"), native<unary<T, tan>>("Tan"), native<unary<T, tanh>>("Tanh")

constexpr NativeEntry kDoubleRows[] = {MATH_ROWS(double)};
constexpr NativeEntry kSingleRows[] = {MATH_ROWS(float)};
#undef MATH_ROWS

}  // namespace

constinit const NativeClass kSystemMath{"System.Math", kDoubleRows};
constinit const NativeClass kSystemMathF{"System.MathF", kSingleRows};

}  // namespace leanclr::icalls
