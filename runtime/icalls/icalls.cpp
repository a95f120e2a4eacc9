// Finding natives: by the declaring type's name, the method's name and its signature letters.
#include "icalls/icalls.h"

#include "icalls/native_class.h"

namespace leanclr::icalls {
namespace {

const NativeClass* const kClasses[] = {
#define NATIVE_CLASS(table) &table,
#include "icalls/classes.def"
#undef NATIVE_CLASS
};

constexpr Replacement kReplacements[] = {
#define REPLACEMENT(assembly, type, method, reason) {assembly, type, method},
#include "icalls/replacements.def"
#undef REPLACEMENT
};

/// Takes "Outer/Inner" apart against a type and the types that enclose it.
bool has_name(const types::Type& type, std::string_view name) {
  if (name.size() < type.name.size() || name.substr(name.size() - type.name.size()) != type.name)
    return false;
  std::string_view rest = name.substr(0, name.size() - type.name.size());
  if (type.declaring_type)
    return !rest.empty() && rest.back() == '/' &&
           has_name(*type.declaring_type, rest.substr(0, rest.size() - 1));
  if (type.name_space.empty()) return rest.empty();
  return rest.size() == type.name_space.size() + 1 && rest.back() == '.' &&
         rest.substr(0, type.name_space.size()) == type.name_space;
}

/// True when a row is of that name, with a parameter list or without one.
bool is_named(std::string_view row_name, std::string_view name) {
  return row_name.substr(0, name.size()) == name && (row_name.size() == name.size() || row_name[name.size()] == '(');
}

/// True when a row of this name means the method; `full_name` is asked for only when the row lists
/// parameters.
bool means(std::string_view row_name, types::TypeSystem& types, types::Method& method) {
  if (!is_named(row_name, method.name)) return false;
  if (row_name.size() == method.name.size()) return true;
  std::string full = types.full_name(method);
  size_t at = full.find("::");
  return at != std::string::npos && std::string_view(full).substr(at + 2) == row_name;
}

Status size_value(types::TypeSystem& types, types::Type& type) {
  if (type.is_pointer_like() || type.flags.contains_generic_parameters) return {};
  return types.ensure(type, types::TypeState::Sized);
}

Failure missing(types::TypeSystem& types, types::Method& method, std::string_view why) {
  if (!is(method.declaring_type->name_space, "System.Reflection.Emit"))
    return failure_with(ErrorKind::MissingInternalCall, "internal call %%", {types.full_name(method), why});
  return failure_with(ErrorKind::PlatformNotSupported, "internal call %%: types and assemblies cannot be made at run time", {types.full_name(method), why});
}

}  // namespace

Result<const abi::NativeEntry*> find_internal_call(types::TypeSystem& types, types::Method& method) {
  const types::MethodSignature& signature = *TRY(types.signature_of(method));
  // Value types have letters only when their sizes are known.
  TRY(size_value(types, *signature.return_type));
  for (types::Type* parameter : signature.parameters) TRY(size_value(types, *parameter));
  const abi::Letters managed = abi::letters_of(method);
  const abi::NativeEntry* unfit = nullptr;
  for (const NativeClass* native_class : kClasses) {
    if (!has_name(*method.declaring_type, native_class->type)) continue;
    for (const abi::NativeEntry& row : native_class->rows) {
      if (!means(row.name, types, method)) continue;
      if (abi::letters_agree(row.letters, managed.view())) return &row;
      unfit = &row;
    }
  }
  if (!unfit) return missing(types, method, " is not there");
  return missing(types, method,
                 " has the signature " + std::string(managed.view()) + " and its native " +
                     unfit->letters);
}

bool is_replaced(types::TypeSystem& types, const types::Method& method) {
  for (const Replacement& row : kReplacements) {
    if (!is_named(row.method, method.name) || !has_name(*method.declaring_type, row.type)) continue;
    if (method.declaring_type->assembly->name() != row.assembly) continue;
    if (row.method.size() == method.name.size()) return true;
    if (means(row.method, types, const_cast<types::Method&>(method)))
      return true;  // resolves its signature, no more
  }
  return false;
}

std::span<const Replacement> replacements() { return kReplacements; }

}  // namespace leanclr::icalls
