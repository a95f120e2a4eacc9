// Importer: the state of one method's import, shared by the import_*.cpp files. Private to ir/.
//
// How it works. IL is read once, front to back. The evaluation stack is simulated: each entry is a Value that says
// where the operand is now: in its own temporary (Temp), still in a local (Register), a constant, or the address of a
// local. Only what is consumed is materialised, so `ldloc; ldc; add; stloc` becomes one instruction.
//
// Every entry owns a position in the frame, the sum of the sizes below it. Results are written to the position of the
// entry they push; a call's arguments therefore lie side by side where the callee's frame begins, once they are
// materialised. A local that is assigned while the stack still names it is copied to those entries' positions first.
// Locals whose address is taken are never named lazily, since a store through the address would not be seen.
//
// At block boundaries (branch targets, handlers) all entries are Temps; entry_states_ keeps their kinds for the block
// that is reached by a forward branch. Code that nothing reaches is skipped: branches on constants (typeof comparisons,
// IsSupported) thereby remove what they guard.
//
// References: locals and arguments that hold references are roots for the whole method (Body::roots); temporaries are
// listed per safepoint (add_safepoint), just those that are on the stack there.
#pragma once

#include <unordered_map>
#include <vector>

#include "ir/builder.h"
#include "ir/importer.h"
#include "metadata/il_opcodes.h"
#include "metadata/method_body.h"

namespace leanclr::ir {

using metadata::Il;
using types::ElementType;
using types::Method;
using types::MethodSignature;
using types::Type;

/// §I.12.3.2.1 on a 32-bit machine: native int is I4, floats are told apart.
enum class StackKind : uint8_t { I4, I8, R4, R8, Ref, ByRef, Vt };

/// How a value of a type is read from and written to memory.
enum class Access : uint8_t { I1, U1, I2, U2, I4, I8, Vt };

StackKind stack_kind_of(const Type& type);
Access access_of(const Type& type);  // Sized
/// Adds what a value of `type` that lies at `offset` in a frame refers to; `kind` is its stack kind.
void add_roots(std::vector<Root>& roots, const Type& type, StackKind kind, uint32_t offset);

enum class Condition : uint8_t { Eq, Ne, Lt, Le, Gt, Ge, LtUn, LeUn, GtUn, GeUn };

struct Value {
  enum Form : uint8_t {
    Temp,          // in its own position
    Register,      // in the local at `reg`
    Constant,      // `constant` (floats as their bits)
    FrameAddress,  // the address of the frame at `reg`
    TypeToken,     // the RuntimeTypeHandle of `token`
    Mirror,        // the RuntimeType of `token`
  };
  StackKind kind = StackKind::I4;
  Form form = Temp;
  uint32_t position = 0;   // bytes from the frame's start
  uint32_t size = 8;       // bytes, whole slots
  uint32_t reg = 0;
  int64_t constant = 0;
  /// Vt: the value type; Ref: a type that the object is known to have; ByRef: what it refers to; integers: the type of
  /// the variable that the value was read from. Null where not known, but for Vt.
  Type* type = nullptr;
  Type* token = nullptr;
  bool is_null = false;        // Ref: from ldnull, so of every type
  Method* function = nullptr;  // what ldftn and ldvirtftn gave; kept until the value is stored
};

struct Variable {
  Type* type = nullptr;
  StackKind kind = StackKind::I4;
  Access access = Access::I4;
  uint32_t offset = 0;
  bool address_taken = false;
  bool is_small() const { return access < Access::I4 && kind == StackKind::I4; }
};

/// A decoded IL instruction.
struct IlInstruction {
  uint32_t offset = 0, next = 0;
  Il op = Il::Nop;
  int64_t operand = 0;       // branch targets absolute; floats as bits; switch: number of targets
  uint32_t targets_at = 0;   // switch: offset of the target table
};
Result<IlInstruction> decode_il(Bytes code, uint32_t offset);
uint32_t switch_target(Bytes code, const IlInstruction& instruction, uint32_t index);

class Importer {
 public:
  Importer(ImportEnvironment& environment, Method& method);
  Result<Body*> run();

  // --- used by the intrinsics (intrinsics.cpp)
  Value pop();
  Value& top(uint32_t below = 0) { return stack_[stack_.size() - 1 - below]; }
  uint32_t push(StackKind kind, Type* type = nullptr);
  void push_value(const Value& value);
  void push_constant(int32_t value);
  /// The register that holds the value now; materialises it if it has none.
  uint32_t reg_of(Value& value);
  Builder& code() { return builder_; }
  ImportEnvironment& environment() { return environment_; }
  types::TypeSystem& types() { return types_; }
  const types::WellKnownTypes& known() const { return types_.known(); }
  void binary(Op op, StackKind result, Type* type = nullptr);
  void unary(Op op, StackKind result, Type* type = nullptr);
  void load_from(Value address, uint32_t offset, Type& type);
  void store_to(Value address, uint32_t offset, Type& type, Value value);
  void add_offset(Value base, Value bytes, bool subtract);
  /// Records which temporaries hold references at `pc`: those on the stack and those just popped, where the
  /// instruction reads them after a collection.
  void add_safepoint(uint32_t pc, std::initializer_list<const Value*> operands = {});
  Status invalid(std::string_view why);
  Status load_type_mirror(Type& type);
  Status import_new_default(Type& type);

 private:
  // importer.cpp: the driver
  Status prepare_variables();
  Status lay_out_variables();
  Status find_leaders();
  Status trigger_module_initializer();
  Status import_code();
  Status enter_block(uint32_t il);
  Status import_instruction(const IlInstruction& instruction);
  void throw_deferred(const ErrorView& error);
  Status finish(Body& body);
  std::string place() const;

  // values.cpp: the simulated stack
  uint32_t top_position() const { return stack_.empty() ? stack_base_ : stack_.back().position + stack_.back().size; }
  void materialize(Value& value);
  void move_to(uint32_t destination, Value& value);
  void materialize_all();
  void flush_aliases(uint32_t offset);
  void load_variable(const Variable& variable);
  Status store_variable(const Variable& variable);
  void load_variable_address(Variable& variable);
  void coerce(Value& value, StackKind kind);
  Status need(uint32_t count);
  void emit_load_frame(Access access, uint32_t destination, uint32_t source, uint32_t bytes);
  void emit_store_frame(Access access, uint32_t destination, uint32_t source, uint32_t bytes);
  bool last_is_in_range(ElementType type) const;
  void dup();

  // import_arithmetic.cpp
  Status import_arithmetic(const IlInstruction& instruction);
  Status arithmetic(Il op);
  Status checked_arithmetic(Il op);
  Status shift(Il op);
  Status convert(Il op);
  Status compare(Condition condition);
  bool fold_i4(Il op, const Value& a, const Value& b);

  // import_branches.cpp
  Status import_branch(const IlInstruction& instruction);
  Status branch_compare(Condition condition, uint32_t target);
  Status branch_on(bool when, uint32_t target);
  Status jump(uint32_t target, bool leaves = false);
  static bool is_in_filter(const metadata::ExceptionClause& clause, uint32_t at);
  Status check_handlers(uint32_t target, bool leaves = false);
  Status import_switch(const IlInstruction& instruction);
  Status import_leave(uint32_t target);
  Status import_return();
  Status record_entry(uint32_t target);
  bool fuse_branch(bool when, const Value& value, uint32_t target);

  // import_memory.cpp
  Status import_memory(const IlInstruction& instruction);
  Status import_field(const IlInstruction& instruction);
  Status import_static_field(Il op, types::Field& field);
  Status import_indirect(const IlInstruction& instruction);
  Status import_element(const IlInstruction& instruction);
  Status load_element(Type& element);
  Status store_element(Type& element);
  void trigger_cctor(Type& type);
  void trigger_own_cctor();

  // import_calls.cpp
  Status import_call(const IlInstruction& instruction);
  Status import_newobj(metadata::Token token);
  Status import_calli(metadata::Token token);
  Status import_jmp(metadata::Token token);
  Status import_function_pointer(const IlInstruction& instruction);
  Status emit_call(Method& method, const MethodSignature& signature, bool is_virtual);
  Status constrained_call(Type& constraint, Method*& method, bool& is_virtual);
  Status array_call(Method& method);
  Status new_array(Type& array_type, uint32_t arguments);
  Status new_delegate(Type& type);
  Status new_string(Method& constructor, const MethodSignature& signature);
  Result<uint32_t> pass_arguments(const MethodSignature& signature, uint32_t implicit);
  void push_result(const MethodSignature& signature);

  // operand_types.cpp
  /// An int32 or smaller for certain, as far as variables, constants and arithmetic tell; not a native integer.
  static bool is_int32(const Value& value);
  Type* common_base(Type& one, Type& other);
  /// What two paths bring to one place on the stack.
  bool merge(Value& known, const Value& other);
  /// A byref, or an integer that is not known to be an int32.
  static bool is_address(const Value& value);
  /// May the address be that of a `target`, as far as it is known what it is of?
  bool points_to(const Value& address, Type& target);
  /// Is the value a reference that may be to a `target`?
  bool refers_to(const Value& value, Type& target);
  /// May the value be stored where a `target` (Sized) is expected, but for conversions that coerce() makes?
  Status check_value(const Value& value, Type& target);
  /// May a field or method of `owner` be used on it? `boxed`: a value type's instance is in its box.
  Status check_receiver(const Value& object, Type& owner, bool boxed = false);
  /// The arguments on the stack; `owner` is null where it is not known.
  Status check_arguments(const MethodSignature& signature, Type* owner);
  /// May a delegate of `type` be made of the function, with its first argument bound or not? (§II.14.6.1)
  Status check_delegate(const MethodSignature& function, Type& owner, const MethodSignature& invoke, const Value& target);
  /// Can the reference be an array with such elements?
  Status check_element(const Value& array, Type& element);
  Status check_closed(const Type& owner, const Method* method = nullptr);

  // import_objects.cpp
  Status import_object(const IlInstruction& instruction);
  Status import_token(metadata::Token token);
  Status import_typed_reference(const IlInstruction& instruction);
  Result<Type*> type_operand(const IlInstruction& instruction, types::TypeState state);

  // intrinsics.cpp
  /// True when the call was turned into instructions.
  Result<bool> try_intrinsic(Method& method, const MethodSignature& signature);

  ImportEnvironment& environment_;
  types::TypeSystem& types_;
  Method& method_;
  types::Assembly& assembly_;
  types::GenericContext context_;
  Arena& arena_;
  metadata::MethodBody il_;
  Builder builder_;
  std::vector<Variable> arguments_, locals_;
  std::vector<uint16_t> clause_slots_;
  std::vector<Value> stack_;
  uint32_t stack_base_ = 0;
  uint32_t high_water_ = 0;
  bool reachable_ = true;
  bool has_localloc_ = false;
  uint32_t current_il_ = 0;
  // Prefixes of the instruction under way.
  Type* constrained_ = nullptr;
  bool readonly_ = false;
  enum LeaderFlags : uint8_t { kLeader = 1, kBackwardTarget = 2, kInstruction = 4 };
  std::vector<uint8_t> il_flags_;
  std::unordered_map<uint32_t, std::vector<Value>> entry_states_;
};

}  // namespace leanclr::ir
