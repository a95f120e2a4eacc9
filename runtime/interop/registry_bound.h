// Private to the registry: a method with its target, and what its declaration says.
#pragma once

#include "interop/lowering.h"
#include "interop/registry.h"

namespace leanclr::interop {

/// The entry that one method calls: a copy of the registered one with the method's own plan.
struct Registry::Bound {
  Registry* registry = nullptr;
  types::Method* method = nullptr;
  abi::NativeEntry native;
  std::string host_signature;  // host targets
  abi::NativeEntry target;     // C++ targets that are called by a plan
  abi::NativeEntry traced;     // what is called where calls are traced; host_signature is then the key, a line break and the signature
  Plan plan;
  NativeFunction function;     // native functions whose type is known from the plan
  Lowering lowering;           // theirs
  types::Type* owner = nullptr;  // delegate_target()'s
};

/// The names under which an extern method may be registered.
struct Registry::Names {
  std::string assembly;     // declaring assembly
  std::string library;      // DllImport's, without ".dll"
  std::string entry_point;
  std::string other_entry_point;  // with the suffix of its CharSet; empty: ExactSpelling
  std::string name;         // "Ns.Type::Method"
  std::string parameters;   // "(System.Int32)"
};

}  // namespace leanclr::interop
