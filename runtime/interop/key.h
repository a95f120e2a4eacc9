// Key: the text under which a P/Invoke target is registered, taken apart.
//
//   [<library>]<namespace.type>::<method>(<types>)    full
//   [<library>]<entry point>                          any declaration of that entry point of the library
// The bracket and the parameter list may be left out. The bracket accepts the declaring assembly's name or the DllImport
// library name; a ".dll" at its end does not count. Spaces do not count.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace leanclr::interop {

struct Key {
  std::string library;     // without ".dll"; empty: none given
  std::string name;        // "test.CustomPInvoke::Add" or "bench_add"
  std::string parameters;  // "(System.Int32,System.Int32)"; empty: none given
  bool operator==(const Key&) const = default;
  /// The canonical text.
  std::string text() const;
};

/// Errors: Argument, saying what is wrong with the text.
Result<Key> parse_key(std::string_view text);
std::string library_name(std::string_view name);

}  // namespace leanclr::interop
