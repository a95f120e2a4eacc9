// SmallList: a list of pointers on the C++ stack that moves to the C++ heap only when it grows long.
// For the arguments of one generic instance while it is looked up; the arena gets a copy only if it is new.
#pragma once

#include <span>

#include "base/list.h"

namespace leanclr::types {

template <typename T, size_t N = 8>
class SmallList {
 public:
  void push_back(T value) {
    if (size_ < N) inline_[size_] = value;
    else {
      if (size_ == N) more_.assign(inline_, inline_ + N);
      more_.push_back(value);
    }
    ++size_;
  }
  size_t size() const { return size_; }
  std::span<T> span() { return size_ <= N ? std::span<T>(inline_, size_) : std::span<T>(more_); }

 private:
  T inline_[N] = {};
  size_t size_ = 0;
  List<T> more_;
};

}  // namespace leanclr::types
