// Stack traces: which frames an exception has passed, kept in the exception itself.
//
// Exception._traceIPs refers to an int[]: for each frame, the newest first, the Method's address and the IL offset. A
// `throw` begins it anew, `throw;` and the frames further out add to it. StackTrace.GetTrace (icalls/) reads it.
#pragma once

#include <vector>

#include "objects/object_model.h"

namespace leanclr::interp {

struct TraceEntry {
  types::Method* method = nullptr;
  uint32_t il_offset = 0;
};

/// Empties the trace; for a `throw`. Objects that are no Exception have none.
void clear_trace(objects::ObjectModel& objects, gc::Object* exception);
/// Adds frames. Allocates without collecting; when there is no memory for them they are left out.
void append_trace(objects::ObjectModel& objects, gc::Object* exception, const std::vector<TraceEntry>& entries);
std::vector<TraceEntry> trace_of(objects::ObjectModel& objects, gc::Object* exception);

}  // namespace leanclr::interp
