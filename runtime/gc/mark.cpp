// Marking: an explicit stack of objects still to be scanned, reference maps, and what happens when it is
// full.
#include <algorithm>

#include "gc/collector.h"

namespace leanclr::gc {

namespace {

using types::Type;

// Large arrays are scanned in parts, so that the stack holds the children of one part only.
constexpr uint32_t kArrayPartElements = 256;
constexpr uint32_t kFetched = 16;

bool holds_references(const Type& element) { return element.is_reference() || !element.references.empty(); }

// Nothing to scan in its instances.
bool is_leaf(const Type& type) {
  return type.is_array() ? !holds_references(*type.element) : type.references.empty();
}

uint8_t* bytes_of(Object* object) { return reinterpret_cast<uint8_t*>(object); }

Object* reference_at(const uint8_t* slot) { return reinterpret_cast<const Ref<Object>*>(slot)->get(); }

uint32_t length_of(Object* array) {
  constexpr uint32_t kLengthOffset = types::kArrayDataOffset - 4;
  return *reinterpret_cast<const uint32_t*>(bytes_of(array) + kLengthOffset);
}

// False when it was marked before.
inline bool set_mark(Object* object) {
  PageHeader* header = header_of(object);
  if (header->is_large) [[unlikely]] {
    auto* large = static_cast<LargeObject*>(header);
    if (large->marked) return false;
    return large->marked = true;
  }
  auto* block = static_cast<Block*>(header);
  size_t index = block->index_of(object);
  uint64_t bit = uint64_t{1} << (index % 64);
  uint64_t& word = block->marked[index / 64];
  if (word & bit) return false;
  word |= bit;
  return true;
}

}  // namespace

bool Heap::Collector::is_marked(const Object* object) {
  PageHeader* header = header_of(object);
  if (header->is_large) return static_cast<LargeObject*>(header)->marked;
  auto* block = static_cast<Block*>(header);
  return get_bit(block->marked, block->index_of(object));
}

inline void Heap::Collector::mark_object(Object* object) {
  if (!object || !set_mark(object) || is_leaf(*object->type)) return;
  if (!objects_.push(object)) [[unlikely]]
    defer(object);
}

void Heap::Collector::mark(Object* object) { mark_object(object); }

void Heap::Collector::mark_interior(Address address) {
  mark_object(space_.object_at(address));
  mark_object(space_.object_ending_at(address));
}

void Heap::Collector::scan(Object* object) {
  const Type& type = *object->type;
  if (type.is_array()) return scan_array({object, 0});
  // A value type's offsets count from the value, which lies behind a box's header.
  uint8_t* base = bytes_of(object) + (type.flags.value_type ? types::kObjectHeaderBytes : 0);
  // The last first, so that the stack gives the first field's object next: it tends to lie close by, and a
  // tree is gone through in the order in which it was made (measured: a third of the time).
  for (size_t i = type.references.size(); i-- > 0;) mark_object(reference_at(base + type.references[i]));
}

void Heap::Collector::scan_array(ArrayPart part) {
  Object* array = part.array;
  uint32_t length = length_of(array);
  uint32_t end = length - part.next > kArrayPartElements ? part.next + kArrayPartElements : length;
  if (end < length && !arrays_.push({array, end})) [[unlikely]]
    defer(array);
  scan_elements(array, part.next, end);
}

/// Reads of so many objects and pages, one after the other, so that the processor waits for all of them at once: they may
/// lie anywhere, and marking one is too long for it to see the next.
void Heap::Collector::fetch(const Ref<Object>* objects, uint32_t count) {
  uint32_t read = 0;
  for (uint32_t i = 0; i < count; ++i)
    if (const Object* object = objects[i]) read ^= object->lock_word ^ header_of(object)->rescan;
  fetched_ = read;
}

void Heap::Collector::scan_elements(Object* array, uint32_t first, uint32_t end) {
  const Type& type = *array->type;
  const Type& element = *type.element;
  uint8_t* data = bytes_of(array) + types::kArrayDataOffset;
  if (element.is_reference()) {
    for (uint32_t i = first; i < end; i += kFetched) {
      const uint32_t batch = std::min(end - i, kFetched);
      const auto* elements = reinterpret_cast<const Ref<Object>*>(data) + i;
      fetch(elements, batch);
      for (uint32_t j = 0; j < batch; ++j) mark_object(elements[j]);
    }
    return;
  }
  for (uint32_t i = first; i < end; ++i)
    for (uint32_t offset : element.references)
      mark_object(reference_at(data + size_t{i} * type.element_size + offset));
}

void Heap::Collector::drain() {
  do {
    empty_stacks();
  } while (rescan());
}

void Heap::Collector::empty_stacks() {
  for (;;) {
    while (!objects_.empty()) scan(objects_.pop());
    if (arrays_.empty()) return;
    scan_array(arrays_.pop());
  }
}

// The object stays marked; its page remembers that something in it was not scanned.
void Heap::Collector::defer(Object* object) {
  header_of(object)->rescan = true;
  overflowed_ = true;
}

bool Heap::Collector::rescan() {
  if (!overflowed_) return false;
  overflowed_ = false;
  space_.for_each_block([&](Block& block) {
    if (block.rescan) rescan_block(block);
  });
  space_.for_each_large([&](LargeObject& large) {
    if (!large.rescan) return;
    large.rescan = false;
    scan_whole(large.object());
    empty_stacks();
  });
  return true;
}

// An array in one piece: as parts it could overflow at the same place again.
void Heap::Collector::scan_whole(Object* object) {
  if (object->type->is_array()) scan_elements(object, 0, length_of(object));
  else scan(object);
}

void Heap::Collector::rescan_block(Block& block) {
  block.rescan = false;
  for (size_t i = 0; i < block.cell_count; ++i) {
    if (!get_bit(block.marked, i) || is_leaf(*block.object(i)->type)) continue;
    scan_whole(block.object(i));
    empty_stacks();
  }
}

bool Heap::Collector::mark_dependents() {
  if (!handles_.has_dependents()) return false;
  bool progress = false;
  handles_.for_each([&](HandleEntry& entry) {
    if (entry.kind != HandleKind::Dependent || !entry.target || !entry.dependent) return;
    if (!is_marked(entry.target) || is_marked(entry.dependent)) return;
    mark_object(entry.dependent);
    drain();
    progress = true;
  });
  return progress;
}

void Heap::Collector::finish() {
  do {
    drain();
  } while (mark_dependents());
}

}  // namespace leanclr::gc
