// System.Math and System.MathF: the C library's functions. The last bit of transcendental functions is the
// host's.
#include <cmath>

#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

template <typename T, T (*Function)(T)>
T apply(T value) {
  return Function(value);
}

/// Math.Pow and Atan2 follow IEEE 754 as C does.
double pow_of(double x, double y) { return std::pow(x, y); }
float pow_of(float x, float y) { return std::pow(x, y); }

template <typename T>
T split(T value, T* whole) {
  return std::modf(value, whole);
}

template <typename T>
T binary_atan2(T y, T x) {
  return std::atan2(y, x);
}
template <typename T>
T binary_pow(T x, T y) {
  return pow_of(x, y);
}
template <typename T>
T fused(T x, T y, T z) {
  return std::fma(x, y, z);
}

#define MATH_ROWS(T, suffix)                                                                          \
  native<apply<T, acos##suffix>>("Acos"), native<apply<T, acosh##suffix>>("Acosh"),                   \
      native<apply<T, asin##suffix>>("Asin"), native<apply<T, asinh##suffix>>("Asinh"),               \
      native<apply<T, atan##suffix>>("Atan"), native<binary_atan2<T>>("Atan2"),                       \
      native<apply<T, atanh##suffix>>("Atanh"), native<apply<T, cbrt##suffix>>("Cbrt"),               \
      native<apply<T, ceil##suffix>>("Ceiling"), native<apply<T, cos##suffix>>("Cos"),                \
      native<apply<T, cosh##suffix>>("Cosh"), native<apply<T, exp##suffix>>("Exp"),                   \
      native<apply<T, floor##suffix>>("Floor"), native<fused<T>>("FusedMultiplyAdd"),                 \
      native<apply<T, log##suffix>>("Log"), native<apply<T, log10##suffix>>("Log10"),                 \
      native<apply<T, log2##suffix>>("Log2"), native<split<T>>("ModF"), native<binary_pow<T>>("Pow"), \
      native<apply<T, sin##suffix>>("Sin"), native<apply<T, sinh##suffix>>("Sinh"),                   \
      native<apply<T, sqrt##suffix>>("Sqrt"), native<apply<T, tan##suffix>>("Tan"),                   \
      native<apply<T, tanh##suffix>>("Tanh")

constexpr NativeEntry kDoubleRows[] = {MATH_ROWS(double, )};
constexpr NativeEntry kSingleRows[] = {MATH_ROWS(float, f)};
#undef MATH_ROWS

}  // namespace

constinit const NativeClass kSystemMath{"System.Math", kDoubleRows};
constinit const NativeClass kSystemMathF{"System.MathF", kSingleRows};

}  // namespace leanclr::icalls
