// Arena: a bump allocator on Region for things that live as long as their runtime or assembly.
//
// Types, methods, IR bodies and copied names live here; nothing is freed one by one.
// What it is not: a place for objects with destructors that matter (they are not run).
#pragma once

#include <cstring>
#include <new>
#include <span>
#include <string_view>

#include "base/region.h"

namespace leanclr {

class Arena {
 public:
  explicit Arena(Region& region) : region_(region) {}
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// Zeroed memory. Out of memory is fatal to the load that asked: callers check `exhausted()` at the end of
  /// a step; until then allocations come from the host's own memory, so that no caller has to test for null.
  /// Its addresses are not fit for managed code.
  void* allocate(size_t bytes, size_t alignment = 8);

  template <typename T, typename... Args>
  T* make(Args&&... args) {
    return new (allocate(sizeof(T), alignof(T))) T{static_cast<Args&&>(args)...};
  }
  template <typename T>
  std::span<T> make_array(size_t count) {
    T* data = static_cast<T*>(allocate(sizeof(T) * count, alignof(T)));
    for (size_t i = 0; i < count; ++i) new (data + i) T{};
    return {data, count};
  }
  template <typename T>
  std::span<T> copy(std::span<const T> source) {
    std::span<T> result = make_array<T>(source.size());
    for (size_t i = 0; i < source.size(); ++i) result[i] = source[i];
    return result;
  }
  std::string_view copy(std::string_view text);

  /// Was `address` given out by this arena, as the start of something or as its inside?
  bool holds(const void* address) const;

  bool exhausted() const { return exhausted_; }
  size_t bytes() const { return bytes_; }

 private:
  struct Block {
    Block* next;
    size_t bytes;
    bool from_host;  // taken after the region was exhausted
  };
  void* allocate_in_new_block(size_t bytes, size_t alignment);
  Region& region_;
  Block* blocks_ = nullptr;
  uint8_t* cursor_ = nullptr;
  uint8_t* end_ = nullptr;
  size_t bytes_ = 0;
  bool exhausted_ = false;
};

}  // namespace leanclr
