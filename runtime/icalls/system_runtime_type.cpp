// System.RuntimeType: names, relations, and types made from types. Its member lists are in
// runtime_type_members.
#include "base/list.h"
#include "icalls/mirrors.h"
#include "icalls/shared.h"
#include "icalls/type_names.h"

namespace leanclr::icalls {
namespace {

// --- names

Status full_name(Thread& thread, QCallTypeHandle handle, ObjectOnStack result, bool full,
                 bool with_assembly) {
  Type& type = handle.type();
  // An open type has no full name that could find it again, unless it is a definition itself.
  bool nameless = type.flags.contains_generic_parameters && !type.flags.generic_definition;
  if (full && nameless) {
    const Type* root = &type;
    while (root->element && (root->is_array() || root->is_pointer_like())) root = root->element;
    if (!root->flags.generic_definition) {
      *result = nullptr;
      return {};
    }
  }
  NameForm form = with_assembly ? NameForm::AssemblyQualified : full ? NameForm::Full : NameForm::Display;
  return give(result, new_string(thread, TRY(type_name(thread.types(), type, form))));
}

Status name(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  return give(result, new_string(thread, handle.type().name));
}

Status name_space(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  std::string_view text = type_namespace(handle.type());
  *result = nullptr;
  if (text.empty()) return {};
  return give(result, new_string(thread, text));
}

// --- relations

Status parent(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  Type& type = handle.type();
  if (type.is_pointer_like()) return give(result, static_cast<Object*>(nullptr));
  TRY(thread.types().ensure(type, TypeState::Linked));
  return give(result, mirror_of(thread, type.flags.interface ? nullptr : type.parent));
}

Status declaring_type(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  Type& type = handle.type();
  if (type.is_pointer_like() || type.is_array()) return give(result, static_cast<Object*>(nullptr));
  TRY(thread.types().ensure(type, TypeState::Linked));
  return give(result, mirror_of(thread, type.declaring_type));
}

/// Of a generic parameter of a method.
Status declaring_method(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  *result = nullptr;
  if (Method* method = handle.type().declaring_method)
    return give(result, method_mirror(thread, *method, nullptr));
  return {};
}

int32_t parameter_position(QCallTypeHandle handle) {
  const Type& type = handle.type();
  bool parameter = type.element_type == ElementType::Var || type.element_type == ElementType::MVar;
  return parameter ? static_cast<int32_t>(type.parameter_index) : -1;
}

Result<Array*> type_array(Thread& thread, std::span<Type* const> types, bool runtime_types) {
  Array* array = TRY(new_corelib_vector(thread, "System", runtime_types ? "RuntimeType" : "Type",
                                        static_cast<uint32_t>(types.size())));
  for (size_t i = 0; i < types.size(); ++i)
    array->elements<Ref<Object>>()[i] = TRY(mirror_of(thread, *types[i]));
  return array;
}

Status give_types(Thread& thread, ObjectOnStack result, std::span<Type* const> types, bool runtime_types) {
  *result = TRY(type_array(thread, types, runtime_types));
  return {};
}

Status generic_arguments(Thread& thread, QCallTypeHandle handle, ObjectOnStack result, bool runtime_types) {
  TRY(thread.types().ensure(handle.type(), TypeState::Linked));
  const Type& type = handle.type();
  return give_types(thread, result,
                    type.generic_arguments.empty() ? type.generic_parameters : type.generic_arguments,
                    runtime_types);
}

/// Every interface, inherited ones included.
Status interfaces(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  Type& type = handle.type();
  List<Type*> found;
  if (!type.is_pointer_like()) {
    TRY(thread.types().ensure(type, TypeState::Complete));
    for (const types::InterfaceEntry& entry : type.interfaces) found.push_back(entry.interface);
  }
  return give_types(thread, result, found, false);
}

/// Two arrays of MethodInfo, slot by slot; null when the type does not implement the interface.
Status interface_map(Thread& thread, QCallTypeHandle handle, QCallTypeHandle interface, ObjectOnStack targets,
                     ObjectOnStack methods) {
  *targets = nullptr;
  *methods = nullptr;
  if (!thread.types().is_assignable(interface.type(), handle.type())) return {};
  TRY(thread.types().ensure(interface.type(), TypeState::Complete));
  List<Method*> declared;
  for (Method& method : interface.type().methods)
    if (method.is_virtual() && !method.is_static()) declared.push_back(&method);
  uint32_t count = static_cast<uint32_t>(declared.size());
  Array* target_array = TRY(new_corelib_vector(thread, "System.Reflection", "MethodInfo", count));
  Array* method_array = TRY(new_corelib_vector(thread, "System.Reflection", "MethodInfo", count));
  for (uint32_t i = 0; i < count; ++i) {
    Method* target = value_or<Method*>(thread.types().find_implementation(handle.type(), *declared[i]), nullptr);
    if (target) target_array->elements<Ref<Object>>()[i] = TRY(method_mirror(thread, *target, nullptr));
    method_array->elements<Ref<Object>>()[i] = TRY(method_mirror(thread, *declared[i], nullptr));
  }
  *targets = target_array;
  *methods = method_array;
  return {};
}

// --- types made from types

Status make_generic(Thread& thread, Object* definition_mirror, Array* arguments, ObjectOnStack result) {
  Type* definition = TRY(type_of_mirror(thread, definition_mirror));
  TRY(thread.types().ensure(*definition, TypeState::Linked));
  if (!definition->flags.generic_definition || definition->generic_parameters.size() != arguments->length)
    return failure(ErrorKind::Argument,
                   "The number of generic arguments provided doesn't equal the arity of the generic "
                   "type definition.");
  List<Type*> types;
  for (uint32_t i = 0; i < arguments->length; ++i) {
    Type* type = TRY(type_of_mirror(thread, arguments->elements<Ref<Object>>()[i]));
    if (!type) return ErrorKind::ArgumentNull;
    types.push_back(type);
  }
  Type* instance = TRY(thread.types().instantiate(*definition, types));
  TRY(as_argument_error(thread.types().check_constraints(*instance)));
  return give(result, mirror_of(thread, *instance));
}

/// Rank 0 means a vector.
Status make_array(Thread& thread, QCallTypeHandle handle, int32_t rank, ObjectOnStack result) {
  constexpr int32_t kMaxRank = 32;
  if (rank > kMaxRank) return failure(ErrorKind::TypeLoad, "An array cannot have more than 32 dimensions.");
  types::TypeSystem& types = thread.types();
  Type& element = handle.type();
  if (element.flags.by_ref_like)
    return failure_with(ErrorKind::TypeLoad, "Could not create array type '%[]' from assembly '%' because the element type is ByRef-like.", {TRY(type_name(types, element, NameForm::Display)), TRY(assembly_full_name(*element.assembly))});
  Type* array = TRY(rank == 0 ? types.vector_of(handle.type())
                              : types.array_of(handle.type(), static_cast<uint32_t>(rank)));
  return give(result, mirror_of(thread, *array));
}

Status make_by_ref(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  return give(result, mirror_of(thread, thread.types().byref_to(handle.type())));
}

Status make_pointer(Thread& thread, QCallTypeHandle handle, ObjectOnStack result) {
  return give(result, mirror_of(thread, thread.types().pointer_to(handle.type())));
}

Status packing(Thread& thread, QCallTypeHandle handle, int32_t* pack, int32_t* size) {
  const Type& type = handle.type();
  TRY(thread.types().ensure(handle.type(), TypeState::Linked));
  *pack = *size = 0;
  if (!type.assembly || !type.row) return {};
  const metadata::Image& image = type.assembly->image();
  metadata::RowRange rows = image.rows_with_key<metadata::Table::ClassLayout>(type.row);
  if (rows.empty()) return {};
  auto row = TRY(image.row<metadata::Table::ClassLayout>(rows.begin));
  *pack = row.packing_size;
  *size = static_cast<int32_t>(row.class_size);
  return {};
}

// --- function pointers

uint8_t calling_convention(QCallTypeHandle handle) {
  return handle.type().function ? handle.type().function->calling_convention : 0;
}

bool is_unmanaged_function_pointer(QCallTypeHandle handle) {
  return handle.type().function && handle.type().function->calling_convention != metadata::kSigDefault;
}

constexpr NativeEntry kRows[] = {
    native<calling_convention>("GetCallingConventionFromFunctionPointerInternal"),
    allocating<declaring_method>("GetDeclaringMethod"),
    allocating<declaring_type>("GetDeclaringType"),
    allocating<generic_arguments>("GetGenericArgumentsInternal"),
    native<parameter_position>("GetGenericParameterPosition"),
    allocating<interface_map>("GetInterfaceMapData"),
    allocating<interfaces>("GetInterfaces"),
    allocating<name>("GetName"),
    allocating<name_space>("GetNamespace"),
    native<packing>("GetPacking"),
    allocating<parent>("GetParentType"),
    native<is_unmanaged_function_pointer>("IsUnmanagedFunctionPointerInternal"),
    allocating<make_generic>("MakeGenericType"),
    allocating<full_name>("getFullName"),
    allocating<make_array>("make_array_type"),
    allocating<make_by_ref>("make_byref_type"),
    allocating<make_pointer>("make_pointer_type"),
};

}  // namespace

constinit const NativeClass kRuntimeType{"System.RuntimeType", kRows};

}  // namespace leanclr::icalls
