// Private to the registry: a method with its target, and what its declaration says.
#pragma once

#include "interop/registry.h"

namespace leanclr::interop {

/// The entry that one method calls: a copy of the registered one with the method's own plan.
struct Registry::Bound {
  Registry* registry = nullptr;
  types::Method* method = nullptr;
  abi::NativeEntry native;
  std::string host_signature;  // host targets
  NativeFunction function;     // native functions called by the managed signature
  char result = ' ';           // theirs, for widen()
  types::Type* owner = nullptr;  // delegate_target()'s
};

/// What the metadata says of an extern method (§II.22.22).
struct Registry::Declaration {
  std::string assembly;     // declaring assembly
  std::string library;      // DllImport's, without ".dll"
  std::string entry_point;
  std::string name;         // "Ns.Type::Method"
  std::string parameters;   // "(System.Int32)"
};

}  // namespace leanclr::interop
