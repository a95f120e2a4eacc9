// See incoming_call.h.
#include "interop/incoming_call.h"

#include <cstring>

namespace leanclr::interop {

using gc::Local;
using gc::Object;

namespace {

bool can_come_from_c(const Form& form) {
  switch (form.conversion) {
    case Conversion::TextBuffer: case Conversion::Handle: case Conversion::HandleRef: case Conversion::Pointer:
    case Conversion::Nullable: case Conversion::Span: case Conversion::Memory: return false;
    case Conversion::ByRef: return can_come_from_c(*form.element);
    case Conversion::Vector: return form.is_plain_vector();
    default: return true;
  }
}

/// A pointer that managed code has no number for (64-bit hosts, where slots hold the whole register).
bool is_foreign(const Form& form, const Slot& slot) {
  return sizeof(void*) > sizeof(Address) && form.conversion >= Conversion::Text && form.letter == 'i' && static_cast<uint64_t>(slot.i8) > UINT32_MAX;
}

}  // namespace

Status check_incoming(const Plan& plan, types::TypeSystem& types, const types::Type& delegate) {
  auto refuse = [&](const std::string& what, const Form& form) {
    return failure_with(ErrorKind::MarshalDirective, "Cannot marshal % (%) of %: a value of this type cannot come from C.", {what, types.full_name(*form.type), types.full_name(delegate)});
  };
  for (size_t i = 0; i < plan.parameters.size(); ++i)
    if (!can_come_from_c(*plan.parameters[i].form)) return refuse("parameter #" + std::to_string(i + 1), *plan.parameters[i].form);
  if (!can_come_from_c(*plan.result.form) || plan.result.form->conversion == Conversion::Vector) return refuse("the return value", *plan.result.form);
  return {};
}

/// The arguments as native slots: what C passed by pointer is copied in.
Status IncomingCall::unpack(const Slot* args) {
  native_ = List<Slot>(plan_.native_slots + 1);
  const Slot* next = args + lowering_.returns_through_pointer;
  for (const PlannedValue& value : plan_.parameters) {
    const size_t index = static_cast<size_t>(&value - plan_.parameters.data());
    const Slot& slot = *next++;
    if (lowering_.parameters[index].by_pointer) std::memcpy(native(value), pointer_at<const void>(slot.address), value.form->size);
    else if (is_foreign(*value.form, slot)) return failure(ErrorKind::MarshalDirective, "C passed a pointer to memory outside the runtime's region: take memory from leanclr_alloc");
    else native_[value.native_slot] = slot;
  }
  return {};
}

Status IncomingCall::by_ref_to_managed(const PlannedValue& value, Slot& slot) {
  const Form& element = *value.form->element;
  const Address address = native_[value.native_slot].address;
  if (!address || element.is_copy()) {
    slot.address = address;  // C's own memory
    return {};
  }
  // The value stands in an array of one while the method runs.
  types::Type& vector = *TRY(thread_.types().vector_of(*element.type));
  TRY(thread_.types().ensure(vector, types::TypeState::Complete));
  objects::Array* array = thread_.objects().new_vector(vector, 1);
  if (!array) return ErrorKind::OutOfMemory;
  *kept_.back() = array;
  slot.address = address_of(array->data());
  return value.in ? exchange_.to_managed(element, pointer_at<uint8_t>(address), array->data()) : Status();
}

Status IncomingCall::to_managed(const PlannedValue& value) {
  Slot& slot = managed(value);
  if (value.form->conversion == Conversion::ByRef) return by_ref_to_managed(value, slot);
  exchange_.vector_length = counted(plan_, value, native_.data());
  TRY(exchange_.to_managed(*value.form, native(value), reinterpret_cast<uint8_t*>(&slot)));
  widen(value.form->kind, &slot);
  if (value.form->type->is_reference()) *kept_.back() = slot.object.get();
  return {};
}

/// What the method wrote behind references goes into C's memory.
Status IncomingCall::give_back() {
  for (size_t i = 0; i < plan_.parameters.size(); ++i) {
    const PlannedValue& value = plan_.parameters[i];
    auto* target = pointer_at<uint8_t>(native_[value.native_slot].address);
    if (!value.out || !target) continue;
    if (value.form->conversion == Conversion::ByRef) {
      const Form& element = *value.form->element;
      if (element.is_copy()) continue;
      auto* array = static_cast<objects::Array*>(kept_[i]->get());
      if (value.in) exchange_.release(element, target, nullptr, Ownership::Owned);
      TRY(exchange_.to_native(element, array->data(), target, Ownership::Owned));
    } else if (value.form->conversion == Conversion::Vector) {
      auto* array = static_cast<objects::Array*>(kept_[i]->get());
      for (uint32_t k = 0; k < array->length; ++k) TRY(exchange_.to_native(*value.form->element, array->element(k), target + size_t{k} * value.form->element->size, Ownership::Owned));
    } else if (value.form->conversion == Conversion::Object) {
      TRY(exchange_.to_native(*value.form->element, objects::unbox(kept_[i]->get()), target, Ownership::Owned));
    }
  }
  return {};
}

Status IncomingCall::give_result(Slot* ret) {
  const Form& form = *plan_.result.form;
  if (form.letter == 'v') return {};
  // The managed result is in managed_[0] and behind it.
  auto* target = lowering_.returns_through_pointer ? pointer_at<uint8_t>(native_.back().address) : reinterpret_cast<uint8_t*>(ret);
  if (!lowering_.returns_through_pointer) *ret = Slot();
  TRY(exchange_.to_native(form, reinterpret_cast<const uint8_t*>(managed_.data()), target, Ownership::Owned));
  widen(form.kind, ret);
  return {};
}

Status IncomingCall::run(Object* self, const Slot* args, Slot* ret) {
  TRY(unpack(args));
  if (lowering_.returns_through_pointer) native_.back() = args[0];
  uint32_t slots = 1;
  for (const PlannedValue& value : plan_.parameters) slots += managed_slots(*value.form->type);
  managed_ = List<Slot>(std::max(slots, managed_slots(*plan_.result.form->type)) + 1);
  Local<Object> kept_self(thread_.heap(), self);
  Status status;
  for (const PlannedValue& value : plan_.parameters) {
    kept_.add(new Local<Object>(thread_.heap()));
    if (status.ok()) status = to_managed(value);
  }
  if (status.ok()) {
    managed_[0].object = kept_self.get();
    List<Slot> result(managed_.size());
    status = thread_.invoke(method_, managed_.data(), result.data());
    Local<Object> kept_result(thread_.heap(), plan_.result.form->type->is_reference() ? result[0].object.get() : nullptr);
    if (status.ok()) status = give_back();
    managed_.swap(result);
    if (status.ok()) status = give_result(ret);
    for (size_t i = 0; i < plan_.parameters.size() && status.ok(); ++i)
      if (plan_.parameters[i].form->conversion == Conversion::Custom) status = exchange_.clean_up_managed(*plan_.parameters[i].form, kept_[i]->get());
    if (status.ok() && plan_.result.form->conversion == Conversion::Custom) status = exchange_.clean_up_managed(*plan_.result.form, kept_result.get());
  }
  while (!kept_.empty()) {  // in the order that Locals want
    delete kept_.back();
    kept_.pop_back();
  }
  return status;
}

}  // namespace leanclr::interop
