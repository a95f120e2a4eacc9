// System.Reflection: fields, their values and their constants.
#include <cstring>

#include "icalls/constants.h"
#include "icalls/mirrors.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

using metadata::Table;

/// Reflection throws what a static constructor threw inside an exception of its own. Collects.
Status run_static_constructor(Thread& thread, Type& type) {
  Status status = thread.run_static_constructor(type);
  if (status.ok() || status.error().kind() != ErrorKind::ManagedException) return status;
  Object* inner = thread.take_exception();
  (void)status.take_error();
  return thread.raise(TRY(thread.wrap_exception("System.Reflection", "TargetInvocationException", {}, inner)));
}

/// Where a field's value lies. Static: the type's constructor has run. Collects.
Result<uint8_t*> address_of_field(Thread& thread, Field& field, Object* target) {
  Type& owner = *field.declaring_type;
  TRY(thread.types().ensure(owner, TypeState::Complete));
  if (!field.is_static) {
    if (!target) return ErrorKind::NullReference;
    return (owner.flags.value_type ? objects::unbox(target) : reinterpret_cast<uint8_t*>(target)) +
           field.offset;
  }
  TRY(run_static_constructor(thread, owner));
  if (field.has_rva) return const_cast<uint8_t*>(field.rva_data);
  if (field.is_thread_static) return thread.thread_statics(owner) + field.offset;
  return owner.statics + field.offset;
}

Result<Object*> box_at(Thread& thread, Type& type, const uint8_t* address) {
  TRY(thread.types().ensure(type, TypeState::Complete));
  Type& boxed = type.is_pointer_like() ? *thread.types().known().intptr : type;
  Object* object = thread.objects().box(boxed, address);
  if (!object && !boxed.is_reference() && !boxed.flags.nullable) return ErrorKind::OutOfMemory;
  return object;
}

/// The type of a field; its owner must be closed or at least linked.
Result<Type*> type_of_field(Thread& thread, Field& field) {
  Type& owner = *field.declaring_type;
  if (!field.type) {
    TRY(thread.types().ensure(owner, TypeState::Linked));
    if (!owner.flags.contains_generic_parameters) TRY(thread.types().ensure(owner, TypeState::Sized));
  }
  if (field.type) return field.type;
  const metadata::Image& image = owner.assembly->image();
  Reader reader = TRY(image.blob_reader(TRY(image.row<Table::Field>(field.row)).signature));
  TRY(reader.u8());  // §II.23.2.4: FIELD
  return thread.types().read_type(*owner.assembly, reader, types::context_of(owner));
}

Result<Object*> literal(Thread& thread, Field& field, Type* type) {
  bool found = false;
  metadata::Token token(Table::Field, field.row);
  return constant_object(thread, field.declaring_type->assembly->image(), token, type, found);
}

Result<Object*> get_value(Thread& thread, Object* mirror, Object* target) {
  Field& field = *TRY(field_of_mirror(thread, mirror));
  if (field.is_literal) return literal(thread, field, TRY(type_of_field(thread, field)));
  Local<Object> kept(thread.heap(), target);
  return box_at(thread, *TRY(type_of_field(thread, field)), TRY(address_of_field(thread, field, target)));
}

Result<Object*> raw_constant(Thread& thread, Object* mirror) {
  Field& field = *TRY(field_of_mirror(thread, mirror));
  if (!field.is_literal) return ErrorKind::InvalidOperation;
  return literal(thread, field, nullptr);
}

/// CoreLib has converted the value to the field's type.
void store(Type& type, uint8_t* address, Object* value) {
  if (type.is_reference()) {
    *reinterpret_cast<Ref<Object>*>(address) = value;
  } else if (type.flags.nullable &&
             !(value && value->type.get() == &type)) {  // else CoreLib has made it one already
    std::memset(address, 0, type.value_size);
    if (!value) return;
    std::memcpy(address + objects::nullable_value_offset(type), objects::unbox(value),
                type.element->value_size);
    *address = 1;
  } else if (value) {
    std::memcpy(address, objects::unbox(value), type.value_size);
  } else {
    std::memset(address, 0, type.value_size);
  }
}

Status set_value(Thread& thread, Object* mirror, Object* target, Object* value) {
  Field& field = *TRY(field_of_mirror(thread, mirror));
  Local<Object> kept_target(thread.heap(), target), kept_value(thread.heap(), value);
  Type& type = *TRY(type_of_field(thread, field));
  uint8_t* address = TRY(address_of_field(thread, field, target));
  constexpr uint16_t kInitOnly = 0x0020;
  const Type& owner = *field.declaring_type;
  if (field.is_static && (field.attributes & kInitOnly) && owner.cctor_state != types::CctorState::Running)
    return failure_with(ErrorKind::FieldAccess, "Cannot set initonly static field '%' after type '%' is initialized.", {field.name, thread.types().full_name(owner)});
  if (field.has_rva) return not_supported("Fields with preset data cannot be written through reflection.");
  store(type, address, kept_value);
  return {};
}

Result<Object*> resolve_type(Thread& thread, Object* mirror) {
  return mirror_of(thread, *TRY(type_of_field(thread, *TRY(field_of_mirror(thread, mirror)))));
}

Result<Object*> parent_type(Thread& thread, Object* mirror, bool declaring) {
  Field& field = *TRY(field_of_mirror(thread, mirror));
  if (declaring) return mirror_of(thread, *field.declaring_type);
  uint32_t offset = TRY(field_offset(thread, *mirror->type, "klass"));
  return mirror_of(thread, objects::field_at<Ref<Type>>(mirror, offset).get());
}

Result<int32_t> offset(Thread& thread, Object* mirror) {
  Field& field = *TRY(field_of_mirror(thread, mirror));
  TRY(thread.types().ensure(*field.declaring_type, TypeState::Sized));
  return static_cast<int32_t>(field.offset -
                              (field.declaring_type->flags.value_type ? 0 : types::kObjectHeaderBytes));
}

Result<int32_t> metadata_token(Thread& thread, Object* mirror) {
  return static_cast<int32_t>(metadata::Token(Table::Field, TRY(field_of_mirror(thread, mirror))->row).value);
}

Object* no_marshal_info(Object*) { return nullptr; }

Result<Object*> from_handle(Thread& thread, Field* field, Type* reflected) {
  return field_mirror(thread, *field, reflected);
}

Result<uint8_t*> data_reference(Thread& thread, Object* target, Field* field) {
  Local<Object> kept(thread.heap(), target);
  return address_of_field(thread, *field, target);
}

/// The field inside the value that a TypedReference is to; fields of reference types go by the object.
Result<uint8_t*> address_through(Field& field, const TypedReferenceValue* reference) {
  if (field.is_static || !reference->value) return ErrorKind::Argument;
  if (field.declaring_type->flags.value_type) return pointer_at<uint8_t>(reference->value) + field.offset;
  Object* object = pointer_at<Ref<Object>>(reference->value)->get();
  if (!object) return ErrorKind::NullReference;
  return reinterpret_cast<uint8_t*>(object) + field.offset;
}

Result<Object*> get_value_direct(Thread& thread, Object* mirror, Object*,
                                 const TypedReferenceValue* reference, Object*) {
  Field& field = *TRY(field_of_mirror(thread, mirror));
  TRY(thread.types().ensure(*field.declaring_type, TypeState::Sized));
  return box_at(thread, *TRY(type_of_field(thread, field)), TRY(address_through(field, reference)));
}

Status set_value_direct(Thread& thread, Object* mirror, Object*, const TypedReferenceValue* reference,
                        Object* value, Object*) {
  Field& field = *TRY(field_of_mirror(thread, mirror));
  TRY(thread.types().ensure(*field.declaring_type, TypeState::Sized));
  Type& type = *TRY(type_of_field(thread, field));
  TRY(thread.types().ensure(type, TypeState::Sized));
  store(type, TRY(address_through(field, reference)), value);
  return {};
}

constexpr NativeEntry kRows[] = {
    native<offset>("GetFieldOffset"),
    allocating<parent_type>("GetParentType"),
    allocating<raw_constant>("GetRawConstantValue"),
    native<get_value>("GetValueInternal"),
    allocating<resolve_type>("ResolveType"),
    native<set_value>("SetValueInternal"),
    native<metadata_token>("get_metadata_token"),
};
constexpr NativeEntry kFieldInfoRows[] = {
    native<no_marshal_info>("get_marshal_info"),
    allocating<from_handle>("internal_from_handle_type"),
};
constexpr NativeEntry kHandleRows[] = {
    native<data_reference>("GetFieldDataReferenceInternal"),
    allocating<get_value_direct>("GetValueDirect"),
    native<set_value_direct>("SetValueDirect"),
};

}  // namespace

constinit const NativeClass kRuntimeFieldInfo{"System.Reflection.RuntimeFieldInfo", kRows};
constinit const NativeClass kFieldInfo{"System.Reflection.FieldInfo", kFieldInfoRows};
constinit const NativeClass kRuntimeFieldHandle{"System.RuntimeFieldHandle", kHandleRows};

}  // namespace leanclr::icalls
