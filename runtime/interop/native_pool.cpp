// See native_pool.h.
#include "interop/native_pool.h"

#include <type_traits>
#include <utility>

namespace leanclr::interop {
namespace {

using abi::Slot;

/// i: as wide as a pointer, since C may want one; natively the upper half is zero.
using Word = uintptr_t;

template <typename T>
T read(const Slot& slot) {
  if constexpr (std::is_same_v<T, double>) return slot.r8;
  else return slot.u4;
}

template <typename R, typename... A>
struct Pooled {
  static void invoke(const void* function, const Slot* args, Slot* ret) { go(function, args, ret, std::index_sequence_for<A...>{}); }
  template <size_t... I>
  static void go(const void* function, [[maybe_unused]] const Slot* args, [[maybe_unused]] Slot* ret, std::index_sequence<I...>) {
    auto call = reinterpret_cast<R (*)(A...)>(const_cast<void*>(function));
    if constexpr (std::is_void_v<R>) call(read<A>(args[I])...);
    else if constexpr (std::is_same_v<R, double>) ret->r8 = call(read<A>(args[I])...);
    else ret->u4 = static_cast<uint32_t>(call(read<A>(args[I])...));
  }
};

constexpr struct {
  std::string_view abi;
  NativeInvoker invoke;
} kPool[] = {
    {"v", Pooled<void>::invoke},
    {"vi", Pooled<void, Word>::invoke},
    {"vii", Pooled<void, Word, Word>::invoke},
    {"viii", Pooled<void, Word, Word, Word>::invoke},
    {"viiii", Pooled<void, Word, Word, Word, Word>::invoke},
    {"i", Pooled<Word>::invoke},
    {"ii", Pooled<Word, Word>::invoke},
    {"iii", Pooled<Word, Word, Word>::invoke},
    {"iiii", Pooled<Word, Word, Word, Word>::invoke},
    {"iiiii", Pooled<Word, Word, Word, Word, Word>::invoke},
    {"d", Pooled<double>::invoke},
    {"dd", Pooled<double, double>::invoke},
    {"ddd", Pooled<double, double, double>::invoke},
    {"di", Pooled<double, Word>::invoke},
    {"vd", Pooled<void, double>::invoke},
    {"vid", Pooled<void, Word, double>::invoke},
};

}  // namespace

NativeInvoker pooled_invoker(std::string_view abi) {
  for (const auto& entry : kPool)
    if (entry.abi == abi) return entry.invoke;
  return nullptr;
}

}  // namespace leanclr::interop
