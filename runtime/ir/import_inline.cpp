// Import of small methods where they are called. See importer_state.h for how that works.
//
// The code is what the call would have run, place by place: a Body knows which of its instructions come from which
// inlined call, so stack traces do not change. What goes wrong while a method is imported so is taken back, and the
// call is made after all. What it is not: a decision about hot code; size and shape decide.
#include <algorithm>

#include "base/list.h"
#include "ir/importer_state.h"

namespace leanclr::ir {
namespace {

constexpr uint32_t kTinyBytes = 8;              // ldarg.0, ldarg.1, stfld, ret
constexpr uint32_t kMostBytes = 40;             // of IL
constexpr uint32_t kMostBytesAggressive = 1000;  // marked AggressiveInlining: often most of it is decided on import
constexpr uint32_t kMostWords = 80;             // that one call may become
constexpr uint32_t kMostWordsInside = 600;      // of inlined code in one method
constexpr uint32_t kMostNesting = 6;
constexpr uint32_t kMostLocals = 8;

/// Straight on or forwards, without what needs a frame of its own.
bool has_fitting_code(InlineFacts& facts) {
  Bytes code = facts.il.code;
  bool this_is_next = false;
  for (uint32_t at = 0; at < code.size();) {
    Result<IlInstruction> decoded = decode_il(code, at);
    if (!decoded.ok()) {
      (void)decoded.take_error();
      return false;
    }
    const IlInstruction& instruction = decoded.value();
    if (this_is_next && instruction.op != Il::Ldfld) facts.only_reads_this = false;
    this_is_next = false;
    switch (instruction.op) {
      case Il::Throw: case Il::Rethrow: case Il::Jmp: case Il::Localloc: case Il::Arglist: case Il::Mkrefany:
      case Il::Refanyval: case Il::Refanytype: case Il::Switch: case Il::Leave: case Il::Endfinally: case Il::Endfilter:
        return false;
      case Il::Starg:
      case Il::Ldarga: {
        if (instruction.operand >= 64) return false;
        uint64_t& arguments = instruction.op == Il::Starg ? facts.stored_arguments : facts.address_arguments;
        arguments |= uint64_t{1} << instruction.operand;
        if (instruction.operand == 0) facts.only_reads_this = false;
        break;
      }
      case Il::Ldarg: this_is_next = instruction.operand == 0; break;
      default:
        if (instruction.op >= Il::Br && instruction.op <= Il::BltUn && instruction.operand <= at) return false;
    }
    at = instruction.next;
  }
  return true;
}

bool has_il(const Method& method) {
  constexpr uint16_t kOwnFrame = types::kImplNoInlining | types::kImplSynchronized | types::kImplInternalCall;
  return method.rva != 0 && !(method.impl_attributes & kOwnFrame) && !method.is_runtime() && !method.is_pinvoke() &&
         !method.is_abstract();
}

}  // namespace

InlineFacts& Importer::inline_facts(Method& method) {
  const Method* key = method.definition ? method.definition : &method;
  if (InlineFacts* known = environment_.inline_facts.find(hash_address(key), [&](const InlineFacts* facts) { return facts->method == key; }))
    return *known;
  InlineFacts& facts = environment_.owned_facts.add(new InlineFacts);
  facts.method = key;
  environment_.inline_facts.insert(hash_address(key), &facts);
  if (!has_il(method) || is_activator(method)) return facts;
  if (environment_.is_replaced && environment_.is_replaced(environment_.context, method)) return facts;
  const metadata::Image& image = method.declaring_type->assembly->image();
  auto read = [&]() -> Status {
    Bytes bytes = TRY(image.at_rva(method.rva));
    facts.il = TRY(metadata::read_method_body(bytes, static_cast<uint32_t>(bytes.data() - image.bytes().data())));
    return {};
  };
  Status status = read();
  bool aggressive = method.impl_attributes & types::kImplAggressiveInlining;
  if (!status.ok()) (void)status.take_error();
  facts.is_tiny = facts.il.code.size() <= kTinyBytes;
  if (status.ok()) facts.fits = facts.il.code.size() <= (aggressive ? kMostBytesAggressive : kMostBytes) && facts.il.clauses.empty() && has_fitting_code(facts);
  return facts;
}

bool Importer::may_inline(const Method& method, const InlineFacts& facts) const {
  if (!facts.fits || output_.inlined_words > kMostWordsInside) return false;
  if (output_.effort == Effort::Draft && !facts.is_tiny && !is_in_hot_code()) {
    output_.is_draft = true;
    return false;
  }
  uint32_t nesting = 0;
  for (const Importer* importer = this; importer; importer = importer->caller_) {
    bool recursive = importer->method_.rva == method.rva && is(importer->method_.name, method.name);
    if (recursive || ++nesting > kMostNesting) return false;
    // What runs once is not worth it.
    if (!importer->caller_ && is(importer->method_.name, ".cctor")) return false;
  }
  return true;
}

/// In a loop of the method itself.
bool Importer::is_in_hot_code() const {
  const Importer* root = this;
  while (root->caller_) root = root->caller_;
  return root->is_in_loop(root->current_il_);
}

Importer::Importer(Importer& caller, Method& method, const metadata::MethodBody& il)
    : environment_(caller.environment_),
      types_(caller.types_),
      method_(method),
      assembly_(*method.declaring_type->assembly),
      context_(types::context_of(method)),
      arena_(caller.arena_),
      il_(il),
      output_(caller.output_),
      builder_(output_.builder),
      stack_(output_.stack),
      stack_base_(output_.stack_base),
      high_water_(output_.high_water),
      caller_(&caller) {}

Result<bool> Importer::try_inline(Method& method, const MethodSignature& signature, bool null_check, bool constructs) {
  InlineFacts& facts = inline_facts(method);
  const size_t count = signature.parameters.size() + (signature.has_this && !constructs ? 1 : 0);
  if (depth() < count) return false;
  while (may_inline(method, facts)) {
    const Builder::Mark mark = builder_.mark();
    const List<Value> stack = stack_;
    const uint32_t inlined_words = output_.inlined_words;
    const size_t exposed = output_.exposed.size();
    Importer callee(*this, method, facts.il);
    callee.first_argument_ = stack_.size() - count;
    callee.base_ = count ? stack_[callee.first_argument_].position : top_position();
    callee.constructs_ = constructs;
    callee.tracks_ = facts.tracks;
    Status status = callee.import_inlined(facts, null_check);
    if (status.ok()) {
      push_inlined_result(callee, signature);
      return true;
    }
    (void)status.take_error();
    // Another attempt knows better; or none is made.
    if (callee.changed_arguments_) facts.stored_arguments |= callee.changed_arguments_;
    else if (callee.lost_track_) facts.tracks = false;
    else facts.fits = false;
    builder_.go_back(mark);
    builder_.mark_il(current_il_, inlined_);
    stack_ = stack;
    output_.inlined_words = inlined_words;
    output_.exposed.resize(exposed);
    output_.last_put = ~0u;
  }
  return false;
}

Status Importer::import_inlined(const InlineFacts& facts, bool null_check) {
  const uint32_t start = builder_.position();
  TRY(decode());
  TRY(prepare_variables());
  if (locals_.size() > kMostLocals) return invalid("too many locals to be inlined");
  if (constructs_) TRY(construct());
  TRY(bind_arguments(facts));
  push_locals();
  floor_ = stack_.size();
  if (null_check && !arguments_[0].value.not_null) {
    Value self = arguments_[0].bound ? arguments_[0].value : stack_[first_argument_];
    bool checks = arguments_[0].bound && instructions_.size() > 2 && instructions_[0].op == Il::Ldarg &&
                  instructions_[0].operand == 0 && instructions_[1].op == Il::Ldfld;
    // A null `this` is the caller's exception: its own instruction, or the first field's.
    if (checks) marks_from_ = instructions_[2].offset;
    else builder_.emit(Op::NullCheck, reg_of(self));
  }
  inlined_ = builder_.add_inlined({&method_, caller_->current_il_, caller_->inlined_});
  TRY(import_code());
  const uint32_t words = builder_.position() - start;
  if (words > kMostWords) return invalid("too much code");
  if (!caller_->caller_) output_.inlined_words += words;
  if (changed_arguments_) return invalid("an argument is changed");
  for (uint32_t reg : output_.exposed) lost_track_ |= reg >= base_;
  return lost_track_ ? invalid("an address gets out of sight") : Status();
}

void Importer::change_argument(uint32_t reg) {
  for (Importer* importer = this; importer; importer = importer->caller_)
    for (size_t i = 0; i < importer->arguments_.size(); ++i) {
      const Variable& argument = importer->arguments_[i];
      bool is_alias = argument.bound && argument.tracked;
      if (is_alias && reg >= argument.value.reg && reg < argument.value.reg + argument.value.size) importer->changed_arguments_ |= uint64_t{1} << i;
    }
}

bool Importer::is_tracked(const Variable& variable) const {
  return tracks_ && variable.address_taken && variable.kind == StackKind::Vt && variable.type->flags.by_ref_like;
}

/// The object or value that a constructor is about to fill lies above the constructor's arguments.
Status Importer::construct() {
  Type& type = *method_.declaring_type;
  if (!type.flags.value_type) {
    uint32_t position = push(StackKind::Ref, &type);
    Value object = pop();
    add_safepoint(emit_new(position, type));
    object.not_null = true;
    push_value(object);
  } else {
    uint32_t position = push(stack_kind_of(type), &type);
    // Until it is whole, what its slots hold is nothing to be looked at.
    if (assigns_whole_this()) top().form = Value::Constant;
    else zero(position, top().size);
  }
  return {};
}

/// Does the constructor of a value type write every field, and nothing else to `this`, on its way out? Nothing may collect
/// between those stores.
bool Importer::assigns_whole_this() const {
  const Type& type = *method_.declaring_type;
  if (type.flags.explicit_layout) return false;
  size_t fields = 0;
  for (const types::Field& field : type.fields) fields += !field.is_static;
  List<int64_t> stored;
  size_t uses = 0;
  for (const IlInstruction& instruction : instructions_) {
    const bool begins = instruction.offset != 0 && (il_flags_[instruction.offset] & kLeader);
    if (begins && uses) return false;
    switch (instruction.op) {
      case Il::Ldarg: uses += instruction.operand == 0; break;
      case Il::Ldarga: if (instruction.operand == 0) return false; break;
      case Il::Stfld:
        if (std::find(stored.begin(), stored.end(), instruction.operand) != stored.end()) return false;
        stored.push_back(instruction.operand);
        break;
      case Il::Call: case Il::Callvirt: case Il::Calli: case Il::Newobj: case Il::Newarr: case Il::Box: case Il::Ldstr:
      case Il::Ldtoken: case Il::Ldsfld: case Il::Ldsflda: case Il::Castclass: case Il::Isinst:
        if (!stored.empty()) return false;
        break;
      case Il::Ret: return uses == fields && stored.size() == fields;
      default:
        if (instruction.op >= Il::Br && instruction.op <= Il::BltUn && uses) return false;
    }
  }
  return false;
}

Status Importer::bind_arguments(const InlineFacts& facts) {
  for (size_t i = 0; i < arguments_.size(); ++i) {
    size_t index = first_argument_ + i;
    bool only_read = i == 0 && this_is_kept_ && facts.only_reads_this;
    if (index < stack_.size() && stack_[index].form == Value::FrameAddress && stack_[index].tracked && !only_read) flush_tracked();
  }
  for (size_t i = 0; i < arguments_.size(); ++i) {
    Variable& argument = arguments_[i];
    if (constructs_ && i == 0) {
      bind_new_object(argument);
      continue;
    }
    Value& entry = stack_[first_argument_ + i - (constructs_ ? 1 : 0)];
    coerce(entry, argument.kind);
    argument.tracked = is_tracked(argument);
    bool stored = facts.stored_arguments >> i & 1, address_taken = facts.address_arguments >> i & 1;
    if (stored || (address_taken && !(argument.tracked && entry.form == Value::Register))) {
      materialize(entry);
      entry.kind = argument.kind;
      argument.offset = entry.position;
      continue;
    }
    // An address that is taken for a number must be one.
    bool is_address = entry.form == Value::FrameAddress || (entry.form == Value::Constant && entry.kind == StackKind::ByRef);
    if (entry.kind != argument.kind && is_address) materialize(entry);
    if (entry.form == Value::Widened) materialize(entry);
    bind(argument, entry);
  }
  return {};
}

void Importer::bind_new_object(Variable& argument) {
  Value object = stack_.back();
  if (argument.kind == StackKind::ByRef) {
    object.form = Value::FrameAddress;
    object.reg = object.position;
  }
  bind(argument, object);
}

void Importer::bind(Variable& argument, const Value& to) {
  argument.bound = true;
  Value& value = argument.value = to;
  if (value.form == Value::Temp) {
    value.form = Value::Register;
    value.reg = value.position;
  }
  value.kind = argument.kind;
  value.function = nullptr;
  if (value.kind != StackKind::Ref || !value.type) value.type = argument.type;
}

/// Is the local written by the first code that names it, before anything branches?
bool Importer::is_stored_first(uint32_t local) const {
  for (size_t i = 0; i < instructions_.size(); ++i) {
    const IlInstruction& instruction = instructions_[i];
    if (instruction.offset != 0 && (il_flags_[instruction.offset] & kLeader)) return false;
    if (instruction.op >= Il::Br && instruction.op <= Il::BltUn) return false;
    if (instruction.op != Il::Stloc && instruction.op != Il::Ldloc && instruction.op != Il::Ldloca) continue;
    if (instruction.operand != local) continue;
    if (instruction.op == Il::Ldloca) return i + 1 < instructions_.size() && instructions_[i + 1].op == Il::Initobj;
    return instruction.op == Il::Stloc;
  }
  return false;
}

void Importer::push_locals() {
  for (uint32_t i = 0; i < locals_.size(); ++i) {
    Variable& local = locals_[i];
    local.offset = push(local.kind, local.type);
    local.tracked = is_tracked(local);
    if (is_stored_first(i)) {
      // Until then its slot holds anything: no root.
      top().form = Value::Constant;
      local.entry = static_cast<uint32_t>(stack_.size() - 1);
    } else if (il_.init_locals || local.kind >= StackKind::Ref) {
      zero(local.offset, top().size);
    }
  }
}

void Importer::begin_local(Variable& local) {
  if (local.entry == Variable::kNoEntry) return;
  stack_[local.entry].form = Value::Temp;
  local.entry = Variable::kNoEntry;
}

void Importer::zero(uint32_t position, uint32_t bytes) {
  if (bytes == 8) builder_.emit_extended(Op::LdcI8, position, 0, 0, 0);
  else builder_.emit_extended(Op::ZeroVt, position, 0, 0, bytes);
  builder_.end_peephole();
}

Status Importer::import_inlined_return() {
  Type& type = *TRY(types_.signature_of(method_))->return_type;
  // The last one that anything reaches needs no jump to the end.
  const bool is_last = last_entry_ <= current_il_;
  Value value;
  const bool gives = type.element_type != ElementType::Void;
  if (gives) {
    TRY(need(1));
    value = pop();
    TRY(check_value(value, type));
    coerce(value, stack_kind_of(type));
  }
  if (is_last && !returns_by_jump_) {
    has_result_ = true;
    result_ = value;
  } else {
    if (gives) place_result(value);
    builder_.end_peephole();
    if (!is_last) builder_.emit_jump(Op::Br, 0, label(static_cast<uint32_t>(il_.code.size())));
    returns_by_jump_ = true;
  }
  clear_stack();
  reachable_ = false;
  return {};
}

/// Brings a result to where the caller expects it.
void Importer::place_result(Value& value) {
  if (value.form == Value::Temp && redirect(value, base_, true)) return;
  move_to(base_, value);
}

void Importer::push_inlined_result(Importer& callee, const MethodSignature& signature) {
  Type* type = callee.constructs_ ? callee.method_.declaring_type : signature.return_type;
  reachable_ = callee.has_result_ || callee.returns_by_jump_;
  Value value;
  if (callee.constructs_) {
    value = stack_[callee.first_argument_ + signature.parameters.size()];
    value.form = Value::Temp;
  } else if (callee.has_result_) {
    value = callee.result_;
  }
  stack_.resize(callee.first_argument_);
  if (!reachable_) return clear_stack();
  if (type->element_type != ElementType::Void) {
    StackKind kind = stack_kind_of(*type);
    if (callee.constructs_ || callee.has_result_) {
      // What lay in the callee's part of the frame, or is not what its kind says, moves to the result's place.
      bool names_register = value.form == Value::Register || value.form == Value::FrameAddress || value.form == Value::Widened;
      bool inside = value.form == Value::Temp || (names_register && value.reg >= callee.base_);
      if (inside || value.kind != kind) {
        callee.place_result(value);
        value.form = Value::Temp;
      }
    }
    value.kind = kind;
    value.function = nullptr;
    if (kind != StackKind::Ref || !value.type) value.type = type;
    push_value(value);
  }
}

}  // namespace leanclr::ir
