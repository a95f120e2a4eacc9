// System.GC. The collector has one generation.
#include "icalls/shared.h"

namespace leanclr::icalls {

namespace {

void add_pressure(Heap& heap, uint64_t bytes) { heap.add_pressure(static_cast<int64_t>(bytes)); }
void remove_pressure(Heap& heap, uint64_t bytes) { heap.add_pressure(-static_cast<int64_t>(bytes)); }

/// `array_type` is the RuntimeType of T[]; no object ever moves, so every array is pinned.
Result<Array*> allocate_pinned_array(Thread& thread, Object* array_type, int32_t length) {
  Type* type = TRY(type_of_mirror(thread, array_type));
  if (!type || type->element_type != ElementType::SzArray) return ErrorKind::Argument;
  if (length < 0) return ErrorKind::Overflow;
  TRY(thread.types().ensure(*type, TypeState::Complete));
  return allocated(thread.objects().new_vector(*type, static_cast<uint32_t>(length)));
}

int64_t allocated_bytes(Heap& heap) { return static_cast<int64_t>(heap.statistics().allocated_bytes); }
int64_t total_allocated_bytes(Heap& heap, bool) { return allocated_bytes(heap); }
int32_t collection_count(Heap& heap, int32_t generation) {
  return generation == 0 ? static_cast<int32_t>(heap.statistics().collections) : 0;
}
int32_t generation(Object*) { return 0; }
int32_t max_generation() { return 0; }

// A native with a Thread& runs at a safepoint.
void collect(Thread& thread, int32_t) { thread.heap().collect(); }

int64_t total_memory(Thread& thread, bool collect_first) {
  if (collect_first) thread.heap().collect();
  return static_cast<int64_t>(thread.heap().statistics().live_bytes);
}

/// Until the queue is empty; inside a finalizer nothing runs.
Status wait_for_pending_finalizers(Thread& thread) {
  while (size_t queued = thread.heap().finalizable_count()) {
    TRY(thread.services().run_finalizers());
    if (thread.heap().finalizable_count() >= queued) break;
  }
  return {};
}

void memory_info(Heap& heap, int64_t* high_load, int64_t* load, int64_t* available, int64_t* committed,
                 int64_t* heap_size, int64_t* fragmented) {
  gc::HeapStatistics statistics = heap.statistics();
  int64_t limit = static_cast<int64_t>(heap.region().limit());
  *available = limit;
  *high_load = limit / 10 * 9;
  *load = static_cast<int64_t>(heap.region().bytes_in_use());
  *committed = static_cast<int64_t>(statistics.held_bytes);
  *heap_size = static_cast<int64_t>(statistics.live_bytes);
  *fragmented = *committed - *heap_size;
}

Status register_for_finalize(Heap& heap, Object* object) {
  if (!heap.register_for_finalize(object)) return ErrorKind::OutOfMemory;
  return {};
}

void suppress_finalize(Heap& heap, Object* object) { heap.suppress_finalize(object); }

/// Collects first, as a region begins with as much free as there can be. False: so much is never there.
Result<bool> start_no_gc_region(Thread& thread, int64_t bytes, bool, int64_t, bool) {
  if (bytes <= 0) return ErrorKind::ArgumentOutOfRange;
  if (static_cast<uint64_t>(bytes) > thread.heap().region().limit() / 2)
    return failure(ErrorKind::ArgumentOutOfRange, "totalSize exceeds the size of the heap");
  thread.heap().collect();
  if (!thread.heap().start_no_collection(static_cast<uint64_t>(bytes)))
    return failure(ErrorKind::InvalidOperation, "The NoGCRegion mode was already in progress");
  return true;
}

Status end_no_gc_region(Heap& heap) {
  if (heap.end_no_collection()) return {};
  return failure(ErrorKind::InvalidOperation, "NoGCRegion mode must be set");
}

/// DependentHandle is replaced, so no ephemeron array is ever made and nothing equals the tombstone.
Result<Object*> ephemeron_tombstone(Thread& thread) {
  return allocated(thread.objects().new_object(*thread.types().known().object));
}

constexpr NativeEntry kRows[] = {
    native<add_pressure>("AddPressure"),
    allocating<allocate_pinned_array>("AllocPinnedArray"),
    native<end_no_gc_region>("EndNoGCRegion"),
    native<allocated_bytes>("GetAllocatedBytesForCurrentThread"),
    native<collection_count>("GetCollectionCount"),
    native<generation>("GetGeneration"),
    native<max_generation>("GetMaxGeneration"),
    native<total_allocated_bytes>("GetTotalAllocatedBytes"),
    native<total_memory>("GetTotalMemory"),
    native<collect>("InternalCollect"),
    native<remove_pressure>("RemovePressure"),
    native<wait_for_pending_finalizers>("WaitForPendingFinalizers"),
    native<start_no_gc_region>("StartNoGCRegion"),
    native<memory_info>("_GetGCMemoryInfo"),
    native<register_for_finalize>("_ReRegisterForFinalize"),
    native<suppress_finalize>("_SuppressFinalize"),
    allocating<ephemeron_tombstone>("get_ephemeron_tombstone"),
};

}  // namespace

constinit const NativeClass kSystemGc{"System.GC", kRows};

}  // namespace leanclr::icalls
