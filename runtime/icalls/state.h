// State: what natives keep per runtime. vm/ makes one and hangs it on interp::Services::native_state.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "gc/heap.h"
#include "icalls/event_loop.h"

namespace leanclr::icalls {

/// Reflection objects are one per member and reflected type: `==` on them is identity.
struct MemberKey {
  const void* member;  // types::Method, types::Field, or a Property or Event of members.h
  const types::Type* reflected;
  bool operator==(const MemberKey& other) const {
    return member == other.member && reflected == other.reflected;
  }
};
struct MemberKeyHash {
  size_t operator()(const MemberKey& key) const {
    return address_of(key.member) * 31u + address_of(key.reflected);
  }
};

/// Somebody in Monitor.Wait; on the C++ stack of the wait.
struct Waiter {
  const gc::Object* object = nullptr;
  bool pulsed = false;
  Waiter* next = nullptr;  // who waited before
};

struct State {
  PendingWork pending;
  Waiter* waiters = nullptr;       // the newest first
  int32_t error_number = 0;        // errno as managed code sees it
  int32_t last_pinvoke_error = 0;  // Marshal.GetLastPInvokeError
  int32_t next_thread_id = 1;      // Thread.ManagedThreadId
  uint64_t random_seed = 0;        // of the non-cryptographic generator; 0: not seeded yet
  std::unordered_map<MemberKey, uint32_t, MemberKeyHash> members;  // weak handles of reflection objects
  /// Properties and events are rows, not types:: structs; their handles are made when first asked for
  /// (members.h).
  std::unordered_map<uint64_t, void*> member_rows;
  std::unordered_map<const void*, void*> native_names;  // AssemblyName.GetNativeName, by assembly
  /// Environment variables as C strings in the region, by name, so that a pointer given out stays good.
  std::unordered_map<std::string, char*> environment;
};

}  // namespace leanclr::icalls
