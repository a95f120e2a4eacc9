// System.RuntimeTypeHandle, and Type.internal_from_handle: what a type is.
#include "base/list.h"
#include "icalls/mirrors.h"
#include "icalls/pointer_list.h"
#include "icalls/shared.h"
#include "icalls/type_names.h"

namespace leanclr::icalls {
namespace {

/// Arrays, pointers and byrefs have no row: public sealed serializable, as reflection shows arrays.
constexpr uint32_t kArrayAttributes = 0x2101;
constexpr uint32_t kPublic = 0x1;

Result<uint32_t> attributes(Thread& thread, QCallTypeHandle handle) {
  Type& type = handle.type();
  if (type.is_array()) return kArrayAttributes;
  if (type.is_pointer_like()) return 0u;
  if (type.element_type == ElementType::Var || type.element_type == ElementType::MVar) return kPublic;
  TRY(thread.types().ensure(type, TypeState::Linked));
  return type.attributes;
}

int32_t cor_element_type(QCallTypeHandle handle) { return static_cast<int32_t>(handle.type().element_type); }
int32_t array_rank(QCallTypeHandle handle) { return handle.type().rank; }

bool has_instantiation(QCallTypeHandle handle) {
  return !handle.type().generic_arguments.empty() || !handle.type().generic_parameters.empty();
}

Result<bool> is_generic_definition(Thread& thread, QCallTypeHandle handle) {
  TRY(thread.types().ensure(handle.type(), TypeState::Linked));
  return static_cast<bool>(handle.type().flags.generic_definition);
}

Result<bool> is_by_ref_like(Thread& thread, QCallTypeHandle handle) {
  TRY(thread.types().ensure(handle.type(), TypeState::Linked));
  return static_cast<bool>(handle.type().flags.by_ref_like);
}

/// Of an array: whether its elements are references or hold some.
Result<bool> has_references(Thread& thread, QCallTypeHandle handle) {
  Type& type = handle.type().is_array() ? *handle.type().element : handle.type();
  if (handle.type().is_array() && type.is_reference()) return true;
  TRY(thread.types().ensure(type, TypeState::Sized));
  return static_cast<bool>(type.flags.has_references);
}

bool is_instance_of(Thread& thread, QCallTypeHandle handle, Object* object) {
  if (!object) return false;
  Type& type = handle.type();
  Type& target = type.flags.nullable ? *type.element : type;
  return thread.types().is_assignable(target, *object->type);
}

bool is_assignable_from(Thread& thread, QCallTypeHandle target, QCallTypeHandle source) {
  Type& type = target.type();
  if (&type == &source.type()) return true;
  if (type.flags.nullable) return type.element == &source.type();
  return thread.types().is_assignable(type, source.type());
}

Result<bool> is_subclass_of(Thread& thread, QCallTypeHandle child, QCallTypeHandle base) {
  Type& wanted = base.type();
  Type& type = child.type();
  if (&type == &wanted) return false;
  TRY(thread.types().ensure(type, TypeState::Linked));
  if (type.flags.interface) return &wanted == thread.types().known().object;
  for (const Type* parent = type.parent; parent; parent = parent->parent)
    if (parent == &wanted) return true;
  return false;
}

Status element_type(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  Type& type = handle.type();
  bool has_element =
      type.is_array() || type.element_type == ElementType::Ptr || type.element_type == ElementType::ByRef;
  return give(result, mirror_of(thread, has_element ? type.element : nullptr));
}

/// Null for a definition: the caller has it already.
Status generic_definition(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  Type& type = handle.type();
  return give(result, mirror_of(thread, type.is_generic_instance() ? type.definition : nullptr));
}

/// The assembly of arrays and the like is their element's.
types::Assembly& assembly_of(Thread& thread, const Type& type) {
  const Type* plain = &type;
  while (!plain->assembly && plain->element) plain = plain->element;
  return plain->assembly ? *plain->assembly : *thread.types().known().object->assembly;
}

Status assembly(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  return give(result, assembly_mirror(thread.objects(), assembly_of(thread, handle.type())));
}

Status module(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  return give(result, module_mirror(thread.objects(), assembly_of(thread, handle.type())));
}

int32_t metadata_token(QCallTypeHandle handle) {
  const Type& type = handle.type();
  bool has_row = !type.is_array() && !type.is_pointer_like();
  metadata::Table table = metadata::Table::TypeDef;
  if (type.element_type == ElementType::Var || type.element_type == ElementType::MVar)
    table = metadata::Table::GenericParam;
  return static_cast<int32_t>(static_cast<uint32_t>(table) << 24 | (has_row ? type.row : 0));
}

Type* class_of(QCallTypeHandle handle) { return &handle.type(); }

/// Mono.RuntimeStructs.GenericParamInfo; the constraints end with null.
struct GenericParameterInfo {
  Address type;
  Address name;
  uint16_t flags;
  uint32_t token;
  Address constraints;
};

/// Reads row `number` of the type's or method's generic parameters. The answer lives in the arena, as the
/// type does.
Result<GenericParameterInfo*> generic_parameter_info(Thread& thread, QCallTypeHandle handle) {
  Type& type = handle.type();
  types::TypeSystem& types = thread.types();
  Method* method = type.declaring_method;
  Type* owner = method ? method->declaring_type : type.declaring_type;
  if (!owner) return failure(ErrorKind::Argument, "The type is not a generic parameter.");
  const metadata::Image& image = owner->assembly->image();
  metadata::Token key(method ? metadata::Table::MethodDef : metadata::Table::TypeDef,
                      method ? method->row : owner->row);
  auto* info = types.arena().make<GenericParameterInfo>();
  metadata::RowRange rows = image.rows_with_key<metadata::Table::GenericParam>(key.value);
  for (uint32_t number = rows.begin; number < rows.end; ++number) {
    auto row = TRY(image.row<metadata::Table::GenericParam>(number));
    if (row.number != type.parameter_index) continue;
    auto list = image.rows_with_key<metadata::Table::GenericParamConstraint>(number);
    List<Address> constraints;
    types::GenericContext context{owner->generic_parameters,
                                  method ? method->generic_parameters : std::span<Type*>()};
    for (uint32_t i = list.begin; i < list.end; ++i) {
      auto constraint = TRY(image.row<metadata::Table::GenericParamConstraint>(i));
      constraints.push_back(
          address_of(TRY(types.resolve_type(*owner->assembly, constraint.constraint, context))));
    }
    constraints.push_back(0);
    info->flags = row.flags;
    info->token = metadata::Token(metadata::Table::GenericParam, number).value;
    info->constraints = address_of(types.arena().copy(std::span<const Address>(constraints)).data());
  }
  info->type = address_of(&type);
  return info;
}

Status from_name(Thread& thread, const char* name, int32_t*, ObjectOnStack result, bool throw_on_error,
                 bool ignore_case) {
  *result = nullptr;
  types::Assembly* home = thread.services().entry_assembly();
  types::Assembly& corelib = *thread.types().known().object->assembly;
  Result<Type*> found = find_type_by_display_name(thread, home ? *home : corelib, name, ignore_case);
  if (!found.ok()) {
    Error why = found.take_error();
    if (throw_on_error) return why;
    return {};
  }
  Type* type = found.take_value();
  if (!type && throw_on_error)
    return failure_with(ErrorKind::TypeLoad, "Could not resolve type '%' in assembly '%'.", {name, TRY(assembly_full_name(home ? *home : corelib))});
  return give(result, mirror_of(thread, type));
}

Result<Object*> type_from_handle(Thread& thread, Type* type) { return mirror_of(thread, type); }

constexpr NativeEntry kRows[] = {
    native<array_rank>("GetArrayRank"),
    allocating<assembly>("GetAssembly"),
    native<attributes>("GetAttributes"),
    native<cor_element_type>("GetCorElementType"),
    allocating<element_type>("GetElementType"),
    native<generic_parameter_info>("GetGenericParameterInfo"),
    allocating<generic_definition>("GetGenericTypeDefinition_impl"),
    native<metadata_token>("GetMetadataToken"),
    allocating<module>("GetModule"),
    native<class_of>("GetMonoClass"),
    native<has_instantiation>("HasInstantiation"),
    native<has_references>("HasReferences"),
    native<is_by_ref_like>("IsByRefLike"),
    native<is_generic_definition>("IsGenericTypeDefinition"),
    native<is_instance_of>("IsInstanceOfType"),
    allocating<from_name>("internal_from_name"),
    native<is_subclass_of>("is_subclass_of"),
    native<is_assignable_from>("type_is_assignable_from"),
};

constexpr NativeEntry kTypeRows[] = {allocating<type_from_handle>("internal_from_handle")};

}  // namespace

constinit const NativeClass kRuntimeTypeHandle{"System.RuntimeTypeHandle", kRows};
constinit const NativeClass kSystemType{"System.Type", kTypeRows};

}  // namespace leanclr::icalls
