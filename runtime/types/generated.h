// Code made at run time (System.Reflection.Emit.DynamicMethod): its methods, and what the tokens in it stand for.
//
// Such code has no metadata. Its tokens are of a table that no image has and index TypeSystem's list of items, so all
// that resolves tokens serves it as well. What it is not: an assembly; generated methods belong to CoreLib's <Module>.
#pragma once

#include <memory>

#include "base/list.h"
#include "metadata/method_body.h"
#include "types/type_system.h"

namespace leanclr::types {

/// One generated method's code. Lives in the TypeSystem.
struct GeneratedMethod {
  List<uint8_t> code;
  List<LocalVariable> locals;
  metadata::MethodBody body;  // its bytes are `code`; its tokens generated ones
};

/// Text: an interned String, which is a root by itself.
enum class GeneratedKind : uint8_t { Type, Method, Field, Text, Code };

struct GeneratedItem {
  GeneratedKind kind;
  void* item;
};

}  // namespace leanclr::types
