// State: what natives keep per runtime. vm/ makes one and hangs it on interp::Services::native_state.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/hash_table.h"
#include "base/list.h"
#include "gc/heap.h"
#include "icalls/event_loop.h"
#include "interop/registry.h"

namespace leanclr::icalls {

/// Reflection objects are one per member and reflected type: `==` on them is identity.
struct MemberKey {
  const void* member;  // types::Method, types::Field, or a Property or Event of members.h
  const types::Type* reflected;
  bool operator==(const MemberKey& other) const {
    return member == other.member && reflected == other.reflected;
  }
  uint32_t hash() const { return combine_hashes(address_of(member), address_of(reflected)); }
};
struct MemberObject {
  MemberKey key;
  uint32_t handle = 0;  // weak; 0: none yet
};

/// A property or an event by its type and token.
struct MemberRow {
  const types::Type* type;
  uint32_t token;
  void* member;
};

struct State {
  interop::Marshalling* marshalling = nullptr;  // vm/'s, as the next
  interop::Registry* registry = nullptr;
  PendingWork pending;
  uint64_t last_wait = 0;          // interp::Wait::order
  int32_t next_thread_id = 1;      // Thread.ManagedThreadId
  uint64_t random_seed = 0;        // of the non-cryptographic generator; 0: not seeded yet
  HashTable<MemberObject*> members;
  /// Properties and events are rows, not types:: structs; their handles are made when first asked for
  /// (members.h).
  HashTable<MemberRow*> member_rows;
  List<std::pair<const void*, void*>> native_names;  // AssemblyName.GetNativeName, by assembly
  /// Environment variables as C strings in the region, by name, so that a pointer given out stays good.
  std::vector<std::pair<std::string, char*>> environment;
};

}  // namespace leanclr::icalls
