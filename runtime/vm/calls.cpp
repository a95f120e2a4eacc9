// Static methods by key, and what an exception looks like from outside.
#include "base/list.h"
#include "base/utf.h"
#include "interp/trace.h"
#include "vm/entry.h"

namespace leanclr::vm {

using types::ElementType;
using types::Method;
using types::Type;

namespace {

/// "Ns.Outer+Inner::Method" → namespace, type, method.
struct MemberName {
  std::string_view name_space, type, method;
};
MemberName split(std::string_view name) {
  size_t colons = name.rfind("::");
  MemberName result;
  result.method = name.substr(colons + 2);
  std::string_view type = name.substr(0, colons);
  size_t outer_end = type.find_first_of("+/");
  size_t dot = type.substr(0, outer_end).rfind('.');
  result.name_space = dot == std::string_view::npos ? std::string_view() : type.substr(0, dot);
  result.type = dot == std::string_view::npos ? type : type.substr(dot + 1);
  return result;
}

}  // namespace

Result<Method*> Clr::find_method(std::string_view text) {
  interop::Key key = TRY(interop::parse_key(text));
  if (key.name.find("::") == std::string::npos)
    return failure_with(ErrorKind::Argument, "'%' names no method: expected Namespace.Type::Method", {key.text()});
  MemberName member = split(key.name);
  List<Method*> found;
  auto search = [&](types::Assembly& assembly) -> Status {
    Type* type = TRY(types_->find_type(assembly, member.name_space, member.type));
    if (!type) return {};
    TRY(types_->ensure(*type, types::TypeState::Linked));
    for (Method& method : type->methods) {
      if (!is(method.name, member.method) || !method.is_static() || method.is_generic_definition()) continue;
      std::string full = types_->full_name(method);
      if (key.parameters.empty() || full.substr(full.find('(')) == key.parameters) found.push_back(&method);
    }
    return {};
  };
  if (!key.library.empty()) TRY(search(*TRY(types_->load_assembly(key.library, "the host"))));
  else
    for (size_t i = 0; i < types_->assemblies().size() && found.empty(); ++i) TRY(search(*types_->assemblies()[i]));
  if (found.empty())
    return failure_with(ErrorKind::MissingMethod, "no static method '%' in the loaded assemblies", {key.text()});
  if (found.size() > 1) {
    std::string list;
    for (Method* method : found) list += (list.empty() ? "" : ", ") + types_->full_name(*method);
    return failure_with(ErrorKind::AmbiguousEntry, "'%' has several overloads: %", {key.text(), list});
  }
  return found[0];
}

/// What may collect before a call. The arguments may be references: they wait in a rooted place meanwhile. Short calls from
/// outside come to no safepoint of their own, however much is allocated between them.
Status Clr::prepare_call(Method& method, const abi::Slot* args) {
  const bool is_cctor_due = method.declaring_type->cctor_state == types::CctorState::Pending;
  OwningList<gc::Local<gc::Object>> kept;
  const types::MethodSignature& signature = *TRY(types_->signature_of(method));
  const abi::Slot* arg = args;
  auto keep = [&] { kept.add(new gc::Local<gc::Object>(*heap_, arg->object.get())); };
  if (signature.has_this) {
    if (!method.declaring_type->flags.value_type) keep();
    ++arg;
  }
  for (Type* type : signature.parameters) {
    TRY(types_->ensure(*type, types::TypeState::Sized));
    if (type->is_reference()) keep();
    arg += abi::slots_for(type->value_size);
  }
  Status status;
  if (is_cctor_due) status = thread_->run_static_constructor(*method.declaring_type);
  else thread_->safepoint();
  while (!kept.empty()) {  // in the order that Locals want
    delete kept.back();
    kept.pop_back();
  }
  return status;
}

Status Clr::call(Method& method, const abi::Slot* args, abi::Slot* ret, bool is_virtual) {
  if (!started()) return failure(ErrorKind::InvalidOperation, "the runtime is not started");
  Entry entry(*this);
  Status status = needs_preparing(method) ? prepare_call(method, args) : Status();
  if (status.ok()) status = is_virtual ? thread_->invoke_virtual(method, args, ret) : thread_->invoke(method, args, ret);
  if (status.ok()) return {};
  return describe(status.take_error());
}

void Clr::enter_callback(uint32_t number, const abi::Slot* args, abi::Slot* ret) {
  // C goes on after an exception; what it calls until it returns to managed code does nothing.
  if (thread_->has_exception()) return;
  const bool is_inside_call = limits.entries() > 0;
  Entry entry(*this);
  Status status = registry_->native_code().enter(*thread_, number, args, ret);
  if (status.ok()) return;
  if (is_inside_call) return thread_->leave_pending(status.take_error());
  const Error error = describe(status.take_error());
  write_error("Unhandled exception in a function called by native code. " + (last_exception_.text.empty() ? error.to_string() : last_exception_.text) + "\n");
}

Result<uint32_t> Clr::begin_call(Method& method, const abi::Slot* args, abi::Slot* ret) {
  if (!started()) return failure(ErrorKind::InvalidOperation, "the runtime is not started");
  Entry entry(*this);
  Status status = needs_preparing(method) ? prepare_call(method, args) : Status();
  if (!status.ok()) return describe(status.take_error());
  Stack& stack = *TRY(free_stack(false));
  const uint32_t call = stack.call = ++last_call_;
  TRY(begin(stack, Work::Call, method, args));
  if (stack.work == Work::Call && stack.call == call) return call;
  // It may have been the last to end, or have ended before what ran while it waited.
  for (EndedCall& ended : ended_calls_)
    if (ended.call == call) std::swap(ended, ended_calls_.back());
  uint32_t ended = 0;
  TRY(take_call(&ended, ret));
  return 0u;
}

void Clr::end_call(Stack& stack, Status status) {
  EndedCall ended;
  ended.call = stack.call;
  if (!status.ok()) {
    ended.error = describe(status.take_error());
    ended.exception = std::move(last_exception_);
    ended.exception_handle = std::exchange(last_exception_handle_, 0);
  } else if (stack.method->signature->return_type->is_reference() && stack.result[0].object) {
    ended.handle = heap_->new_handle(stack.result[0].object, gc::HandleKind::Normal);
  }
  if (stack.method->signature->return_type->element_type != ElementType::Void) ended.result = stack.result;
  ended_calls_.push_back(std::move(ended));
}

Status Clr::take_call(uint32_t* call, abi::Slot* ret) {
  *call = 0;
  if (ended_calls_.empty()) return {};
  Entry entry(*this);
  EndedCall ended = std::move(ended_calls_.back());
  ended_calls_.pop_back();
  *call = ended.call;
  last_exception_ = std::move(ended.exception);
  std::swap(last_exception_handle_, ended.exception_handle);
  if (ended.exception_handle) heap_->free_handle(ended.exception_handle);
  if (ended.error.kind() != ErrorKind::None) return std::move(ended.error);
  std::copy(ended.result.begin(), ended.result.end(), ret);
  if (ended.handle) {
    ret->object = heap_->handle_target(ended.handle);
    heap_->free_handle(ended.handle);
  }
  return {};
}

void Clr::leave_others() {
  // Who waits for what this call did is gone on with soon.
  if (main_.has_ended || !ended_calls_.empty() || next_ready()) schedule(0);
  if (!main_.entry && !has_calls()) end_outermost();
}

bool Clr::has_calls() const {
  for (const Stack* stack : stacks_)
    if (stack->work == Work::Call) return true;
  return !ended_calls_.empty();
}

Error Clr::describe(Error error) {
  if (error.kind() == ErrorKind::ProcessExit && ended_by_exception_) {
    if (!main_.entry && limits.entries() == 0) ended_by_exception_ = false;  // else the run ends by it as well
    return last_error();
  }
  last_exception_ = {};
  if (error.kind() != ErrorKind::ManagedException) return error;
  gc::Local<gc::Object> exception(*heap_, thread_->take_exception());
  last_exception_ = describe_exception(exception);
  if (!last_exception_handle_) last_exception_handle_ = heap_->new_handle(exception, gc::HandleKind::Normal);
  else heap_->set_handle_target(last_exception_handle_, exception);
  return last_error();
}

Error Clr::last_error() const {
  return Error(ErrorKind::ManagedException, last_exception_.type + ": " + last_exception_.message);
}

gc::Object* Clr::reference_property(gc::Object* object, std::string_view name) {
  for (Type* type = object->type; type; type = type->parent) {
    Method* getter = types_->find_method(*type, name, 0);
    if (!getter) continue;
    abi::Slot self, result;
    self.object = object;
    Status status = thread_->invoke_virtual(*getter, &self, &result);
    if (!succeeded(status)) {
      thread_->take_exception();
      return nullptr;
    }
    return result.object.get();
  }
  return nullptr;
}

std::string Clr::text_property(gc::Object* object, std::string_view name) {
  auto* text = static_cast<objects::String*>(reference_property(object, name));
  return text ? to_utf8(text->view()) : std::string();
}

namespace {

/// The trace as the runtime itself knows it, for when CoreLib's StackTrace cannot be had (trimmed away, or it fails).
std::string plain_stack(objects::ObjectModel& objects, gc::Object* exception) {
  std::string text;
  for (const interp::TraceEntry& entry : interp::trace_of(objects, exception)) {
    text += (text.empty() ? "   at " : "\n   at ") + interp::plain_name(objects.types(), *entry.method);
  }
  return text;
}

}  // namespace

bool Clr::show_inner_exception() {
  if (!last_exception_.inner) return false;
  last_exception_ = ExceptionInfo(std::move(*last_exception_.inner));
  heap_->set_handle_target(last_exception_handle_, objects::field_at<Ref<gc::Object>>(last_exception_object(), objects_->fields().exception_inner));
  return true;
}

ExceptionInfo Clr::describe_exception(gc::Object* exception, uint32_t depth) {
  gc::Local<gc::Object> kept(*heap_, exception);
  ExceptionInfo info;
  info.type = types_->full_name(*exception->type);
  info.message = text_property(kept, "get_Message");
  info.stack = text_property(kept, "get_StackTrace");
  if (info.stack.empty()) info.stack = plain_stack(*objects_, kept);
  constexpr uint32_t kMaxInner = 32;
  gc::Object* inner = depth < kMaxInner ? reference_property(kept, "get_InnerException") : nullptr;
  if (inner) info.inner = std::make_unique<ExceptionInfo>(describe_exception(inner, depth + 1));
  if (depth > 0) return info;
  info.text = text_property(kept, "ToString");
  if (info.text.empty())
    info.text = info.type + (info.message.empty() ? "" : ": " + info.message) + (info.stack.empty() ? "" : "\n" + info.stack);
  return info;
}

}  // namespace leanclr::vm
