// Stack traces: which frames an exception has passed, kept in the exception itself.
//
// Exception._traceIPs refers to an int[]: for each frame, the newest first, the address of its Body and where in that
// one it stood. What that means in IL, and which inlined methods it is in, is found out when somebody asks
// (trace_of). A `throw` begins the trace anew, `throw;` and the frames further out add to it. StackTrace.GetTrace
// (icalls/) reads it.
#pragma once

#include <span>
#include <string>

#include "base/list.h"
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
/// Instead of an index: the other word is a Method's address.
constexpr uint32_t kNoInstruction = ~0u;
/// Adds frames, two words each: the address of a Body, the index of the instruction in it. Allocates without collecting;
/// when there is no memory for them they are left out.
void append_trace(objects::ObjectModel& objects, gc::Object* exception, std::span<const uint32_t> words);
/// "Ns.Type.Method(System.Int32,System.String)", for where CoreLib cannot be asked.
std::string plain_name(types::TypeSystem& types, types::Method& method);
List<TraceEntry> trace_of(objects::ObjectModel& objects, gc::Object* exception);

}  // namespace leanclr::interp
