// System.Array: creation, bounds, elements as objects, copying.
//
// Positions are flat: lower bounds are already taken off, except in FastCopy.
#include <cstring>

#include "base/list.h"
#include "icalls/primitives.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

bool is_general(const Array* array) { return array->type->element_type == ElementType::Array; }

int32_t get_rank(Array* array) { return is_general(array) ? array->type->rank : 1; }

int32_t get_element_size(Array* array) { return static_cast<int32_t>(array->type->element_size); }

Result<objects::ArrayBound> bound(Array* array, int32_t dimension) {
  if (dimension < 0 || dimension >= get_rank(array))
    return failure(ErrorKind::IndexOutOfRange, "Array does not have that many dimensions.");
  if (is_general(array)) return array->bounds.get()[dimension];
  return objects::ArrayBound{static_cast<int32_t>(array->length), 0};
}

Result<int32_t> get_length(ObjectOnStack array, int32_t dimension) {
  return TRY(bound(object_on<Array>(array), dimension)).length;
}

Result<int32_t> get_lower_bound(ObjectOnStack array, int32_t dimension) {
  return TRY(bound(object_on<Array>(array), dimension)).lower_bound;
}

int32_t element_type(ObjectOnStack array) {
  return static_cast<int32_t>(object_on<Array>(array)->type->element->underlying()->element_type);
}

bool is_value_of_element_type(ObjectOnStack array, ObjectOnStack value) {
  return value->get() && value->get()->type.get() == object_on<Array>(array)->type->element;
}

// --- creation

Status check_element(Thread& thread, Type& element) {
  if (element.flags.generic_definition || element.flags.contains_generic_parameters)
    return failure(ErrorKind::NotSupported, "Cannot create arrays of open type.");
  if (element.element_type == ElementType::Void || element.element_type == ElementType::ByRef ||
      element.flags.by_ref_like)
    return failure_with(ErrorKind::NotSupported, "Arrays of % are not supported.", {thread.types().full_name(element)});
  return {};
}

Status create(Thread& thread, ObjectOnStack result, Type* element, int32_t rank, const int32_t* lengths,
              const int32_t* lower_bounds) {
  TRY(check_element(thread, *element));
  for (int32_t i = 0; i < rank; ++i)
    if (lengths[i] < 0) return ErrorKind::Overflow;
  if (rank == 1 && (!lower_bounds || lower_bounds[0] == 0)) {
    Type* type = TRY(thread.types().vector_of(*element));
    TRY(thread.types().ensure(*type, TypeState::Complete));
    *result = TRY(allocated(thread.objects().new_vector(*type, static_cast<uint32_t>(lengths[0]))));
    return {};
  }
  Type* type = TRY(thread.types().array_of(*element, static_cast<uint32_t>(rank)));
  TRY(thread.types().ensure(*type, TypeState::Complete));
  List<objects::ArrayBound> bounds(static_cast<size_t>(rank));
  for (size_t i = 0; i < bounds.size(); ++i) bounds[i] = {lengths[i], lower_bounds ? lower_bounds[i] : 0};
  *result = TRY(allocated(thread.objects().new_array(*type, bounds.data())));
  return {};
}

/// Runs the parameterless constructor of the elements' type on each, where there is one.
Status initialize(Thread& thread, ObjectOnStack where) {
  Array* array = object_on<Array>(where);
  Type& element = *array->type->element;
  Method* constructor = element.flags.value_type ? thread.types().find_method(element, ".ctor", 0) : nullptr;
  if (!constructor) return {};
  Local<Array> kept(thread.heap(), array);
  for (uint32_t i = 0; i < kept->length; ++i) {
    Slot self;
    self.address = address_of(kept->element(i));
    TRY(thread.invoke(*constructor, &self, nullptr));
  }
  return {};
}

// --- elements

Result<uint8_t*> element_at(Array* array, int32_t position) {
  if (static_cast<uint32_t>(position) >= array->length) return ErrorKind::IndexOutOfRange;
  return array->element(static_cast<uint32_t>(position));
}

Status get_value(Thread& thread, ObjectOnStack where, ObjectOnStack result, int32_t position) {
  Array* array = object_on<Array>(where);
  Type& element = *array->type->element;
  if (element.is_pointer_like()) return failure(ErrorKind::NotSupported, "Type is not supported.");
  uint8_t* value = TRY(element_at(array, position));
  Object* object = thread.objects().box(element, value);
  bool may_be_null = element.is_reference() || element.flags.nullable;
  if (!object && !may_be_null) return ErrorKind::OutOfMemory;
  *result = object;
  return {};
}

/// Stores a value of a Nullable<T> element: null, or a boxed T.
Status set_nullable(Type& nullable, uint8_t* target, Object* value) {
  std::memset(target, 0, nullable.value_size);
  if (!value) return {};
  if (value->type.get() != nullable.element) return ErrorKind::InvalidCast;
  std::memcpy(target + objects::nullable_value_offset(nullable), objects::unbox(value),
              nullable.element->value_size);
  *target = 1;
  return {};
}

Status set_primitive(Type& element, uint8_t* target, Object* value, bool relaxed) {
  ElementType from = value->type->underlying()->element_type, to = element.underlying()->element_type;
  if (!value->type->underlying()->flags.primitive || !element.underlying()->flags.primitive)
    return failure(ErrorKind::InvalidCast, "Object cannot be stored in an array of this type.");
  bool fits = relaxed ? widens(from, to) || same_bits(from, to) : widens(from, to);
  if (!fits)
    return failure(ErrorKind::Argument,
                   "Cannot widen from source type to target type either because the "
                   "source type is a not a primitive type or the conversion cannot be "
                   "accomplished.");
  widen(from, objects::unbox(value), to, target);
  return {};
}

template <bool Relaxed>
Status set_value(Thread& thread, ObjectOnStack where, ObjectOnStack source, int32_t position) {
  Array* array = object_on<Array>(where);
  Type& element = *array->type->element;
  Object* value = source->get();
  if (element.is_pointer_like()) return failure(ErrorKind::NotSupported, "Type is not supported.");
  uint8_t* target = TRY(element_at(array, position));
  if (element.flags.nullable) return set_nullable(element, target, value);
  if (element.is_reference()) {
    if (value && !thread.types().is_assignable(element, *value->type))
      return failure(ErrorKind::InvalidCast, "Object cannot be stored in an array of this type.");
    *reinterpret_cast<Ref<Object>*>(target) = value;
    return {};
  }
  if (!value) {
    std::memset(target, 0, element.value_size);
    return {};
  }
  if (value->type.get() != &element) return set_primitive(element, target, value, Relaxed);
  std::memcpy(target, objects::unbox(value), element.value_size);
  return {};
}

void get_generic_value(ObjectOnStack where, int32_t position, uint8_t* value) {
  Array* array = object_on<Array>(where);
  std::memcpy(value, array->element(static_cast<uint32_t>(position)), array->type->element_size);
}

void set_generic_value(ObjectOnStack where, int32_t position, const uint8_t* value) {
  Array* array = object_on<Array>(where);
  std::memcpy(array->element(static_cast<uint32_t>(position)), value, array->type->element_size);
}

// --- copying

/// True when the first `length` references may all be stored as `target`.
bool all_assignable(Thread& thread, Type& target, const Ref<Object>* values, int32_t length) {
  Type* known_good = nullptr;
  for (int32_t i = 0; i < length; ++i) {
    Object* value = values[i];
    if (!value || value->type.get() == known_good) continue;
    if (!thread.types().is_assignable(target, *value->type)) return false;
    known_good = value->type;
  }
  return true;
}

bool holds(const Array* array, int64_t from, int32_t length) {
  return from >= 0 && length >= 0 && from + length <= static_cast<int64_t>(array->length);
}

bool elements_move(Thread& thread, Array* source, int64_t from, Array* target, int32_t length) {
  Type& source_element = *source->type->element;
  Type& target_element = *target->type->element;
  if (&source_element == &target_element) return true;
  if (source_element.is_reference() != target_element.is_reference()) return false;
  if (!source_element.is_reference()) {
    const Type& a = *source_element.underlying();
    const Type& b = *target_element.underlying();
    return &a == &b || (a.flags.primitive && b.flags.primitive && same_bits(a.element_type, b.element_type));
  }
  if (thread.types().is_assignable(target_element, source_element)) return true;
  const auto* values = reinterpret_cast<const Ref<Object>*>(source->element(static_cast<uint32_t>(from)));
  return all_assignable(thread, target_element, values, length);
}

/// Answers false when the copy must go element by element, or fails: CopySlow finds out which.
bool fast_copy(Thread& thread, ObjectOnStack source_on, int32_t source_index, ObjectOnStack target_on,
               int32_t target_index, int32_t length) {
  Array* source = object_on<Array>(source_on);
  Array* target = object_on<Array>(target_on);
  if (get_rank(source) != get_rank(target)) return false;
  int64_t from = source_index, to = target_index;
  if (is_general(source)) from -= source->bounds->lower_bound;
  if (is_general(target)) to -= target->bounds->lower_bound;
  if (!holds(source, from, length) || !holds(target, to, length)) return false;
  if (!elements_move(thread, source, from, target, length)) return false;
  std::memmove(target->element(static_cast<uint32_t>(to)), source->element(static_cast<uint32_t>(from)),
               static_cast<size_t>(length) * source->type->element_size);
  return true;
}

Result<bool> can_change_primitive(Thread& thread, ObjectOnStack source, ObjectOnStack target, bool reliable) {
  Type* from = TRY(type_of_mirror(thread, source->get()));
  Type* to = TRY(type_of_mirror(thread, target->get()));
  ElementType a = from->underlying()->element_type, b = to->underlying()->element_type;
  return reliable ? same_bits(a, b) : widens(a, b);
}

constexpr NativeEntry kRows[] = {
    native<can_change_primitive>("CanChangePrimitive"),
    native<fast_copy>("FastCopy"),
    native<element_type>("GetCorElementTypeOfElementTypeInternal"),
    native<get_element_size>("GetElementSize"),
    native<get_generic_value>("GetGenericValue_icall"),
    native<get_length>("GetLengthInternal"),
    native<get_lower_bound>("GetLowerBoundInternal"),
    allocating<get_value>("GetValueImpl"),
    native<initialize>("InitializeInternal"),
    allocating<create>("InternalCreate"),
    native<is_value_of_element_type>("IsValueOfElementTypeInternal"),
    native<set_generic_value>("SetGenericValue_icall"),
    native<set_value<false>>("SetValueImpl"),
    native<set_value<true>>("SetValueRelaxedImpl"),
    native<get_rank>("get_Rank"),
};

}  // namespace

constinit const NativeClass kSystemArray{"System.Array", kRows};

}  // namespace leanclr::icalls
