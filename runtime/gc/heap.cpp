// Heap: allocation beyond the quick path, and the doors to handles, finalization and the books.
#include <algorithm>

#include "gc/collector.h"
#include "gc/heap_inline.h"

namespace leanclr::gc {

Heap::Heap(Region& region, HeapOptions options)
    : region_(region), stress_(options.stress), state_(std::make_unique<State>(region, options)) {}

Heap::~Heap() = default;

Object* Heap::allocate(types::Type& type, size_t bytes) {
  bool finalizable = type.flags.has_finalizer;
  if (finalizable && !state_->finalization.reserve()) return nullptr;
  Object* object = bytes <= kMostCellBytes ? allocate_small(type, bytes) : allocate_large(type, bytes);
  if (object && finalizable) register_for_finalize(object);
  return object;
}

Object* Heap::allocate_small(types::Type& type, size_t bytes) {
  size_t size_class = size_class_of(bytes);
  AllocationRun& run = runs_[size_class];
  if (run.cursor == run.end) {
    if (!state_->space.refill(size_class, run)) return out_of_memory();
    count_allocation(static_cast<size_t>(run.end - run.cursor));
  }
  return take_cell(run, type, bytes);
}

Object* Heap::allocate_large(types::Type& type, size_t bytes) {
  Object* object = state_->space.allocate_large(bytes);
  if (!object) return out_of_memory();
  count_allocation(state_->space.size_of(object));
  object->type = &type;
  return object;
}

Object* Heap::out_of_memory() {
  wants_collection_ = true;
  return nullptr;
}

void Heap::count_allocation(size_t bytes) {
  state_->allocated_since += bytes;
  want_collection_if_due();
}

void Heap::want_collection_if_due() {
  if (state_->no_collection && state_->allocated_since < state_->no_collection) return;
  if (state_->allocated_since + state_->pressure_since >= state_->threshold) wants_collection_ = true;
}

void Heap::add_pressure(int64_t bytes) {
  if (bytes >= 0) {
    state_->pressure += static_cast<uint64_t>(bytes);
    state_->pressure_since += static_cast<uint64_t>(bytes);
    return want_collection_if_due();
  }
  state_->pressure -= std::min(state_->pressure, uint64_t{0} - static_cast<uint64_t>(bytes));
}

bool Heap::start_no_collection(uint64_t bytes) {
  if (state_->no_collection) return false;
  state_->no_collection = state_->allocated_since + bytes;
  wants_collection_ = stress_ = false;
  return true;
}

bool Heap::end_no_collection() {
  if (!state_->no_collection) return false;
  state_->no_collection = 0;
  stress_ = state_->options.stress;
  want_collection_if_due();
  return true;
}

void Heap::add_root_source(RootSource& source) { state_->root_sources.push_back(&source); }

void Heap::remove_root_source(RootSource& source) {
  auto& sources = state_->root_sources;
  sources.erase(std::remove(sources.begin(), sources.end(), &source), sources.end());
}

uint32_t Heap::new_handle(Object* target, HandleKind kind, Object* dependent) {
  return state_->handles.add(target, kind, dependent);
}

void Heap::free_handle(uint32_t handle) { state_->handles.remove(handle); }

bool Heap::is_handle(uint32_t handle) const { return state_->handles.find(handle) != nullptr; }

HandleKind Heap::handle_kind(uint32_t handle) const {
  const HandleEntry* entry = state_->handles.find(handle);
  return entry ? entry->kind : HandleKind::Weak;
}

Object* Heap::handle_target(uint32_t handle) const {
  const HandleEntry* entry = state_->handles.find(handle);
  return entry ? entry->target.get() : nullptr;
}

void Heap::set_handle_target(uint32_t handle, Object* target) {
  if (HandleEntry* entry = state_->handles.find(handle)) entry->target = target;
}

Object* Heap::handle_dependent(uint32_t handle) const {
  const HandleEntry* entry = state_->handles.find(handle);
  return entry ? entry->dependent.get() : nullptr;
}

void Heap::set_handle_dependent(uint32_t handle, Object* dependent) {
  if (HandleEntry* entry = state_->handles.find(handle)) entry->dependent = dependent;
}

Object* Heap::next_finalizable() { return state_->finalization.next(); }

size_t Heap::finalizable_count() const { return state_->finalization.ready_count(); }

void Heap::suppress_finalize(Object* object) { state_->finalization.remove(object); }

bool Heap::register_for_finalize(Object* object) { return state_->finalization.add(object); }

Object* Heap::object_at(Address address) const { return state_->space.object_at(address); }

size_t Heap::size_of(const Object* object) const { return state_->space.size_of(object); }

HeapStatistics Heap::statistics() const {
  uint64_t since = state_->allocated_since;
  for (const AllocationRun& run : runs_) since -= static_cast<uint64_t>(run.end - run.cursor);
  HeapStatistics result;
  result.allocated_bytes = state_->allocated_before + since;
  result.live_bytes = state_->live_after_collection + since;
  result.held_bytes = state_->space.held_bytes();
  result.collections = state_->collections;
  result.pause_microseconds = state_->pause_microseconds;
  return result;
}

}  // namespace leanclr::gc
