// System.Reflection.RuntimeModule: an assembly's one module; tokens resolved.
#include <algorithm>
#include <cstring>

#include "base/list.h"
#include "base/utf.h"
#include "icalls/mirrors.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

using metadata::RowNumber;
using metadata::Table;
using metadata::Token;

/// Every type but <Module>, in row order.
Result<Array*> all_types(Thread& thread, const AssemblyHandle* module) {
  types::Assembly& assembly = *module->assembly;
  uint32_t rows = assembly.image().row_count(Table::TypeDef);
  Array* array = TRY(new_corelib_vector(thread, "System", "Type", rows ? rows - 1 : 0));
  for (RowNumber number = 2; number <= rows; ++number) {
    Type* type = TRY(thread.types().resolve_type(assembly, Token(Table::TypeDef, number), {}));
    array->elements<Ref<Object>>()[number - 2] = TRY(mirror_of(thread, *type));
  }
  return array;
}

Result<Object*> global_type(Thread& thread, const AssemblyHandle* module) {
  return mirror_of(thread, TRY(thread.types().find_type(*module->assembly, "", "<Module>")));
}

Status guid(Thread&, const AssemblyHandle* module, Array* target) {
  const metadata::Image& image = module->assembly->image();
  Bytes bytes = TRY(image.guid(TRY(image.row<Table::Module>(1)).mvid));
  if (target->length < bytes.size()) return ErrorKind::Argument;
  std::memcpy(target->data(), bytes.data(), bytes.size());
  return {};
}

int32_t stream_version(const AssemblyHandle*) { return 0x20000; }  // §II.24.2.6: 2.0
int32_t metadata_token(Object*) { return static_cast<int32_t>(Token(Table::Module, 1).value); }

/// IL only, of no particular machine.
void pe_kind(const AssemblyHandle*, int32_t* kind, int32_t* machine) {
  constexpr int32_t kIlOnly = 1, kI386 = 0x14C;
  *kind = kIlOnly;
  *machine = kI386;
}

/// System.Reflection.ResolveTokenError.
enum ResolveError : int32_t { kOutOfRange = 0, kBadTable = 1 };

List<Type*> types_in(Array* handles) {
  List<Type*> types;
  for (uint32_t i = 0; handles && i < handles->length; ++i)
    types.push_back(handles->elements<Ref<Type>>()[i]);
  return types;
}

bool in_range(const AssemblyHandle* module, Token token) {
  return token.row() != 0 && token.row() <= module->assembly->image().row_count(token.table());
}

/// Null, and the reason, for what the token cannot be.
template <typename Resolve>
Result<Address> resolve(const AssemblyHandle* module, int32_t raw, std::initializer_list<Table> tables,
                        int32_t* error, Resolve resolve_token) {
  Token token(static_cast<uint32_t>(raw));
  bool right_table = std::find(tables.begin(), tables.end(), token.table()) != tables.end();
  *error = right_table ? kOutOfRange : kBadTable;
  if (!right_table || !in_range(module, token)) return Address{0};
  return address_of(TRY(resolve_token(token)));
}

Result<Address> type_token(Thread& thread, const AssemblyHandle* module, int32_t token, Array* type_arguments,
                           Array* method_arguments, int32_t* error) {
  List<Type*> of_type = types_in(type_arguments), of_method = types_in(method_arguments);
  return resolve(module, token, {Table::TypeDef, Table::TypeRef, Table::TypeSpec}, error,
                 [&](Token resolved) {
                   return thread.types().resolve_type(*module->assembly, resolved, {of_type, of_method});
                 });
}

Result<Address> method_token(Thread& thread, const AssemblyHandle* module, int32_t token,
                             Array* type_arguments, Array* method_arguments, int32_t* error) {
  List<Type*> of_type = types_in(type_arguments), of_method = types_in(method_arguments);
  return resolve(module, token, {Table::MethodDef, Table::MemberRef, Table::MethodSpec}, error,
                 [&](Token resolved) {
                   return thread.types().resolve_method(*module->assembly, resolved, {of_type, of_method});
                 });
}

Result<Address> field_token(Thread& thread, const AssemblyHandle* module, int32_t token,
                            Array* type_arguments, Array* method_arguments, int32_t* error) {
  List<Type*> of_type = types_in(type_arguments), of_method = types_in(method_arguments);
  return resolve(module, token, {Table::Field, Table::MemberRef}, error, [&](Token resolved) {
    return thread.types().resolve_field(*module->assembly, resolved, {of_type, of_method});
  });
}

/// A type, method or field as a reflection object.
Result<Object*> member_token(Thread& thread, const AssemblyHandle* module, int32_t raw, Array* type_arguments,
                             Array* method_arguments, int32_t* error) {
  Token token(static_cast<uint32_t>(raw));
  auto resolved = [&](auto resolve_kind) {
    return resolve_kind(thread, module, raw, type_arguments, method_arguments, error);
  };
  switch (token.table()) {
    case Table::TypeDef:
    case Table::TypeRef:
    case Table::TypeSpec: return mirror_of(thread, pointer_at<Type>(TRY(resolved(type_token))));
    case Table::Field: {
      Address field = TRY(resolved(field_token));
      return field ? field_mirror(thread, *pointer_at<Field>(field), nullptr) : static_cast<Object*>(nullptr);
    }
    default: break;
  }
  Result<Address> method = resolved(method_token);
  if (method.ok()) {
    Address address = method.take_value();
    return address ? method_mirror(thread, *pointer_at<Method>(address), nullptr)
                   : static_cast<Object*>(nullptr);
  }
  Error why = method.take_error();
  if (token.table() != Table::MemberRef) return why;
  return field_mirror(thread, *pointer_at<Field>(TRY(resolved(field_token))), nullptr);
}

Result<Object*> string_token(Thread& thread, const AssemblyHandle* module, int32_t raw, int32_t* error) {
  constexpr uint32_t kUserStringTable = 0x70;
  uint32_t token = static_cast<uint32_t>(raw);
  *error = kBadTable;
  if (token >> 24 != kUserStringTable) return static_cast<Object*>(nullptr);
  *error = kOutOfRange;
  Result<Bytes> bytes = module->assembly->image().user_string(token & 0xFFFFFF);
  if (!bytes.ok()) {
    (void)bytes.take_error();
    return static_cast<Object*>(nullptr);
  }
  return allocated<Object>(thread.objects().new_string(view(utf16_units(bytes.value()))));
}

constexpr NativeEntry kRows[] = {
    allocating<global_type>("GetGlobalType"),       native<guid>("GetGuidInternal"),
    native<stream_version>("GetMDStreamVersion"),   native<pe_kind>("GetPEKind"),
    allocating<all_types>("InternalGetTypes"),      native<field_token>("ResolveFieldToken"),
    allocating<member_token>("ResolveMemberToken"), native<method_token>("ResolveMethodToken"),
    allocating<string_token>("ResolveStringToken"), native<type_token>("ResolveTypeToken"),
    native<metadata_token>("get_MetadataToken"),
};

}  // namespace

constinit const NativeClass kRuntimeModule{"System.Reflection.RuntimeModule", kRows};

}  // namespace leanclr::icalls
