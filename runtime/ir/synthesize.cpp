// See synthesize.h.
#include "ir/synthesize.h"

#include "abi/slot.h"
#include "base/list.h"
#include "ir/importer_state.h"

namespace leanclr::ir {
namespace {

using types::TypeState;

/// The frame's part that holds the arguments.
struct Frame {
  Body* body = nullptr;
  uint32_t argument_bytes = 0;
  uint32_t result_bytes = 0;  // 0: void
  List<Root> roots;
};

uint32_t stack_bytes(const Type& type) {
  return stack_kind_of(type) == StackKind::Vt ? abi::slots_for(type.value_size) * 8 : 8;
}

Result<Frame> open_frame(ImportEnvironment& environment, Method& method) {
  types::TypeSystem& types = environment.types;
  const MethodSignature& signature = *TRY(types.signature_of(method));
  Frame frame;
  frame.body = types.arena().make<Body>();
  auto size = [&](Type& type) -> Status {
    return type.flags.value_type ? types.ensure(type, TypeState::Sized) : Status();
  };
  auto add = [&](Type& type) -> Status {
    TRY(size(type));
    add_roots(frame.roots, type, stack_kind_of(type), frame.argument_bytes);
    frame.argument_bytes += stack_bytes(type);
    return {};
  };
  if (signature.has_this) {
    Type& self = *method.declaring_type;
    TRY(add(self.flags.value_type ? *types.byref_to(self) : self));
  }
  for (Type* parameter : signature.parameters) TRY(add(*parameter));
  TRY(size(*signature.return_type));
  if (signature.return_type->element_type != ElementType::Void) frame.result_bytes = stack_bytes(*signature.return_type);
  if (frame.argument_bytes + frame.result_bytes > 0x7000)
    return failure_with(ErrorKind::InvalidProgram, "%: the parameters take more than 28 KiB", {types.full_name(method)});
  return frame;
}

void emit_return(Builder& builder, const Frame& frame, uint32_t result) {
  if (frame.result_bytes == 0) builder.emit(Op::RetVoid);
  else if (frame.result_bytes == 8) builder.emit(Op::Ret, result);
  else builder.emit_extended(Op::RetVt, result, 0, 0, frame.result_bytes);
}

Result<Body*> close_frame(ImportEnvironment& environment, Method& method, Builder& builder, Frame& frame,
                          uint32_t frame_bytes) {
  Body& body = *frame.body;
  body.method = &method;
  body.frame_bytes = frame_bytes;
  body.argument_bytes = static_cast<uint16_t>(frame.argument_bytes);
  body.zero_begin = body.zero_end = body.argument_bytes;
  body.unbox_this = method.declaring_type->flags.value_type && !method.is_static();
  body.roots = environment.types.arena().copy(std::span<const Root>(frame.roots));
  TRY(builder.finish(environment.types.arena(), body));
  return frame.body;
}

}  // namespace

Result<Body*> synthesize_extern(ImportEnvironment& environment, Method& method) {
  Frame frame = TRY(open_frame(environment, method));
  Builder builder;
  // The result goes behind the arguments: a native may read them after it has begun to write it.
  uint32_t result = frame.argument_bytes;
  builder.emit_pointer(Op::CallNative, 0, result, 0, &method);
  emit_return(builder, frame, result);
  return close_frame(environment, method, builder, frame, result + std::max(frame.result_bytes, 8u) + 8);
}

Result<Body*> synthesize_runtime_method(ImportEnvironment& environment, Method& method) {
  types::TypeSystem& types = environment.types;
  if (!method.declaring_type->flags.delegate || !is(method.name, "Invoke"))
    return failure_with(ErrorKind::PlatformNotSupported, "% is not supported on this platform.", {types.full_name(method)});
  Frame frame = TRY(open_frame(environment, method));
  const uint32_t delegates_field = environment.objects.fields().multicast_delegates;
  // Behind the arguments: the list, the index, the length, then the outgoing call.
  const uint32_t list = frame.argument_bytes, index = list + 8, length = list + 16, call = list + 24;
  const uint32_t result = call;
  enum Label : uint32_t { kLoop, kSingle, kLabels };
  Builder builder;
  builder.add_labels(kLabels);
  auto copy_arguments = [&] { builder.emit_extended(Op::MovVt, call, 0, 0, frame.argument_bytes); };
  builder.emit(Op::LoadI4, list, 0, delegates_field);
  builder.emit_branch(Op::BEqI4Imm, list, 0, kSingle);
  builder.emit(Op::Length, length, list);
  builder.emit_immediate(Op::LdcI4, index, 0);
  builder.bind(kLoop);
  copy_arguments();
  builder.emit(Op::LoadElementI4, call, list, index);
  builder.emit_pointer(Op::CallDelegate, call, result, 0, &method);
  builder.emit(Op::AddI4Imm, index, index, 1);
  builder.emit_branch(Op::BLtI4, index, length, kLoop);
  emit_return(builder, frame, result);
  builder.bind(kSingle);
  copy_arguments();
  builder.emit_pointer(Op::CallDelegate, call, result, 0, &method);
  emit_return(builder, frame, result);
  frame.roots.push_back({static_cast<uint16_t>(list), RootKind::Reference});
  uint32_t end = call + std::max(frame.argument_bytes, frame.result_bytes) + 8;
  Result<Body*> body = close_frame(environment, method, builder, frame, end);
  if (body.ok()) {
    body.value()->zero_begin = static_cast<uint16_t>(list);
    body.value()->zero_end = static_cast<uint16_t>(call);
  }
  return body;
}

}  // namespace leanclr::ir
