// The errors of this folder, with the type's full name and its place in the file.
#pragma once

#include <string_view>

#include "types/type_system.h"

namespace leanclr::types {

/// TypeLoad: "Ns.Type: what", at the type's row.
Failure type_load(const TypeSystem& types, const Type& type, const char* what);
/// BadImage at the token's row.
Failure bad_image(const Assembly& assembly, metadata::Token token, const char* what);

/// Errors of blobs know the offset, but not the file and the token.
template <typename T>
Result<T> placed(Result<T> result, const Assembly& assembly, metadata::Token token) {
  if (result.ok() || result.error().kind() == ErrorKind::OutOfMemory) return result;
  return result.take_error().at(assembly.image().place(token));
}

}  // namespace leanclr::types
