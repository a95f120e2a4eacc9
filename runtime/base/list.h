// List<T>: a growing array of things that are trivially copyable, with std::vector's interface as far as it is used here.
//
// All lists share one function for growth and one for gaps, which is why it exists: std::vector brings its own set for each
// type of element, a tenth of the module. What it is not: an owner; its elements are forgotten without a
// destructor (OwningList is for those that should not be).
#pragma once

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <type_traits>
#include <utility>

namespace leanclr {

/// The untyped part: sizes are in elements, `element` is the size of one in bytes.
class ListStorage {
 public:
  ListStorage() = default;
  ListStorage(ListStorage&& other) noexcept { swap(other); }
  ListStorage& operator=(ListStorage&& other) noexcept {
    swap(other);
    return *this;
  }
  ~ListStorage();
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  void clear() { size_ = 0; }
  void swap(ListStorage& other);

 protected:
  /// Room for `count` elements in all. Ends the process when memory does, as operator new does.
  void make_room(size_t count, size_t element);
  /// Grows by one step.
  void grow(size_t element) { make_room(size_ + size_t{1}, element); }
  /// `count` elements of zero bits at the end; where they begin.
  void* append_zeros(size_t count, size_t element);
  /// Copies elements in before `position`; they may be the list's own only when nothing stands behind it.
  void insert_copies(size_t position, const void* from, size_t count, size_t element);
  void erase_range(size_t position, size_t count, size_t element);
  void* data_ = nullptr;
  uint32_t size_ = 0, capacity_ = 0;
};

template <typename T>
class List : public ListStorage {
 public:
  static_assert(std::is_trivially_destructible_v<T>);
  using value_type = T;
  using iterator = T*;
  using const_iterator = const T*;
  using size_type = size_t;
  using difference_type = ptrdiff_t;
  using reference = T&;
  using const_reference = const T&;

  List() = default;
  List(List&&) noexcept = default;
  List& operator=(List&&) noexcept = default;
  explicit List(size_t count) { resize(count); }
  List(size_t count, const T& value) { resize(count, value); }
  List(std::initializer_list<T> items) : List(items.begin(), items.end()) {}
  List(const T* from, const T* to) { insert(end(), from, to); }
  List(const List& other) : List(other.begin(), other.end()) {}
  List& operator=(const List& other) {
    if (this != &other) assign(other.begin(), other.end());
    return *this;
  }

  T* data() { return static_cast<T*>(data_); }
  const T* data() const { return static_cast<const T*>(data_); }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }
  T& operator[](size_t i) { return data()[i]; }
  const T& operator[](size_t i) const { return data()[i]; }
  T& front() { return data()[0]; }
  const T& front() const { return data()[0]; }
  T& back() { return data()[size_ - 1]; }
  const T& back() const { return data()[size_ - 1]; }

  void push_back(const T& value) {
    if (size_ == capacity_) return push_back_growing(value);
    data()[size_++] = value;
  }
  template <typename... A>
  T& emplace_back(A&&... arguments) {
    push_back(T{std::forward<A>(arguments)...});
    return back();
  }
  void pop_back() { --size_; }
  void reserve(size_t count) {
    if (count > capacity_) make_room(count, sizeof(T));
  }
  void resize(size_t count) {
    if (count <= size_) size_ = static_cast<uint32_t>(count);
    else if constexpr (std::is_trivially_default_constructible_v<T>) append_zeros(count - size_, sizeof(T));
    else resize(count, T{});
  }
  void resize(size_t count, const T& value) {
    const T copy = value;
    reserve(count);
    for (size_t i = size_; i < count; ++i) data()[i] = copy;
    size_ = static_cast<uint32_t>(count);
  }
  void assign(size_t count, const T& value) {
    const T copy = value;
    clear();
    resize(count, copy);
  }
  void assign(const T* from, const T* to) {
    clear();
    insert(end(), from, to);
  }
  void insert(const T* position, const T& value) {
    const T copy = value;
    insert_copies(static_cast<size_t>(position - data()), &copy, 1, sizeof(T));
  }
  void insert(const T* position, const T* from, const T* to) {
    insert_copies(static_cast<size_t>(position - data()), from, static_cast<size_t>(to - from), sizeof(T));
  }
  void append(std::span<const T> items) { insert_copies(size_, items.data(), items.size(), sizeof(T)); }
  T* erase(const T* position) { return erase(position, position + 1); }
  T* erase(const T* from, const T* to) {
    const size_t at = static_cast<size_t>(from - data());
    erase_range(at, static_cast<size_t>(to - from), sizeof(T));
    return data() + at;
  }

 private:
  void push_back_growing(T value) {
    grow(sizeof(T));
    data()[size_++] = value;
  }
};

/// Pointers to things that die with the list.
template <typename T>
class OwningList : public List<T*> {
 public:
  OwningList() = default;
  OwningList(OwningList&&) noexcept = default;
  OwningList& operator=(OwningList&&) noexcept = default;
  ~OwningList() {
    for (T* item : *this) delete item;
  }
  T& add(T* item) {
    this->push_back(item);
    return *item;
  }
};

}  // namespace leanclr
