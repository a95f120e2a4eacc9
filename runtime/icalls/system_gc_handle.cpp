// GCHandle and DependentHandle: the heap's handles. Their numbers leave the low bits free for CoreLib's
// flags.
//
// CoreLib's DependentHandle keeps an Ephemeron[] that Mono's collector knows. Here its methods are replaced:
// the same field holds a boxed number, that of a dependent handle.
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

using gc::HandleKind;

constexpr int32_t kPinnedHandle =
    static_cast<int32_t>(HandleKind::Pinned);  // GCHandleType has the same numbers

Result<uint32_t> allocate(Heap& heap, Object* target, int32_t kind) {
  if (kind < 0 || kind > kPinnedHandle) return ErrorKind::ArgumentOutOfRange;
  uint32_t handle = heap.new_handle(target, static_cast<HandleKind>(kind));
  if (!handle) return ErrorKind::OutOfMemory;
  return handle;
}

Status check(Heap& heap, uint32_t handle) {
  if (!heap.is_handle(handle)) return failure(ErrorKind::Argument, "The handle is not a live GCHandle.");
  return {};
}

Status free(Heap& heap, uint32_t handle) {
  TRY(check(heap, handle));
  heap.free_handle(handle);
  return {};
}

Result<Object*> get(Heap& heap, uint32_t handle) {
  TRY(check(heap, handle));
  return heap.handle_target(handle);
}

Status set(Heap& heap, uint32_t handle, Object* target) {
  TRY(check(heap, handle));
  heap.set_handle_target(handle, target);
  return {};
}

constexpr NativeEntry kRows[] = {
    native<allocate>("InternalAlloc"),
    native<free>("InternalFree"),
    native<get>("InternalGet"),
    native<set>("InternalSet"),
};

// --- DependentHandle: `self` is the address of the struct, whose one field is a reference.

Result<uint32_t> number_in(ObjectOnStack self) {
  if (!self->get()) return ErrorKind::InvalidOperation;
  return *reinterpret_cast<uint32_t*>(objects::unbox(self->get()));
}

Status make_dependent(Thread& thread, ObjectOnStack self, Object* target, Object* dependent) {
  uint32_t none = 0;
  Object* box = TRY(allocated(thread.objects().box(*thread.types().known().uint32, &none)));
  uint32_t handle = thread.heap().new_handle(target, HandleKind::Dependent, dependent);
  if (!handle) return ErrorKind::OutOfMemory;
  *reinterpret_cast<uint32_t*>(objects::unbox(box)) = handle;
  *self = box;
  return {};
}

Result<Object*> target_of(Heap& heap, ObjectOnStack self) { return heap.handle_target(TRY(number_in(self))); }

Result<Object*> dependent_of(Heap& heap, ObjectOnStack self) {
  uint32_t handle = TRY(number_in(self));
  return heap.handle_target(handle) ? heap.handle_dependent(handle) : nullptr;
}

Result<Object*> target_and_dependent(Heap& heap, ObjectOnStack self, ObjectOnStack dependent) {
  *dependent = nullptr;
  *dependent = TRY(dependent_of(heap, self));
  return target_of(heap, self);
}

Status clear_target(Heap& heap, ObjectOnStack self) {
  uint32_t handle = TRY(number_in(self));
  heap.set_handle_target(handle, nullptr);
  heap.set_handle_dependent(handle, nullptr);
  return {};
}

Status set_target(Heap& heap, ObjectOnStack self, Object* target) {
  if (target) return ErrorKind::InvalidOperation;  // only null may be set
  return clear_target(heap, self);
}

Status set_dependent(Heap& heap, ObjectOnStack self, Object* dependent) {
  heap.set_handle_dependent(TRY(number_in(self)), dependent);
  return {};
}

Status dispose(Heap& heap, ObjectOnStack self) {
  if (!self->get()) return {};
  heap.free_handle(TRY(number_in(self)));
  *self = nullptr;
  return {};
}

constexpr NativeEntry kDependentRows[] = {
    allocating<make_dependent>(".ctor"),
    native<dispose>("Dispose"),
    native<dependent_of>("UnsafeGetDependent"),
    native<target_of>("UnsafeGetTarget"),
    native<target_and_dependent>("UnsafeGetTargetAndDependent"),
    native<set_dependent>("UnsafeSetDependent"),
    native<clear_target>("UnsafeSetTargetToNull"),
    native<set_target>("set_Target"),
};

}  // namespace

constinit const NativeClass kGcHandle{"System.Runtime.InteropServices.GCHandle", kRows};
constinit const NativeClass kDependentHandle{"System.Runtime.DependentHandle", kDependentRows};

}  // namespace leanclr::icalls
