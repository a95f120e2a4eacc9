// System.Threading.Interlocked and the barriers of Volatile. One thread of execution: plain reads and writes
// do.
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

template <typename T>
Result<T> exchange(T* location, T value) {
  if (!location) return ErrorKind::NullReference;
  return std::exchange(*location, value);
}

template <typename T>
Result<T> compare_exchange(T* location, T value, T comparand) {
  if (!location) return ErrorKind::NullReference;
  T before = *location;
  if (before == comparand) *location = value;
  return before;
}

/// Answers the new value, as the managed Add does.
template <typename T>
Result<T> add(T* location, T value) {
  if (!location) return ErrorKind::NullReference;
  using Unsigned = std::make_unsigned_t<T>;
  return *location = static_cast<T>(static_cast<Unsigned>(*location) + static_cast<Unsigned>(value));
}

template <typename T, int Step>
Result<T> step(T* location) {
  return add<T>(location, static_cast<T>(Step));
}

Result<int64_t> read(const int64_t* location) {
  if (!location) return ErrorKind::NullReference;
  return *location;
}

// References travel by address in all four places.
Status exchange_object(ObjectOnStack location, ObjectOnStack value, ObjectOnStack result) {
  if (!location) return ErrorKind::NullReference;
  *result = std::exchange(*location, *value);
  return {};
}

Status compare_exchange_object(ObjectOnStack location, ObjectOnStack value, ObjectOnStack comparand,
                               ObjectOnStack result) {
  if (!location) return ErrorKind::NullReference;
  Ref<Object> before = *location;
  if (before.address() == comparand->address()) *location = *value;
  *result = before;
  return {};
}

void barrier() {}

constexpr NativeEntry kInterlockedRows[] = {
    native<add<int32_t>>("Add"),
    native<add<int64_t>>("Add"),
    native<compare_exchange_object>("CompareExchange"),
    native<compare_exchange<uint8_t>>("CompareExchange(System.Byte&,System.Byte,System.Byte)"),
    native<compare_exchange<uint16_t>>("CompareExchange(System.UInt16&,System.UInt16,System.UInt16)"),
    native<compare_exchange<int32_t>>("CompareExchange(System.Int32&,System.Int32,System.Int32)"),
    native<compare_exchange<int64_t>>("CompareExchange"),
    native<step<int32_t, -1>>("Decrement"),
    native<step<int64_t, -1>>("Decrement"),
    native<exchange_object>("Exchange"),
    native<exchange<uint8_t>>("Exchange(System.Byte&,System.Byte)"),
    native<exchange<uint16_t>>("Exchange(System.UInt16&,System.UInt16)"),
    native<exchange<int32_t>>("Exchange(System.Int32&,System.Int32)"),
    native<exchange<int64_t>>("Exchange"),
    native<step<int32_t, 1>>("Increment"),
    native<step<int64_t, 1>>("Increment"),
    native<barrier>("MemoryBarrier"),
    native<barrier>("MemoryBarrierProcessWide"),
    native<read>("Read"),
};

constexpr NativeEntry kVolatileRows[] = {
    native<barrier>("ReadBarrier"),
    native<barrier>("WriteBarrier"),
};

}  // namespace

constinit const NativeClass kSystemThreadingInterlocked{"System.Threading.Interlocked", kInterlockedRows};
constinit const NativeClass kSystemThreadingVolatile{"System.Threading.Volatile", kVolatileRows};

}  // namespace leanclr::icalls
