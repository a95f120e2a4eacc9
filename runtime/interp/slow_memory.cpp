// The slow operations on arrays and memory. See slow_path.h.
#include "interp/arithmetic.h"
#include "interp/slow_path.h"

namespace leanclr::interp {

using ir::Op;
using objects::Array;
using objects::ArrayBound;

namespace {

constexpr uint64_t kMostArrayBytes = 0x7FFFFFFF;

Error array_too_large() { return Error(ErrorKind::OutOfMemory, "Array dimensions exceeded supported range."); }

Array* array_in(const uint8_t* fp, uint16_t reg) { return pointer_at<Array>(get<Address>(fp + reg)); }

/// Collects when due, makes the array, collects and tries again when there was no room.
template <typename Make>
bool store_new_array(Thread& thread, uint8_t* slot, Make make) {
  thread.safepoint();
  Array* array = make();
  if (!array) {
    thread.heap().collect();
    array = make();
  }
  if (!array) return SlowPath::fail(thread, ErrorKind::OutOfMemory);
  put<Address>(slot, address_of(array));
  return true;
}

}  // namespace

bool SlowPath::new_vector(Thread& thread, Words ip, uint8_t* fp) {
  Type& type = *ip[1].pointer<Type>();
  int32_t length = get<int32_t>(fp + ip->b);
  if (length < 0) return fail(thread, ErrorKind::Overflow);
  if (uint64_t{static_cast<uint32_t>(length)} * type.element_size > kMostArrayBytes) return fail(thread, array_too_large());
  return store_new_array(thread, fp + ip->a, [&] { return thread.objects().new_vector(type, static_cast<uint32_t>(length)); });
}

bool SlowPath::new_array(Thread& thread, Words ip, uint8_t* fp) {
  Type& type = *ip[1].pointer<Type>();
  const uint32_t rank = type.rank;
  const bool with_bounds = ip->c == rank * 2;
  ArrayBound bounds[32];
  if (rank > 32) return fail(thread, ErrorKind::TypeLoad);
  const uint8_t* argument = fp + ip->b;
  uint64_t total = 1;
  for (uint32_t i = 0; i < rank; ++i) {
    bounds[i].lower_bound = with_bounds ? get<int32_t>(argument) : 0;
    if (with_bounds) argument += 8;
    bounds[i].length = get<int32_t>(argument);
    argument += 8;
    if (bounds[i].length < 0) return fail(thread, ErrorKind::Overflow);
    total *= static_cast<uint64_t>(bounds[i].length);
    if (total > kMostArrayBytes) return fail(thread, array_too_large());
  }
  return store_new_array(thread, fp + ip->a, [&] { return thread.objects().new_array(type, bounds); });
}

bool SlowPath::array_element_address(Thread& thread, Words ip, uint8_t* fp) {
  Array* array = array_in(fp, ip->b);
  if (!array) return fail(thread, ErrorKind::NullReference);
  const Type& type = *array->type;
  if (ip->c && type.element != ip[1].pointer<Type>()->element) return fail(thread, ErrorKind::ArrayTypeMismatch);
  const ArrayBound* bounds = array->bounds;
  uint32_t index = 0;
  for (uint32_t i = 0; i < type.rank; ++i) {
    int64_t at = get<int32_t>(fp + ip->b + 8 + i * 8);
    int64_t length = bounds ? bounds[i].length : static_cast<int64_t>(array->length);
    at -= bounds ? bounds[i].lower_bound : 0;
    if (at < 0 || at >= length) return fail(thread, ErrorKind::IndexOutOfRange);
    index = index * static_cast<uint32_t>(length) + static_cast<uint32_t>(at);
  }
  put<Address>(fp + ip->a, address_of(array->element(index)));
  return true;
}

bool SlowPath::array_check_store(Thread& thread, Words ip, uint8_t* fp) {
  Array* array = array_in(fp, ip->a);
  Object* value = pointer_at<Object>(get<Address>(fp + ip->b));
  if (!array) return fail(thread, ErrorKind::NullReference);
  return !value || is_instance(thread.types(), value, *array->type->element) || fail(thread, ErrorKind::ArrayTypeMismatch);
}

bool SlowPath::store_element_reference(Thread& thread, Words ip, uint8_t* fp) {
  Array* array = array_in(fp, ip->a);
  Object* value = pointer_at<Object>(get<Address>(fp + ip->c));
  if (!is_instance(thread.types(), value, *array->type->element)) return fail(thread, ErrorKind::ArrayTypeMismatch);
  array->elements<Ref<Object>>()[get<uint32_t>(fp + ip->b)] = value;
  return true;
}

bool SlowPath::copy_block(Thread& thread, Words ip, uint8_t* fp) {
  uint32_t count = get<uint32_t>(fp + ip->c);
  if (count == 0) return true;
  Address destination = get<Address>(fp + ip->a);
  uint32_t source = get<uint32_t>(fp + ip->b);  // an address, or the byte to fill with
  bool copies = ip->op == Op::CopyBlock;
  if (destination == 0 || (copies && source == 0)) return fail(thread, ErrorKind::NullReference);
  if (copies) copy_value(pointer_at<uint8_t>(destination), pointer_at<uint8_t>(source), count);
  else std::memset(pointer_at<uint8_t>(destination), static_cast<uint8_t>(source), count);
  return true;
}

bool SlowPath::local_alloc(Thread& thread, Words ip, uint8_t* fp) {
  uint32_t size = get<uint32_t>(fp + ip->b);
  if (size == 0) {
    put<Address>(fp + ip->a, 0);
    return true;
  }
  size_t rounded = (size_t{size} + 15) & ~size_t{15};
  if (!thread.fits(thread.top(), rounded)) return fail(thread, thread.overflow());
  thread.localloc_ -= rounded;
  std::memset(thread.localloc_, 0, rounded);
  put<Address>(fp + ip->a, address_of(thread.localloc_));
  return true;
}

bool SlowPath::thread_static_address(Thread& thread, Words ip, uint8_t* fp) {
  const types::Field& field = *ip[1].pointer<types::Field>();
  uint8_t* block = thread.thread_statics(*field.declaring_type);
  if (!block) return fail(thread, ErrorKind::OutOfMemory);
  put<Address>(fp + ip->a, address_of(block + field.offset));
  return true;
}

}  // namespace leanclr::interp
