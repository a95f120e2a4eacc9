// NativeClass: the natives of one managed class. Private to icalls/.
//
// Each class has a file of its own that ends in its table; classes.def lists the tables. A row's name is the
// method's name, or name and parameter types ("Exchange(System.Byte&,System.Byte)") where the letters cannot
// tell overloads apart.
#pragma once

#include <span>
#include <string_view>

#include "abi/bind.h"

namespace leanclr::icalls {

struct NativeClass {
  std::string_view type;  // "System.Array", nested "System.Outer/Inner"
  std::span<const abi::NativeEntry> rows;
};

#define NATIVE_CLASS(table) extern const NativeClass table;
#include "icalls/classes.def"
#undef NATIVE_CLASS

}  // namespace leanclr::icalls
