// How a delegate object holds its target. CoreLib declares the fields; what they mean is the runtime's own business.
//
// `method` is the Method's address. `bound` says that `_target` is the callee's first argument; otherwise the callee gets
// the arguments behind the delegate alone, which simply begin one slot later in the caller's frame.
// `method_is_virtual` says that the first of them decides which body is called.
#pragma once

#include "objects/object_model.h"

namespace leanclr::interp {

/// Fills a new delegate. `invoke` is the Invoke method of its type; both signatures must be resolved.
void init_delegate(objects::ObjectModel& objects, gc::Object* delegate, gc::Object* target, types::Method& method,
                   const types::Method& invoke);
types::Method* delegate_method(objects::ObjectModel& objects, gc::Object* delegate);
gc::Object* delegate_target(objects::ObjectModel& objects, gc::Object* delegate);

}  // namespace leanclr::interp
