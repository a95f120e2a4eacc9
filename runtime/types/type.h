// Type, Field and Method: what the rows of an assembly mean, resolved (§I.8, §II.10–II.16).
//
// Plain structs in the loader's arena, one per type, field and method *instance*: List<int> and List<string> are
// two Types with Methods of their own (generics are not shared). Identity is the address; managed handles
// (RuntimeTypeHandle and its kin) are that address, so everything here lies in the region.
// A Type is built in steps (TypeState); TypeSystem moves it forward and fills the fields that the step names.
// What it is not: behaviour. Resolution, layout and vtables live in TypeSystem's files; code in ir/.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/ref.h"
#include "base/text.h"
#include "metadata/signature.h"
#include "metadata/tables.h"

namespace leanclr::ir {
struct Body;
}
namespace leanclr::abi {
struct NativeEntry;
}

namespace leanclr::types {

using metadata::ElementType;
class Assembly;
struct Method;
struct Type;

/// How far a type has been built. Each step includes those before it.
enum class TypeState : uint8_t {
  Named,    // identity: assembly, token, name, generic arguments, element
  Linked,   // parent, declaring type, flags, generic parameters, methods (rows), fields (rows)
  Sized,    // field offsets, sizes, reference maps, static layout
  Complete, // vtable, interfaces
  Failed,   // building it failed; TypeSystem keeps the error and gives it again
};

/// The state of a type's static constructor (§II.10.5.3).
enum class CctorState : uint8_t { None, Pending, Running, Done, Failed };

struct TypeFlags {
  bool value_type : 1;       // structs, enums and primitives; not the class System.ValueType itself
  bool enumeration : 1;
  bool primitive : 1;        // bool, char, integers, floats, native ints
  bool nullable : 1;         // an instance of Nullable<T>; `element` is T
  bool interface : 1;
  bool abstract_ : 1;
  bool sealed : 1;
  bool by_ref_like : 1;      // ref struct
  bool has_references : 1;   // instances (or the value) hold object references (Sized)
  bool has_byrefs : 1;       // the value holds byrefs (Span and other ref structs) (Sized)
  bool has_finalizer : 1;    // overrides Object.Finalize (Complete)
  bool delegate : 1;         // derives from MulticastDelegate
  bool before_field_init : 1;
  bool generic_definition : 1;            // List<> itself
  bool contains_generic_parameters : 1;   // open: has Var or MVar somewhere inside; never instantiated or run
  bool explicit_layout : 1;
  bool blittable : 1;        // value type without references, bools or chars inside (Sized)
  bool has_static_references : 1;
};

/// Offsets of the object references in an instance, in bytes. For reference types from the object's start
/// (header included), for value types from the value's start.
using RefMap = std::span<const uint32_t>;

struct Field {
  Type* declaring_type = nullptr;
  Type* type = nullptr;        // null until Linked → Sized; then resolved in the declaring type's context
  std::string_view name;
  metadata::RowNumber row = 0; // in the declaring type's assembly
  uint16_t attributes = 0;     // §II.23.1.5
  bool is_static = false;
  bool is_literal = false;
  bool is_thread_static = false;
  bool has_rva = false;
  /// Instance: bytes from the object's start (header included) for reference types, from the value's start for
  /// value types. Static: bytes into Type::statics (or the thread static block). RVA: unused.
  uint32_t offset = 0;
  /// RVA statics: the data inside the image's bytes, checked to hold the field's whole size.
  const uint8_t* rva_data = nullptr;
};

struct MethodSignature {
  Type* return_type = nullptr;
  std::span<Type*> parameters;       // without `this`
  bool has_this = false;
  uint8_t calling_convention = 0;    // metadata::SignatureFlags & kSigKindMask
  uint32_t generic_parameters = 0;
};

/// §II.23.1.10 and §II.23.1.11, as far as the runtime asks.
enum MethodAttributes : uint16_t {
  kMethodAccessMask = 0x0007, kMethodStatic = 0x0010, kMethodFinal = 0x0020, kMethodVirtual = 0x0040,
  kMethodHideBySig = 0x0080, kMethodNewSlot = 0x0100, kMethodAbstract = 0x0400, kMethodSpecialName = 0x0800,
  kMethodRTSpecialName = 0x1000, kMethodPInvokeImpl = 0x2000,
};
enum MethodImplAttributes : uint16_t {
  kImplCodeTypeMask = 0x0003, kImplIL = 0, kImplNative = 1, kImplRuntime = 3, kImplInternalCall = 0x1000,
  kImplSynchronized = 0x0020, kImplNoInlining = 0x0008, kImplAggressiveInlining = 0x0100,
};

struct Method {
  // Hot: what a call reads.
  ir::Body* body = nullptr;              // importable code, set by the interpreter when first called
  const abi::NativeEntry* native = nullptr;  // the bound target of an extern method, set when first called
  Type* declaring_type = nullptr;
  /// Slot in the declaring type's vtable, or in the interface's method list; kNoSlot when not virtual.
  static constexpr uint16_t kNoSlot = 0xFFFF;
  uint16_t slot = kNoSlot;
  uint16_t attributes = 0;               // MethodAttributes
  uint16_t impl_attributes = 0;          // MethodImplAttributes
  uint16_t intrinsic = 0;                // row of ir/intrinsics.cpp's table + 1, 0: not looked up yet, 0xFFFF: none
  std::string_view name;
  metadata::RowNumber row = 0;           // MethodDef row; 0 for runtime-made methods (array accessors, …)
  uint32_t rva = 0;
  /// The same method of the generic type definition (this, when the declaring type is not an instance), and for
  /// an instance of a generic method the generic method definition, on the same declaring type.
  Method* definition = nullptr;
  std::span<Type*> generic_parameters;   // of a generic method definition: MVar types
  std::span<Type*> generic_arguments;    // of an instance; empty otherwise
  const MethodSignature* signature = nullptr;  // null until TypeSystem::signature_of

  bool is_static() const { return attributes & kMethodStatic; }
  bool is_virtual() const { return attributes & kMethodVirtual; }
  bool is_abstract() const { return attributes & kMethodAbstract; }
  bool is_final() const { return attributes & kMethodFinal; }
  bool is_pinvoke() const { return attributes & kMethodPInvokeImpl; }
  bool is_internal_call() const { return impl_attributes & kImplInternalCall; }
  bool is_runtime() const { return (impl_attributes & kImplCodeTypeMask) == kImplRuntime; }
  bool is_constructor() const { return (attributes & kMethodRTSpecialName) && is(name, ".ctor"); }
  bool is_generic_definition() const { return !generic_parameters.empty() && generic_arguments.empty(); }
};

/// One interface that a type implements. `methods` is a cache by Method::slot that find_implementation fills slot by
/// slot (empty until the first call): ask find_implementation, never read it directly.
struct InterfaceEntry {
  Type* interface = nullptr;
  std::span<Method*> methods;
};

struct Type {
  // Hot: read by the collector, the interpreter's casts, dispatch and allocation.
  ElementType element_type = ElementType::End;  // Class/ValueType for generic instances and enums
  TypeState state = TypeState::Named;
  CctorState cctor_state = CctorState::None;    // None: no static constructor
  uint8_t rank = 0;                             // arrays: 1 for vectors
  TypeFlags flags{};
  uint32_t instance_size = 0;   // bytes of an object with its header; arrays: offset of the data; strings: 12
  uint32_t value_size = 0;      // bytes as a field, local or array element; references: 4
  uint32_t alignment = 0;       // of the value: 1, 2, 4 or 8
  uint32_t element_size = 0;    // arrays: bytes of one element
  RefMap references;            // instance references
  RefMap byrefs;                // byref fields of a ref struct, like `references` (Sized)
  Type* parent = nullptr;
  std::span<Type*> ancestors;   // [0] is System.Object, the last one is this; empty for interfaces
  std::span<Method*> vtable;    // Complete
  std::span<InterfaceEntry> interfaces;  // Complete; every interface, inherited ones included
  std::span<Type*> declared_interfaces;  // the part of them that this type's own rows name, directly or not
  uint8_t* statics = nullptr;   // Sized, once it has static fields; in the region
  RefMap static_references;     // offsets in `statics`

  // Identity.
  Assembly* assembly = nullptr;
  metadata::RowNumber row = 0;  // TypeDef row; generic instances: the definition's
  std::string_view name;        // "List`1", "Outer" (nested names without the outer); arrays and the like: element's + suffix
  std::string_view name_space;
  uint32_t attributes = 0;      // §II.23.1.15
  Type* declaring_type = nullptr;         // of a nested type (the definition's)
  Type* element = nullptr;      // arrays, pointers, byrefs: the element; enums: the underlying type; Nullable<T>: T
  Type* definition = nullptr;   // generic instances: the definition; else this
  std::span<Type*> generic_parameters;    // of a definition: Var types
  std::span<Type*> generic_arguments;     // of an instance (of a definition: its own parameters)
  uint32_t parameter_index = 0;           // Var and MVar
  Method* declaring_method = nullptr;     // MVar
  const MethodSignature* function = nullptr;  // FnPtr
  uint32_t hash = 0;                      // stable within a runtime
  uint8_t nesting = 0;                    // how deep elements and arguments nest: bounded, so recursion is too
  uint8_t building = 0;                   // TypeBuilder's marks

  // Members (Linked).
  std::span<Field> fields;
  std::span<Method> methods;              // declared by this type, in row order; runtime-made ones last
  Method* static_constructor = nullptr;
  Method* finalizer = nullptr;            // Complete: the Finalize that overrides Object's
  uint32_t thread_static_size = 0;        // Sized
  uint32_t thread_static_index = 0;       // 1-based number of the type's block in every thread
  RefMap thread_static_references;

  // Derived types and mirrors, made on demand.
  Type* vector_of = nullptr;    // T[]
  Type* pointer_to = nullptr;
  Type* byref_to = nullptr;
  Ref<void> mirror;             // its System.RuntimeType object, a root (vm/)
  uint32_t cctor_error = 0;      // handle of the TypeInitializationException of a failed constructor (interp/)

  bool is_reference() const { return !flags.value_type && !is_pointer_like(); }
  /// Byrefs, pointers and function pointers: 32-bit addresses, not object references.
  bool is_pointer_like() const {
    return element_type == ElementType::ByRef || element_type == ElementType::Ptr || element_type == ElementType::FnPtr;
  }
  bool is_array() const { return element_type == ElementType::SzArray || element_type == ElementType::Array; }
  bool is_generic_instance() const { return definition != this && !generic_arguments.empty(); }
  /// This class or one of its bases is `base` (Linked; interfaces have no bases).
  bool derives_from(const Type& base) const {
    size_t depth = base.ancestors.size();
    return depth && depth <= ancestors.size() && ancestors[depth - 1] == &base;
  }
  /// Enums answer their underlying type (Linked; until then, and where that fails, themselves), everything else itself.
  const Type* underlying() const { return flags.enumeration && element ? element : this; }
};

/// What Var and MVar mean in a method or type.
struct GenericContext {
  std::span<Type*> type_arguments;
  std::span<Type*> method_arguments;
};
inline GenericContext context_of(const Type& type) { return {type.generic_arguments, {}}; }
inline GenericContext context_of(const Method& method) {
  return {method.declaring_type->generic_arguments,
          method.generic_arguments.empty() ? method.generic_parameters : method.generic_arguments};
}

/// Bytes of an object's header: type at 0, lock word at 4.
constexpr uint32_t kObjectHeaderBytes = 8;
/// Where a vector's elements start: header, bounds at 8, length at 12.
constexpr uint32_t kArrayDataOffset = 16;
/// Where a string's code units start: header, length at 8.
constexpr uint32_t kStringCharsOffset = 12;

}  // namespace leanclr::types
