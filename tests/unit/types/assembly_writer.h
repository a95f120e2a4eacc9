// AssemblyWriter: small assemblies with types that no compiler writes, on top of ImageBuilder.
//
// Fields and interfaces belong to the type that was added last. Signatures are bytes as in §II.23.2.
#pragma once

#include <string>

#include "unit/metadata/image_builder.h"

namespace leanclr::test {

/// A TypeDefOrRef coded index.
constexpr uint32_t def_index(uint32_t row) { return row << 2; }
constexpr uint32_t ref_index(uint32_t row) { return row << 2 | 1; }
constexpr uint32_t spec_index(uint32_t row) { return row << 2 | 2; }

class AssemblyWriter {
 public:
  /// Refers to System.Private.CoreLib's Object, ValueType and to `name` itself (AssemblyRef 2).
  explicit AssemblyWriter(std::string_view name);

  static constexpr uint32_t kObject = ref_index(1), kValueType = ref_index(2);
  static constexpr uint32_t kSequential = 0x8, kExplicit = 0x10, kSealed = 0x100, kInterface = 0xA0;
  static constexpr uint16_t kStatic = 0x10, kPInvoke = 0x2000;

  /// Gives the TypeDef row; the first one is 2, after <Module>.
  uint32_t type(std::string_view name, uint32_t extends, uint32_t flags = 0, std::string_view name_space = {});
  uint32_t field(std::string_view name, Buffer type);
  uint32_t static_field(std::string_view name, Buffer type);
  void offset(uint32_t field, uint32_t bytes);
  void size(uint32_t type, uint16_t packing, uint32_t bytes);
  void implements(uint32_t type, uint32_t interface);
  /// A MethodImpl row: the type's method (a MethodDef token) in place of the declaration (a MethodDef or MemberRef token).
  void overrides(uint32_t type, uint32_t body, uint32_t declaration);
  /// An attribute without arguments, by its constructor's MemberRef token.
  void attribute(uint32_t type, uint32_t constructor);
  void generic_parameter(uint32_t type);
  /// Gives the TypeSpec row.
  uint32_t type_spec(Buffer signature);
  /// A top-level type that this assembly forwards to itself.
  void forward_to_self(std::string_view name);

  /// A method of the type that was added last. `body` is a whole method body (§II.25.4); without one it is an extern or
  /// runtime method. Gives the MethodDef token.
  uint32_t method(std::string_view name, const Buffer& signature, const Buffer& body = {},
                  uint16_t flags = kStatic, uint16_t impl_flags = 0);
  /// DllImport (§II.22.22) of a method by its token.
  void imports(uint32_t method, std::string_view library, std::string_view entry_point);
  /// Tokens of what a body names: a CoreLib type; a member of a TypeDef, TypeRef or TypeSpec token; a signature; a string.
  uint32_t type_ref(std::string_view name_space, std::string_view name);
  uint32_t member_ref(uint32_t parent, std::string_view name, const Buffer& signature);
  uint32_t signature(const Buffer& signature);
  uint32_t literal(std::string_view ascii);

  void entry_point(uint32_t method) { image_.entry_point(method); }

  Buffer build();

 private:
  uint32_t string(std::string_view text);
  uint32_t blob(const Buffer& bytes);

  ImageBuilder image_;
  std::string strings_ = std::string(1, '\0');
  Buffer blobs_{0};
  Buffer bodies_, literals_{0};
  uint32_t types_ = 0, fields_ = 0, type_specs_ = 0, type_refs_ = 2, methods_ = 0, member_refs_ = 0,
           signatures_ = 0, module_refs_ = 0;
};

}  // namespace leanclr::test
