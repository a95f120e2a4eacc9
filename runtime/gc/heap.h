// Heap: the managed heap, a precise, non-moving mark-sweep collector.
//
// Cells of a few size classes live in 16 KiB-aligned blocks of region pages; larger objects have pages of
// their own. Marking starts at what RootSources report and follows each type's reference map; byrefs and
// pinned addresses may point inside an object. In stress mode freed cells are poisoned (0xDB). collect.cpp
// tells the whole. allocate() never collects: it answers null when the limit is reached, and asks for a
// collection (`wants_collection`) when enough has been allocated since the last. The interpreter collects at
// its safepoints, where every live reference is in a frame, a static, a handle or a Local. See
// docs/architecture.md, "Memory". What it is not: it runs no managed code; finalizable objects are queued for
// interp/ to run.
#pragma once

#include <memory>
#include <vector>

#include "base/ref.h"
#include "base/region.h"
#include "gc/size_classes.h"
#include "types/type.h"

namespace leanclr::gc {

/// Every managed object starts with these 8 bytes.
struct Object {
  Ref<types::Type> type;
  uint32_t lock_word = 0;  // System.Threading.ObjectHeader's format: managed code works on it
};
static_assert(sizeof(Object) == types::kObjectHeaderBytes);

/// What a collection hands to every RootSource.
class Marker {
 public:
  /// An object reference, or null. Must point at an object's start.
  virtual void mark(Object* object) = 0;
  /// A byref or raw address: keeps the object alive whose cell contains it; anything else is ignored.
  virtual void mark_interior(Address address) = 0;

 protected:
  ~Marker() = default;
};

/// Something that holds references: threads, statics, tables.
class RootSource {
 public:
  virtual void visit_roots(Marker& marker) = 0;

 protected:
  ~RootSource() = default;
};

enum class HandleKind : uint8_t {
  Weak = 0,
  WeakTrackResurrection = 1,
  Normal = 2,
  Pinned = 3,
  Dependent = 4
};

struct HeapOptions {
  size_t limit = 0;                            // bytes of cells and large objects; 0: the region's limit only
  size_t first_collection = 4 * 1024 * 1024;   // bytes allocated before the first collection is wanted
  bool stress = false;                         // every safepoint collects, freed memory is poisoned
  size_t mark_stack_limit = 256 * 1024;        // entries; a deeper graph is marked in several rounds
  uint64_t (*clock_microseconds)() = nullptr;  // for HeapStatistics::pause_microseconds
};

struct HeapStatistics {
  uint64_t allocated_bytes = 0;  // since start, every object
  uint64_t live_bytes = 0;       // after the last collection plus what was allocated since
  uint64_t held_bytes = 0;       // of pages that the heap has from the region
  uint32_t collections = 0;
  uint64_t pause_microseconds = 0;  // of the last collection
};

class LocalBase;

class Heap {
 public:
  Heap(Region& region, HeapOptions options);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  /// A zeroed object of `bytes` (header included) with its type set; null when out of memory. `type` must be
  /// Sized; Complete when it has a finalizer (the object is then registered for finalization).
  Object* allocate(types::Type& type, size_t bytes);
  /// For the interpreter's inline path (gc/heap_inline.h), of a type without a finalizer: null when the size class has no
  /// free cell at hand; allocate() then knows better.
  Object* try_allocate_cell(types::Type& type, size_t size_class);

  bool wants_collection() const { return wants_collection_ || stress_; }
  bool stress() const { return stress_; }
  /// Only at a safepoint. Marks, clears weak handles, moves finalizable objects to the queue, sweeps.
  void collect();

  /// From here on no collection is wanted until `bytes` have been allocated or end_no_collection is called; one that an
  /// allocation needs or that is asked for takes place nevertheless. False when it is so already, or was not.
  bool start_no_collection(uint64_t bytes);
  bool end_no_collection();

  void add_root_source(RootSource& source);
  void remove_root_source(RootSource& source);

  // Handles. A Handle is a small nonzero number that managed code keeps as IntPtr; 0 means out of memory.
  uint32_t new_handle(Object* target, HandleKind kind, Object* dependent = nullptr);
  void free_handle(uint32_t handle);
  /// False for a number that is no live handle.
  bool is_handle(uint32_t handle) const;
  HandleKind handle_kind(uint32_t handle) const;
  Object* handle_target(uint32_t handle) const;
  void set_handle_target(uint32_t handle, Object* target);
  /// Dependent handles (ephemerons): the second object lives as long as the first does.
  Object* handle_dependent(uint32_t handle) const;
  void set_handle_dependent(uint32_t handle, Object* dependent);

  // Finalization.
  /// The next object whose finalizer must run, or null; the object is a root until the next call.
  Object* next_finalizable();
  bool has_finalizable() const { return finalizable_count() != 0; }
  size_t finalizable_count() const;
  void suppress_finalize(Object* object);
  /// False when out of memory.
  bool register_for_finalize(Object* object);

  /// The object whose cell contains the address, or null. (mark_interior knows ends of objects too.)
  Object* object_at(Address address) const;
  /// Bytes of the object's cell.
  size_t size_of(const Object* object) const;
  HeapStatistics statistics() const;
  /// Bytes held outside the heap that managed objects keep alive (GC.AddMemoryPressure); may be negative.
  void add_pressure(int64_t bytes);
  Region& region() { return region_; }

  LocalBase* locals = nullptr;  // the chain of Local<T>, newest first

 private:
  class Collector;
  struct State;
  static Object* take_cell(AllocationRun& run, types::Type& type, size_t bytes);
  Object* allocate_small(types::Type& type, size_t bytes);
  Object* allocate_large(types::Type& type, size_t bytes);
  Object* out_of_memory();
  void count_allocation(size_t bytes);
  void want_collection_if_due();
  void mark_roots(Collector& collector);
  void retire_runs();
  AllocationRun runs_[kSizeClassCount];
  Region& region_;
  bool stress_ = false;
  bool wants_collection_ = false;
  std::unique_ptr<State> state_;
};

/// A reference in C++ code that survives a collection. Use it across every call that takes interp::Thread&.
class LocalBase {
 public:
  LocalBase(Heap& heap, Object* object) : heap_(heap), next_(heap.locals), object_(object) {
    heap.locals = this;
  }
  ~LocalBase() { heap_.locals = next_; }
  LocalBase(const LocalBase&) = delete;
  LocalBase& operator=(const LocalBase&) = delete;
  LocalBase* next() const { return next_; }
  Object* object() const { return object_; }

 protected:
  Heap& heap_;
  LocalBase* next_;
  Object* object_;
};

template <typename T>
class Local : public LocalBase {
 public:
  explicit Local(Heap& heap, T* object = nullptr) : LocalBase(heap, object) {}
  T* get() const { return static_cast<T*>(object_); }
  T* operator->() const { return get(); }
  operator T*() const { return get(); }  // NOLINT
  Local& operator=(T* object) {
    object_ = object;
    return *this;
  }
};

}  // namespace leanclr::gc
