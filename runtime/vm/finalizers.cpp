// Finalizers: run on a managed stack of their own, one after the other, whenever a safepoint finds some queued.
#include "vm/clr.h"

namespace leanclr::vm {
namespace {

constexpr uint32_t kStackBytes = 256 * 1024;

}  // namespace

Status Clr::run_finalizers() {
  if (finalizing_ || !started()) return {};
  finalizing_ = true;
  Status status;
  // Only those queued now: a finalizer may register its object again, and a collection meanwhile queue it anew.
  for (size_t left = heap_->finalizable_count(); left > 0 && status.ok(); --left)
    if (gc::Object* object = heap_->next_finalizable()) status = run_finalizer(object);
  // The object whose turn it was stays a root until the next is asked for.
  if (!heap_->has_finalizable()) heap_->next_finalizable();
  finalizing_ = false;
  return status;
}

Status Clr::run_finalizer(gc::Object* object) {
  types::Method* finalizer = object->type->finalizer;
  if (!finalizer) return {};
  if (!finalizer_thread_) {
    finalizer_thread_ = TRY(interp::Thread::create(*this, *objects_, {kStackBytes}));
    finalizer_thread_->is_interlude = true;
  }
  abi::Slot self;
  self.object = object;
  Status status = finalizer_thread_->invoke(*finalizer, &self, nullptr);
  if (!status.ok() && status.error().kind() == ErrorKind::Blocked) {
    (void)status.take_error();
    return heap_->register_for_finalize(object) ? Status() : ErrorKind::OutOfMemory;
  }
  // §I.8.9.6.7 leaves open what becomes of an exception here; `dotnet` ends the process.
  if (!status.ok() && status.error().kind() == ErrorKind::ManagedException) end_by(finalizer_thread_->take_exception());
  return status;
}

}  // namespace leanclr::vm
