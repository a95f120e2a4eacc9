// System.Buffer: moving memory. References need no barrier: the collector does not run beside managed code.
#include <cstring>

#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

/// `count` elements of a type that holds references.
void bulk_move(uint8_t* target, const uint8_t* source, uint32_t count, Type* element) {
  if (count) std::memmove(target, source, static_cast<size_t>(count) * element->value_size);
}

void move(uint8_t* target, const uint8_t* source, uint32_t length) {
  if (length) std::memmove(target, source, length);
}

void zero(uint8_t* target, uint32_t length) {
  if (length) std::memset(target, 0, length);
}

constexpr NativeEntry kRows[] = {
    native<bulk_move>("BulkMoveWithWriteBarrier"),
    native<move>("MemmoveInternal"),
    native<zero>("ZeroMemoryInternal"),
};

}  // namespace

constinit const NativeClass kSystemBuffer{"System.Buffer", kRows};

}  // namespace leanclr::icalls
