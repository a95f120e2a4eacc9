// HashTable: open addressing from a hash to small values (pointers, tokens), where Value{} means empty.
//
// The caller brings the hash and says what matches, so one table serves names, generic instances and
// signatures without a key type of its own. What it is not: a map that forgets; nothing is ever removed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/list.h"

namespace leanclr {

/// Joins two hashes; the order counts.
inline uint32_t combine_hashes(uint32_t first, uint32_t second) {
  uint32_t mixed = (first ^ (second + 0x9E3779B9u + (first << 6) + (first >> 2))) * 0x85EBCA6Bu;
  return mixed ^ (mixed >> 15);
}

inline uint32_t hash_text(std::string_view text, uint32_t seed = 2166136261u) {
  for (char c : text) seed = (seed ^ static_cast<uint8_t>(c)) * 16777619u;
  return seed;
}
inline uint32_t hash_text(std::u16string_view text) {
  uint32_t hash = 2166136261u;
  for (char16_t c : text) hash = (hash ^ c) * 16777619u;
  return hash;
}
/// Of something in the region or in an arena: what its address tells.
inline uint32_t hash_address(const void* address) {
  return combine_hashes(static_cast<uint32_t>(reinterpret_cast<uintptr_t>(address) >> 3), 0);
}

template <typename Value>
class HashTable {
 public:
  void reserve(size_t count) {
    size_t capacity = 16;
    while (capacity < count * 2) capacity *= 2;
    if (capacity > slots_.size()) rehash(capacity);
  }

  /// The first value with this hash for which `matches(value)` holds, or Value{}.
  template <typename Matches>
  Value find(uint32_t hash, Matches&& matches) const {
    if (slots_.empty()) return Value{};
    for (size_t i = hash & mask();; i = (i + 1) & mask()) {
      const Slot& slot = slots_[i];
      if (slot.value == Value{}) return Value{};
      if (slot.hash == hash && matches(slot.value)) return slot.value;
    }
  }

  template <typename Function>
  void for_each(Function&& function) const {
    for (const Slot& slot : slots_)
      if (slot.value != Value{}) function(slot.value);
  }

  void insert(uint32_t hash, Value value) {
    reserve(count_ + 1);
    place(hash, value);
    ++count_;
  }

 private:
  struct Slot {
    uint32_t hash = 0;
    Value value{};
  };
  size_t mask() const { return slots_.size() - 1; }
  void place(uint32_t hash, Value value) {
    size_t i = hash & mask();
    while (slots_[i].value != Value{}) i = (i + 1) & mask();
    slots_[i] = {hash, value};
  }
  void rehash(size_t capacity) {
    List<Slot> old(capacity);
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.value != Value{}) place(slot.hash, slot.value);
  }
  List<Slot> slots_;
  size_t count_ = 0;
};

}  // namespace leanclr
