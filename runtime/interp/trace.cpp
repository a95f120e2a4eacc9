// See trace.h.
#include "interp/trace.h"

#include <cstring>

#include "base/list.h"
#include "ir/ir.h"

namespace leanclr::interp {
namespace {

using objects::Array;
using objects::field_at;

bool is_exception(objects::ObjectModel& objects, const gc::Object* object) {
  const types::Type* exception = objects.types().known().exception;
  for (const types::Type* type = object->type; type; type = type->parent)
    if (type == exception) return true;
  return false;
}

Ref<Array>& trace_field(objects::ObjectModel& objects, gc::Object* exception) {
  return field_at<Ref<Array>>(exception, objects.fields().exception_trace_ips);
}

}  // namespace

void clear_trace(objects::ObjectModel& objects, gc::Object* exception, const types::Method& thrower) {
  if (!is_exception(objects, exception)) return;
  trace_field(objects, exception) = nullptr;
  const types::Type& type = *thrower.declaring_type;
  if (is(type.name, "ExceptionDispatchInfo") && type.assembly == objects.types().known().object->assembly) return;
  field_at<Ref<gc::Object>>(exception, objects.fields().exception_foreign_frames) = nullptr;
}

bool is_traced(const types::Method& method) { return !method.is_internal_call() && !method.is_runtime(); }

void append_trace(objects::ObjectModel& objects, gc::Object* exception, std::span<const uint32_t> words) {
  if (words.empty() || !is_exception(objects, exception)) return;
  types::Type* type = value_or<types::Type*>(objects.types().vector_of(*objects.types().known().int32), nullptr);
  if (!type || !succeeded(objects.types().ensure(*type, types::TypeState::Complete))) return;
  Array* old = trace_field(objects, exception);
  const uint32_t kept = old ? old->length : 0;
  Array* trace = objects.new_vector(*type, kept + static_cast<uint32_t>(words.size()));
  if (!trace) return;
  if (kept) std::memcpy(trace->elements<uint32_t>(), old->elements<uint32_t>(), kept * sizeof(uint32_t));
  std::memcpy(trace->elements<uint32_t>() + kept, words.data(), words.size() * sizeof(uint32_t));
  trace_field(objects, exception) = trace;
}

std::string plain_name(types::TypeSystem& types, types::Method& method) {
  std::string name = types.full_name(method);
  if (size_t colons = name.find("::"); colons != std::string::npos) name.replace(colons, 2, 1, '.');
  return name;
}

List<TraceEntry> trace_of(objects::ObjectModel& objects, gc::Object* exception) {
  List<TraceEntry> entries;
  if (!is_exception(objects, exception)) return entries;
  Array* trace = trace_field(objects, exception);
  for (uint32_t i = 0; trace && i + 1 < trace->length; i += 2) {
    const Address address = trace->elements<uint32_t>()[i];
    const uint32_t pc = trace->elements<uint32_t>()[i + 1];
    if (pc == kNoInstruction) {
      entries.push_back({pointer_at<types::Method>(address), 0});
      continue;
    }
    const ir::Body& body = *pointer_at<ir::Body>(address);
    for (ir::Place place = body.place_at(pc); place.method; place = body.caller_of(place))
      if (is_traced(*place.method)) entries.push_back({place.method, place.il});
  }
  return entries;
}

}  // namespace leanclr::interp
