// TypeSystem: resolves tokens and names to Types, Methods and Fields, and builds types step by step.
//
// One per runtime. Everything is lazy: adding an assembly indexes nothing; a name index is made at the first
// look-up by name; a type is Named when first mentioned, and moved on by ensure(). Results are interned, so
// pointer equality is type identity. Errors keep: a type that failed to build fails the same way again.
// What it is not: it runs no code (static constructors belong to the interpreter) and allocates no objects.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/list.h"
#include "metadata/image.h"
#include "base/hash_table.h"
#include "types/type.h"
#include "types/well_known.h"

namespace leanclr::types {

/// A loaded assembly: its image and the caches from rows to resolved things. Lives in the TypeSystem.
class Assembly {
 public:
  Assembly(std::unique_ptr<metadata::Image> image, std::string simple_name);
  const metadata::Image& image() const { return *image_; }
  /// "System.Runtime": the Assembly row's name.
  std::string_view name() const { return name_; }
  const std::string& file_name() const { return image_->file_name(); }

  Ref<void> mirror;         // its System.Reflection.RuntimeAssembly object, a root (vm/)
  Ref<void> module_mirror;  // its System.Reflection.RuntimeModule object, a root (vm/)

 private:
  friend class TypeSystem;
  friend class TypeBuilder;
  /// Indexes the top-level types and the forwarders by name; once, when first asked.
  Status index_types();
  Status index_nested_types();
  /// A TypeDef or ExportedType token, or nil.
  Result<metadata::Token> find_top_level(std::string_view name_space, std::string_view name);
  /// A nested TypeDef's row, or 0.
  Result<metadata::RowNumber> find_nested(metadata::RowNumber enclosing, std::string_view name);

  std::unique_ptr<metadata::Image> image_;
  std::string name_;
  List<Type*> type_defs_;               // by TypeDef row
  List<Type*> type_refs_;               // by TypeRef row
  List<Assembly*> assembly_refs_;       // by AssemblyRef row
  List<Method*> member_ref_methods_;    // by MemberRef row: the definition that it names, in any context
  List<Field*> member_ref_fields_;      // likewise
  HashTable<uint32_t> top_level_;              // tokens by namespace and name
  HashTable<uint32_t> nested_;                 // TypeDef rows by enclosing row and name
  bool top_level_indexed_ = false;
  bool nested_indexed_ = false;
};

/// A local variable of a method (§II.23.2.6).
struct LocalVariable {
  Type* type = nullptr;
  bool pinned = false;
};

struct GeneratedMethod;
enum class GeneratedKind : uint8_t;

class TypeSystem {
 public:
  /// Asked for an assembly that is not loaded; may call add_assembly. Answers null when there is none.
  using AssemblyResolver = Assembly* (*)(void* context, std::string_view name, std::string_view requested_by);

  TypeSystem(Region& region, AssemblyResolver resolver, void* resolver_context);
  ~TypeSystem();

  // --- assemblies
  /// `bytes` are borrowed for the runtime's life and lie in the region. Errors: BadImage, with the file's name.
  /// An assembly whose simple name is already loaded is an error (DuplicateEntry).
  Result<Assembly*> add_assembly(std::string file_name, Bytes bytes);
  /// Loaded assemblies only; the name is compared without case, as the CLR does.
  Assembly* find_assembly(std::string_view simple_name) const;
  /// Loaded or resolved. Errors: FileNotFound naming the assembly and `requested_by`.
  Result<Assembly*> load_assembly(std::string_view simple_name, std::string_view requested_by);
  const OwningList<Assembly>& assemblies() const { return assemblies_; }
  /// Simple names that loaded assemblies refer to and that are not loaded.
  std::vector<std::string> missing_references() const;
  /// Looks up the well-known types (System.Private.CoreLib must be loaded). Errors: TypeLoad naming the type.
  Status bind_corelib();
  const WellKnownTypes& known() const { return known_; }

  // --- types by name or token
  /// Follows type forwarders (§II.22.14). `name` may be nested: "Outer/Inner" or "Outer+Inner".
  /// Answers null when the assembly has no such type.
  Result<Type*> find_type(Assembly& assembly, std::string_view name_space, std::string_view name);
  /// The same, but a missing type is TypeLoad.
  Result<Type*> type_by_name(Assembly& assembly, std::string_view name_space, std::string_view name);
  /// TypeDef, TypeRef or TypeSpec.
  Result<Type*> resolve_type(Assembly& assembly, metadata::Token token, const GenericContext& context);
  /// A type inside a signature, at the reader's position.
  Result<Type*> read_type(Assembly& assembly, Reader& reader, const GenericContext& context);

  // --- derived types (interned)
  Result<Type*> vector_of(Type& element);
  Result<Type*> array_of(Type& element, uint32_t rank);  // a general array, also for rank 1
  Type* pointer_to(Type& element);
  Type* byref_to(Type& element);
  Result<Type*> instantiate(Type& definition, std::span<Type* const> arguments);
  Type* function_pointer(const MethodSignature& signature);

  // --- building
  /// Moves a type to at least `state`. Errors: TypeLoad, BadImage, FileNotFound.
  Status ensure(Type& type, TypeState state);
  /// Every type that a type's value or object needs for `state` (fields' types included) comes with it.

  // --- code made at run time (types/generated.h)
  metadata::Token add_generated(GeneratedKind kind, void* item);
  /// What a generated token stands for; null for any other token, and where it is of another kind.
  void* generated(metadata::Token token, GeneratedKind kind) const;
  /// A static method whose code is still to be filled in. The signature's parameters live in the arena.
  Method* add_generated_method(std::string_view name, MethodSignature signature);
  /// Null for all other methods.
  GeneratedMethod* generated_code(const Method& method) const;
  /// Code for a method that has metadata, but no use for its own.
  GeneratedMethod& add_generated_code();

  // --- members
  /// MethodDef, MemberRef or MethodSpec. The declaring type is at least Linked. Errors: MissingMethod with the full name.
  Result<Method*> resolve_method(Assembly& assembly, metadata::Token token, const GenericContext& context);
  /// Field or MemberRef. The declaring type is at least Sized. Errors: MissingField.
  Result<Field*> resolve_field(Assembly& assembly, metadata::Token token, const GenericContext& context);
  /// A `calli` signature (StandAloneSig).
  Result<const MethodSignature*> resolve_call_site(Assembly& assembly, metadata::Token token, const GenericContext& context);
  /// The locals of a body (StandAloneSig; nil gives none).
  Result<List<LocalVariable>> read_locals(Assembly& assembly, metadata::Token token, const GenericContext& context);
  Result<const MethodSignature*> signature_of(Method& method);
  /// The closed method that has this address, as function pointers do; null for any other number.
  Method* method_at(Address address) const;
  Result<Method*> instantiate(Method& definition, std::span<Type* const> arguments);
  /// Do a generic instance's arguments satisfy its definition's constraints (§II.10.1.7)? Open ones always do.
  /// Errors: TypeLoad, and for a method Verification, naming the argument.
  Status check_constraints(Type& instance);
  Status check_constraints(const Method& definition, std::span<Type*> arguments);
  /// The same member of another instance of its generic type.
  Result<Method*> method_on(Type& instance, Method& definition);
  /// By name and number of parameters (or any number with -1); the first declared one, not inherited. Null if none.
  Method* find_method(Type& type, std::string_view name, int parameters = -1);
  Method* find_method(Type& type, const char* name, int parameters = -1);
  Field* find_field(Type& type, std::string_view name);
  Field* find_field(Type& type, const char* name);

  // --- dispatch and assignability
  /// §I.8.7.1: may a `source` be stored where a `target` is expected (reference conversion; boxed value types count
  /// as their type). Includes variance, array covariance, interfaces.
  bool is_assignable(Type& target, Type& source);
  /// The body that a virtual or interface call of `method` reaches on an object of `type` (generic methods
  /// included). Errors: EntryPointNotFound, AmbiguousImplementation.
  Result<Method*> find_implementation(Type& type, Method& method);
  /// §III.2.1 for static abstract members: `constraint` T.Member.
  Result<Method*> find_static_implementation(Type& constraint, Method& method);

  // --- roots and names
  /// Calls visit(context, slot address) for each static reference and each mirror.
  using RootVisitor = void (*)(void* context, Ref<void>* slot);
  void visit_roots(RootVisitor visit, void* context);
  /// "System.Collections.Generic.List`1[System.Int32]", nested with '+' (reflection's FullName form).
  std::string full_name(const Type& type) const;
  /// "Ns.Type::Method(System.Int32,System.String)": registry keys and messages.
  std::string full_name(const Method& method);

  Region& region() { return region_; }
  Arena& arena() { return arena_; }

 private:
  friend class TypeBuilder;
  friend class SignatureDecoder;
  struct Interned;  // hash tables of instances, arrays, function pointers, method instances, kept errors
  /// The index of the first argument that does not fit; their number when all do.
  Result<size_t> violated_constraint(Assembly& assembly, metadata::Token owner, std::span<Type*> arguments,
                                     const GenericContext& context);
  Result<Type*> type_def(Assembly& assembly, metadata::RowNumber row);
  Result<Type*> type_ref(Assembly& assembly, metadata::Token token);
  Result<Type*> find_top_level(Assembly& assembly, std::string_view name_space, std::string_view name, int hops);
  Result<Type*> exported_type(Assembly& assembly, metadata::Token token, int hops);
  Result<Type*> nested_type(Type& enclosing, std::string_view name);
  Result<Assembly*> assembly_ref(Assembly& assembly, metadata::RowNumber row);
  Result<Type*> primitive(ElementType element) const;
  Type* new_type(Assembly* assembly, ElementType element_type);
  Result<Method*> method_def(Assembly& assembly, metadata::RowNumber row);
  Result<Field*> field_def(Assembly& assembly, metadata::RowNumber row);
  Result<Method*> member_ref_method(Assembly& assembly, metadata::Token token, const GenericContext& context);
  Result<Field*> member_ref_field(Assembly& assembly, metadata::Token token, const GenericContext& context);
  Result<Type*> member_ref_parent(Assembly& assembly, metadata::Token parent, const GenericContext& context);
  bool compute_assignable(Type& target, Type& source, int depth);
  Region& region_;
  Arena arena_;
  AssemblyResolver resolver_;
  void* resolver_context_;
  OwningList<Assembly> assemblies_;
  WellKnownTypes known_;
  std::unique_ptr<Interned> interned_;
};

}  // namespace leanclr::types
