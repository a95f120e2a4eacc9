// The intrinsics' bodies and their table. Some of these methods have no usable IL (System.Runtime.CompilerServices.Unsafe
// calls itself), the others are here because everything leans on them.
#include "ir/intrinsics.h"

#include <algorithm>

namespace leanclr::ir {
namespace {

using types::TypeState;
using Signature = const MethodSignature&;

Type& type_argument(Method& method, size_t index = 0) { return *method.generic_arguments[index]; }

Status size_of_argument(Importer& importer, Type& type) { return importer.types().ensure(type, TypeState::Sized); }

// --- Unsafe

/// A byref or reference that becomes one of another type: nothing to do.
Result<bool> reinterpret(Importer& importer, Method& method, Signature signature) {
  Value value = importer.pop();
  StackKind kind = stack_kind_of(*signature.return_type);
  if (kind == StackKind::Ref) value.type = signature.return_type;
  else value.type = signature.return_type->element ? signature.return_type->element : &type_argument(method);
  if (kind == StackKind::ByRef) value.kind = StackKind::ByRef;
  if (kind == StackKind::I4) {
    importer.reg_of(value);
    value.kind = StackKind::I4;
    value.type = importer.known().intptr;
  }
  importer.push_value(value);
  return true;
}

template <bool Subtract, bool Scaled>
Result<bool> add_offset(Importer& importer, Method& method, Signature signature) {
  uint32_t scale = 1;
  if (Scaled) {
    TRY(size_of_argument(importer, type_argument(method)));
    scale = type_argument(method).value_size;
  }
  bool wide = importer.top().kind == StackKind::I8;
  if (wide) return false;
  Value count = importer.pop();
  if (scale != 1) {
    if (count.form == Value::Constant) {
      count.constant *= scale;
    } else if (scale <= 0x7FFF) {
      uint32_t source = importer.reg_of(count);
      bool power = (scale & (scale - 1)) == 0;
      importer.code().emit(power ? Op::ShlI4Imm : Op::MulI4Imm, count.position, source,
                           power ? static_cast<uint32_t>(__builtin_ctz(scale)) : scale);
      count.form = Value::Temp;
    } else {
      importer.push_value(count);
      importer.push_constant(static_cast<int32_t>(scale));
      importer.binary(Op::MulI4, StackKind::I4);
      count = importer.pop();
    }
  }
  Value base = importer.pop();
  bool pointer = stack_kind_of(*signature.return_type) == StackKind::I4;
  base.type = &type_argument(method);
  importer.add_offset(base, count, Subtract);
  if (pointer) {
    Value result = importer.pop();
    importer.reg_of(result);
    result.kind = StackKind::I4;
    result.type = importer.known().intptr;
    importer.push_value(result);
  }
  return true;
}

Result<bool> byte_offset(Importer& importer, Method&, Signature) {
  Value target = importer.pop();
  Value origin = importer.pop();
  uint32_t to = importer.reg_of(target);
  uint32_t from = importer.reg_of(origin);
  importer.code().emit(Op::SubI4, importer.push(StackKind::I4, importer.known().intptr), to, from);
  return true;
}

template <Op Operation>
Result<bool> compare_addresses(Importer& importer, Method&, Signature) {
  importer.binary(Operation, StackKind::I4);
  return true;
}

Result<bool> is_null_ref(Importer& importer, Method&, Signature) {
  importer.push_constant(0);
  importer.binary(Op::CEqI4, StackKind::I4);
  return true;
}

Result<bool> null_ref(Importer& importer, Method& method, Signature) {
  Value value;
  value.kind = StackKind::ByRef;
  value.form = Value::Constant;
  value.type = &type_argument(method);
  importer.push_value(value);
  importer.reg_of(importer.top());  // a constant byref would be read as the address of a static
  return true;
}

Result<bool> size_of(Importer& importer, Method& method, Signature) {
  TRY(size_of_argument(importer, type_argument(method)));
  importer.push_constant(static_cast<int32_t>(type_argument(method).value_size));
  return true;
}

Result<bool> skip_init(Importer& importer, Method&, Signature) {
  importer.pop();
  return true;
}

Result<bool> read(Importer& importer, Method& method, Signature) {
  TRY(size_of_argument(importer, type_argument(method)));
  importer.load_from(importer.pop(), 0, type_argument(method));
  return true;
}

Result<bool> write(Importer& importer, Method& method, Signature) {
  TRY(size_of_argument(importer, type_argument(method)));
  Value value = importer.pop();
  Value address = importer.pop();
  importer.store_to(address, 0, type_argument(method), value);
  return true;
}

Result<bool> copy(Importer& importer, Method& method, Signature) {
  TRY(size_of_argument(importer, type_argument(method)));
  importer.load_from(importer.pop(), 0, type_argument(method));
  Value value = importer.pop();
  Value address = importer.pop();
  importer.store_to(address, 0, type_argument(method), value);
  return true;
}

template <Op Operation>
Result<bool> block(Importer& importer, Method&, Signature) {
  Value size = importer.pop();
  Value source = importer.pop();
  Value destination = importer.pop();
  uint32_t count = importer.reg_of(size);
  uint32_t from = importer.reg_of(source);
  importer.code().emit(Operation, importer.reg_of(destination), from, count);
  return true;
}

/// SpanHelpers.ClearWithoutReferences(ref byte, nuint).
Result<bool> clear(Importer& importer, Method&, Signature) {
  importer.push_constant(0);
  Value zero = importer.pop();
  const uint32_t with = importer.reg_of(zero);
  Value size = importer.pop();
  Value destination = importer.pop();
  const uint32_t count = importer.reg_of(size);
  importer.code().emit(Op::InitBlock, importer.reg_of(destination), with, count);
  return true;
}

/// Unsafe.BitCast: the same bytes as another type; through the frame when the kinds differ.
Result<bool> bit_cast(Importer& importer, Method& method, Signature) {
  Type& from = type_argument(method, 0);
  Type& to = type_argument(method, 1);
  TRY(size_of_argument(importer, from));
  TRY(size_of_argument(importer, to));
  if (from.value_size != to.value_size)
    return failure(ErrorKind::NotSupported, "Unsafe.BitCast between types of different sizes");
  Value value = importer.pop();
  Value address;
  address.kind = StackKind::ByRef;
  address.form = Value::FrameAddress;
  address.reg = importer.reg_of(value);
  importer.load_from(address, 0, to);
  return true;
}

Result<bool> unbox(Importer& importer, Method& method, Signature) {
  Type& type = type_argument(method);
  TRY(size_of_argument(importer, type));
  Value value = importer.pop();
  uint32_t source = importer.reg_of(value);
  importer.code().emit_pointer(Op::Unbox, importer.push(StackKind::ByRef, &type), source, 0, &type);
  return true;
}

// --- RuntimeHelpers, MemoryMarshal

Result<bool> is_reference_or_contains_references(Importer& importer, Method& method, Signature) {
  Type& type = type_argument(method);
  TRY(size_of_argument(importer, type));
  importer.push_constant(type.is_reference() || type.flags.has_references || type.flags.has_byrefs);
  return true;
}

/// True for types that are equal when their bytes are: primitives other than floats, and enums.
Result<bool> is_bitwise_equatable(Importer& importer, Method& method, Signature) {
  TRY(size_of_argument(importer, type_argument(method)));
  const Type& type = *type_argument(method).underlying();
  bool is_float = type.element_type == ElementType::R4 || type.element_type == ElementType::R8;
  importer.push_constant((type.flags.primitive && !is_float) || stack_kind_of(type) == StackKind::I4);
  return true;
}

Result<bool> array_data_reference(Importer& importer, Method& method, Signature) {
  if (method.generic_arguments.empty()) return false;
  Value array = importer.pop();
  uint32_t source = importer.reg_of(array);
  importer.code().emit_extended(Op::OffsetAddress, importer.push(StackKind::ByRef, &type_argument(method)), source, 0,
                                types::kArrayDataOffset);
  return true;
}

/// RuntimeHelpers.GetRawData(object): where an object's fields begin.
Result<bool> raw_data(Importer& importer, Method&, Signature) {
  Value object = importer.pop();
  uint32_t source = importer.reg_of(object);
  importer.code().emit_extended(Op::OffsetAddress, importer.push(StackKind::ByRef, importer.known().uint8), source, 0,
                                types::kObjectHeaderBytes);
  return true;
}

// --- Object, Type, String, Array

Result<bool> get_type(Importer& importer, Method& method, Signature) {
  if (method.declaring_type != importer.known().object) return false;
  Value object = importer.pop();
  uint32_t source = importer.reg_of(object);
  uint32_t pc = importer.code().emit(Op::GetType, importer.push(StackKind::Ref, importer.known().type), source);
  Value result = importer.pop();
  importer.add_safepoint(pc);  // the result is not there yet
  importer.push_value(result);
  return true;
}

Result<bool> type_from_handle(Importer& importer, Method&, Signature) {
  if (importer.top().form != Value::TypeToken) return false;
  Value token = importer.pop();
  TRY(importer.load_type_mirror(*token.token));
  return true;
}

template <bool Equal>
Result<bool> type_equality(Importer& importer, Method&, Signature) {
  Value& b = importer.top(0);
  Value& a = importer.top(1);
  if (a.form == Value::Mirror && b.form == Value::Mirror) {
    bool same = a.token == b.token;
    importer.pop();
    importer.pop();
    importer.push_constant(same == Equal);
    return true;
  }
  importer.binary(Equal ? Op::CEqI4 : Op::CNeI4, StackKind::I4);
  return true;
}

/// typeof(T).IsValueType, folded so that the branch it guards goes away.
Result<bool> type_is_value_type(Importer& importer, Method&, Signature) {
  if (importer.top().form != Value::Mirror) return false;
  Value type = importer.pop();
  importer.push_constant(type.token->flags.value_type);
  return true;
}

Result<bool> string_length(Importer& importer, Method&, Signature) {
  Value object = importer.pop();
  importer.load_from(object, types::kObjectHeaderBytes, *importer.known().int32);
  return true;
}

Result<bool> string_char(Importer& importer, Method&, Signature) {
  importer.binary(Op::StringChar, StackKind::I4);
  return true;
}

/// Span's and ReadOnlySpan's indexers, where the span lies in the frame.
Result<bool> span_item(Importer& importer, Method& method, Signature) {
  if (importer.top(1).form != Value::FrameAddress || importer.top().kind != StackKind::I4) return false;
  Type& span = *method.declaring_type;
  Type& element = *span.generic_arguments[0];
  TRY(size_of_argument(importer, element));
  const types::Field* reference = importer.types().find_field(span, "_reference");
  const types::Field* length = importer.types().find_field(span, "_length");
  if (!reference || !length || reference->offset != 0 || length->offset != 4) return false;
  Value index = importer.pop();
  Value address = importer.pop();
  uint32_t at = importer.reg_of(index);
  importer.code().emit_extended(Op::SpanAddress, importer.push(StackKind::ByRef, &element), address.reg, at, element.value_size);
  return true;
}

Result<bool> array_length(Importer& importer, Method&, Signature) {
  importer.unary(Op::Length, StackKind::I4);
  return true;
}

// --- EqualityComparer<T>.Default of integers and enums

bool is_integer_like(Type& type) {
  StackKind kind = stack_kind_of(type);
  return type.flags.value_type && type.underlying()->flags.primitive && (kind == StackKind::I4 || kind == StackKind::I8);
}

/// Where Equals follows at once, nobody needs the comparer.
Result<bool> default_comparer(Importer& importer, Method& method, Signature) {
  Type& owner = *method.declaring_type;
  if (owner.generic_arguments.size() != 1) return false;
  TRY(size_of_argument(importer, *owner.generic_arguments[0]));
  if (!is_integer_like(*owner.generic_arguments[0])) return false;
  if (!TRY(importer.calls_next_on_top(owner, "Equals", 2))) return false;
  Value none;
  none.kind = StackKind::Ref;
  none.form = Value::Constant;
  none.type = &owner;
  none.is_default_comparer = true;
  importer.push_value(none);
  return true;
}

Result<bool> comparer_equals(Importer& importer, Method&, Signature signature) {
  if (signature.parameters.size() != 2 || !importer.top(2).is_default_comparer) return false;
  StackKind kind = stack_kind_of(*signature.parameters[0]);
  Value b = importer.pop();
  Value a = importer.pop();
  importer.pop();
  uint32_t right = importer.reg_of(b);
  uint32_t left = importer.reg_of(a);
  importer.code().emit(kind == StackKind::I8 ? Op::CEqI8 : Op::CEqI4, importer.push(StackKind::I4, importer.known().boolean), left, right);
  return true;
}

// --- Activator, hardware support, Math

Result<bool> create_instance(Importer& importer, Method& method, Signature) {
  if (method.generic_arguments.size() != 1) return false;
  // A value type's own parameterless constructor and reference types without one take the long way.
  Type& type = type_argument(method);
  if (type.flags.value_type || type.flags.contains_generic_parameters) {
    if (types::Method* constructor = importer.types().find_method(type, ".ctor", 0); constructor) return false;
  } else if (!TRY(importer.is_quiet(*TRY(importer.default_constructor(type))))) {
    return false;
  }
  TRY(importer.import_new_default(type));
  return true;
}

Result<bool> never(Importer& importer, Method&, Signature) {
  importer.push_constant(0);
  return true;
}

template <Op R8, Op R4>
Result<bool> math(Importer& importer, Method&, Signature signature) {
  StackKind kind = stack_kind_of(*signature.return_type);
  if (signature.parameters.size() != 1 || importer.top().kind != kind) return false;
  if (kind == StackKind::R8) importer.unary(R8, kind);
  else if (kind == StackKind::R4 && R4 != Op::Nop) importer.unary(R4, kind);
  else return false;
  return true;
}

constexpr std::string_view kServices = "System.Runtime.CompilerServices";
constexpr std::string_view kInterop = "System.Runtime.InteropServices";
constexpr std::string_view kIntrinsics = "System.Runtime.Intrinsics";

constexpr Intrinsic kIntrinsicTable[] = {
    {kServices, "Unsafe", "As", reinterpret},
    {kServices, "Unsafe", "AsRef", reinterpret},
    {kServices, "Unsafe", "AsPointer", reinterpret},
    {kServices, "Unsafe", "Add", add_offset<false, true>},
    {kServices, "Unsafe", "AddByteOffset", add_offset<false, false>},
    {kServices, "Unsafe", "Subtract", add_offset<true, true>},
    {kServices, "Unsafe", "SubtractByteOffset", add_offset<true, false>},
    {kServices, "Unsafe", "ByteOffset", byte_offset},
    {kServices, "Unsafe", "AreSame", compare_addresses<Op::CEqI4>},
    {kServices, "Unsafe", "IsAddressGreaterThan", compare_addresses<Op::CGtUnI4>},
    {kServices, "Unsafe", "IsAddressGreaterThanOrEqualTo", compare_addresses<Op::CGeUnI4>},
    {kServices, "Unsafe", "IsAddressLessThan", compare_addresses<Op::CLtUnI4>},
    {kServices, "Unsafe", "IsAddressLessThanOrEqualTo", compare_addresses<Op::CLeUnI4>},
    {kServices, "Unsafe", "IsNullRef", is_null_ref},
    {kServices, "Unsafe", "NullRef", null_ref},
    {kServices, "Unsafe", "SizeOf", size_of},
    {kServices, "Unsafe", "SkipInit", skip_init},
    {kServices, "Unsafe", "Read", read},
    {kServices, "Unsafe", "ReadUnaligned", read},
    {kServices, "Unsafe", "Write", write},
    {kServices, "Unsafe", "WriteUnaligned", write},
    {kServices, "Unsafe", "Copy", copy},
    {kServices, "Unsafe", "CopyBlock", block<Op::CopyBlock>},
    {kServices, "Unsafe", "CopyBlockUnaligned", block<Op::CopyBlock>},
    {kServices, "Unsafe", "InitBlock", block<Op::InitBlock>},
    {kServices, "Unsafe", "InitBlockUnaligned", block<Op::InitBlock>},
    {kServices, "Unsafe", "BitCast", bit_cast},
    {kServices, "Unsafe", "Unbox", unbox},
    {kServices, "RuntimeHelpers", "IsReferenceOrContainsReferences", is_reference_or_contains_references},
    {kServices, "RuntimeHelpers", "IsBitwiseEquatable", is_bitwise_equatable},
    {kServices, "RuntimeHelpers", "GetRawData", raw_data},
    {kInterop, "MemoryMarshal", "GetArrayDataReference", array_data_reference},
    {"System", "Object", "GetType", get_type},
    {"System", "Type", "GetTypeFromHandle", type_from_handle},
    {"System", "Type", "op_Equality", type_equality<true>},
    {"System", "Type", "op_Inequality", type_equality<false>},
    {"System", "Type", "get_IsValueType", type_is_value_type},
    {"System", "String", "get_Length", string_length},
    {"System", "String", "get_Chars", string_char},
    {"System", "Array", "get_Length", array_length},
    {"System", "Span`1", "get_Item", span_item},
    {"System", "ReadOnlySpan`1", "get_Item", span_item},
    {"System", "SpanHelpers", "Memmove", block<Op::CopyBlock>},
    {"System", "SpanHelpers", "ClearWithoutReferences", clear},
    {"System", "Activator", "CreateInstance", create_instance},
    {"System.Collections.Generic", "EqualityComparer`1", "get_Default", default_comparer},
    {"System.Collections.Generic", "EqualityComparer`1", "Equals", comparer_equals},
    {kIntrinsics, "Vector64", "get_IsHardwareAccelerated", never},
    {kIntrinsics, "Vector128", "get_IsHardwareAccelerated", never},
    {kIntrinsics, "Vector256", "get_IsHardwareAccelerated", never},
    {kIntrinsics, "Vector512", "get_IsHardwareAccelerated", never},
    {"System.Numerics", "Vector", "get_IsHardwareAccelerated", never},
    {"System", "Math", "Sqrt", math<Op::SqrtR8, Op::Nop>},
    {"System", "MathF", "Sqrt", math<Op::Nop, Op::SqrtR4>},
    {"System", "Math", "Abs", math<Op::AbsR8, Op::AbsR4>},
    {"System", "Math", "Floor", math<Op::FloorR8, Op::Nop>},
    {"System", "Math", "Ceiling", math<Op::CeilR8, Op::Nop>},
};

/// Every `IsSupported` under System.Runtime.Intrinsics.{X86,Arm,Wasm} answers no: no SIMD instruction set is offered.
bool is_instruction_set_query(const Method& method) {
  const Type* type = method.declaring_type;
  while (type->declaring_type) type = type->declaring_type;
  constexpr std::string_view kPrefix = "System.Runtime.Intrinsics.";
  return is(method.name, "get_IsSupported") && type->name_space.substr(0, kPrefix.size()) == kPrefix;
}

}  // namespace

std::span<const Intrinsic> intrinsics() { return kIntrinsicTable; }

Result<bool> Importer::try_intrinsic(Method& method, const MethodSignature& signature) {
  constexpr uint16_t kNotOne = 0xFFFF;
  if (method.intrinsic == kNotOne) return false;
  Type& owner = *method.declaring_type;
  if (method.intrinsic == 0) {
    method.intrinsic = kNotOne;
    if (owner.assembly != known().object->assembly) return false;
    if (is_instruction_set_query(method)) {
      method.intrinsic = 0;
      push_constant(0);
      return true;
    }
    for (size_t i = 0; i < std::size(kIntrinsicTable); ++i) {
      const Intrinsic& row = kIntrinsicTable[i];
      if (is(row.method, method.name) && is(row.type, owner.name) && is(row.name_space, owner.name_space))
        method.intrinsic = static_cast<uint16_t>(i + 1);
    }
    if (method.intrinsic == kNotOne) return false;
  }
  TRY(need(static_cast<uint32_t>(signature.parameters.size()) + (signature.has_this ? 1 : 0)));
  return kIntrinsicTable[method.intrinsic - 1].import(*this, method, signature);
}

}  // namespace leanclr::ir
