// System.Diagnostics: stack traces of exceptions and of the running stack.
//
// A MonoStackFrame keeps the Method in methodAddress. Source lines are looked up when a StackFrame is made of it, that is
// when somebody wants to see the trace: an await that passes an exception on also asks for MonoStackFrames.
#include "base/list.h"
#include "icalls/mirrors.h"
#include "icalls/shared.h"
#include "interp/trace.h"

namespace leanclr::icalls {
namespace {

/// What traces show of a generic method, of whatever instance: its definition on its type's definition.
Method& typical(Method& method) {
  Method* typical = &method;
  while (typical->definition && typical->definition != typical) typical = typical->definition;
  return *typical;
}

Result<Object*> make_frame(Thread& thread, const interp::TraceEntry& entry) {
  Object* frame = TRY(new_corelib_object(thread, "System.Diagnostics", "MonoStackFrame"));
  Method& method = typical(*entry.method);
  TRY(set_field(thread, frame, "methodBase", TRY(method_mirror(thread, method, nullptr))));
  TRY(set_field<int64_t>(thread, frame, "methodAddress", address_of(&method)));
  TRY(set_field<int32_t>(thread, frame, "ilOffset", static_cast<int32_t>(entry.il_offset)));
  return frame;
}

/// MonoStackFrame[], the newest frame first.
Status trace(Thread& thread, ObjectOnStack exception, ObjectOnStack result, int32_t skip, bool) {
  List<interp::TraceEntry> entries = interp::trace_of(thread.objects(), exception->get());
  size_t first = std::min(static_cast<size_t>(std::max(skip, 0)), entries.size());
  uint32_t count = static_cast<uint32_t>(entries.size() - first);
  Array* frames = TRY(new_corelib_vector(thread, "System.Diagnostics", "MonoStackFrame", count));
  for (uint32_t i = 0; i < count; ++i)
    frames->elements<Ref<Object>>()[i] = TRY(make_frame(thread, entries[first + i]));
  *result = frames;
  return {};
}

/// A field's value. Errors: MissingField.
template <typename T>
Result<T> field_of(Thread& thread, Object* object, const char* field) {
  return objects::field_at<T>(object, TRY(field_offset(thread, *object->type, field)));
}

/// StackFrame's constructor from a MonoStackFrame.
Status frame_of(Thread& thread, Object* self, Object* source, bool wants_source) {
  const int32_t il_offset = TRY(field_of<int32_t>(thread, source, "ilOffset"));
  const Ref<Object> method = TRY(field_of<Ref<Object>>(thread, source, "methodBase"));
  TRY(set_field(thread, self, "_method", method.get()));
  TRY(set_field<int32_t>(thread, self, "_ilOffset", il_offset));
  TRY(set_field<bool>(thread, self, "_isLastFrameFromForeignExceptionStackTrace",
                      TRY(field_of<bool>(thread, source, "isLastFrameFromForeignException"))));
  const auto address = static_cast<Address>(TRY(field_of<int64_t>(thread, source, "methodAddress")));
  if (!wants_source || !address) return {};
  const metadata::SourcePosition position =
      thread.services().source_position(*pointer_at<Method>(address), static_cast<uint32_t>(il_offset));
  if (position.line == 0) return {};
  TRY(set_field(thread, self, "_fileName", TRY(new_string(thread, position.file))));
  TRY(set_field<int32_t>(thread, self, "_lineNumber", static_cast<int32_t>(position.line)));
  return set_field<int32_t>(thread, self, "_columnNumber", static_cast<int32_t>(position.column));
}

/// The managed frame at a depth; the newest is 0. An internal call has no frame of its own when it is called
/// directly.
interp::TraceEntry frame_at(Thread& thread, int32_t depth) {
  struct Search {
    int32_t depth;
    interp::TraceEntry found;
  } search{depth, {}};
  thread.walk(
      [](void* context, const ir::Place& place) {
        auto& state = *static_cast<Search*>(context);
        if (!interp::is_traced(*place.method) || state.depth-- > 0) return true;
        state.found = {place.method, place.il};
        return false;
      },
      &search);
  return search.found;
}

/// `skip` counts the internal call itself as the first frame.
Result<bool> frame_info(Thread& thread, int32_t skip, bool wants_source, ObjectOnStack method, ObjectOnStack file,
                        int32_t* il_offset, int32_t* native_offset, int32_t* line, int32_t* column) {
  *file = nullptr;
  *il_offset = *native_offset = *line = *column = 0;
  interp::TraceEntry entry = frame_at(thread, skip - 1);
  if (!entry.method) return false;
  *il_offset = static_cast<int32_t>(entry.il_offset);
  Method& shown = typical(*entry.method);
  TRY(give(method, method_mirror(thread, shown, nullptr)));
  if (!wants_source) return true;
  const metadata::SourcePosition position = thread.services().source_position(shown, entry.il_offset);
  if (position.line == 0) return true;
  TRY(give(file, new_string(thread, position.file)));
  *line = static_cast<int32_t>(position.line);
  *column = static_cast<int32_t>(position.column);
  return true;
}

Result<Object*> current_method(Thread& thread) {
  interp::TraceEntry entry = frame_at(thread, 0);
  if (!entry.method) return static_cast<Object*>(nullptr);
  Method* definition = entry.method->definition ? entry.method->definition : entry.method;
  return method_mirror(thread, *definition, nullptr);
}

constexpr NativeEntry kTraceRows[] = {allocating<trace>("GetTrace")};
constexpr NativeEntry kFrameRows[] = {allocating<frame_info>("GetFrameInfo"), allocating<frame_of>(".ctor")};
constexpr NativeEntry kMethodBaseRows[] = {allocating<current_method>("GetCurrentMethod")};

}  // namespace

constinit const NativeClass kStackTrace{"System.Diagnostics.StackTrace", kTraceRows};
constinit const NativeClass kStackFrame{"System.Diagnostics.StackFrame", kFrameRows};
constinit const NativeClass kMethodBase{"System.Reflection.MethodBase", kMethodBaseRows};

}  // namespace leanclr::icalls
