// The shared sorts: merging runs of doubling length, each pass from one buffer to the other, and a heap sort.
#include "base/sort.h"

#include <algorithm>

#include "base/list.h"

namespace leanclr {

void sort_numbers(std::span<uint32_t> numbers, NumberBefore before, const void* context) {
  const size_t count = numbers.size();
  List<uint32_t> other(count);
  uint32_t* from = numbers.data();
  uint32_t* to = other.data();
  for (size_t run = 1; run < count; run *= 2, std::swap(from, to))
    for (size_t begin = 0; begin < count; begin += 2 * run) {
      size_t left = begin, middle = std::min(begin + run, count), right = middle, end = std::min(begin + 2 * run, count);
      for (size_t out = begin; out < end; ++out) {
        bool take_right = left == middle || (right < end && before(context, from[right], from[left]));
        to[out] = from[take_right ? right++ : left++];
      }
    }
  if (from != numbers.data()) std::copy(from, from + count, numbers.data());
}

void sort_in_place(size_t count, bool (*less)(void*, size_t, size_t), void (*swap)(void*, size_t, size_t), void* items) {
  auto sift = [&](size_t root, size_t end) {
    for (size_t child; (child = 2 * root + 1) < end; root = child) {
      if (child + 1 < end && less(items, child, child + 1)) ++child;
      if (!less(items, root, child)) return;
      swap(items, root, child);
    }
  };
  for (size_t root = count / 2; root-- > 0;) sift(root, count);
  for (size_t end = count; end-- > 1;) {
    swap(items, 0, end);
    sift(0, end);
  }
}

}  // namespace leanclr
