// What custom attributes hang on: the row behind a reflection object. Private to icalls/.
#pragma once

#include "interp/thread.h"

namespace leanclr::icalls {

struct AttributeTarget {
  types::Assembly* assembly = nullptr;  // null: something without a row
  metadata::Token token;
};

/// Of a RuntimeType, RuntimeMethodInfo, RuntimeConstructorInfo, RuntimeFieldInfo, RuntimePropertyInfo,
/// RuntimeEventInfo, RuntimeParameterInfo, RuntimeAssembly or RuntimeModule. Errors: Argument for anything
/// else.
Result<AttributeTarget> attribute_target(interp::Thread& thread, gc::Object* provider);

}  // namespace leanclr::icalls
