// Signatures (§II.23.2): the element types, and readers for the method, field, local and type spec headers.
//
// This file gives the vocabulary; a type inside a signature is decoded by types/signature_decoder, which turns
// it into a Type. What it is not: a tree of signature nodes; nothing here allocates.
#pragma once

#include "base/reader.h"
#include "metadata/tables.h"

namespace leanclr::metadata {

/// §II.23.1.16
enum class ElementType : uint8_t {
  End = 0x00, Void = 0x01, Boolean = 0x02, Char = 0x03, I1 = 0x04, U1 = 0x05, I2 = 0x06, U2 = 0x07, I4 = 0x08,
  U4 = 0x09, I8 = 0x0A, U8 = 0x0B, R4 = 0x0C, R8 = 0x0D, String = 0x0E, Ptr = 0x0F, ByRef = 0x10,
  ValueType = 0x11, Class = 0x12, Var = 0x13, Array = 0x14, GenericInst = 0x15, TypedByRef = 0x16, I = 0x18,
  U = 0x19, FnPtr = 0x1B, Object = 0x1C, SzArray = 0x1D, MVar = 0x1E, CModReqd = 0x1F, CModOpt = 0x20,
  Internal = 0x21, Modifier = 0x40, Sentinel = 0x41, Pinned = 0x45,
};

/// §II.23.2.1–3: the first byte of a method signature.
enum SignatureFlags : uint8_t {
  kSigDefault = 0x00, kSigC = 0x01, kSigStdCall = 0x02, kSigThisCall = 0x03, kSigFastCall = 0x04,
  kSigVarArg = 0x05, kSigField = 0x06, kSigLocals = 0x07, kSigProperty = 0x08, kSigUnmanaged = 0x09,
  kSigGenericInst = 0x0A, kSigKindMask = 0x0F, kSigGeneric = 0x10, kSigHasThis = 0x20, kSigExplicitThis = 0x40,
};

/// The header of a method signature: kind and flags, generic parameter count, parameter count. The return type
/// and the parameters follow in the reader.
struct MethodSignatureHeader {
  uint8_t flags = 0;
  uint32_t generic_parameters = 0;
  uint32_t parameters = 0;
  bool has_this() const { return flags & kSigHasThis; }
  uint8_t kind() const { return flags & kSigKindMask; }
};
Result<MethodSignatureHeader> read_method_header(Reader& reader);

/// §II.23.2.8: a TypeDefOrRefOrSpecEncoded token.
Result<Token> read_type_token(Reader& reader);

}  // namespace leanclr::metadata
