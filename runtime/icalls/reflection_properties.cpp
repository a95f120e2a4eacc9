// System.Reflection: properties and events.
#include "icalls/constants.h"
#include "icalls/member_rows.h"
#include "icalls/mirrors.h"
#include "icalls/shared.h"
#include "icalls/struct_writer.h"

namespace leanclr::icalls {
namespace {

using metadata::Table;

/// The reflected type of a property or event object.
Result<Type*> reflected_type(Thread& thread, Object* mirror) {
  return objects::field_at<Ref<Type>>(mirror, TRY(field_offset(thread, *mirror->type, "klass"))).get();
}

/// An inherited private accessor is not there for who asks a derived type.
Result<Object*> accessor(Thread& thread, Method* method, Type* reflected) {
  constexpr uint16_t kPrivate = 1;
  if (!method) return static_cast<Object*>(nullptr);
  bool hidden =
      method->declaring_type != reflected && (method->attributes & types::kMethodAccessMask) == kPrivate;
  if (hidden) return static_cast<Object*>(nullptr);
  return method_mirror(thread, *method, reflected);
}

/// Fills what `wanted` asks for (System.Reflection.PInfo); filling more is harmless, but costs objects.
Status property_info(Thread& thread, Object* mirror, uint8_t* info, int32_t wanted) {
  constexpr int32_t kAttributes = 1, kGetter = 2, kSetter = 4, kReflected = 8, kDeclaring = 16, kName = 32;
  const Property& property = *TRY(property_of_mirror(thread, mirror));
  Type* reflected = TRY(reflected_type(thread, mirror));
  StructWriter writer(thread, *TRY(corelib_type(thread, "System.Reflection", "MonoPropertyInfo")), info);
  auto set = [&](std::string_view name, Result<Object*> object) -> Status {
    return writer.set(name, Ref<Object>(TRY(std::move(object))));
  };
  if (wanted & kAttributes) TRY(writer.set("attrs", int32_t{property.attributes}));
  if (wanted & kGetter) TRY(set("get_method", accessor(thread, property.getter, reflected)));
  if (wanted & kSetter) TRY(set("set_method", accessor(thread, property.setter, reflected)));
  if (wanted & kReflected) TRY(set("parent", mirror_of(thread, *reflected)));
  if (wanted & kDeclaring) TRY(set("declaring_type", mirror_of(thread, *property.declaring_type)));
  if (wanted & kName) TRY(set("name", new_string(thread, property.name)));
  return {};
}

Result<Object*> property_from_handle(Thread& thread, Property* property, Type* reflected) {
  return property_mirror(thread, *property, reflected);
}

Result<Object*> default_value(Thread& thread, Object* mirror) {
  const Property& property = *TRY(property_of_mirror(thread, mirror));
  bool found = false;
  metadata::Token token(Table::Property, property.row);
  Object* value =
      TRY(constant_object(thread, property.declaring_type->assembly->image(), token, nullptr, found));
  if (!found) return ErrorKind::InvalidOperation;
  return value;
}

Result<int32_t> property_token(Thread& thread, Object* mirror) {
  return static_cast<int32_t>(
      metadata::Token(Table::Property, TRY(property_of_mirror(thread, mirror))->row).value);
}

Status event_info(Thread& thread, Object* mirror, uint8_t* info) {
  const Event& event = *TRY(event_of_mirror(thread, mirror));
  Type* reflected = TRY(reflected_type(thread, mirror));
  StructWriter writer(thread, *TRY(corelib_type(thread, "System.Reflection", "MonoEventInfo")), info);
  auto set = [&](std::string_view name, Result<Object*> object) -> Status {
    return writer.set(name, Ref<Object>(TRY(std::move(object))));
  };
  TRY(set("declaring_type", mirror_of(thread, *event.declaring_type)));
  TRY(set("reflected_type", mirror_of(thread, *reflected)));
  TRY(set("name", new_string(thread, event.name)));
  TRY(set("add_method", accessor(thread, event.add, reflected)));
  TRY(set("remove_method", accessor(thread, event.remove, reflected)));
  TRY(set("raise_method", accessor(thread, event.raise, reflected)));
  return writer.set("attrs", int32_t{event.attributes});
}

Result<Object*> event_from_handle(Thread& thread, Event* event, Type* reflected) {
  return event_mirror(thread, *event, reflected);
}

Result<int32_t> event_token(Thread& thread, Object* mirror) {
  return static_cast<int32_t>(metadata::Token(Table::Event, TRY(event_of_mirror(thread, mirror))->row).value);
}

constexpr NativeEntry kPropertyRows[] = {
    allocating<default_value>("get_default_value"),
    native<property_token>("get_metadata_token"),
    allocating<property_info>("get_property_info"),
    allocating<property_from_handle>("internal_from_handle_type"),
};
constexpr NativeEntry kEventRows[] = {
    allocating<event_info>("get_event_info"),
    native<event_token>("get_metadata_token"),
    allocating<event_from_handle>("internal_from_handle_type"),
};

}  // namespace

constinit const NativeClass kRuntimePropertyInfo{"System.Reflection.RuntimePropertyInfo", kPropertyRows};
constinit const NativeClass kRuntimeEventInfo{"System.Reflection.RuntimeEventInfo", kEventRows};

}  // namespace leanclr::icalls
