// Decoding of signature blobs; every count and depth is bounded before it is believed.
#include "types/signature_decoder.h"

#include "base/list.h"
#include "types/small_list.h"

namespace leanclr::types {

using metadata::Table;
using metadata::Token;

namespace {

constexpr int kMaxDepth = 40;  // of types inside types; compilers stay below 20

}  // namespace

Result<ElementType> SignatureDecoder::element(Reader& reader) {
  for (;;) {
    auto element = static_cast<ElementType>(TRY(reader.u8()));
    if (element != ElementType::CModReqd && element != ElementType::CModOpt) return element;
    TRY(metadata::read_type_token(reader));
  }
}

Result<Type*> SignatureDecoder::type_at(Reader& reader, int depth) {
  if (depth > kMaxDepth) return reader.bad("signature nested too deeply");
  ElementType element = TRY(this->element(reader));
  switch (element) {
    case ElementType::Class:
    case ElementType::ValueType: return named(reader);
    case ElementType::Var: return parameter(reader, context_.type_arguments);
    case ElementType::MVar: return parameter(reader, context_.method_arguments);
    case ElementType::GenericInst: return instance_at(reader, depth + 1);
    case ElementType::SzArray: return types_.vector_of(*TRY(type_at(reader, depth + 1)));
    case ElementType::Array: return array_at(reader, depth + 1);
    case ElementType::Ptr: return types_.pointer_to(*TRY(type_at(reader, depth + 1)));
    case ElementType::ByRef: return byref_at(reader, depth + 1);
    case ElementType::FnPtr: return function_at(reader, depth + 1);
    default: break;
  }
  Type* primitive = TRY(types_.primitive(element));
  if (!primitive) return reader.bad("unknown element type in a signature");
  return primitive;
}

Result<Type*> SignatureDecoder::named(Reader& reader) {
  Token token = TRY(metadata::read_type_token(reader));
  // A TypeSpec here could lead back to itself; no compiler writes one.
  if (token.table() == Table::TypeSpec)
    return reader.bad("a TypeSpec where a class or value type is expected");
  return types_.resolve_type(assembly_, token, context_);
}

Result<Type*> SignatureDecoder::parameter(Reader& reader, std::span<Type*> arguments) {
  uint32_t index = TRY(reader.compressed_u32());
  if (index >= arguments.size()) return reader.bad("generic parameter out of range");
  return arguments[index];
}

Result<Type*> SignatureDecoder::byref_at(Reader& reader, int depth) {
  Type* target = TRY(type_at(reader, depth));
  if (target->element_type == ElementType::ByRef) return reader.bad("a byref to a byref");
  return types_.byref_to(*target);
}

Result<Type*> SignatureDecoder::array_at(Reader& reader, int depth) {
  Type* element = TRY(type_at(reader, depth));
  uint32_t rank = TRY(reader.compressed_u32());
  // Sizes and lower bounds are hints that the runtime ignores, as the CLR does.
  uint32_t sizes = TRY(reader.compressed_u32());
  for (uint32_t i = 0; i < sizes; ++i) TRY(reader.compressed_u32());
  uint32_t lower_bounds = TRY(reader.compressed_u32());
  for (uint32_t i = 0; i < lower_bounds; ++i) TRY(reader.compressed_i32());
  return types_.array_of(*element, rank);
}

Result<Type*> SignatureDecoder::instance_at(Reader& reader, int depth) {
  auto kind = static_cast<ElementType>(TRY(reader.u8()));
  if (kind != ElementType::Class && kind != ElementType::ValueType) return reader.bad("bad generic instance");
  Type* definition = TRY(named(reader));
  uint32_t count = TRY(reader.compressed_u32());
  if (count > reader.remaining()) return reader.bad("more generic arguments than bytes");
  SmallList<Type*> arguments;
  for (uint32_t i = 0; i < count; ++i) arguments.push_back(TRY(type_at(reader, depth)));
  return types_.instantiate(*definition, arguments.span());
}

Result<Type*> SignatureDecoder::function_at(Reader& reader, int depth) {
  return types_.function_pointer(TRY(method_at(reader, depth)));
}

Result<MethodSignature> SignatureDecoder::method_at(Reader& reader, int depth) {
  auto header = TRY(metadata::read_method_header(reader));
  MethodSignature signature;
  signature.has_this = header.has_this();
  signature.calling_convention = header.kind();
  signature.generic_parameters = header.generic_parameters;
  signature.return_type = TRY(type_at(reader, depth + 1));
  signature.parameters = types_.arena().make_array<Type*>(header.parameters);
  for (Type*& parameter : signature.parameters) {
    // Arguments behind a vararg call's sentinel count as parameters of the call.
    Reader ahead = reader;
    if (TRY(ahead.u8()) == static_cast<uint8_t>(ElementType::Sentinel)) reader = ahead;
    parameter = TRY(type_at(reader, depth + 1));
    if (parameter->element_type == ElementType::Void) return reader.bad("a parameter of type void");
  }
  return signature;
}

Result<Type*> SignatureDecoder::field(Reader& reader) {
  if (TRY(reader.u8()) != metadata::kSigField) return reader.bad("not a field signature");
  Type* type = TRY(this->type(reader));
  if (type->element_type == ElementType::Void) return reader.bad("a field of type void");
  return type;
}

Result<List<LocalVariable>> SignatureDecoder::locals(Reader& reader) {
  if (TRY(reader.u8()) != metadata::kSigLocals) return reader.bad("not a local variable signature");
  uint32_t count = TRY(reader.compressed_u32());
  if (count > reader.remaining()) return reader.bad("more locals than bytes");
  List<LocalVariable> locals(count);
  for (LocalVariable& local : locals) {
    Reader ahead = reader;
    while (TRY(element(ahead)) == ElementType::Pinned) {
      local.pinned = true;
      reader = ahead;
    }
    local.type = TRY(type(reader));
    if (local.type->element_type == ElementType::Void) return reader.bad("a local of type void");
  }
  return locals;
}

Result<List<Type*>> SignatureDecoder::method_arguments(Reader& reader) {
  if (TRY(reader.u8()) != metadata::kSigGenericInst) return reader.bad("not a method instantiation");
  uint32_t count = TRY(reader.compressed_u32());
  if (count == 0 || count > reader.remaining()) return reader.bad("bad number of method arguments");
  List<Type*> arguments(count);
  for (Type*& argument : arguments) argument = TRY(type(reader));
  return arguments;
}

Result<Type*> TypeSystem::read_type(Assembly& assembly, Reader& reader, const GenericContext& context) {
  return SignatureDecoder(*this, assembly, context).type(reader);
}

Result<Type*> TypeSystem::primitive(ElementType element) const {
  Type* type = nullptr;
  switch (element) {
    case ElementType::Void: type = known_.void_; break;
    case ElementType::Boolean: type = known_.boolean; break;
    case ElementType::Char: type = known_.char_; break;
    case ElementType::I1: type = known_.int8; break;
    case ElementType::U1: type = known_.uint8; break;
    case ElementType::I2: type = known_.int16; break;
    case ElementType::U2: type = known_.uint16; break;
    case ElementType::I4: type = known_.int32; break;
    case ElementType::U4: type = known_.uint32; break;
    case ElementType::I8: type = known_.int64; break;
    case ElementType::U8: type = known_.uint64; break;
    case ElementType::R4: type = known_.single; break;
    case ElementType::R8: type = known_.double_; break;
    case ElementType::I: type = known_.intptr; break;
    case ElementType::U: type = known_.uintptr; break;
    case ElementType::String: type = known_.string; break;
    case ElementType::Object: type = known_.object; break;
    case ElementType::TypedByRef: type = known_.typed_reference; break;
    default: return static_cast<Type*>(nullptr);
  }
  if (!type) return failure(ErrorKind::TypeLoad, "System.Private.CoreLib is not loaded");
  return type;
}

}  // namespace leanclr::types
