// Rows and heaps with 2-byte indexes.
#include "unit/types/assembly_writer.h"

namespace leanclr::test {

using metadata::Table;

namespace {

constexpr uint32_t kCoreLibScope = 1 << 2 | 2;  // ResolutionScope: AssemblyRef 1

uint32_t token(Table table, uint32_t row) { return static_cast<uint32_t>(table) << 24 | row; }

}  // namespace

AssemblyWriter::AssemblyWriter(std::string_view name) {
  image_.row(Table::Module, {u2(0), u2(string(name)), u2(0), u2(0), u2(0)});
  image_.row(Table::Assembly, {u4(0), u2(1), u2(0), u2(0), u2(0), u4(0), u2(0), u2(string(name)), u2(0)});
  for (std::string_view reference : {std::string_view("System.Private.CoreLib"), name})
    image_.row(Table::AssemblyRef,
               {u2(1), u2(0), u2(0), u2(0), u4(0), u2(0), u2(string(reference)), u2(0), u2(0)});
  for (std::string_view type : {"Object", "ValueType"})
    image_.row(Table::TypeRef, {u2(kCoreLibScope), u2(string(type)), u2(string("System"))});
  type("<Module>", 0);
}

uint32_t AssemblyWriter::type(std::string_view name, uint32_t extends, uint32_t flags,
                              std::string_view name_space) {
  image_.row(Table::TypeDef, {u4(flags), u2(string(name)), u2(name_space.empty() ? 0 : string(name_space)), u2(extends), u2(fields_ + 1), u2(methods_ + 1)});
  return ++types_;
}

uint32_t AssemblyWriter::field(std::string_view name, Buffer type) {
  type.insert(type.begin(), 0x06);
  image_.row(Table::Field, {u2(0x6), u2(string(name)), u2(blob(type))});
  return ++fields_;
}

uint32_t AssemblyWriter::static_field(std::string_view name, Buffer type) {
  type.insert(type.begin(), 0x06);
  image_.row(Table::Field, {u2(0x16), u2(string(name)), u2(blob(type))});
  return ++fields_;
}

void AssemblyWriter::offset(uint32_t field, uint32_t bytes) {
  image_.row(Table::FieldLayout, {u4(bytes), u2(field)});
}

void AssemblyWriter::size(uint32_t type, uint16_t packing, uint32_t bytes) {
  image_.row(Table::ClassLayout, {u2(packing), u4(bytes), u2(type)});
}

void AssemblyWriter::implements(uint32_t type, uint32_t interface) {
  image_.row(Table::InterfaceImpl, {u2(type), u2(interface)});
}

void AssemblyWriter::overrides(uint32_t type, uint32_t body, uint32_t declaration) {
  auto index = [](uint32_t token) { return (token & 0xFFFFFF) << 1 | (token >> 24 == 0x0A ? 1 : 0); };
  image_.row(Table::MethodImpl, {u2(type), u2(index(body)), u2(index(declaration))});
}

void AssemblyWriter::attribute(uint32_t type, uint32_t constructor) {
  image_.row(Table::CustomAttribute, {u2(type << 5 | 3), u2((constructor & 0xFFFFFF) << 3 | 3), u2(blob({1, 0, 0, 0}))});
}

void AssemblyWriter::generic_parameter(uint32_t type) {
  image_.row(Table::GenericParam, {u2(0), u2(0), u2(type << 1), u2(string("T"))});
}

uint32_t AssemblyWriter::type_spec(Buffer signature) {
  image_.row(Table::TypeSpec, {u2(blob(signature))});
  return ++type_specs_;
}

void AssemblyWriter::forward_to_self(std::string_view name) {
  constexpr uint32_t kForwarder = 0x200000, kSelf = 2 << 2 | 1;  // Implementation: AssemblyRef 2
  image_.row(Table::ExportedType, {u4(kForwarder), u4(0), u2(string(name)), u2(0), u2(kSelf)});
}

uint32_t AssemblyWriter::method(std::string_view name, const Buffer& signature, const Buffer& body,
                                uint16_t flags, uint16_t impl_flags) {
  constexpr uint16_t kPreserveSig = 0x80;  // as compilers write it for every DllImport that does not say otherwise
  if (flags & kPInvoke) impl_flags |= kPreserveSig;
  bodies_.resize((bodies_.size() + 3) / 4 * 4);
  uint32_t rva = body.empty() ? 0 : ImageBuilder::kDataRva + static_cast<uint32_t>(bodies_.size());
  bodies_.insert(bodies_.end(), body.begin(), body.end());
  image_.row(Table::MethodDef,
             {u4(rva), u2(impl_flags), u2(flags), u2(string(name)), u2(blob(signature)), u2(1)});
  return token(Table::MethodDef, ++methods_);
}

void AssemblyWriter::imports(uint32_t method, std::string_view library, std::string_view entry_point) {
  uint32_t row = method & 0xFFFFFF;
  image_.row(Table::ModuleRef, {u2(string(library))});
  image_.row(Table::ImplMap, {u2(0), u2(row << 1 | 1), u2(string(entry_point)), u2(++module_refs_)});
}

uint32_t AssemblyWriter::type_ref(std::string_view name_space, std::string_view name) {
  image_.row(Table::TypeRef, {u2(kCoreLibScope), u2(string(name)), u2(string(name_space))});
  return token(Table::TypeRef, ++type_refs_);
}

uint32_t AssemblyWriter::member_ref(uint32_t parent, std::string_view name, const Buffer& signature) {
  auto table = static_cast<Table>(parent >> 24);
  uint32_t tag = table == Table::TypeDef ? 0 : table == Table::TypeRef ? 1 : 4;  // MemberRefParent
  image_.row(Table::MemberRef, {u2((parent & 0xFFFFFF) << 3 | tag), u2(string(name)), u2(blob(signature))});
  return token(Table::MemberRef, ++member_refs_);
}

uint32_t AssemblyWriter::signature(const Buffer& signature) {
  image_.row(Table::StandAloneSig, {u2(blob(signature))});
  return token(Table::StandAloneSig, ++signatures_);
}

uint32_t AssemblyWriter::literal(std::string_view ascii) {
  constexpr uint32_t kStringToken = 0x70000000;
  auto offset = static_cast<uint32_t>(literals_.size());
  put(literals_, ascii.size() * 2 + 1, 1);
  for (char unit : ascii) put(literals_, static_cast<uint8_t>(unit), 2);
  put(literals_, 0, 1);
  return kStringToken | offset;
}

Buffer AssemblyWriter::build() {
  image_.data(bodies_);
  image_.user_strings(literals_);
  image_.strings(strings_);
  image_.blobs(blobs_);
  return image_.build();
}

uint32_t AssemblyWriter::string(std::string_view text) {
  auto offset = static_cast<uint32_t>(strings_.size());
  strings_.append(text).push_back('\0');
  return offset;
}

uint32_t AssemblyWriter::blob(const Buffer& bytes) {
  auto offset = static_cast<uint32_t>(blobs_.size());
  put(blobs_, bytes.size(), 1);
  blobs_.insert(blobs_.end(), bytes.begin(), bytes.end());
  return offset;
}

}  // namespace leanclr::test
