// Declaration: what the metadata says of a method that crosses to native code: DllImport's settings (§II.22.22), each
// parameter's direction and MarshalAs (§II.22.17, §II.23.4). Delegates that cross have one too.
//
// Texts point into the image. What it is not: a decision; Form makes the representation out of it.
#pragma once

#include "types/type_system.h"

namespace leanclr::interop {

/// System.Runtime.InteropServices.UnmanagedType (§II.23.2.9 and what .NET has added).
enum class NativeType : uint8_t {
  None = 0, Bool = 0x02, I1 = 0x03, U1 = 0x04, I2 = 0x05, U2 = 0x06, I4 = 0x07, U4 = 0x08, I8 = 0x09, U8 = 0x0a,
  R4 = 0x0b, R8 = 0x0c, BStr = 0x13, LPStr = 0x14, LPWStr = 0x15, LPTStr = 0x16, ByValTStr = 0x17,
  IUnknown = 0x19, IDispatch = 0x1a, Struct = 0x1b, Interface = 0x1c, SafeArray = 0x1d, ByValArray = 0x1e,
  SysInt = 0x1f, SysUInt = 0x20, AnsiBStr = 0x23, TBStr = 0x24, FunctionPtr = 0x26, AsAny = 0x28,
  LPArray = 0x2a, LPStruct = 0x2b, CustomMarshaler = 0x2c, Error = 0x2d, LPUTF8Str = 0x30,
};

/// A MarshalAs attribute; type None: there is none.
struct MarshalAs {
  NativeType type = NativeType::None;
  NativeType element = NativeType::None;  // of arrays
  static constexpr uint16_t kNoParameter = 0xFFFF;
  uint16_t size_parameter = kNoParameter; // SizeParamIndex, from 0
  uint32_t size = 0;                      // SizeConst; 0: none
  std::string_view marshaler, cookie;     // CustomMarshaler: type name, with its assembly or of this one; MarshalCookie
  types::Assembly* assembly = nullptr;    // CustomMarshaler: whose attribute it is
};

/// How text is encoded where MarshalAs does not say: Unicode is UTF-16, everything else UTF-8.
enum class CharSet : uint8_t { Utf8, Utf16 };

struct ParameterDeclaration {
  types::Type* type = nullptr;
  std::string_view name;    // empty: it has none
  bool in = false, out = false;  // the attributes, as written
  MarshalAs marshal_as;
};

struct Declaration {
  std::string_view library;      // DllImport's, as written; empty: no DllImport
  std::string_view entry_point;  // the method's name unless another is given
  CharSet char_set = CharSet::Utf8;
  bool exact_spelling = false;
  bool set_last_error = false;
  bool preserve_sig = true;
  bool has_this = false;
  ParameterDeclaration result;
  List<ParameterDeclaration> parameters;
};

/// Resolves the signature. Errors: load errors, BadImage for a damaged marshalling descriptor.
Result<Declaration> declaration_of(types::TypeSystem& types, types::Method& method);
/// A field's MarshalAs.
Result<MarshalAs> marshal_as_of(const types::Field& field);
/// The CharSet of a struct's or class's StructLayout (§II.23.1.15).
CharSet char_set_of(const types::Type& type);

}  // namespace leanclr::interop
