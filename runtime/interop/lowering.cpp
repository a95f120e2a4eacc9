// See lowering.h.
#include "interop/lowering.h"

namespace leanclr::interop {
namespace {

/// The letter of the one scalar that a struct consists of; 0 when it is more.
char single_scalar(const Form& form) {
  if (form.letter != 's') return form.letter;
  if (form.fields.size() != 1 || form.fields[0].form->size != form.size) return 0;
  return single_scalar(*form.fields[0].form);
}

char letter_of(const Form* form) {
  const char letter = form ? single_scalar(*form) : 'i';
  return letter == 'p' ? 'i' : letter;
}

}  // namespace

Result<Lowering> lower(const Plan& plan) {
  Lowering lowering;
  const bool has_result = !plan.result.form || plan.result.form->letter != 'v';
  char result = plan.preserve_sig ? letter_of(plan.result.form) : 'i';
  lowering.result = plan.preserve_sig && plan.result.form ? plan.result.form->kind : Kind::I4;
  lowering.returns_through_pointer = result == 0;
  lowering.abi = result ? std::string(1, result) : "vi";
  for (const PlannedValue& value : plan.parameters) {
    const char letter = letter_of(value.form);
    lowering.parameters.push_back({value.native_slot, letter == 0});
    lowering.abi += letter ? letter : 'i';
    if (letter == 0) lowering.is_trivial = false;
  }
  if (!plan.preserve_sig && has_result) {
    lowering.parameters.push_back({static_cast<uint16_t>(plan.native_slots - 1), false});
    lowering.abi += 'i';
  }
  if (lowering.returns_through_pointer) lowering.is_trivial = false;
  lowering.slots = plan.native_slots;
  if (!lowering.is_trivial && sizeof(void*) > sizeof(Address))
    return failure(ErrorKind::MarshalDirective, "on 64-bit hosts a struct by value wants a C++ function whose type is known: register_pinvoke<&function>");
  return lowering;
}

Status call_lowered(NativeCode& code, interp::Thread& thread, const NativeFunction& function, const Lowering& lowering, const Slot* args, Slot* ret) {
  if (lowering.is_trivial) {
    TRY(code.call(thread, function, args, ret));
    widen(lowering.result, ret);
    return {};
  }
  List<Slot> arguments;
  // The result may lie where the arguments do; C reads on while it writes.
  const List<Slot> copies(args, args + lowering.slots);
  args = copies.data();
  if (lowering.returns_through_pointer) arguments.emplace_back().address = address_of(ret);
  for (const Lowering::Value& value : lowering.parameters) {
    Slot& slot = arguments.emplace_back();
    if (value.by_pointer) slot.address = address_of(&args[value.slot]);
    else slot = args[value.slot];
  }
  Slot none;
  return code.call(thread, function, arguments.data(), lowering.returns_through_pointer ? &none : ret);
}

void widen(Kind kind, Slot* slot) {
  switch (kind) {
    case Kind::I1: slot->i4 = static_cast<int8_t>(slot->i4); return;
    case Kind::I2: slot->i4 = static_cast<int16_t>(slot->i4); return;
    case Kind::U1: slot->i4 = static_cast<uint8_t>(slot->i4); return;
    case Kind::Char: case Kind::U2: slot->i4 = static_cast<uint16_t>(slot->i4); return;
    default: return;
  }
}

}  // namespace leanclr::interop
