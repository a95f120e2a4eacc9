// Error messages of this folder.
#include "types/errors.h"

namespace leanclr::types {

using metadata::Table;
using metadata::Token;

Failure type_load(const TypeSystem& types, const Type& type, const char* what) {
  std::string message = types.full_name(type);
  message.append(": ").append(what);
  ErrorPlace place;
  if (type.assembly)
    place = type.row ? type.assembly->image().place(Token(Table::TypeDef, type.row))
                     : ErrorPlace{type.assembly->file_name()};
  return failure(ErrorKind::TypeLoad, message, std::move(place));
}

Failure bad_image(const Assembly& assembly, Token token, const char* what) {
  return failure(ErrorKind::BadImage, what, assembly.image().place(token));
}

}  // namespace leanclr::types
