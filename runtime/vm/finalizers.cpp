// Finalizers: run on a managed stack of their own, one after the other, whenever a safepoint finds some queued. One that
// waits keeps the others waiting.
#include "vm/clr.h"

namespace leanclr::vm {
namespace {

constexpr uint32_t kStackBytes = 256 * 1024;

}  // namespace

Status Clr::run_finalizers() {
  if (finalizing_ || !started()) return {};
  if (!finalizer_stack_) {
    finalizer_stack_ = TRY(new_stack({kStackBytes}, true));
    finalizer_stack_->is_for_finalizers = true;
  }
  Stack& stack = *finalizer_stack_;
  finalizing_ = true;
  Status status;
  if (is_ready(stack)) status = resume(stack);
  // Only those queued now: a finalizer may register its object again, and a collection meanwhile queue it anew.
  for (size_t left = heap_->finalizable_count(); left > 0 && status.ok() && stack.work == Work::None; --left) {
    gc::Object* object = heap_->next_finalizable();
    if (!object || !object->type->finalizer) continue;
    abi::Slot self;
    self.object = object;
    status = begin(stack, Work::Finalizer, *object->type->finalizer, &self);
  }
  // The object whose turn it was stays a root until the next is asked for.
  if (!heap_->has_finalizable()) heap_->next_finalizable();
  finalizing_ = false;
  finalizer_waits = stack.work != Work::None;
  return status;
}

}  // namespace leanclr::vm
