// Stack traces: which frames an exception has passed, kept in the exception itself.
//
// Exception._traceIPs refers to an int[]: for each frame, the newest first, the Method's address and the IL offset. A
// `throw` begins it anew, `throw;` and the frames further out add to it. StackTrace.GetTrace (icalls/) reads it.
#pragma once

#include <string>
#include <vector>

#include "objects/object_model.h"

namespace leanclr::interp {

struct TraceEntry {
  types::Method* method = nullptr;
  uint32_t il_offset = 0;
};

/// Empties the trace; for a `throw` in `thrower`. Objects that are no Exception have none. The frames that an
/// ExceptionDispatchInfo has restored are kept only where it throws itself.
void clear_trace(objects::ObjectModel& objects, gc::Object* exception, const types::Method& thrower);
/// Methods that have no code of their own in an assembly are not shown: internal calls, a delegate's Invoke.
bool is_traced(const types::Method& method);
/// Adds frames. Allocates without collecting; when there is no memory for them they are left out.
void append_trace(objects::ObjectModel& objects, gc::Object* exception, const std::vector<TraceEntry>& entries);
/// "Ns.Type.Method(System.Int32,System.String)", for where CoreLib cannot be asked.
std::string plain_name(types::TypeSystem& types, types::Method& method);
std::vector<TraceEntry> trace_of(objects::ObjectModel& objects, gc::Object* exception);

}  // namespace leanclr::interp
