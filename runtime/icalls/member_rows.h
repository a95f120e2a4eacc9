// Properties and events as handles: they are rows, and have no struct in types/. Private to icalls/.
#pragma once

#include "base/list.h"
#include "interp/thread.h"

namespace leanclr::icalls {

/// A property of one type instance. Lives in the arena; its address is the managed handle.
struct Property {
  types::Type* declaring_type = nullptr;
  metadata::RowNumber row = 0;
  uint16_t attributes = 0;
  std::string_view name;
  types::Method* getter = nullptr;
  types::Method* setter = nullptr;
};

struct Event {
  types::Type* declaring_type = nullptr;
  metadata::RowNumber row = 0;
  uint16_t attributes = 0;
  std::string_view name;
  types::Method* add = nullptr;
  types::Method* remove = nullptr;
  types::Method* raise = nullptr;
};

/// The properties or events that a type declares itself, in row order. Each is one struct for ever.
Result<List<Property*>> properties_of(interp::Thread& thread, types::Type& type);
Result<List<Event*>> events_of(interp::Thread& thread, types::Type& type);

}  // namespace leanclr::icalls
