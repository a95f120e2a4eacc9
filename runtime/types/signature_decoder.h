// SignatureDecoder: the types inside signature blobs (§II.23.2), turned into Types.
//
// Custom modifiers are read past: they are no part of a type's identity here.
// What it is not: a cache. Whoever wants an answer twice keeps it.
#pragma once

#include "base/list.h"
#include "types/type_system.h"

namespace leanclr::types {

class SignatureDecoder {
 public:
  SignatureDecoder(TypeSystem& types, Assembly& assembly, const GenericContext& context)
      : types_(types), assembly_(assembly), context_(context) {}

  /// Errors: BadImage, TypeLoad, FileNotFound.
  Result<Type*> type(Reader& reader) { return type_at(reader, 0); }
  /// A method signature, header included; the parameters lie in the arena.
  Result<MethodSignature> method(Reader& reader) { return method_at(reader, 0); }
  /// A field signature, header included.
  Result<Type*> field(Reader& reader);
  Result<List<LocalVariable>> locals(Reader& reader);
  /// The arguments of a MethodSpec blob, header included.
  Result<List<Type*>> method_arguments(Reader& reader);

 private:
  Result<Type*> type_at(Reader& reader, int depth);
  Result<Type*> array_at(Reader& reader, int depth);
  Result<Type*> instance_at(Reader& reader, int depth);
  Result<Type*> function_at(Reader& reader, int depth);
  Result<Type*> byref_at(Reader& reader, int depth);
  Result<Type*> named(Reader& reader);
  Result<Type*> parameter(Reader& reader, std::span<Type*> arguments);
  Result<MethodSignature> method_at(Reader& reader, int depth);
  /// The next element type that is no custom modifier.
  Result<ElementType> element(Reader& reader);

  TypeSystem& types_;
  Assembly& assembly_;
  const GenericContext& context_;
};

}  // namespace leanclr::types
