// Calls by a plan (plan.h).
#include <cerrno>
#include <cstring>

#include "interop/lowering.h"

namespace leanclr::interop {
namespace {

using abi::Slot;

/// One call: its native slots and what has been converted so far.
class Conversation {
 public:
  Conversation(const PlannedCall& planned, const abi::Call& call)
      : planned_(planned), plan_(planned.plan), call_(call), exchange_(call.thread, planned.marshalling), native_(plan_.native_slots + 1), result_(result_slots()) {}

  Status run() {
    Status status = convert_arguments();
    if (status.ok()) status = call_target();
    if (status.ok()) status = take_back();
    // What is released may run managed code: an exception that is on its way waits meanwhile.
    gc::Local<gc::Object> thrown(call_.heap);
    set_aside(status, thrown);
    // Handles run managed code when they are released, so before there is a result that nobody else holds yet. The result
    // may lie where the arguments do; what is released afterwards is found by a copy of them.
    release(true);
    List<Slot> arguments;
    for (uint32_t i = 0; i < managed_slots(); ++i) arguments.push_back(call_.args[i]);
    if (status.ok()) {
      status = take_result();
      set_aside(status, thrown);
    }
    arguments_ = arguments.data();
    const bool holds_object = status.ok() && returns_object();
    gc::Local<gc::Object> result(call_.heap, holds_object ? call_.ret->object.get() : nullptr);
    release(false);
    if (holds_object) call_.ret->object = result.get();
    if (thrown.get()) return call_.thread.raise(thrown.get());
    return status;
  }

 private:
  void set_aside(const Status& status, gc::Local<gc::Object>& thrown) {
    if (!status.ok() && status.error().kind() == ErrorKind::ManagedException) thrown = call_.thread.take_exception();
  }

  bool returns_object() const { return plan_.result.form && plan_.result.form->letter != 'v' && plan_.result.form->type->is_reference(); }

  uint8_t* native(const PlannedValue& value) { return reinterpret_cast<uint8_t*>(&native_[value.native_slot]); }
  uint8_t* managed(const PlannedValue& value) { return reinterpret_cast<uint8_t*>(const_cast<Slot*>(arguments_ + value.managed_slot)); }

  uint32_t managed_slots() const {
    if (plan_.parameters.empty()) return 0;
    const PlannedValue& last = plan_.parameters.back();
    return last.managed_slot + (last.form ? interop::managed_slots(*last.form->type) : 1);
  }

  size_t result_slots() const {
    const Form* form = plan_.result.form;
    return form ? abi::slots_for(form->size) : 1;
  }

  Status convert_arguments() {
    // As in .NET, every marshaler is there before the first is used.
    for (const PlannedValue& value : plan_.parameters)
      if (value.form && is_custom(*value.form)) TRY(exchange_.custom_marshaler(value_of(*value.form)));
    for (; converted_ < plan_.parameters.size(); ++converted_) {
      const PlannedValue& value = plan_.parameters[converted_];
      if (!value.form) {
        native_[value.native_slot] = call_.args[value.managed_slot];
        continue;
      }
      if (value.form->is_copy() && value.form->letter != 's') {
        native_[value.native_slot] = call_.args[value.managed_slot];  // widened as it is
        continue;
      }
      exchange_.brings_in = value.in;
      TRY(exchange_.to_native(*value.form, managed(value), native(value), Ownership::Borrowed));
    }
    return {};
  }

  Status call_target() {
    // C++ targets get their arguments from one place and leave their result in another.
    Slot* result = plan_.preserve_sig ? result_.data() : &status_;
    if (!plan_.preserve_sig && !(plan_.result.form && plan_.result.form->letter == 'v')) {
      // The result comes through a last pointer, into memory of the region.
      const size_t bytes = result_.size() * sizeof(Slot);
      result_block_ = static_cast<uint8_t*>(call_.thread.types().region().allocate(bytes));
      if (!result_block_) return ErrorKind::OutOfMemory;
      std::memset(result_block_, 0, bytes);
      native_[plan_.native_slots - 1].address = address_of(result_block_);
    }
    const abi::Call call{call_.thread, call_.heap, call_.method, planned_.target, native_.data(), result};
    if (plan_.set_last_error) errno = 0;
    Status status = planned_.target.invoke(call);
    if (plan_.set_last_error) planned_.marshalling.last_error = errno;
    TRY(std::move(status));
    return plan_.preserve_sig ? Status() : check_status();
  }

  /// An HRESULT that says no becomes the exception that Marshal knows for it.
  Status check_status() {
    if (status_.i4 >= 0) return {};
    types::TypeSystem& types = call_.thread.types();
    types::Type* marshal = TRY(types.type_by_name(*types.known().object->assembly, "System.Runtime.InteropServices", "Marshal"));
    types::Method* thrower = types.find_method(*marshal, "ThrowExceptionForHR", 1);
    if (!thrower) return failure(ErrorKind::MissingMethod, "System.Runtime.InteropServices.Marshal::ThrowExceptionForHR");
    return call_.thread.invoke(*thrower, &status_, nullptr);
  }

  Status take_back() {
    for (const PlannedValue& value : plan_.parameters) {
      if (!value.form || !value.out) continue;
      exchange_.brings_in = value.in;
      exchange_.vector_length = counted(plan_, value, native_.data());
      TRY(exchange_.update(*value.form, native(value), managed(value)));
    }
    return {};
  }

  Status take_result() {
    const Form* form = plan_.result.form;
    if (form && form->letter == 'v') return {};
    auto* source = plan_.preserve_sig ? reinterpret_cast<uint8_t*>(result_.data()) : result_block_;
    if (!form) {
      *call_.ret = result_[0];
      return {};
    }
    if (form->letter != 's') *call_.ret = Slot();
    exchange_.vector_length = counted(plan_, plan_.result, native_.data());
    if (form->conversion == Conversion::Struct) TRY(take_struct(*form, source));
    else TRY(exchange_.to_managed(*form, source, reinterpret_cast<uint8_t*>(call_.ret)));
    widen(form->kind, call_.ret);
    gc::Local<gc::Object> kept(call_.heap, returns_object() ? call_.ret->object.get() : nullptr);
    // What C gave is freed; what it leads to has been copied.
    if (!form->is_copy() && form->conversion != Conversion::Handle && form->conversion != Conversion::Delegate)
      exchange_.release(*form, source, nullptr, Ownership::Owned);
    return {};
  }

  /// By way of a box, since the fields' objects are held by nothing else until all are there.
  Status take_struct(const Form& form, const uint8_t* source) {
    gc::Local<gc::Object> box(call_.heap, call_.thread.objects().new_object(*form.type));
    if (!box.get()) return ErrorKind::OutOfMemory;
    TRY(exchange_.to_managed(form, source, objects::unbox(box)));
    std::memcpy(static_cast<void*>(call_.ret), objects::unbox(box), form.type->value_size);
    return {};
  }

  static const Form& value_of(const Form& form) { return form.conversion == Conversion::ByRef ? *form.element : form; }
  static bool is_custom(const Form& form) { return value_of(form).conversion == Conversion::Custom; }

  /// May releasing it run managed code?
  static bool may_run(const Form& form) { return form.conversion == Conversion::Handle || form.conversion == Conversion::Struct; }

  /// Custom marshalers clean up behind the result, as .NET's do, where that can be held on to.
  bool comes_first(const Form& form) const {
    return may_run(form) || (is_custom(form) && !returns_object());
  }

  void release(bool first) {
    // One that failed half-way has begun to allocate; a handle that failed is nobody's.
    for (uint32_t i = 0; i <= converted_ && i < plan_.parameters.size(); ++i) {
      const PlannedValue& value = plan_.parameters[i];
      if (!value.form || value.form->is_copy() || comes_first(*value.form) != first) continue;
      if (i == converted_ && value.form->conversion == Conversion::Handle) continue;
      exchange_.vector_length = counted(plan_, value, native_.data());
      exchange_.release(*value.form, native(value), managed(value), Ownership::Borrowed);
    }
    if (!first) call_.thread.types().region().free(result_block_);
  }

  const PlannedCall& planned_;
  const Plan& plan_;
  const abi::Call& call_;
  const Slot* arguments_ = call_.args;
  Exchange exchange_;
  List<Slot> native_;
  List<Slot> result_;
  Slot status_;
  uint8_t* result_block_ = nullptr;
  uint32_t converted_ = 0;
};

}  // namespace

uint32_t counted(const Plan& plan, const PlannedValue& value, const Slot* native) {
  if (value.size_parameter == MarshalAs::kNoParameter) return value.size ? value.size : 1;
  const PlannedValue& counter = plan.parameters[value.size_parameter];
  const Slot* slot = native + counter.native_slot;
  const bool by_ref = counter.form && counter.form->conversion == Conversion::ByRef;
  const Form* form = by_ref ? counter.form->element : counter.form;
  Slot number;
  std::memcpy(&number, by_ref ? pointer_at<const void>(slot->address) : slot, form && form->size < 4 ? form->size : 4);
  const int64_t count = int64_t{number.i4} + value.size;
  return count < 0 ? 0 : static_cast<uint32_t>(count);
}

Status call_by_plan(const PlannedCall& planned, const abi::Call& call) {
  if (!planned.plan.is_direct) return Conversation(planned, call).run();
  const Plan& plan = planned.plan;
  const abi::Call same{call.thread, call.heap, call.method, planned.target, call.args, call.ret};
  if (plan.set_last_error) errno = 0;
  Status status = planned.target.invoke(same);
  if (plan.set_last_error) planned.marshalling.last_error = errno;
  if (plan.result.form && plan.result.form->conversion == Conversion::Boolean) call.ret->i4 = call.ret->i4 != 0;
  return status;
}

}  // namespace leanclr::interop
