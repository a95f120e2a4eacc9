// Error messages of this folder.
#include "types/errors.h"

namespace leanclr::types {

using metadata::Table;
using metadata::Token;

Error type_load(const TypeSystem& types, const Type& type, std::string_view what) {
  std::string message = types.full_name(type);
  message.append(": ").append(what);
  ErrorPlace place;
  if (type.assembly)
    place = type.row ? type.assembly->image().place(Token(Table::TypeDef, type.row))
                     : ErrorPlace{type.assembly->file_name()};
  return Error(ErrorKind::TypeLoad, std::move(message), std::move(place));
}

Error bad_image(const Assembly& assembly, Token token, std::string_view what) {
  return Error(ErrorKind::BadImage, std::string(what), assembly.image().place(token));
}

}  // namespace leanclr::types
