// Members by token: MethodDef, Field, MemberRef, MethodSpec (§II.22.26, 15, 25, 29).
//
// A MemberRef names the same definition in every generic context, so what it was matched to is kept by row;
// only the type that it is looked for on depends on the context.
#include "types/generated.h"
#include "types/errors.h"
#include "types/method_match.h"
#include "types/signature_decoder.h"
#include "types/substitution.h"
#include "types/type_builder.h"

namespace leanclr::types {

using metadata::Image;
using metadata::MemberRefRow;
using metadata::RowNumber;
using metadata::Table;
using metadata::Token;

namespace {

/// The type in the chain of `type` and its parents whose definition is `definition`.
Type* level_of(Type& type, const Type& definition) {
  for (Type* level = &type; level; level = level->parent)
    if (level->definition == &definition) return level;
  return nullptr;
}

class MethodMatcher {
 public:
  MethodMatcher(TypeSystem& types, Assembly& assembly, const MemberRefRow& row, std::string_view name)
      : types_(types), assembly_(assembly), row_(row), name_(name) {}

  /// The definition of the method that the reference means on `owner` or one of its parents, or null.
  Result<Method*> find(Type& owner) {
    Reader reader = TRY(assembly_.image().blob_reader(row_.signature));
    header_ = TRY(metadata::read_method_header(reader));
    // Signatures are compared as the owner's definition sees them: there Var means its own parameters.
    Type& start = *owner.definition;
    for (Type* level = &start; level; level = level->parent)
      for (Method& candidate : level->methods) {
        if (!is(candidate.name, name_)) continue;
        if (TRY(matches(candidate, start, level->is_array()))) return candidate.definition;
      }
    return static_cast<Method*>(nullptr);
  }

 private:
  Result<bool> matches(Method& candidate, const Type& start, bool is_array) {
    if (candidate.generic_parameters.size() != header_.generic_parameters) return false;
    if (header_.kind() != metadata::kSigVarArg &&
        TRY(parameter_count(types_, candidate)) != header_.parameters)
      return false;
    // Array methods are named by their shape; the element types are the array's own.
    if (is_array) return true;
    Reader reader = TRY(assembly_.image().blob_reader(row_.signature));
    GenericContext context{start.generic_arguments, candidate.generic_parameters};
    MethodSignature wanted = TRY(SignatureDecoder(types_, assembly_, context).method(reader));
    const MethodSignature* given = TRY(types_.signature_of(candidate));
    if (header_.kind() == metadata::kSigVarArg) return is_vararg_call(wanted, *given);
    return same_signature(wanted, *given);
  }

  static bool is_vararg_call(const MethodSignature& call, const MethodSignature& method) {
    if (method.calling_convention != metadata::kSigVarArg ||
        call.parameters.size() < method.parameters.size())
      return false;
    MethodSignature fixed = call;
    fixed.parameters = call.parameters.first(method.parameters.size());
    return same_signature(fixed, method);
  }

  TypeSystem& types_;
  Assembly& assembly_;
  const MemberRefRow& row_;
  std::string_view name_;
  metadata::MethodSignatureHeader header_;
};

Failure missing_method(TypeSystem& types, const Assembly& assembly, Token token, const Type& owner,
                       std::string_view name) {
  return failure(ErrorKind::MissingMethod, types.full_name(owner).append("::").append(name),
                 assembly.image().place(token));
}

}  // namespace

Result<Method*> TypeSystem::method_def(Assembly& assembly, RowNumber row) {
  RowNumber owner = TRY(assembly.image().owner_of_method(row));
  Type* type = TRY(type_def(assembly, owner));
  TRY(ensure(*type, TypeState::Linked));
  if (type->methods.empty() || row < type->methods[0].row ||
      row - type->methods[0].row >= type->methods.size())
    return bad_image(assembly, Token(Table::MethodDef, row), "a method outside its type");
  return &type->methods[row - type->methods[0].row];
}

Result<Field*> TypeSystem::field_def(Assembly& assembly, RowNumber row) {
  RowNumber owner = TRY(assembly.image().owner_of_field(row));
  Type* type = TRY(type_def(assembly, owner));
  TRY(ensure(*type, TypeState::Linked));
  if (type->fields.empty() || row < type->fields[0].row || row - type->fields[0].row >= type->fields.size())
    return bad_image(assembly, Token(Table::Field, row), "a field outside its type");
  return &type->fields[row - type->fields[0].row];
}

Result<Type*> TypeSystem::member_ref_parent(Assembly& assembly, Token parent, const GenericContext& context) {
  if (parent.table() == Table::ModuleRef) return type_def(assembly, 1);  // global functions: <Module>
  if (parent.table() == Table::MethodDef) return TRY(method_def(assembly, parent.row()))->declaring_type;
  return resolve_type(assembly, parent, context);
}

Result<Method*> TypeSystem::member_ref_method(Assembly& assembly, Token token,
                                              const GenericContext& context) {
  auto row = TRY(assembly.image().row<Table::MemberRef>(token.row()));
  Type* owner = TRY(member_ref_parent(assembly, row.class_, context));
  TRY(ensure(*owner, TypeState::Linked));
  Method*& known = assembly.member_ref_methods_[token.row()];
  Method* definition = known;
  if (!definition) {
    std::string_view name = TRY(assembly.image().string(row.name));
    TRY(ensure(*owner->definition, TypeState::Linked));
    definition = TRY(MethodMatcher(*this, assembly, row, name).find(*owner));
    if (!definition) return missing_method(*this, assembly, token, *owner, name);
    // Each array type has methods of its own.
    if (!owner->is_array()) known = definition;
  }
  Type* level = level_of(*owner, *definition->declaring_type);
  if (!level) return missing_method(*this, assembly, token, *owner, definition->name);
  return method_on(*level, *definition);
}

Result<Method*> TypeSystem::resolve_method(Assembly& assembly, Token token, const GenericContext& context) {
  switch (token.table()) {
    case Table::MethodDef: return placed(method_def(assembly, token.row()), assembly, token);
    case Table::MemberRef: return placed(member_ref_method(assembly, token, context), assembly, token);
    case Table::MethodSpec: break;
    default:
      if (void* method = generated(token, GeneratedKind::Method)) return static_cast<Method*>(method);
      return bad_image(assembly, token, "not a method token");
  }
  auto row = TRY(assembly.image().row<Table::MethodSpec>(token.row()));
  if (row.method.table() == Table::MethodSpec)
    return bad_image(assembly, token, "an instance of an instance");
  Method* definition = TRY(resolve_method(assembly, row.method, context));
  Reader reader = TRY(assembly.image().blob_reader(row.instantiation));
  auto arguments =
      placed(SignatureDecoder(*this, assembly, context).method_arguments(reader), assembly, token);
  if (!arguments.ok()) return arguments.take_error();
  return placed(instantiate(*definition, arguments.value()), assembly, token);
}

Result<Field*> TypeSystem::member_ref_field(Assembly& assembly, Token token, const GenericContext& context) {
  const Image& image = assembly.image();
  auto row = TRY(image.row<Table::MemberRef>(token.row()));
  Type* owner = TRY(member_ref_parent(assembly, row.class_, context));
  TRY(ensure(*owner, TypeState::Linked));
  Field*& known = assembly.member_ref_fields_[token.row()];
  if (known) {
    Type* level = level_of(*owner, *known->declaring_type);
    if (level) return &level->fields[static_cast<size_t>(known - known->declaring_type->fields.data())];
  }
  std::string_view name = TRY(image.string(row.name));
  Type& start = *owner->definition;
  TRY(ensure(start, TypeState::Linked));
  Reader reader = TRY(image.blob_reader(row.signature));
  GenericContext start_context = context_of(start);
  Type* wanted = TRY(SignatureDecoder(*this, assembly, start_context).field(reader));
  Type* level = owner;
  for (Type* open = &start; open && level; open = open->parent, level = level->parent)
    for (Field& field : open->fields) {
      if (!is(field.name, name)) continue;
      TRY(TypeBuilder(*this).resolve_field_type(field));
      if (field.type != wanted) continue;
      auto index = static_cast<size_t>(&field - open->fields.data());
      known = &open->definition->fields[index];
      return &level->fields[index];
    }
  return failure(ErrorKind::MissingField, full_name(*owner).append("::").append(name), image.place(token));
}

Result<Field*> TypeSystem::resolve_field(Assembly& assembly, Token token, const GenericContext& context) {
  void* item = generated(token, GeneratedKind::Field);
  if (!item && token.table() != Table::Field && token.table() != Table::MemberRef)
    return bad_image(assembly, token, "not a field token");
  Result<Field*> found = item ? Result<Field*>(static_cast<Field*>(item))
                         : token.table() == Table::Field ? field_def(assembly, token.row())
                                                         : member_ref_field(assembly, token, context);
  if (!found.ok()) return placed(std::move(found), assembly, token);
  Field& field = *found.value();
  TRY(ensure(*field.declaring_type, TypeState::Sized));
  if (field.has_rva) TRY(TypeBuilder(*this).bind_rva(field));
  return &field;
}

}  // namespace leanclr::types
