// System.Reflection.CustomAttribute: finding, making and describing custom attributes (§II.22.10).
#include <algorithm>
#include <cstring>

#include "base/list.h"
#include "icalls/attribute_blob.h"
#include "icalls/attribute_target.h"
#include "icalls/member_rows.h"
#include "icalls/mirrors.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

using metadata::RowNumber;
using metadata::Table;

/// One CustomAttribute row, its constructor resolved.
struct AttributeRow {
  types::Assembly* assembly;
  Method* constructor;
  metadata::BlobOffset value;
};

/// The attributes of a target whose type is `wanted` or derives from it (null: all).
Result<List<AttributeRow>> attributes_of(Thread& thread, const AttributeTarget& target, Type* wanted) {
  List<AttributeRow> found;
  if (!target.assembly) return found;
  const metadata::Image& image = target.assembly->image();
  metadata::RowRange rows = image.rows_with_key<Table::CustomAttribute>(target.token.value);
  for (RowNumber number = rows.begin; number < rows.end; ++number) {
    auto row = TRY(image.row<Table::CustomAttribute>(number));
    Method* constructor = value_or<Method*>(thread.types().resolve_method(*target.assembly, row.type, {}), nullptr);
    // An attribute whose type was trimmed away, or whose assembly is not there, is none that could be asked
    // for.
    if (!constructor) continue;
    Type& type = *constructor->declaring_type;
    if (wanted && !thread.types().is_assignable(*wanted, type)) continue;
    found.push_back({target.assembly, constructor, row.value});
  }
  return found;
}

Result<bool> is_defined(Thread& thread, Object* provider, Object* attribute_type) {
  Type* wanted = TRY(type_of_mirror(thread, attribute_type));
  return !TRY(attributes_of(thread, TRY(attribute_target(thread, provider)), wanted)).empty();
}

// --- making them

/// Lays an argument out in slots as its parameter wants it.
void push_argument(List<Slot>& slots, const Type& type, Object* value) {
  Slot slot;
  if (type.is_reference()) slot.object = value;
  else std::memcpy(&slot, objects::unbox(value), type.value_size);
  bool is_signed = type.underlying()->element_type == ElementType::I1 ||
                   type.underlying()->element_type == ElementType::I2;
  if (is_signed)
    slot.i4 = type.value_size == 1 ? static_cast<int8_t>(slot.i4) : static_cast<int16_t>(slot.i4);
  slots.push_back(slot);
}

Property* find_property(Thread& thread, Type& type, std::string_view name) {
  for (Type* owner = &type; owner; owner = owner->parent) {
    for (Property* property : value_or(properties_of(thread, *owner), {}))
      if (is(property->name, name) && property->setter) return property;
  }
  return nullptr;
}

Failure no_member(Thread& thread, Type& type, std::string_view name) {
  return failure_with(ErrorKind::MissingField, "%.%", {thread.types().full_name(type), name});
}

/// Sets a field, or calls a property's setter. `object` is rooted by the caller. Collects.
Status set_named(Thread& thread, Object* object, const AttributeReader::Named& named) {
  Type& type = *object->type;
  if (named.is_field) {
    for (Type* owner = &type; owner; owner = owner->parent) {
      Field* field = thread.types().find_field(*owner, named.name);
      if (!field || field->is_static) continue;
      uint8_t* target = reinterpret_cast<uint8_t*>(object) + field->offset;
      if (field->type->is_reference()) *reinterpret_cast<Ref<Object>*>(target) = named.value;
      else std::memcpy(target, objects::unbox(named.value), field->type->value_size);
      return {};
    }
    return no_member(thread, type, named.name);
  }
  Property* property = find_property(thread, type, named.name);
  if (!property) return no_member(thread, type, named.name);
  const types::MethodSignature& signature = *TRY(thread.types().signature_of(*property->setter));
  List<Slot> slots(1);
  slots[0].object = object;
  push_argument(slots, *signature.parameters[0], named.value);
  return thread.invoke_virtual(*property->setter, slots.data(), nullptr);
}

/// Makes the attribute object. Collects.
Result<Object*> make_attribute(Thread& thread, const AttributeRow& row) {
  Method& constructor = *row.constructor;
  Type& type = *constructor.declaring_type;
  TRY(thread.types().ensure(type, TypeState::Complete));
  TRY(thread.run_static_constructor(type));
  const types::MethodSignature& signature = *TRY(thread.types().signature_of(constructor));
  Reader blob = TRY(row.assembly->image().blob_reader(row.value));
  AttributeReader reader(thread, *row.assembly, blob);
  bool has_blob = !blob.at_end();
  if (has_blob) TRY(reader.begin());
  Local<Object> object(thread.heap(), TRY(allocated(thread.objects().new_object(type))));
  List<Slot> slots(1);
  slots[0].object = object.get();
  // Reading never collects, so the arguments are safe until the call has them.
  for (Type* parameter : signature.parameters)
    push_argument(slots, *parameter, TRY(reader.fixed(*parameter)));
  TRY(thread.invoke(constructor, slots.data(), nullptr));
  uint32_t named = has_blob ? TRY(reader.named_count()) : 0;
  for (uint32_t i = 0; i < named; ++i) TRY(set_named(thread, object, TRY(reader.named())));
  return object.get();
}

Result<Array*> custom_attributes(Thread& thread, Object* provider, Object* attribute_type, bool) {
  Type* wanted = TRY(type_of_mirror(thread, attribute_type));
  List<AttributeRow> rows =
      TRY(attributes_of(thread, TRY(attribute_target(thread, provider)), wanted));
  Local<Array> array(thread.heap(), TRY(new_corelib_vector(thread, "System", "Attribute",
                                                           static_cast<uint32_t>(rows.size()))));
  for (size_t i = 0; i < rows.size(); ++i) {
    Object* attribute = TRY(make_attribute(thread, rows[i]));
    array->elements<Ref<Object>>()[i] = attribute;
  }
  return array.get();
}

// --- describing them

/// A constructor of a CoreLib class by the names of its parameters' types.
Result<Method*> corelib_constructor(Thread& thread, Type& type,
                                    std::initializer_list<std::string_view> parameters) {
  for (Method& method : type.methods) {
    if (!method.is_constructor()) continue;
    std::span<Type*> actual = TRY(thread.types().signature_of(method))->parameters;
    auto same = [](const Type* parameter, std::string_view name) { return is(parameter->name, name); };
    if (std::equal(actual.begin(), actual.end(), parameters.begin(), parameters.end(), same)) return &method;
  }
  return failure_with(ErrorKind::MissingMethod, "%::.ctor", {thread.types().full_name(type)});
}

/// A RuntimeCustomAttributeData, which reads its arguments when asked for them. Collects.
Result<Object*> make_data(Thread& thread, const AttributeRow& row) {
  Type& type = *TRY(corelib_type(thread, "System.Reflection", "RuntimeCustomAttributeData"));
  Method* constructor =
      TRY(corelib_constructor(thread, type, {"ConstructorInfo", "Assembly", "IntPtr", "UInt32"}));
  Bytes blob = TRY(row.assembly->image().blob(row.value));
  Local<Object> data(thread.heap(), TRY(allocated(thread.objects().new_object(type))));
  Slot arguments[5];
  arguments[0].object = data.get();
  arguments[1].object = TRY(method_mirror(thread, *row.constructor, nullptr));
  arguments[2].object = TRY(assembly_mirror(thread.objects(), *row.assembly));
  arguments[3].address = address_of(blob.data());
  arguments[4].u4 = static_cast<uint32_t>(blob.size());
  TRY(thread.invoke(*constructor, arguments, nullptr));
  return data.get();
}

Result<Array*> custom_attribute_data(Thread& thread, Object* provider) {
  List<AttributeRow> rows =
      TRY(attributes_of(thread, TRY(attribute_target(thread, provider)), nullptr));
  Local<Array> array(thread.heap(), TRY(new_corelib_vector(thread, "System.Reflection", "CustomAttributeData",
                                                           static_cast<uint32_t>(rows.size()))));
  for (size_t i = 0; i < rows.size(); ++i) {
    Object* data = TRY(make_data(thread, rows[i]));
    array->elements<Ref<Object>>()[i] = data;
  }
  return array.get();
}

Result<Object*> typed_argument(Thread& thread, Type& declared, Object* value);

/// An array as a ReadOnlyCollection<T> over it.
Result<Object*> read_only(Thread& thread, Array* source) {
  Local<Array> list(thread.heap(), source);
  Type* element = source->type->element;
  Type& definition = *TRY(corelib_type(thread, "System.Collections.ObjectModel", "ReadOnlyCollection`1"));
  Type& type = *TRY(thread.types().instantiate(definition, std::span(&element, 1)));
  TRY(thread.types().ensure(type, TypeState::Complete));
  const Field* field = thread.types().find_field(type, "list");
  if (!field) return failure(ErrorKind::MissingField, "System.Collections.ObjectModel.ReadOnlyCollection`1.list");
  Object* collection = TRY(allocated(thread.objects().new_object(type)));
  objects::field_at<Ref<Object>>(collection, field->offset) = list.get();
  return collection;
}

/// An array argument as the collection of CustomAttributeTypedArguments that describes it. Collects.
Result<Object*> typed_elements(Thread& thread, Array* source) {
  Local<Array> values(thread.heap(), source);
  Type& element = *source->type->element;
  Local<Array> described(
      thread.heap(),
      TRY(new_corelib_vector(thread, "System.Reflection", "CustomAttributeTypedArgument", source->length)));
  for (uint32_t i = 0; i < values->length; ++i) {
    Object* value = thread.objects().box(element, values->element(i));
    if (!value && !element.is_reference()) return ErrorKind::OutOfMemory;
    Object* argument = TRY(typed_argument(thread, element, value));
    std::memcpy(described->element(i), objects::unbox(argument), argument->type->value_size);
  }
  return read_only(thread, described.get());
}

/// A boxed CustomAttributeTypedArgument. What is declared as object has the type of its value. Collects.
Result<Object*> typed_argument(Thread& thread, Type& declared, Object* value) {
  const types::WellKnownTypes& known = thread.types().known();
  Type* actual = &declared == known.object && value ? value->type.get() : &declared;
  if (actual == known.runtime_type) actual = known.type;
  Local<Object> kept(thread.heap(), value);
  if (actual->element_type == ElementType::SzArray && value)
    kept = TRY(typed_elements(thread, static_cast<Array*>(value)));
  Type& type = *TRY(corelib_type(thread, "System.Reflection", "CustomAttributeTypedArgument"));
  Method* constructor = TRY(corelib_constructor(thread, type, {"Type", "Object"}));
  Local<Object> box(thread.heap(), TRY(allocated(thread.objects().new_object(type))));
  Slot arguments[3];
  arguments[0].address = address_of(objects::unbox(box));
  arguments[1].object = TRY(mirror_of(thread, *actual));
  arguments[2].object = kept.get();
  TRY(thread.invoke(*constructor, arguments, nullptr));
  return box.get();
}

/// A boxed CustomAttributeNamedArgument. Collects.
Result<Object*> named_argument(Thread& thread, Object* member_object, Object* typed_object) {
  Local<Object> member(thread.heap(), member_object), typed(thread.heap(), typed_object);
  Type& type = *TRY(corelib_type(thread, "System.Reflection", "CustomAttributeNamedArgument"));
  Method* constructor =
      TRY(corelib_constructor(thread, type, {"MemberInfo", "CustomAttributeTypedArgument"}));
  Local<Object> box(thread.heap(), TRY(allocated(thread.objects().new_object(type))));
  List<Slot> arguments(2 + abi::slots_for(typed->type->value_size));
  arguments[0].address = address_of(objects::unbox(box));
  arguments[1].object = member.get();
  std::memcpy(&arguments[2], objects::unbox(typed), typed->type->value_size);
  TRY(thread.invoke(*constructor, arguments.data(), nullptr));
  return box.get();
}

Result<Object*> named_member(Thread& thread, Type& type, const AttributeReader::Named& named) {
  if (named.is_field) {
    for (Type* owner = &type; owner; owner = owner->parent)
      if (Field* field = thread.types().find_field(*owner, named.name))
        return field_mirror(thread, *field, &type);
    return no_member(thread, type, named.name);
  }
  Property* property = find_property(thread, type, named.name);
  if (!property) return no_member(thread, type, named.name);
  return property_mirror(thread, *property, &type);
}

Status resolve_arguments(Thread& thread, Object* constructor_object, Object* assembly_object,
                         const uint8_t* data, uint32_t length, ObjectOnStack fixed, ObjectOnStack named) {
  Method& constructor = *TRY(method_of_mirror(thread, constructor_object));
  types::Assembly& assembly = *TRY(assembly_of_mirror(thread, assembly_object));
  const types::MethodSignature& signature = *TRY(thread.types().signature_of(constructor));
  AttributeReader reader(thread, assembly, Reader(Bytes(data, length)));
  if (length) TRY(reader.begin());
  uint32_t count = static_cast<uint32_t>(signature.parameters.size());
  *fixed = TRY(new_corelib_vector(thread, "System", "Object", count));
  for (uint32_t i = 0; i < count; ++i) {
    Type& parameter = *signature.parameters[i];
    Object* argument = TRY(typed_argument(thread, parameter, TRY(reader.fixed(parameter))));
    object_on<Array>(fixed)->elements<Ref<Object>>()[i] = argument;
  }
  uint32_t named_count = length ? TRY(reader.named_count()) : 0;
  *named = TRY(new_corelib_vector(thread, "System", "Object", named_count));
  for (uint32_t i = 0; i < named_count; ++i) {
    AttributeReader::Named entry = TRY(reader.named());
    Local<Object> member(thread.heap(), TRY(named_member(thread, *constructor.declaring_type, entry)));
    Object* typed = TRY(typed_argument(thread, *entry.type, entry.value));
    Object* argument = TRY(named_argument(thread, member, typed));
    object_on<Array>(named)->elements<Ref<Object>>()[i] = argument;
  }
  return {};
}

constexpr NativeEntry kRows[] = {
    native<custom_attribute_data>("GetCustomAttributesDataInternal"),
    native<custom_attributes>("GetCustomAttributesInternal"),
    native<is_defined>("IsDefinedInternal"),
};
constexpr NativeEntry kDataRows[] = {native<resolve_arguments>("ResolveArgumentsInternal")};

}  // namespace

constinit const NativeClass kCustomAttribute{"System.Reflection.CustomAttribute", kRows};
constinit const NativeClass kCustomAttributeData{"System.Reflection.RuntimeCustomAttributeData", kDataRows};

}  // namespace leanclr::icalls
