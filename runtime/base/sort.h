// Sorting through one routine that every user shares: the library's own templates make two to three kilobytes of code for
// each element type, and nothing here sorts where time counts.
// What it is not: for containers that are sorted while C# waits in a loop.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/list.h"

namespace leanclr {

/// Whether number `a` belongs before number `b`.
using NumberBefore = bool (*)(const void* context, uint32_t a, uint32_t b);

/// Orders the numbers; those of which neither belongs before the other keep their order.
void sort_numbers(std::span<uint32_t> numbers, NumberBefore before, const void* context);

/// Orders items in place, without memory of its own; not stable.
void sort_in_place(size_t count, bool (*less)(void* items, size_t a, size_t b), void (*swap)(void* items, size_t a, size_t b),
                   void* items);

template <typename T, typename Less>
void sort_in_place(std::span<T> items, Less) {
  sort_in_place(
      items.size(), [](void* at, size_t a, size_t b) { return Less{}(static_cast<T*>(at)[a], static_cast<T*>(at)[b]); },
      [](void* at, size_t a, size_t b) { std::swap(static_cast<T*>(at)[a], static_cast<T*>(at)[b]); }, items.data());
}

/// Orders the items by `less(a, b)`; equal ones keep their order.
template <typename T, typename Less>
void stable_sort(std::span<T> items, Less less) {
  struct Context {
    std::span<T> items;
    Less& less;
  } context{items, less};
  List<uint32_t> order(items.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  sort_numbers(order, [](const void* data, uint32_t a, uint32_t b) {
    const auto& self = *static_cast<const Context*>(data);
    return static_cast<bool>(self.less(self.items[a], self.items[b]));
  }, &context);
  std::conditional_t<std::is_trivially_copyable_v<T>, List<T>, std::vector<T>> sorted;
  sorted.reserve(items.size());
  for (uint32_t index : order) sorted.push_back(std::move(items[index]));
  for (size_t i = 0; i < sorted.size(); ++i) items[i] = std::move(sorted[i]);
}

}  // namespace leanclr
