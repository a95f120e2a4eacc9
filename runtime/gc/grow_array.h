// GrowArray: a vector of plain values whose growth may fail, because the collector works when memory is
// short.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <type_traits>

namespace leanclr::gc {

template <typename T>
class GrowArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  explicit GrowArray(size_t most = SIZE_MAX / sizeof(T) / 4) : most_(most) {}
  ~GrowArray() { std::free(data_); }
  GrowArray(const GrowArray&) = delete;
  GrowArray& operator=(const GrowArray&) = delete;

  /// False when the array is full or there is no memory.
  [[nodiscard]] bool push(T value) {
    if (size_ == capacity_ && !reserve(size_ + 1)) [[unlikely]]
      return false;
    data_[size_++] = value;
    return true;
  }
  T pop() { return data_[--size_]; }
  [[nodiscard]] bool reserve(size_t count);
  void resize_down(size_t count) { size_ = count; }
  /// Drops the contents, and the memory if it is more than `keep` entries.
  void clear(size_t keep = 0);

  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }
  T& operator[](size_t index) { return data_[index]; }
  const T& operator[](size_t index) const { return data_[index]; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }

 private:
  T* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
  size_t most_;
};

template <typename T>
bool GrowArray<T>::reserve(size_t count) {
  if (count <= capacity_) return true;
  if (count > most_) return false;
  size_t wanted = capacity_ ? capacity_ * 2 : 64;
  if (wanted < count) wanted = count;
  if (wanted > most_) wanted = most_;
  void* moved = std::realloc(static_cast<void*>(data_), wanted * sizeof(T));
  if (!moved) return false;
  data_ = static_cast<T*>(moved);
  capacity_ = wanted;
  return true;
}

template <typename T>
void GrowArray<T>::clear(size_t keep) {
  size_ = 0;
  if (capacity_ <= keep) return;
  std::free(data_);
  data_ = nullptr;
  capacity_ = 0;
}

}  // namespace leanclr::gc
