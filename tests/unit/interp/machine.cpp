// See machine.h.
#include <vector>

#include "unit/interp/machine.h"

namespace leanclr::test {

interp::Thread& Machine::thread() {
  if (!thread_) {
    types::TypeSystem& types = program.types();
    for (types::Type* type : {types.known().object, types.known().string, types.known().exception})
      CHECK(types.ensure(*type, types::TypeState::Complete).ok());
    auto made = interp::Thread::create(*this, program.objects());
    CHECK(made.ok());
    thread_ = made.take_value();
  }
  return *thread_;
}

Result<const abi::NativeEntry*> Machine::bind_native(interp::Thread&, types::Method& method) {
  if (bind) return bind(bind_context, method);
  return Error(ErrorKind::MissingInternalCall, program.types().full_name(method));
}

std::string Machine::run(std::string_view name, std::initializer_list<int32_t> arguments) {
  types::Method* method = program.find(name);
  if (!method) return "no such method";
  std::vector<abi::Slot> slots(arguments.size() + 1);
  size_t i = 0;
  for (int32_t argument : arguments) slots[i++].i4 = argument;
  abi::Slot result;
  Status status = thread().invoke(*method, slots.data(), &result);
  if (status.ok()) return "= " + std::to_string(result.i4);
  if (Error error = status.take_error(); error.kind() != ErrorKind::ManagedException) return error.to_string();
  return "threw " + program.types().full_name(*thread().take_exception()->type);
}

}  // namespace leanclr::test
