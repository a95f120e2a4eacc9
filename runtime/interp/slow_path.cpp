// The slow operations on calls, types and objects. See slow_path.h; those on memory stand in slow_memory.cpp.
#include "interp/slow_path.h"

#include "base/utf.h"
#include "interp/arithmetic.h"
#include "interp/delegates.h"
#include "ir/importer.h"

namespace leanclr::interp {

using ir::Op;
using types::TypeState;

namespace {

Object* object_in(const uint8_t* fp, uint16_t reg) { return pointer_at<Object>(get<Address>(fp + reg)); }

/// Calls `make` after a due collection, and once more after another one when it gave nothing.
template <typename Make>
auto allocate(Thread& thread, Make make) -> decltype(make()) {
  thread.safepoint();
  auto object = make();
  if (!object) {
    thread.heap().collect();
    object = make();
  }
  if (!object) SlowPath::fail(thread, ErrorKind::OutOfMemory);
  return object;
}

void patch_constant(ir::Word* ip, Object* object) {
  ip[1].bits = address_of(object);
  ip->op = Op::LdcI8;
}

bool is_nullable_without_value(const Type& type, const void* value) {
  return type.flags.nullable && *static_cast<const uint8_t*>(value) == 0;
}

/// Writes a value of `type` to a slot as loads do: small integers widened.
void load_value(uint8_t* slot, const Type& type, const uint8_t* source) {
  switch (type.underlying()->element_type) {
    case types::ElementType::I1: put<int32_t>(slot, get<int8_t>(source)); break;
    case types::ElementType::U1:
    case types::ElementType::Boolean: put<int32_t>(slot, *source); break;
    case types::ElementType::I2: put<int32_t>(slot, get<int16_t>(source)); break;
    case types::ElementType::U2:
    case types::ElementType::Char: put<int32_t>(slot, get<uint16_t>(source)); break;
    default: std::memcpy(slot, source, type.value_size); break;
  }
}

/// §III.4.32: a box holds exactly the type, or an integer type of which one is an enum of the other.
bool holds(const Object* box, const Type& type) {
  const Type* held = box->type;
  return held == &type || (held->flags.value_type && held->underlying() == type.underlying() &&
                           (held->flags.enumeration || type.flags.enumeration));
}

Failure cast_error(Thread& thread, const Object* object, const Type& type) {
  return failure_with(ErrorKind::InvalidCast, "Unable to cast object of type '%' to type '%'.", {thread.types().full_name(*object->type), thread.types().full_name(type)});
}

}  // namespace

bool is_instance(types::TypeSystem& types, const Object* object, Type& type) {
  Type* actual = object->type;
  if (actual == &type) return true;
  size_t depth = type.ancestors.size();
  if (depth && !type.flags.interface && !type.is_array() && depth <= actual->ancestors.size() &&
      actual->ancestors[depth - 1] == &type)
    return true;
  return types.is_assignable(type, *actual);
}

bool SlowPath::fail(Thread& thread, Error error) {
  thread.failure_ = std::move(error);
  return false;
}

const ir::Body* SlowPath::body(Thread& thread, Method& method) {
  Result<ir::Body*> body = thread.body_of(method);
  if (!body.ok()) {
    fail(thread, body.take_error());
    return nullptr;
  }
  return body.value();
}

Method* SlowPath::resolve_virtual(Thread& thread, Words ip, Object* object) {
  return resolve_open(thread, *ip[1].pointer<Method>(), object);
}

Method* SlowPath::resolve_open(Thread& thread, Method& method, Object* object) {
  if (!object) {
    fail(thread, ErrorKind::NullReference);
    return nullptr;
  }
  Thread::DispatchEntry& entry = thread.dispatch_entry(*object->type, method);
  if (entry.type == object->type && entry.wanted == &method) return entry.found;
  Result<Method*> found = thread.types().find_implementation(*object->type, method);
  if (!found.ok()) {
    fail(thread, found.take_error());
    return nullptr;
  }
  entry = {object->type, &method, found.value()};
  return found.value();
}

Method* SlowPath::resolve_interface(Thread& thread, Words ip, Object* object) {
  Method* found = resolve_virtual(thread, ip, object);
  if (found) {
    ip[2].low = object->type.address();
    ip[2].high = address_of(found);
  }
  return found;
}

bool SlowPath::check_function(Thread& thread, Words ip, const uint8_t* fp) {
  auto refuse = [&] { return fail(thread, Error(ErrorKind::InvalidProgram, "calli through something else than a function of its signature")); };
  const Address address = get<Address>(fp + ip->c);
  Method* method = thread.types().method_at(address);
  if (!method) return refuse();
  Result<bool> fits = ir::fits_call_site(thread.types(), *ip[1].pointer<types::MethodSignature>(), *method);
  if (!fits.ok()) return fail(thread, fits.take_error());
  if (!fits.value()) return refuse();
  if (method->signature->has_this && !method->declaring_type->flags.value_type) {
    // Each object is looked at anew.
    const Object* object = object_in(fp, ip->a);
    return !object || is_instance(thread.types(), object, *method->declaring_type) || refuse();
  }
  ip[1].high = address;
  return true;
}

Method* SlowPath::call_unmanaged(Thread& thread, Words ip, uint8_t* fp) {
  Services& services = thread.services();
  const auto& signature = *ip[1].pointer<types::MethodSignature>();
  const Address address = get<Address>(fp + ip->c);
  if (!address) return fail(thread, ErrorKind::NullReference), nullptr;
  if (ip[1].high != address) {
    Method* method = services.method_of(address);
    if (!method) method = thread.types().method_at(address);
    if (method) {
      Result<bool> fits = ir::fits_call_site(thread.types(), signature, *method);
      if (!fits.ok()) return fail(thread, fits.take_error()), nullptr;
      if (fits.value()) return method;
      return fail(thread, Error(ErrorKind::InvalidProgram, "calli through something else than a function of its signature")), nullptr;
    }
  }
  Status status = services.call_function(thread, address, signature, reinterpret_cast<Slot*>(fp + ip->a), reinterpret_cast<Slot*>(fp + ip->b));
  if (!go_on(thread, status)) return nullptr;
  if (!status.ok()) return fail(thread, status.take_error()), nullptr;
  ip[1].high = address;
  return kCalled;
}

bool SlowPath::go_on(Thread& thread, Status& status) {
  if (--thread.services().limits.natives_until_check >= 0 || thread.check_after_native()) [[likely]] return true;
  (void)succeeded(status);
  return false;
}

bool SlowPath::call_native(Thread& thread, Words ip, uint8_t* fp) {
  Method& method = *ip[1].pointer<Method>();
  if (!method.native) [[unlikely]] {
    Result<const abi::NativeEntry*> entry = thread.services().bind_native(thread, method);
    if (!entry.ok()) return fail(thread, entry.take_error());
    method.native = entry.value();
  }
  const abi::NativeEntry& entry = *method.native;
  abi::Call call{thread, thread.heap(), method, entry, reinterpret_cast<Slot*>(fp + ip->a), reinterpret_cast<Slot*>(fp + ip->b)};
  Status status = entry.invoke(call);
  if (!status.ok() && status.error().kind() == ErrorKind::OutOfMemory && entry.retryable) {
    (void)status.take_error();
    thread.heap().collect();
    status = entry.invoke(call);
  }
  if (!go_on(thread, status)) return false;
  if (status.ok() && thread.has_exception()) [[unlikely]] return fail(thread, ErrorKind::ManagedException);
  return status.ok() || fail(thread, status.take_error());
}

bool SlowPath::load_virtual_function(Thread& thread, Words ip, uint8_t* fp) {
  Object* object = object_in(fp, ip->b);
  if (!object) return fail(thread, ErrorKind::NullReference);
  Method* found = resolve_virtual(thread, ip, object);
  if (!found) return false;
  Result<const types::MethodSignature*> signature = thread.types().signature_of(*found);
  if (!signature.ok()) return fail(thread, signature.take_error());
  put<Address>(fp + ip->a, address_of(found));
  return true;
}

bool SlowPath::delegate_init(Thread& thread, Words ip, uint8_t* fp) {
  Method* method = pointer_at<Method>(get<Address>(fp + ip->c));
  if (!method) return fail(thread, ErrorKind::ArgumentNull);
  init_delegate(thread.objects(), object_in(fp, ip->a), object_in(fp, ip->b), *method, *ip[1].pointer<Method>());
  return true;
}

bool SlowPath::run_cctor(Thread& thread, Words ip) {
  Type& type = *ip[1].pointer<Type>();
  Status status = thread.run_static_constructor(type);
  if (!status.ok()) return fail(thread, status.take_error());
  if (type.cctor_state == types::CctorState::Done) {
    // Jump over the extension from now on.
    ip->op = Op::Br;
    ip->b = 0;
    ip->c = 2;
  }
  return true;
}

bool SlowPath::new_object(Thread& thread, Words ip, uint8_t* fp) {
  Type& type = *ip[1].pointer<Type>();
  Object* object = allocate(thread, [&] { return thread.objects().new_object(type); });
  put<Address>(fp + ip->a, address_of(object));
  return object;
}

bool SlowPath::box(Thread& thread, Words ip, uint8_t* fp, const void* value) {
  Type& type = *ip[1].pointer<Type>();
  if (!value) return fail(thread, ErrorKind::NullReference);
  Object* object = nullptr;
  if (!is_nullable_without_value(type, value)) {
    object = allocate(thread, [&] { return thread.objects().box(type, value); });
    if (!object) return false;
  }
  put<Address>(fp + ip->a, address_of(object));
  return true;
}

bool SlowPath::unbox(Thread& thread, Words ip, uint8_t* fp) {
  Object* object = object_in(fp, ip->b);
  Type& type = *ip[1].pointer<Type>();
  if (!object) return fail(thread, ErrorKind::NullReference);
  if (!holds(object, type)) return fail(thread, Error(cast_error(thread, object, type)));
  put<Address>(fp + ip->a, address_of(objects::unbox(object)));
  return true;
}

bool SlowPath::unbox_any(Thread& thread, Words ip, uint8_t* fp) {
  Object* object = object_in(fp, ip->b);
  Type& type = *ip[1].pointer<Type>();
  uint8_t* slot = fp + ip->a;
  const Type& held = type.flags.nullable ? *type.element : type;
  if (!object && !type.flags.nullable) return fail(thread, ErrorKind::NullReference);
  if (object && !holds(object, held)) return fail(thread, Error(cast_error(thread, object, type)));
  if (!type.flags.nullable) {
    load_value(slot, type, objects::unbox(object));
    return true;
  }
  const uint8_t* source = object ? objects::unbox(object) : nullptr;
  std::memset(slot, 0, abi::slots_for(type.value_size) * 8);
  if (object) {
    const types::Field* value = thread.types().find_field(type, "value");
    if (!value) return fail(thread, ErrorKind::MissingField);
    *slot = 1;
    std::memcpy(slot + value->offset, source, held.value_size);
  }
  return true;
}

bool SlowPath::cast(Thread& thread, Words ip, uint8_t* fp) {
  Object* object = object_in(fp, ip->b);
  Type& type = *ip[1].pointer<Type>();
  // A box of T is an instance of Nullable<T> for casts.
  Type& target = type.flags.nullable ? *type.element : type;
  bool is = is_instance(thread.types(), object, target);
  if (!is && ip->op == Op::CastClass) return fail(thread, Error(cast_error(thread, object, type)));
  put<Address>(fp + ip->a, is ? address_of(object) : 0);
  return true;
}

bool SlowPath::load_string(Thread& thread, Words ip, uint8_t* fp) {
  const ir::Deferred& literal = *ip[1].pointer<ir::Deferred>();
  Result<Bytes> bytes = literal.assembly->image().user_string(literal.token & 0xFFFFFF);
  if (!bytes.ok()) return fail(thread, bytes.take_error());
  const Utf16 text = utf16_units(bytes.value());
  Object* string = allocate(thread, [&] { return thread.objects().intern(view(text)); });
  if (!string) return false;
  put<Address>(fp + ip->a, address_of(string));
  patch_constant(ip, string);
  return true;
}

bool SlowPath::load_mirror(Thread& thread, Words ip, uint8_t* fp) {
  thread.safepoint();
  Result<Object*> mirror = thread.services().mirror_of(*ip[1].pointer<Type>());
  if (!mirror.ok()) return fail(thread, mirror.take_error());
  put<Address>(fp + ip->a, address_of(mirror.value()));
  patch_constant(ip, mirror.value());
  return true;
}

bool SlowPath::get_type(Thread& thread, Words ip, uint8_t* fp) {
  Object* object = object_in(fp, ip->b);
  if (!object) return fail(thread, ErrorKind::NullReference);
  Result<Object*> mirror = thread.services().mirror_of(*object->type);
  if (!mirror.ok()) return fail(thread, mirror.take_error());
  put<Address>(fp + ip->a, address_of(mirror.value()));
  return true;
}

bool SlowPath::throw_deferred(Thread& thread, Words ip) {
  const ir::Deferred& deferred = *ip[1].pointer<ir::Deferred>();
  return fail(thread, Error(deferred.kind, deferred.message));
}

}  // namespace leanclr::interp
