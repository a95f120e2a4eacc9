// System.Object, System.ValueType: cloning, and equality of value types field by field.
#include <cstring>

#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

Result<Object*> clone_array(Thread& thread, Array* source) {
  Array* copy = source->type->element_type == ElementType::Array
                    ? thread.objects().new_array(*source->type, source->bounds.get())
                    : thread.objects().new_vector(*source->type, source->length);
  if (!copy) return ErrorKind::OutOfMemory;
  std::memcpy(copy->data(), source->data(), static_cast<size_t>(source->length) * source->type->element_size);
  return copy;
}

Result<Object*> memberwise_clone(Thread& thread, Object* source) {
  Type& type = *source->type;
  if (type.is_array()) return clone_array(thread, static_cast<Array*>(source));
  if (&type == thread.types().known().string) return source;  // immutable
  Object* copy = TRY(allocated(thread.objects().new_object(type)));
  std::memcpy(objects::unbox(copy), objects::unbox(source), type.instance_size - types::kObjectHeaderBytes);
  return copy;
}

constexpr NativeEntry kRows[] = {
    allocating<memberwise_clone>("MemberwiseClone"),
};

/// Whether the bytes of two values decide their equality: no references, no floats (0.0 equals -0.0), no
/// padding.
bool bytes_decide(Thread& thread, Type& type) {
  const Type& plain = *type.underlying();
  if (plain.flags.primitive)
    return plain.element_type != ElementType::R4 && plain.element_type != ElementType::R8;
  if (!plain.flags.value_type) return plain.is_pointer_like();
  uint32_t bytes = 0;
  for (const Field& field : plain.fields) {
    if (field.is_static) continue;
    if (!field.type || !field.type->underlying()->flags.primitive || !bytes_decide(thread, *field.type))
      return false;
    bytes += field.type->value_size;
  }
  return bytes == plain.value_size;
}

const uint8_t* field_bytes(Object* box, const Field& field) { return objects::unbox(box) + field.offset; }

/// The instance fields as objects, `b`'s after each of `a`'s when there is a `b`. Natives cannot call Equals;
/// CoreLib does it with these.
Result<Array*> box_fields(Thread& thread, Object* a, Object* b) {
  Type& type = *a->type;
  uint32_t count = 0;
  for (const Field& field : type.fields) count += field.is_static ? 0 : b ? 2 : 1;
  Array* values = TRY(new_corelib_vector(thread, "System", "Object", count));
  auto* next = values->elements<Ref<Object>>();
  for (const Field& field : type.fields) {
    if (field.is_static) continue;
    Type& field_type = field.type->is_pointer_like() ? *thread.types().known().intptr : *field.type;
    *next++ = thread.objects().box(field_type, field_bytes(a, field));
    if (b) *next++ = thread.objects().box(field_type, field_bytes(b, field));
  }
  return values;
}

/// Answers at once, or leaves the fields to be compared by CoreLib.
Result<bool> internal_equals(Thread& thread, Object* a, Object* b, ObjectOnStack fields) {
  *fields = nullptr;
  if (a->type.get() != b->type.get()) return false;
  if (bytes_decide(thread, *a->type))
    return std::memcmp(objects::unbox(a), objects::unbox(b), a->type->value_size) == 0;
  *fields = TRY(box_fields(thread, a, b));
  return false;
}

/// A hash of the type and of what bytes can tell; CoreLib adds those of the fields.
Result<int32_t> internal_hash_code(Thread& thread, Object* value, ObjectOnStack fields) {
  *fields = nullptr;
  uint32_t hash = value->type->hash;
  if (!bytes_decide(thread, *value->type)) {
    *fields = TRY(box_fields(thread, value, nullptr));
    return static_cast<int32_t>(hash);
  }
  const uint8_t* bytes = objects::unbox(value);
  for (uint32_t i = 0; i < value->type->value_size; ++i) hash = (hash ^ bytes[i]) * 16777619u;
  return static_cast<int32_t>(hash);
}

constexpr NativeEntry kValueTypeRows[] = {
    allocating<internal_equals>("InternalEquals"),
    allocating<internal_hash_code>("InternalGetHashCode"),
};

}  // namespace

constinit const NativeClass kSystemObject{"System.Object", kRows};
constinit const NativeClass kSystemValueType{"System.ValueType", kValueTypeRows};

}  // namespace leanclr::icalls
