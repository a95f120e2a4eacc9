// The importer's driver: variables, blocks, the walk over the IL, and the finished Body. See importer_state.h.
#include "ir/importer.h"

#include <algorithm>

#include "abi/slot.h"
#include "base/list.h"
#include "base/text.h"
#include "ir/importer_state.h"
#include "types/generated.h"
#include "ir/synthesize.h"

namespace leanclr::ir {

using metadata::ClauseKind;

namespace {
constexpr uint32_t kMostConstants = 6;
}

Importer::Importer(ImportEnvironment& environment, Method& method, Effort effort)
    : environment_(environment),
      types_(environment.types),
      method_(method),
      assembly_(*method.declaring_type->assembly),
      context_(types::context_of(method)),
      arena_(environment.types.arena()),
      own_output_(std::make_unique<Output>()),
      output_(*own_output_),
      builder_(output_.builder),
      stack_(output_.stack),
      stack_base_(output_.stack_base),
      high_water_(output_.high_water) {
  output_.effort = effort;
}

std::string Importer::place() const {
  std::string text = "IL_";
  append_hex(text, current_il_, 4);
  Result<IlInstruction> instruction = decode_il(il_.code, current_il_);
  if (instruction.ok()) text.append(" ").append(metadata::il_info(static_cast<uint16_t>(instruction.value().op)).name);
  else (void)instruction.take_error();
  return text;
}

Status Importer::invalid(const char* why) {
  std::string message = types_.full_name(method_);
  message.append(" at ").append(place()).append(": ").append(why);
  metadata::Token token(metadata::Table::MethodDef, method_.row);
  return failure(ErrorKind::InvalidProgram, std::move(message), assembly_.image().place(token));
}

Result<Body*> Importer::run() {
  const types::GeneratedMethod* generated = types_.generated_code(method_);
  if (!generated) generated = TRY(activator_code());
  if (generated) {
    il_ = generated->body;
  } else {
    Bytes bytes = TRY(assembly_.image().at_rva(method_.rva));
    uint32_t offset = static_cast<uint32_t>(bytes.data() - assembly_.image().bytes().data());
    il_ = TRY(metadata::read_method_body(bytes, offset));
  }
  TRY(decode());
  find_loops();
  TRY(prepare_variables());
  TRY(lay_out_variables());
  TRY(import_code());
  Body* body = arena_.make<Body>();
  TRY(finish(*body));
  if (arena_.exhausted()) return Error(ErrorKind::OutOfMemory);
  return body;
}

Status Importer::decode() {
  uint32_t size = static_cast<uint32_t>(il_.code.size());
  il_flags_.assign(size + 1, 0);
  instructions_.reserve(size / 2 + 1);
  auto mark = [&](int64_t target, uint32_t from) -> Status {
    if (target < 0 || target >= size) return invalid("a branch leaves the method");
    il_flags_[static_cast<size_t>(target)] |= kLeader;
    if (target <= from) il_flags_[static_cast<size_t>(target)] |= kBackwardTarget;
    return {};
  };
  for (uint32_t at = 0; at < size;) {
    current_il_ = at;
    Result<IlInstruction> decoded = decode_il(il_.code, at);
    if (!decoded.ok()) return invalid(decoded.take_error().message().data());
    instructions_.push_back(decoded.value());
    const IlInstruction& instruction = instructions_.back();
    il_flags_[at] |= kInstruction;
    if (instruction.op >= Il::Br && instruction.op <= Il::BltUn) TRY(mark(instruction.operand, at));
    if (instruction.op == Il::Leave) TRY(mark(instruction.operand, at));
    if (instruction.op == Il::Switch)
      for (uint32_t i = 0; i < instruction.operand; ++i) TRY(mark(switch_target(il_.code, instruction, i), at));
    at = instruction.next;
  }
  for (const metadata::ExceptionClause& clause : il_.clauses) {
    for (uint32_t at : {clause.try_begin, clause.try_end, clause.handler_begin, clause.handler_end})
      il_flags_[at] |= kLeader;
    if (clause.kind == ClauseKind::Filter) il_flags_[clause.filter_begin] |= kLeader;
  }
  il_flags_[size] |= kInstruction;
  for (uint32_t at = 0; at <= size; ++at) {
    current_il_ = at;
    if ((il_flags_[at] & kLeader) && !(il_flags_[at] & kInstruction)) return invalid("a branch into the middle of an instruction");
  }
  return {};
}

/// The register of a constant that an instruction in a loop wants in one; kNoRegister where there is none for it.
uint32_t Importer::register_of_constant(const Value& value) {
  if (output_.most_constants == 0 || value.kind >= StackKind::Ref || !is_in_hot_code()) return kNoRegister;
  size_t index = 0;
  while (index < output_.constants.size() && !(output_.constants[index].kind == value.kind && output_.constants[index].value == value.constant)) ++index;
  if (index == output_.most_constants) return kNoRegister;
  if (index == output_.constants.size()) output_.constants.push_back({value.kind, value.constant});
  return output_.first_constant + static_cast<uint32_t>(index) * 8;
}

Status Importer::prepare_variables() {
  const MethodSignature& signature = *TRY(types_.signature_of(method_));
  if (signature.return_type->flags.value_type) TRY(types_.ensure(*signature.return_type, types::TypeState::Sized));
  auto add = [&](List<Variable>& list, Type& type) -> Status {
    if (type.flags.value_type) TRY(types_.ensure(type, types::TypeState::Sized));
    Variable variable;
    variable.type = &type;
    variable.kind = stack_kind_of(type);
    variable.access = access_of(type);
    list.push_back(variable);
    return {};
  };
  if (signature.has_this) {
    Type& self = *method_.declaring_type;
    TRY(add(arguments_, self.flags.value_type ? *types_.byref_to(self) : self));
  }
  for (Type* parameter : signature.parameters) TRY(add(arguments_, *parameter));
  List<types::LocalVariable> locals = TRY(types_.read_locals(assembly_, il_.local_signature, context_));
  for (const types::LocalVariable& local : locals) TRY(add(locals_, *local.type));
  this_is_kept_ = signature.has_this;
  for (const IlInstruction& instruction : instructions_) {
    if (instruction.op == Il::Starg && instruction.operand == 0) this_is_kept_ = false;
    List<Variable>* list = instruction.op == Il::Ldarga ? &arguments_ : instruction.op == Il::Ldloca ? &locals_ : nullptr;
    if (!list) continue;
    current_il_ = instruction.offset;
    if (static_cast<size_t>(instruction.operand) >= list->size()) return invalid("no such variable");
    (*list)[static_cast<size_t>(instruction.operand)].address_taken = true;
  }
  return {};
}

Status Importer::lay_out_variables() {
  uint32_t offset = 0;
  const List<uint32_t> exposed = std::exchange(output_.exposed, {});
  auto place_all = [&](List<Variable>& list) {
    for (Variable& variable : list) {
      variable.offset = offset;
      uint32_t end = offset + (variable.kind == StackKind::Vt ? abi::slots_for(variable.type->value_size) : 1) * 8;
      bool is_exposed = std::any_of(exposed.begin(), exposed.end(), [&](uint32_t at) { return at >= offset && at < end; });
      variable.tracked = !is_exposed && is_tracked(variable);
      offset = end;
    }
  };
  place_all(arguments_);
  place_all(locals_);
  clause_slots_.clear();
  for (size_t i = 0; i < il_.clauses.size(); ++i, offset += 16) clause_slots_.push_back(static_cast<uint16_t>(offset));
  output_.first_constant = offset;
  output_.most_constants = loops_.empty() ? 0 : kMostConstants;
  offset += output_.most_constants * 8;
  stack_base_ = high_water_ = offset;
  if (offset > 0xF000) return invalid("the method's arguments and locals take more than 60 KiB");
  for (size_t i = 0; i < il_.clauses.size(); ++i) {
    const metadata::ExceptionClause& clause = il_.clauses[i];
    if (!entry_state(clause.handler_begin)) set_entry_state(clause.handler_begin, {});
    if (clause.kind == ClauseKind::Catch || clause.kind == ClauseKind::Filter) {
      Value exception;
      exception.kind = StackKind::Ref;
      exception.form = Value::Register;
      exception.reg = clause_slots_[i];
      exception.position = stack_base_;
      exception.type = known().exception;
      if (clause.kind == ClauseKind::Catch) {
        exception.type = value_or(types_.resolve_type(assembly_, clause.catch_type, context_), exception.type);
      }
      set_entry_state(clause.handler_begin, {&exception, 1});
      high_water_ = std::max(high_water_, stack_base_ + 8);
      if (clause.kind == ClauseKind::Filter) set_entry_state(clause.filter_begin, {&exception, 1});
    }
  }
  return {};
}

namespace {

/// Errors that the code raises when it gets there; everything else makes the whole method invalid.
bool is_deferred(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::FileNotFound:
    case ErrorKind::TypeLoad:
    case ErrorKind::MissingMethod:
    case ErrorKind::MissingField:
    case ErrorKind::EntryPointNotFound:
    case ErrorKind::AmbiguousImplementation:
    case ErrorKind::Verification:
    case ErrorKind::MarshalDirective:
    case ErrorKind::PlatformNotSupported:
      return true;
    default: return false;
  }
}

}  // namespace

/// The static constructor of <Module> runs before any code of its assembly.
Status Importer::trigger_module_initializer() {
  Type& module = *TRY(types_.resolve_type(assembly_, metadata::Token(metadata::Table::TypeDef, 1), {}));
  if (&module == method_.declaring_type) return {};
  TRY(types_.ensure(module, types::TypeState::Sized));
  trigger_cctor(module);
  return {};
}

Status Importer::import_code() {
  uint32_t size = static_cast<uint32_t>(il_.code.size());
  first_label_ = builder_.add_labels(size + 1);
  TRY(trigger_module_initializer());
  if (!caller_) trigger_own_cctor();
  for (const IlInstruction& instruction : instructions_) {
    current_il_ = instruction.offset;
    current_ = &instruction;
    if (has_result_) break;  // nothing reaches what follows
    if (il_flags_[current_il_] & kLeader) TRY(enter_block(current_il_));
    if (!reachable_ || current_il_ < skip_until_) continue;
    if (current_il_ >= marks_from_) builder_.mark_il(current_il_, inlined_);
    Status status = import_instruction(instruction);
    if (status.ok()) continue;
    if (!is_deferred(status.error().kind())) return status;
    throw_deferred(status.take_error());
  }
  if (reachable_) return invalid("the code runs off the end of the method");
  // Where an inlined method has one return, at its end, the last instruction may still be looked at.
  if (!has_result_) builder_.bind(label(size));
  return {};
}

void Importer::throw_deferred(const ErrorView& error) {
  Deferred* deferred = arena_.make<Deferred>();
  deferred->kind = error.kind();
  deferred->message = arena_.copy(error.message());
  builder_.emit_pointer(Op::ThrowError, 0, 0, 0, deferred);
  constrained_ = nullptr;
  readonly_ = false;
  clear_stack();
  reachable_ = false;
}

/// §III.2: a prefix belongs to the instruction behind it, between which nothing branches.
Status Importer::check_prefix() {
  const IlInstruction* end = instructions_.data() + instructions_.size();
  for (const IlInstruction* next = current_ + 1; next < end && !(il_flags_[next->offset] & kLeader); ++next) {
    switch (next->op) {
      case Il::Volatile: case Il::Unaligned: case Il::Tail: case Il::No: case Il::Readonly: case Il::Constrained: continue;
      case Il::Call: case Il::Callvirt: case Il::Ldftn: case Il::Ldelema: return {};
      default: return invalid("a prefix of another instruction");
    }
  }
  return invalid("a prefix of nothing");
}

Status Importer::import_instruction(const IlInstruction& instruction) {
  Il op = instruction.op;
  auto variable = [&](List<Variable>& list) -> Result<Variable*> {
    if (static_cast<size_t>(instruction.operand) >= list.size()) return invalid("no such variable").take_error();
    return &list[static_cast<size_t>(instruction.operand)];
  };
  switch (op) {
    case Il::Nop:
    case Il::Break:
    case Il::Volatile:
    case Il::Unaligned:
    case Il::Tail:
    case Il::No:
      return {};
    case Il::Readonly:
      TRY(check_prefix());
      readonly_ = true;
      return {};
    case Il::Constrained:
      TRY(check_prefix());
      constrained_ = TRY(types_.resolve_type(assembly_, metadata::Token(static_cast<uint32_t>(instruction.operand)), context_));
      return {};
    case Il::Ldarg: load_variable(*TRY(variable(arguments_))); return {};
    case Il::Ldloc: load_variable(*TRY(variable(locals_))); return {};
    case Il::Starg: return store_variable(*TRY(variable(arguments_)));
    case Il::Stloc: return store_variable(*TRY(variable(locals_)));
    case Il::Ldarga: load_variable_address(*TRY(variable(arguments_))); return {};
    case Il::Ldloca: load_variable_address(*TRY(variable(locals_))); return {};
    case Il::Ldnull:
    case Il::LdcI4:
    case Il::LdcI8:
    case Il::LdcR4:
    case Il::LdcR8: {
      Value value;
      value.form = Value::Constant;
      value.constant = instruction.operand;
      value.kind = op == Il::Ldnull ? StackKind::Ref
                   : op == Il::LdcI4 ? StackKind::I4
                   : op == Il::LdcI8 ? StackKind::I8
                   : op == Il::LdcR4 ? StackKind::R4
                                     : StackKind::R8;
      value.is_null = op == Il::Ldnull;
      push_value(value);
      return {};
    }
    case Il::Dup: TRY(need(1)); return dup();
    case Il::Pop: TRY(need(1)); pop(); return {};
    default: break;
  }
  if ((op >= Il::Br && op <= Il::Switch) || op == Il::Leave || op == Il::Ret || op == Il::Throw || op == Il::Rethrow ||
      op == Il::Endfinally || op == Il::Endfilter)
    return import_branch(instruction);
  switch (op) {
    case Il::Call: case Il::Callvirt: case Il::Newobj: case Il::Calli: case Il::Ldftn: case Il::Ldvirtftn: case Il::Jmp:
      return import_call(instruction);
    case Il::Ldfld: case Il::Ldflda: case Il::Stfld: case Il::Ldsfld: case Il::Ldsflda: case Il::Stsfld:
    case Il::Ldobj: case Il::Stobj: case Il::Cpobj: case Il::Initobj: case Il::Cpblk: case Il::Initblk:
    case Il::Localloc: case Il::Ldlen: case Il::Ldelema: case Il::Ldelem: case Il::Stelem: case Il::StindI:
      return import_memory(instruction);
    case Il::Box: case Il::Unbox: case Il::UnboxAny: case Il::Castclass: case Il::Isinst: case Il::Newarr:
    case Il::Ldstr: case Il::Ldtoken: case Il::Sizeof: case Il::Mkrefany: case Il::Refanyval: case Il::Refanytype:
    case Il::Arglist:
      return import_object(instruction);
    default: break;
  }
  if ((op >= Il::LdindI1 && op <= Il::StindR8) || (op >= Il::LdelemI1 && op <= Il::StelemRef)) return import_memory(instruction);
  return import_arithmetic(instruction);
}

Status Importer::finish(Body& body) {
  if (!output_.constants.empty()) {
    Builder entry;
    for (size_t i = 0; i < output_.constants.size(); ++i)
      entry.emit_extended(Op::LdcI8, output_.first_constant + static_cast<uint32_t>(i) * 8, 0, 0, static_cast<uint64_t>(output_.constants[i].value));
    builder_.prepend(entry.words());
  }
  TRY(builder_.finish(arena_, body));
  if (builder_.overflow() || high_water_ > 0xFFF8) return invalid("the method's frame is larger than 64 KiB");
  body.method = &method_;
  body.frame_bytes = high_water_ + 8;
  uint32_t locals_end = stack_base_;
  uint32_t locals_begin = 0;
  for (const Variable& argument : arguments_)
    locals_begin = argument.offset + (argument.kind == StackKind::Vt ? abi::slots_for(argument.type->value_size) : 1) * 8;
  body.argument_bytes = static_cast<uint16_t>(locals_begin);
  body.zero_begin = static_cast<uint16_t>(locals_begin);
  body.zero_end = static_cast<uint16_t>(locals_end);
  body.unbox_this = method_.declaring_type->flags.value_type && !method_.is_static();
  body.has_localloc = has_localloc_;
  body.is_draft = output_.is_draft;
  List<Root> roots;
  for (const List<Variable>* list : {&arguments_, &locals_})
    for (const Variable& variable : *list) add_roots(roots, *variable.type, variable.kind, variable.offset);
  List<Clause> clauses;
  for (size_t i = 0; i < il_.clauses.size(); ++i) {
    const metadata::ExceptionClause& source = il_.clauses[i];
    Clause clause;
    clause.kind = source.kind;
    clause.try_begin = builder_.label(source.try_begin);
    clause.try_end = builder_.label(source.try_end);
    clause.handler_begin = builder_.label(source.handler_begin);
    clause.handler_end = builder_.label(source.handler_end);
    clause.slot = clause_slots_[i];
    bool keeps_first = source.kind == ClauseKind::Catch || source.kind == ClauseKind::Filter;
    add_roots(roots, *known().object, StackKind::Ref, clause.slot + (keeps_first ? 0u : 8u));
    if (source.kind == ClauseKind::Filter) clause.filter_begin = builder_.label(source.filter_begin);
    if (source.kind == ClauseKind::Catch) {
      // An unknown type catches nothing.
      clause.catch_type = value_or<Type*>(types_.resolve_type(assembly_, source.catch_type, context_), nullptr);
    }
    clauses.push_back(clause);
  }
  body.roots = arena_.copy(std::span<const Root>(roots));
  body.clauses = arena_.copy(std::span<const Clause>(clauses));
  return {};
}

Result<Body*> import_method(ImportEnvironment& environment, Method& method, Effort effort) {
  bool replaced = environment.is_replaced && environment.is_replaced(environment.context, method);
  if (replaced || method.is_pinvoke() || method.is_internal_call()) return synthesize_extern(environment, method);
  if (method.is_runtime()) return synthesize_runtime_method(environment, method);
  if (method.rva == 0) {
    std::string name = environment.types.full_name(method);
    return failure_with(ErrorKind::InvalidProgram, method.is_abstract() ? "% is abstract" : "% has no body", {name});
  }
  List<uint32_t> exposed;
  for (;;) {
    Importer importer(environment, method, effort);
    importer.exposed() = exposed;
    Result<Body*> body = importer.run();
    if (!body.ok() || importer.exposed().empty()) return body;
    exposed.insert(exposed.end(), importer.exposed().begin(), importer.exposed().end());
  }
}

}  // namespace leanclr::ir
