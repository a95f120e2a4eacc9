// What the collector sees of a thread: its frames' registers, its thread statics, and what is pending on it.
#include "interp/arithmetic.h"
#include "interp/thread.h"

namespace leanclr::interp {
namespace {

void mark_root(gc::Marker& marker, const uint8_t* base, const ir::Root& root) {
  Address value = get<Address>(base + root.offset);
  if (root.kind == ir::RootKind::Reference) marker.mark(pointer_at<Object>(value));
  else marker.mark_interior(value);
}

}  // namespace

void Thread::mark_frame(gc::Marker& marker, const Frame& frame) {
  for (const ir::Root& root : frame.body->roots) mark_root(marker, frame.base, root);
  uint32_t pc = static_cast<uint32_t>(frame.ip - frame.body->code) - 1;
  if (const ir::StackMap* map = frame.body->stack_map_at(pc))
    for (const ir::Root& root : map->roots) mark_root(marker, frame.base, root);
}

void Thread::visit_roots(gc::Marker& marker) {
  for (const Frame* frame = frames_; frame <= frame_; ++frame) mark_frame(marker, *frame);
  // CoreLib keeps references in stackalloc'd memory (reflection calls of more than four arguments), as Mono lets it.
  for (const uint8_t* word = localloc_; word < stack_end_; word += sizeof(Address)) marker.mark_interior(get<Address>(word));
  marker.mark(exception_);
  marker.mark(managed_thread);
  marker.mark(wait.object);
  for (size_t i = 0; i < thread_statics_.size(); ++i) {
    if (!thread_statics_[i]) continue;
    for (uint32_t offset : thread_static_types_[i]->thread_static_references)
      marker.mark(pointer_at<Object>(get<Address>(thread_statics_[i] + offset)));
  }
}

}  // namespace leanclr::interp
