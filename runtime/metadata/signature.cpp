// Signature headers and encoded type tokens (§II.23.2).
#include "metadata/signature.h"

namespace leanclr::metadata {

Result<MethodSignatureHeader> read_method_header(Reader& reader) {
  MethodSignatureHeader header;
  header.flags = TRY(reader.u8());
  uint8_t kind = header.kind();
  if (kind > kSigVarArg && kind != kSigProperty && kind != kSigUnmanaged)
    return reader.bad("not a method signature");
  if (header.flags & kSigGeneric) header.generic_parameters = TRY(reader.compressed_u32());
  header.parameters = TRY(reader.compressed_u32());
  // The return type and each parameter take at least one byte: nobody has to fear a huge count after this.
  if (header.parameters >= reader.remaining()) return reader.bad("signature with more parameters than bytes");
  return header;
}

Result<Token> read_type_token(Reader& reader) {
  constexpr Table kTables[] = {Table::TypeDef, Table::TypeRef, Table::TypeSpec};
  uint32_t encoded = TRY(reader.compressed_u32());
  uint32_t tag = encoded & 3, row = encoded >> 2;
  if (tag == 3 || row > kMaxRow) return reader.bad("invalid type token in a signature");
  return Token(kTables[tag], row);
}

}  // namespace leanclr::metadata
