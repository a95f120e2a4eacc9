// Growth and gaps, once for lists of whatever elements.
#include "base/list.h"

#include <algorithm>
#include <cstdlib>

#include "base/result.h"

namespace leanclr {

ListStorage::~ListStorage() { std::free(data_); }

void ListStorage::swap(ListStorage& other) {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
}

void ListStorage::make_room(size_t count, size_t element) {
  if (count <= capacity_) return;
  constexpr size_t kFirst = 4;
  const size_t capacity = std::max({count, size_t{capacity_} * 2, kFirst});
  CHECK(capacity <= UINT32_MAX / element);
  data_ = std::realloc(data_, capacity * element);
  CHECK(data_);
  capacity_ = static_cast<uint32_t>(capacity);
}

void* ListStorage::append_zeros(size_t count, size_t element) {
  make_room(size_ + count, element);
  void* first = static_cast<char*>(data_) + size_ * element;
  std::memset(first, 0, count * element);
  size_ += static_cast<uint32_t>(count);
  return first;
}

void ListStorage::insert_copies(size_t position, const void* from, size_t count, size_t element) {
  if (!count) return;
  make_room(size_ + count, element);
  char* at = static_cast<char*>(data_) + position * element;
  std::memmove(at + count * element, at, (size_ - position) * element);
  std::memcpy(at, from, count * element);
  size_ += static_cast<uint32_t>(count);
}

void ListStorage::erase_range(size_t position, size_t count, size_t element) {
  char* at = static_cast<char*>(data_) + position * element;
  size_ -= static_cast<uint32_t>(count);
  if (count) std::memmove(at, at + count * element, (size_ - position) * element);
}

}  // namespace leanclr
