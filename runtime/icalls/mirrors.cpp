// Making mirrors, and finding members again behind theirs.
#include "icalls/mirrors.h"

#include "icalls/member_cache.h"
#include "icalls/member_rows.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

constexpr const char* kReflection = "System.Reflection";

Result<Type*> complete_type(objects::ObjectModel& objects, const char* name_space,
                            std::string_view name) {
  types::TypeSystem& types = objects.types();
  Type* type = TRY(types.type_by_name(*types.known().object->assembly, name_space, name));
  TRY(types.ensure(*type, TypeState::Complete));
  return type;
}

Result<uint32_t> offset_of(objects::ObjectModel& objects, Type& type, const char* field) {
  for (Type* owner = &type; owner; owner = owner->parent)
    if (Field* found = objects.types().find_field(*owner, field)) return found->offset;
  return failure_with(ErrorKind::MissingField, "%.%", {objects.types().full_name(type), field});
}

template <typename T>
Status store(objects::ObjectModel& objects, Object* object, const char* field, T value) {
  objects::field_at<T>(object, TRY(offset_of(objects, *object->type, field))) = value;
  return {};
}

Status store_text(objects::ObjectModel& objects, Object* object, const char* field,
                  std::string_view text) {
  return store<Ref<Object>>(objects, object, field, TRY(allocated<Object>(objects.new_string(text))));
}

}  // namespace

Result<Object*> type_mirror(objects::ObjectModel& objects, Type& type) {
  if (type.mirror.get()) return static_cast<Object*>(type.mirror.get());
  Type& runtime_type = *objects.types().known().runtime_type;
  TRY(objects.types().ensure(runtime_type, TypeState::Complete));
  Object* object = TRY(allocated(objects.new_object(runtime_type)));
  objects::field_at<Address>(object, objects.fields().type_impl) = address_of(&type);
  type.mirror = object;
  return object;
}

Result<Object*> assembly_mirror(objects::ObjectModel& objects, types::Assembly& assembly) {
  if (assembly.mirror.get()) return static_cast<Object*>(assembly.mirror.get());
  Type& type = *TRY(complete_type(objects, kReflection, "RuntimeAssembly"));
  Object* object = TRY(allocated(objects.new_object(type)));
  auto* handle = objects.types().arena().make<AssemblyHandle>(&assembly);
  TRY(store<Address>(objects, object, "_mono_assembly", address_of(handle)));
  assembly.mirror = object;
  return object;
}

Result<Object*> module_mirror(objects::ObjectModel& objects, types::Assembly& assembly) {
  if (assembly.module_mirror.get()) return static_cast<Object*>(assembly.module_mirror.get());
  Object* owner = TRY(assembly_mirror(objects, assembly));
  Type& type = *TRY(complete_type(objects, kReflection, "RuntimeModule"));
  Object* object = TRY(allocated(objects.new_object(type)));
  const metadata::Image& image = assembly.image();
  auto row = TRY(image.row<metadata::Table::Module>(1));
  std::string_view file = assembly.file_name();
  uint32_t handle_at = TRY(offset_of(objects, *owner->type, "_mono_assembly"));
  TRY(store<Address>(objects, object, "_impl", objects::field_at<Address>(owner, handle_at)));
  TRY(store<Ref<Object>>(objects, object, "assembly", owner));
  TRY(store_text(objects, object, "fqname", file));
  TRY(store_text(objects, object, "name", file.substr(file.find_last_of("/\\") + 1)));
  TRY(store_text(objects, object, "scopename", TRY(image.string(row.name))));
  assembly.module_mirror = object;
  return object;
}

Result<Object*> method_mirror(Thread& thread, Method& method, Type* reflected) {
  if (!reflected) reflected = method.declaring_type;
  MemberKey key{&method, reflected};
  if (Object* known = find_member(thread, key)) return known;
  bool constructor = method.is_constructor() || is(method.name, ".cctor");
  Object* object = TRY(
      new_corelib_object(thread, kReflection, constructor ? "RuntimeConstructorInfo" : "RuntimeMethodInfo"));
  TRY(set_field<Address>(thread, object, "mhandle", address_of(&method)));
  TRY(set_field(thread, object, "reftype", TRY(mirror_of(thread, *reflected))));
  TRY(set_field(thread, object, "name", TRY(new_string(thread, method.name))));
  return remember_member(thread, key, object);
}

Result<Object*> field_mirror(Thread& thread, Field& field, Type* reflected) {
  if (!reflected) reflected = field.declaring_type;
  MemberKey key{&field, reflected};
  if (Object* known = find_member(thread, key)) return known;
  Object* object = TRY(new_corelib_object(thread, kReflection, "RuntimeFieldInfo"));
  TRY(set_field<Address>(thread, object, "klass", address_of(reflected)));
  TRY(set_field<Address>(thread, object, "fhandle", address_of(&field)));
  TRY(set_field(thread, object, "name", TRY(new_string(thread, field.name))));
  TRY(set_field<int32_t>(thread, object, "attrs", field.attributes));
  return remember_member(thread, key, object);
}

namespace {

/// A RuntimePropertyInfo or RuntimeEventInfo: both hold the reflected type and a handle.
template <typename Member>
Result<Object*> row_mirror(Thread& thread, Member& member, Type* reflected, const char* class_name,
                           const char* handle_field) {
  if (!reflected) reflected = member.declaring_type;
  MemberKey key{&member, reflected};
  if (Object* known = find_member(thread, key)) return known;
  Object* object = TRY(new_corelib_object(thread, kReflection, class_name));
  TRY(set_field<Address>(thread, object, "klass", address_of(reflected)));
  TRY(set_field<Address>(thread, object, handle_field, address_of(&member)));
  return remember_member(thread, key, object);
}

/// What the address in a field of a mirror points at. Errors: MissingField when it is a mirror of another
/// kind.
template <typename T>
Result<T*> behind(Thread& thread, Object* mirror, const char* field) {
  if (!mirror) return ErrorKind::NullReference;
  uint32_t offset = TRY(field_offset(thread, *mirror->type, field));
  return pointer_at<T>(objects::field_at<Address>(mirror, offset));
}

}  // namespace

Result<Object*> property_mirror(Thread& thread, Property& property, Type* reflected) {
  return row_mirror(thread, property, reflected, "RuntimePropertyInfo", "prop");
}
Result<Object*> event_mirror(Thread& thread, Event& event, Type* reflected) {
  return row_mirror(thread, event, reflected, "RuntimeEventInfo", "handle");
}

Result<Method*> method_of_mirror(Thread& thread, Object* mirror) {
  bool dynamic = mirror && is(mirror->type->name, "DynamicMethod");
  return behind<Method>(thread, mirror, dynamic ? "_mhandle" : "mhandle");
}
Result<Field*> field_of_mirror(Thread& thread, Object* mirror) {
  return behind<Field>(thread, mirror, "fhandle");
}
Result<Property*> property_of_mirror(Thread& thread, Object* mirror) {
  return behind<Property>(thread, mirror, "prop");
}
Result<Event*> event_of_mirror(Thread& thread, Object* mirror) {
  return behind<Event>(thread, mirror, "handle");
}
Result<types::Assembly*> assembly_of_mirror(Thread& thread, Object* mirror) {
  bool module = mirror && is(mirror->type->name, "RuntimeModule");
  AssemblyHandle* handle = TRY(behind<AssemblyHandle>(thread, mirror, module ? "_impl" : "_mono_assembly"));
  if (!handle) return ErrorKind::NullReference;
  return handle->assembly;
}

static MemberObject* member_object(Thread& thread, const MemberKey& key) {
  return state_of(thread).members.find(key.hash(), [&](const MemberObject* object) { return object->key == key; });
}

Object* find_member(Thread& thread, const MemberKey& key) {
  const MemberObject* known = member_object(thread, key);
  return known && known->handle ? thread.heap().handle_target(known->handle) : nullptr;
}

Result<Object*> remember_member(Thread& thread, const MemberKey& key, Object* object) {
  MemberObject* known = member_object(thread, key);
  if (!known) {
    known = thread.types().arena().make<MemberObject>(MemberObject{key});
    state_of(thread).members.insert(key.hash(), known);
  }
  if (known->handle) thread.heap().set_handle_target(known->handle, object);
  else known->handle = thread.heap().new_handle(object, gc::HandleKind::Weak);
  if (!known->handle) return ErrorKind::OutOfMemory;
  return object;
}

}  // namespace leanclr::icalls
