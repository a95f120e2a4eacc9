// System.Reflection: methods and constructors. What they are, their parameters; calling them is in
// reflection_invoke.
#include "base/list.h"
#include "icalls/constants.h"
#include "icalls/method_body.h"
#include "icalls/mirrors.h"
#include "icalls/shared.h"
#include "icalls/struct_writer.h"

namespace leanclr::icalls {
namespace {

using metadata::Table;

// --- MonoMethodInfo

/// System.Reflection.CallingConventions.
int32_t calling_conventions(const types::MethodSignature& signature) {
  constexpr int32_t kStandard = 1, kVarArgs = 2, kHasThis = 0x20;
  int32_t flags = signature.calling_convention == metadata::kSigVarArg ? kVarArgs : kStandard;
  return signature.has_this ? flags | kHasThis : flags;
}

Status method_info(Thread& thread, Method* method, uint8_t* info) {
  const types::MethodSignature& signature = *TRY(thread.types().signature_of(*method));
  StructWriter writer(thread, *TRY(corelib_type(thread, "System.Reflection", "MonoMethodInfo")), info);
  TRY(writer.set("parent", Ref<Object>(TRY(mirror_of(thread, *method->declaring_type)))));
  TRY(writer.set("ret", Ref<Object>(TRY(mirror_of(thread, *signature.return_type)))));
  TRY(writer.set("attrs", int32_t{method->attributes}));
  TRY(writer.set("iattrs", int32_t{method->impl_attributes}));
  return writer.set("callconv", calling_conventions(signature));
}

int32_t method_attributes(const Method* method) { return method->attributes; }

/// A static field of a CoreLib class that holds an object, its constructor run. Collects.
Result<Object*> static_object(Thread& thread, const char* name_space, const char* name) {
  Type& type = *TRY(corelib_type(thread, name_space, name));
  TRY(thread.run_static_constructor(type));
  Field* field = thread.types().find_field(type, "Value");
  if (!field || !type.statics) return failure_with(ErrorKind::MissingField, "%.Value", {name});
  return reinterpret_cast<Ref<Object>*>(type.statics + field->offset)->get();
}

/// The Param row of a position (0: the result, 1: the first parameter), or 0.
Result<metadata::RowNumber> param_row(const Method& method, uint32_t sequence, metadata::ParamRow& row) {
  if (!method.row) return 0u;
  const metadata::Image& image = method.declaring_type->assembly->image();
  metadata::RowRange rows = TRY(image.params_of(method.row));
  for (metadata::RowNumber number = rows.begin; number < rows.end; ++number) {
    row = TRY(image.row<Table::Param>(number));
    if (row.sequence == sequence) return number;
  }
  row = {};
  return 0u;
}

/// No default: DBNull.Value, or Missing.Value for an optional parameter. Collects.
Result<Object*> default_value(Thread& thread, const Method& method, metadata::RowNumber number,
                              uint16_t flags, Type& type) {
  constexpr uint16_t kOptional = 0x0010;
  bool found = false;
  if (number) {
    const metadata::Image& image = method.declaring_type->assembly->image();
    Object* value = TRY(constant_object(thread, image, metadata::Token(Table::Param, number), &type, found));
    if (found) return value;
  }
  return flags & kOptional ? static_object(thread, "System.Reflection", "Missing")
                           : static_object(thread, "System", "DBNull");
}

Result<Object*> make_parameter(Thread& thread, const Method& method, Object* member, uint32_t position) {
  Local<Object> kept_member(thread.heap(), member);
  Type& type = *method.signature->parameters[position];
  metadata::ParamRow row{};
  metadata::RowNumber number = TRY(param_row(method, position + 1, row));
  Local<Object> value(thread.heap(), TRY(default_value(thread, method, number, row.flags, type)));
  Object* parameter = TRY(new_corelib_object(thread, "System.Reflection", "RuntimeParameterInfo"));
  if (number) {
    std::string_view name = TRY(method.declaring_type->assembly->image().string(row.name));
    TRY(set_field(thread, parameter, "NameImpl", TRY(new_string(thread, name))));
  }
  TRY(set_field(thread, parameter, "ClassImpl", TRY(mirror_of(thread, type))));
  TRY(set_field<int32_t>(thread, parameter, "PositionImpl", static_cast<int32_t>(position)));
  TRY(set_field<int32_t>(thread, parameter, "AttrsImpl", row.flags));
  TRY(set_field(thread, parameter, "DefaultValueImpl", value.get()));
  TRY(set_field(thread, parameter, "MemberImpl", kept_member.get()));
  return parameter;
}

Result<Array*> parameters(Thread& thread, Method* method, Object* member_object) {
  Local<Object> member(thread.heap(), member_object);
  const types::MethodSignature& signature = *TRY(thread.types().signature_of(*method));
  uint32_t count = static_cast<uint32_t>(signature.parameters.size());
  Local<Array> array(thread.heap(),
                     TRY(new_corelib_vector(thread, "System.Reflection", "ParameterInfo", count)));
  for (uint32_t i = 0; i < count; ++i) {
    Object* parameter = TRY(make_parameter(thread, *method, member, i));
    array->elements<Ref<Object>>()[i] = parameter;
  }
  return array.get();
}

/// MarshalAs on results is told by interop/'s plans only.
Object* return_marshal(const Method*) { return nullptr; }

// --- RuntimeMethodInfo, RuntimeConstructorInfo

Result<Object*> from_handle(Thread& thread, Method* method, Type* reflected, bool generic_check) {
  if (reflected && generic_check && method->declaring_type->definition == reflected->definition &&
      method->declaring_type != reflected)
    method = TRY(thread.types().method_on(*reflected, *method));
  return method_mirror(thread, *method, reflected);
}

Result<Object*> name(Thread& thread, Object* mirror) {
  return new_string(thread, TRY(method_of_mirror(thread, mirror))->name);
}

Result<int32_t> metadata_token(Thread& thread, Object* mirror) {
  Method* method = TRY(method_of_mirror(thread, mirror));
  return static_cast<int32_t>(metadata::Token(Table::MethodDef, method->row).value);
}

Result<bool> is_generic(Thread& thread, Object* mirror) {
  Method* method = TRY(method_of_mirror(thread, mirror));
  return !method->generic_parameters.empty() || !method->generic_arguments.empty();
}

Result<bool> is_generic_definition(Thread& thread, Object* mirror) {
  return TRY(method_of_mirror(thread, mirror))->is_generic_definition();
}

/// Either the definition's parameters or the instance's arguments.
Result<Array*> generic_arguments(Thread& thread, Object* mirror) {
  Method* method = TRY(method_of_mirror(thread, mirror));
  std::span<Type*> arguments =
      method->generic_arguments.empty() ? method->generic_parameters : method->generic_arguments;
  Array* array = TRY(new_corelib_vector(thread, "System", "Type", static_cast<uint32_t>(arguments.size())));
  for (size_t i = 0; i < arguments.size(); ++i)
    array->elements<Ref<Object>>()[i] = TRY(mirror_of(thread, *arguments[i]));
  return array;
}

Result<Object*> generic_definition(Thread& thread, Object* mirror) {
  Method* method = TRY(method_of_mirror(thread, mirror));
  if (method->generic_arguments.empty() && method->generic_parameters.empty())
    return static_cast<Object*>(nullptr);
  return method_mirror(thread, method->generic_arguments.empty() ? *method : *method->definition, nullptr);
}

Result<Object*> make_generic(Thread& thread, Object* mirror, Array* type_arguments) {
  Method* method = TRY(method_of_mirror(thread, mirror));
  if (method->generic_parameters.size() != type_arguments->length)
    return failure(ErrorKind::Argument,
                   "The number of generic arguments provided doesn't equal the arity of the generic "
                   "type definition.");
  List<Type*> arguments;
  for (uint32_t i = 0; i < type_arguments->length; ++i) {
    Type* argument = TRY(type_of_mirror(thread, type_arguments->elements<Ref<Object>>()[i]));
    if (!argument) return ErrorKind::ArgumentNull;
    arguments.push_back(argument);
  }
  Result<Method*> instance = thread.types().instantiate(*method, arguments);
  if (!instance.ok()) TRY(as_argument_error(instance.take_error()));
  return method_mirror(thread, *instance.value(), nullptr);
}

/// The method that this one overrides: the first declaration of its slot, or the next one up.
Result<Object*> base_method(Thread& thread, Object* mirror, bool definition) {
  Method* method = TRY(method_of_mirror(thread, mirror));
  Type& type = *method->declaring_type;
  TRY(thread.types().ensure(type, TypeState::Linked));
  bool starts_slot = method->attributes & types::kMethodNewSlot;
  if (!method->is_virtual() || starts_slot || type.flags.interface) return mirror;
  TRY(thread.types().ensure(type, TypeState::Complete));
  Method* found = method;
  for (Type* parent = type.parent; parent && method->slot < parent->vtable.size(); parent = parent->parent) {
    for (Method& candidate : parent->methods) {
      if (candidate.slot != method->slot || !candidate.is_virtual()) continue;
      found = &candidate;
      if (!definition) return method_mirror(thread, *found, nullptr);
    }
  }
  return method_mirror(thread, *found, nullptr);
}

/// Attributes, entry point and library of an extern method.
Status pinvoke(Thread& thread, Object* mirror, int32_t* flags, ObjectOnStack entry_point,
               ObjectOnStack library) {
  Method* method = TRY(method_of_mirror(thread, mirror));
  const metadata::Image& image = method->declaring_type->assembly->image();
  auto rows = image.rows_with_key<Table::ImplMap>(metadata::Token(Table::MethodDef, method->row).value);
  if (rows.empty()) return failure(ErrorKind::InvalidOperation, "The method is no P/Invoke.");
  auto row = TRY(image.row<Table::ImplMap>(rows.begin));
  auto scope = TRY(image.row<Table::ModuleRef>(row.import_scope));
  *flags = row.mapping_flags;
  *entry_point = TRY(new_string(thread, TRY(image.string(row.import_name))));
  *library = TRY(new_string(thread, TRY(image.string(scope.name))));
  return {};
}

Status run_class_constructor(Thread& thread, QCallTypeHandle handle) {
  return thread.run_static_constructor(handle.type());
}

Result<int32_t> parameter_token(Thread& thread, Object* parameter) {
  Object* member =
      objects::field_at<Ref<Object>>(parameter, TRY(field_offset(thread, *parameter->type, "MemberImpl")));
  int32_t position =
      objects::field_at<int32_t>(parameter, TRY(field_offset(thread, *parameter->type, "PositionImpl")));
  metadata::ParamRow row;
  Method* method = TRY(method_of_mirror(thread, member));
  metadata::RowNumber number = TRY(param_row(*method, static_cast<uint32_t>(position + 1), row));
  return static_cast<int32_t>(metadata::Token(Table::Param, number).value);
}

constexpr NativeEntry kInfoRows[] = {
    native<method_attributes>("get_method_attributes"),
    allocating<method_info>("get_method_info"),
    native<parameters>("get_parameter_info"),
    native<return_marshal>("get_retval_marshal"),
};

constexpr NativeEntry kMethodRows[] = {
    allocating<generic_arguments>("GetGenericArguments"),
    allocating<generic_definition>("GetGenericMethodDefinition_impl"),
    allocating<method_body>("GetMethodBodyInternal"),
    allocating<from_handle>("GetMethodFromHandleInternalType_native"),
    allocating<pinvoke>("GetPInvoke"),
    allocating<make_generic>("MakeGenericMethod_impl"),
    native<is_generic>("get_IsGenericMethod"),
    native<is_generic_definition>("get_IsGenericMethodDefinition"),
    allocating<base_method>("get_base_method"),
    native<metadata_token>("get_metadata_token"),
    allocating<name>("get_name"),
};

constexpr NativeEntry kConstructorRows[] = {
    native<run_class_constructor>("InvokeClassConstructor"),
    native<metadata_token>("get_metadata_token"),
};

constexpr NativeEntry kParameterRows[] = {native<parameter_token>("GetMetadataToken")};

}  // namespace

constinit const NativeClass kMonoMethodInfo{"System.Reflection.MonoMethodInfo", kInfoRows};
constinit const NativeClass kRuntimeMethodInfo{"System.Reflection.RuntimeMethodInfo", kMethodRows};
constinit const NativeClass kRuntimeConstructorInfo{"System.Reflection.RuntimeConstructorInfo",
                                                    kConstructorRows};
constinit const NativeClass kRuntimeParameterInfo{"System.Reflection.RuntimeParameterInfo", kParameterRows};

}  // namespace leanclr::icalls
