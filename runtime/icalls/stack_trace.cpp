// System.Diagnostics: stack traces of exceptions and of the running stack. Files and lines are not known.
#include "icalls/mirrors.h"
#include "icalls/shared.h"
#include "interp/trace.h"

namespace leanclr::icalls {
namespace {

Result<Object*> make_frame(Thread& thread, const interp::TraceEntry& entry) {
  Object* frame = TRY(new_corelib_object(thread, "System.Diagnostics", "MonoStackFrame"));
  TRY(set_field(thread, frame, "methodBase", TRY(method_mirror(thread, *entry.method, nullptr))));
  TRY(set_field<int32_t>(thread, frame, "ilOffset", static_cast<int32_t>(entry.il_offset)));
  return frame;
}

/// MonoStackFrame[], the newest frame first.
Status trace(Thread& thread, ObjectOnStack exception, ObjectOnStack result, int32_t skip, bool) {
  std::vector<interp::TraceEntry> entries = interp::trace_of(thread.objects(), exception->get());
  size_t first = std::min(static_cast<size_t>(std::max(skip, 0)), entries.size());
  uint32_t count = static_cast<uint32_t>(entries.size() - first);
  Array* frames = TRY(new_corelib_vector(thread, "System.Diagnostics", "MonoStackFrame", count));
  for (uint32_t i = 0; i < count; ++i)
    frames->elements<Ref<Object>>()[i] = TRY(make_frame(thread, entries[first + i]));
  *result = frames;
  return {};
}

/// The managed frame at a depth; the newest is 0. An internal call has no frame of its own when it is called
/// directly.
interp::TraceEntry frame_at(Thread& thread, int32_t depth) {
  struct Search {
    int32_t depth;
    interp::TraceEntry found;
  } search{depth, {}};
  thread.walk(
      [](void* context, const interp::Frame& frame, uint32_t il_offset) {
        auto& state = *static_cast<Search*>(context);
        if (frame.body->method->is_internal_call() || state.depth-- > 0) return true;
        state.found = {frame.body->method, il_offset};
        return false;
      },
      &search);
  return search.found;
}

/// `skip` counts the internal call itself as the first frame.
Result<bool> frame_info(Thread& thread, int32_t skip, bool, ObjectOnStack method, ObjectOnStack file,
                        int32_t* il_offset, int32_t* native_offset, int32_t* line, int32_t* column) {
  *file = nullptr;
  *il_offset = *native_offset = *line = *column = 0;
  interp::TraceEntry entry = frame_at(thread, skip - 1);
  if (!entry.method) return false;
  *il_offset = static_cast<int32_t>(entry.il_offset);
  TRY(give(method, method_mirror(thread, *entry.method, nullptr)));
  return true;
}

Result<Object*> current_method(Thread& thread) {
  interp::TraceEntry entry = frame_at(thread, 0);
  if (!entry.method) return static_cast<Object*>(nullptr);
  Method* definition = entry.method->definition ? entry.method->definition : entry.method;
  return method_mirror(thread, *definition, nullptr);
}

constexpr NativeEntry kTraceRows[] = {allocating<trace>("GetTrace")};
constexpr NativeEntry kFrameRows[] = {allocating<frame_info>("GetFrameInfo")};
constexpr NativeEntry kMethodBaseRows[] = {allocating<current_method>("GetCurrentMethod")};

}  // namespace

constinit const NativeClass kStackTrace{"System.Diagnostics.StackTrace", kTraceRows};
constinit const NativeClass kStackFrame{"System.Diagnostics.StackFrame", kFrameRows};
constinit const NativeClass kMethodBase{"System.Reflection.MethodBase", kMethodBaseRows};

}  // namespace leanclr::icalls
