// Importer: the state of one method's import, shared by the import_*.cpp files. Private to ir/.
//
// How it works. IL is read once, front to back. The evaluation stack is simulated: each entry is a Value that says
// where the operand is now: in its own temporary (Temp), still in a local (Register), a constant, or the address of a
// local. Only what is consumed is materialised, so `ldloc; ldc; add; stloc` becomes one instruction.
//
// Every entry owns a position in the frame, the sum of the sizes below it. Results are written to the position of the
// entry they push; a call's arguments therefore lie side by side where the callee's frame begins, once they are
// materialised. A local that is assigned while the stack still names it is copied to those entries' positions first.
// Locals whose address is taken are never named lazily, since a store through the address would not be seen; but see
// Variable::tracked. Fields of a value that lies in the frame are named lazily as well: a register is a byte offset.
//
// At block boundaries (branch targets, handlers) all entries are Temps; entry_states_ keeps their kinds for the block
// that is reached by a forward branch. Code that nothing reaches is skipped: branches on constants (typeof comparisons,
// IsSupported) thereby remove what they guard.
//
// A small method may be imported where it is called (import_inline.cpp): an Importer of its own goes on with the caller's
// Output. Its arguments are the caller's entries, read where they are; its locals are entries above them; its own stack
// begins at floor_.
//
// References: locals and arguments that hold references are roots for the whole method (Body::roots); temporaries are
// listed per safepoint (add_safepoint), just those that are on the stack there.
#pragma once

#include <memory>
#include <unordered_map>

#include "base/list.h"
#include "ir/builder.h"
#include "ir/il_instruction.h"
#include "ir/importer.h"
#include "metadata/method_body.h"
#include "types/generated.h"

namespace leanclr::ir {

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
/// Sizes of value types that cross the call must be known before their stack entries are made.
Status size_signature(types::TypeSystem& types, const MethodSignature& signature);
/// Adds what a value of `type` that lies at `offset` in a frame refers to; `kind` is its stack kind.
void add_roots(List<Root>& roots, const Type& type, StackKind kind, uint32_t offset);

enum class Condition : uint8_t { Eq, Ne, Lt, Le, Gt, Ge, LtUn, LeUn, GtUn, GeUn };

struct Value {
  enum Form : uint8_t {
    Temp,          // in its own position
    Register,      // in the local at `reg`
    Constant,      // `constant` (floats as their bits)
    FrameAddress,  // the address of the frame at `reg`
    TypeToken,     // the RuntimeTypeHandle of `token`
    Mirror,        // the RuntimeType of `token`
    Widened,       // an int64 whose low half is the int32 at `reg`; see is_unsigned
  };
  StackKind kind = StackKind::I4;
  Form form = Temp;
  uint32_t position = 0;   // bytes from the frame's start
  uint32_t size = 8;       // bytes, whole slots
  uint32_t reg = 0;
  int64_t constant = 0;
  /// Vt: the value type; Ref: a type that the object is known to have; ByRef: what it refers to; I4: the type of the
  /// variable that the value was read from, or IntPtr. Null: not known; for I4 an int32.
  Type* type = nullptr;
  Type* token = nullptr;
  bool is_null = false;        // Ref: from ldnull, so of every type
  bool tracked = false;        // FrameAddress: of a tracked variable. Register: in one, see Variable::tracked
  bool is_copy = true;         // FrameAddress: what it is of may be changed
  bool is_unsigned = false;    // Widened: without its sign
  bool not_negative = false;   // Widened: the int32 is known to have none
  bool is_default_comparer = false;  // stands for EqualityComparer<T>.Default, whose Equals follows
  bool not_null = false;       // known to be an object or an address
  Method* function = nullptr;  // what ldftn and ldvirtftn gave; kept until the value is stored
  bool is_dispatched = false;  // by ldvirtftn
};

struct Variable {
  Type* type = nullptr;
  StackKind kind = StackKind::I4;
  Access access = Access::I4;
  uint32_t offset = 0;
  bool address_taken = false;
  /// A span, or another ref struct, whose address is taken but stays in sight: it is a FrameAddress until it is read or
  /// written through, or `this` of a call. So it is named lazily like a variable without an address.
  bool tracked = false;
  bool bound = false;         // an inlined method's argument that is only read: it is `value`
  uint32_t entry = kNoEntry;  // an inlined method's local that holds nothing yet: its entry on the stack
  Value value;
  static constexpr uint32_t kNoEntry = ~0u;
  bool is_small() const { return access < Access::I4 && kind == StackKind::I4; }
};

/// What a method shares with those imported inside it.
struct Output {
  Builder builder;
  List<Value> stack;
  uint32_t stack_base = 0;
  uint32_t high_water = 0;
  uint32_t inlined_words = 0;
  Effort effort = Effort::Draft;
  bool is_draft = false;          // a call was left alone that Effort::Full would try to inline
  List<uint32_t> exposed;  // frame offsets of tracked variables whose address got out of sight
  /// Constants that code in loops needs lie in registers of their own, filled when the method is entered.
  struct ConstantSlot {
    StackKind kind;
    int64_t value;
  };
  List<ConstantSlot> constants;
  uint32_t first_constant = 0;    // register; kMostConstants are kept where the method has a loop
  uint32_t most_constants = 0;
  uint32_t last_put = ~0u;        // the last put.i4 into a slot's lower half
};

class Importer {
 public:
  Importer(ImportEnvironment& environment, Method& method, Effort effort);
  /// For a method that is imported inside its caller.
  Importer(Importer& caller, Method& method, const metadata::MethodBody& il);
  Result<Body*> run();
  /// The variables that only seemed to be tracked; where run() found some, another attempt must know them.
  List<uint32_t>& exposed() { return output_.exposed; }

  // --- used by the intrinsics (intrinsics.cpp)
  Value pop();
  Value& top(uint32_t below = 0) { return stack_[stack_.size() - 1 - below]; }
  uint32_t push(StackKind kind, Type* type = nullptr);
  void push_value(const Value& value);
  void push_address(Value value);
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
  Status invalid(const char* why);
  Status invalid(const std::string& why) { return invalid(why.c_str()); }
  Status load_type_mirror(Type& type);
  /// Is what is about to be pushed there for nothing but a call of `owner`'s method, after its arguments were loaded?
  Result<bool> calls_next_on_top(Type& owner, std::string_view method, int arguments);
  Status import_new_default(Type& type);
  /// The constructor that Activator.CreateInstance<T>() calls. Errors: MissingMethod.
  Result<Method*> default_constructor(Type& type);
  /// Does the constructor do nothing that could throw?
  Result<bool> is_quiet(Method& constructor);
  /// `type` is Complete. Gives the instruction's index, a safepoint.
  uint32_t emit_new(uint32_t destination, const Type& type);

 private:
  // importer.cpp: the driver
  bool is_activator(const Method& method) const;
  Result<const types::GeneratedMethod*> activator_code();
  Status prepare_variables();
  Status lay_out_variables();
  Status decode();
  Status trigger_module_initializer();
  void find_loops();
  bool is_loop_entry(const IlInstruction& jump, size_t condition, size_t& end) const;
  bool is_in_loop(uint32_t il) const;
  bool is_in_hot_code() const;
  Status import_loop_entry(const IlInstruction& jump);
  static constexpr uint32_t kNoRegister = ~0u;
  uint32_t register_of_constant(const Value& value);
  Status import_code();
  Status enter_block(uint32_t il);
  Status import_instruction(const IlInstruction& instruction);
  Status check_prefix();
  void throw_deferred(const ErrorView& error);
  Status finish(Body& body);
  std::string place() const;

  // values.cpp: the simulated stack
  uint32_t top_position() const { return stack_.empty() ? stack_base_ : stack_.back().position + stack_.back().size; }
  void materialize(Value& value);
  void move_to(uint32_t destination, Value& value);
  void materialize_all();
  void flush_aliases(uint32_t offset, uint32_t bytes);
  /// Entries that lie in tracked variables go to their own positions: a call may change those.
  void flush_tracked();
  void pack_halves(uint32_t destination, uint32_t source);
  /// Builder::redirect of the instruction that wrote the whole of a temporary.
  bool redirect(const Value& value, uint32_t to, bool again = false);
  void load_variable(const Variable& variable);
  Status store_variable(Variable& variable);
  void load_variable_address(Variable& variable);
  void coerce(Value& value, StackKind kind);
  Status need(uint32_t count);
  void emit_load_frame(Access access, uint32_t destination, uint32_t source, uint32_t bytes);
  void emit_store_frame(Access access, uint32_t destination, uint32_t source, uint32_t bytes);
  bool fuse_span_access(const Value& address, Access access, bool stores, uint32_t reg);
  bool last_is_in_range(ElementType type) const;

  // import_arithmetic.cpp
  Status import_arithmetic(const IlInstruction& instruction);
  Status arithmetic(Il op);
  Status byref_arithmetic(Il op, Value a, Value b);
  Type* converted_type(Il op) const;
  Status checked_arithmetic(Il op);
  Status shift(Il op);
  Status convert(Il op);
  bool widen(const Value& value, bool is_unsigned);
  bool narrow(const Value& value, Il op);
  bool divide_narrow(Il op, Value& a, Value& b);
  Status compare(Condition condition);
  static bool comparable(const Value& a, const Value& b, Condition condition);
  bool fold_i4(Il op, const Value& a, const Value& b);

  // import_branches.cpp
  Status import_branch(const IlInstruction& instruction);
  Status branch_compare(Condition condition, uint32_t target);
  void emit_compare_branch(Op op, uint32_t left, uint32_t right, uint32_t target);
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
  void change_frame(const Value& address, uint32_t bytes);

  // import_calls.cpp
  Status import_call(const IlInstruction& instruction);
  Status import_newobj(metadata::Token token);
  Status import_calli(metadata::Token token);
  Status import_jmp(metadata::Token token);
  Status import_function_pointer(const IlInstruction& instruction);
  Result<Address> function_pointer(Method& method);
  Status emit_call(Method& method, const MethodSignature& signature, bool is_virtual);
  void pass_tracked_this(Value& self, const Type& owner);
  Status constrained_call(Type& constraint, Method*& method, bool& is_virtual);
  Status array_call(Method& method);
  Status new_array(Type& array_type, uint32_t arguments);
  Status new_delegate(Type& type);
  Status new_string(Method& constructor, const MethodSignature& signature);
  Result<uint32_t> pass_arguments(const MethodSignature& signature, uint32_t implicit);
  void push_result(const MethodSignature& signature);

  // import_inline.cpp
  /// True when the method's code was imported in place of the call. The arguments are on the stack, but for the new
  /// object's when it constructs one.
  Result<bool> try_inline(Method& method, const MethodSignature& signature, bool null_check, bool constructs = false);
  InlineFacts& inline_facts(Method& method);
  bool may_inline(const Method& method, const InlineFacts& facts) const;
  Status import_inlined(const InlineFacts& facts, bool null_check);
  Status construct();
  bool assigns_whole_this() const;
  /// The frame at `reg` belongs to what some inlined method's argument was bound to: it should have been copied.
  void change_argument(uint32_t reg);
  bool is_tracked(const Variable& variable) const;
  Status bind_arguments(const InlineFacts& facts);
  void bind_new_object(Variable& argument);
  void bind(Variable& argument, const Value& to);
  void push_locals();
  bool is_stored_first(uint32_t local) const;
  void begin_local(Variable& local);
  void zero(uint32_t position, uint32_t bytes);
  Status import_inlined_return();
  void place_result(Value& value);
  void push_inlined_result(Importer& callee, const MethodSignature& signature);

  // operand_types.cpp
  /// An int32 or smaller, not a native integer.
  static bool is_int32(const Value& value);
  /// The Value::type of what arithmetic on the two gives.
  Type* integer_type(const Value& a, const Value& b) const;
  Type* common_base(Type& one, Type& other);
  /// What two paths bring to one place on the stack.
  bool merge(Value& known, const Value& other);
  /// A byref, a native integer, or zero.
  static bool is_address(const Value& value);
  /// May memory that holds an `actual` be read as a `wanted`?
  bool reads_as(Type& actual, Type& wanted);
  /// Is the value an address that a `target` may be read through?
  bool points_to(const Value& address, Type& target);
  /// The same for an address that others may write a `target` through.
  bool is_cell_of(const Value& address, Type& target);
  /// Is the value a reference that may be to a `target`?
  bool refers_to(const Value& value, Type& target);
  /// May the value be stored where a `target` (Sized) is expected, but for conversions that coerce() makes?
  Status check_value(const Value& value, Type& target);
  enum class Receiver : uint8_t { Address, Value, Boxed };
  /// May a field or method of `owner` be used on it? `form`: where an instance of a value type may be, beside its address.
  Status check_receiver(const Value& object, Type& owner, Receiver form = Receiver::Address);
  /// The arguments on the stack; `owner` is null where it is not known.
  Status check_arguments(const MethodSignature& signature, Type* owner);
  /// May a delegate of `type` be made of the function, with its first argument bound or not? (§II.14.6.1)
  Status check_delegate(const MethodSignature& function, Type& owner, const MethodSignature& invoke, const Value& target);
  /// Can the reference be an array with such elements?
  Status check_element(const Value& array, Type& element, bool stores = false);
  Status check_closed(const Type& owner, const Method* method = nullptr);

  // import_objects.cpp
  Status import_object(const IlInstruction& instruction);
  Status import_token(metadata::Token token);
  Status import_typed_reference(const IlInstruction& instruction);
  Status dup();
  Result<bool> import_unused_box(const Value& value, Type& type);
  Result<Type*> type_operand(const IlInstruction& instruction, types::TypeState state);

  // intrinsics.cpp
  /// True when the call was turned into instructions.
  Result<bool> try_intrinsic(Method& method, const MethodSignature& signature);

  /// The entries of this method's own evaluation stack.
  size_t depth() const { return stack_.size() - floor_; }
  void clear_stack() { stack_.resize(floor_); }
  uint32_t label(uint32_t il) const { return first_label_ + il; }

  ImportEnvironment& environment_;
  types::TypeSystem& types_;
  Method& method_;
  types::Assembly& assembly_;
  types::GenericContext context_;
  Arena& arena_;
  metadata::MethodBody il_;
  std::unique_ptr<Output> own_output_;  // null in an inlined method
  Output& output_;
  Builder& builder_;
  List<Value>& stack_;
  List<IlInstruction> instructions_;
  struct Loop {
    uint32_t begin, end;  // IL offsets
  };
  List<Loop> loops_;
  bool inverts_ = false;  // the next conditional branch is imported as its opposite
  List<Variable> arguments_, locals_;
  List<uint16_t> clause_slots_;
  uint32_t& stack_base_;
  uint32_t& high_water_;
  uint32_t first_label_ = 0;
  bool reachable_ = true;
  bool this_is_kept_ = false;  // an instance method that never assigns its `this`
  // Of an inlined method.
  Importer* caller_ = nullptr;
  size_t floor_ = 0;             // where its stack begins
  size_t first_argument_ = 0;    // in stack_
  uint32_t base_ = 0;            // the position of the first argument, where the result goes
  uint32_t inlined_ = 0;         // its number in the Body
  uint32_t marks_from_ = 0;      // code before this IL offset counts as the caller's
  bool constructs_ = false;      // called by newobj
  bool tracks_ = true;
  bool lost_track_ = false;
  uint64_t changed_arguments_ = 0;  // bound, but changed by way of their address: the attempt has failed
  bool returns_by_jump_ = false;
  bool has_result_ = false;
  Value result_;                 // at the only return
  bool has_localloc_ = false;
  uint32_t current_il_ = 0;
  const IlInstruction* current_ = nullptr;
  uint32_t skip_until_ = 0;      // code before this IL offset is dealt with
  // Prefixes of the instruction under way.
  Type* constrained_ = nullptr;
  bool readonly_ = false;
  enum LeaderFlags : uint8_t { kLeader = 1, kBackwardTarget = 2, kInstruction = 4 };
  List<uint8_t> il_flags_;
  struct EntryState {
    uint32_t il, first, count;  // a run of entry_values_
  };
  EntryState* entry_state(uint32_t il);
  void push_entry(const EntryState& state);
  void set_entry_state(uint32_t il, std::span<const Value> values);
  List<EntryState> entry_states_;
  HashTable<uint32_t> entry_index_;  // position in entry_states_, plus 1, by IL offset
  List<Value> entry_values_;
  uint32_t last_entry_ = 0;  // the highest IL offset that has one
};

}  // namespace leanclr::ir
