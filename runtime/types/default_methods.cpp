// Default interface methods: the most specific body among a type's interfaces (§II.12.2 as amended for .NET
// Core 3).
#include <algorithm>

#include "base/list.h"
#include "types/errors.h"
#include "types/type_builder.h"

namespace leanclr::types {

namespace {

struct Candidate {
  Type* interface = nullptr;
  Method* body = nullptr;  // abstract where the interface takes the default back
};

bool inherits(const Type& interface, const Type* base) {
  return std::any_of(interface.interfaces.begin(), interface.interfaces.end(),
                     [&](const InterfaceEntry& entry) { return entry.interface == base; });
}

/// No other candidate's interface inherits this one's.
bool is_most_specific(const Candidate& candidate, const List<Candidate>& all) {
  return std::none_of(all.begin(), all.end(), [&](const Candidate& other) {
    return inherits(*other.interface, candidate.interface);
  });
}

}  // namespace

Result<Method*> TypeBuilder::search_defaults(Type& type, Type& interface, Method& wanted) {
  List<Candidate> candidates;
  if (!wanted.is_abstract()) candidates.push_back({&interface, &wanted});
  for (const InterfaceEntry& entry : type.interfaces) {
    Type& derived = *entry.interface;
    TRY(gather_interfaces(derived));
    if (!inherits(derived, &interface)) continue;
    TRY(ensure(derived, TypeState::Linked));
    if (Method* body = TRY(explicit_body(derived, wanted))) candidates.push_back({&derived, body});
  }
  Method* found = nullptr;
  for (const Candidate& candidate : candidates) {
    if (!is_most_specific(candidate, candidates) || found == candidate.body) continue;
    if (found)
      return failure_with(ErrorKind::AmbiguousImplementation, "% has two default bodies for %", {types_.full_name(type), types_.full_name(wanted)});
    found = candidate.body;
  }
  return found && found->is_abstract() ? nullptr : found;
}

}  // namespace leanclr::types
