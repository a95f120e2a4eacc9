// Space: all blocks and large objects of a heap, and which addresses belong to them.
//
// It hands out runs of free cells, cuts large objects from the region, sweeps. What it is not: it neither
// decides when to collect nor what is alive; the mark bits say that.
#pragma once

#include "gc/grow_array.h"
#include "gc/pages.h"

namespace leanclr::gc {

class Space {
 public:
  /// `limit`: most bytes of pages, 0 for as many as the region gives. `poison_freed`: fill what is freed with
  /// 0xDB.
  Space(Region& region, size_t limit, bool poison_freed);
  ~Space();

  /// The next zeroed run of free cells of a size class; false when out of memory. The run must be used up.
  /// What is left of it when a collection comes is free again by the sweep.
  bool refill(size_t size_class, AllocationRun& run);
  /// A zeroed object in pages of its own; null when out of memory.
  Object* allocate_large(size_t bytes);

  /// Frees what is not marked, clears the marks; answers the bytes of the cells and large objects that stay.
  uint64_t sweep();

  /// The object whose cell contains the address, or null.
  Object* object_at(Address address) const;
  /// The object whose cell ends at the address, or null.
  Object* object_ending_at(Address address) const;
  /// Bytes of the object's cell, or of its pages when it is large.
  size_t size_of(const Object* object) const;
  /// Bytes of pages held.
  size_t held_bytes() const { return held_bytes_; }

  template <typename Visit>
  void for_each_block(Visit visit) {
    for (Block* block = blocks_; block; block = block->next) visit(*block);
  }
  template <typename Visit>
  void for_each_large(Visit visit) {
    for (LargeObject* large : large_) visit(*large);
  }

 private:
  Block* add_block(size_t size_class);
  bool take_run(Block& block, AllocationRun& run);
  uint64_t sweep_block(Block& block);
  uint64_t sweep_large();
  void free_block(Block& block);
  void free_large(LargeObject& large);
  void fill_freed(void* memory, size_t bytes) const;
  void* take_pages(size_t bytes);
  void give_pages(void* pages, size_t bytes);
  Block* block_at(Address address) const;
  LargeObject* large_at(Address address) const;

  Region& region_;
  size_t limit_;
  bool poison_freed_;
  size_t held_bytes_ = 0;
  Ref<Block> blocks_;
  Ref<Block> current_[kSizeClassCount];    // the block that the class's run came from
  Ref<Block> available_[kSizeClassCount];  // swept blocks with free cells
  mutable GrowArray<LargeObject*> large_;
  mutable bool large_sorted_ = true;
  GrowArray<uint64_t> block_pages_;  // a bit for every page of the address space that is a block
};

}  // namespace leanclr::gc
