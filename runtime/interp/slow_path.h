// SlowPath: the instructions that are rare or long, kept out of the loop so that engines can optimise it.
//
// Each gives false after storing the reason in Thread::failure_; the loop then unwinds. Operations that may collect run
// with frame.ip set, so that the newest frame is described.
#pragma once

#include "interp/thread.h"

namespace leanclr::interp {

struct SlowPath {
  using Words = ir::Word*;
  /// Any of the RARE instructions of ops.def. Gives where to go on; null after storing the reason.
  static Words rare(Thread& thread, Words ip, uint8_t* fp);
  // Calls: what is to be called, its body imported.
  static const ir::Body* body(Thread& thread, Method& method);
  /// The object's type was never asked for its vtable, or has no body for the slot.
  static Method* resolve_virtual(Thread& thread, Words ip, Object* object);
  /// Fills the call site's cache as well.
  static Method* resolve_interface(Thread& thread, Words ip, Object* object);
  /// What a delegate that is open over a virtual method calls on its first argument.
  static Method* resolve_open(Thread& thread, Method& method, Object* object);
  /// Is the number that a calli gets a function that it may call? Remembered where it can be.
  static bool check_function(Thread& thread, Words ip, const uint8_t* fp);
  static bool call_native(Thread& thread, Words ip, uint8_t* fp);
  /// A calli with an unmanaged calling convention: calls the C function, which gives kCalled, or gives the method that the
  /// pointer is of, which is still to be called.
  static Method* call_unmanaged(Thread& thread, Words ip, uint8_t* fp);
  static inline Method* const kCalled = pointer_at<Method>(alignof(Method));
  static bool load_virtual_function(Thread& thread, Words ip, uint8_t* fp);
  static bool delegate_init(Thread& thread, Words ip, uint8_t* fp);
  static bool run_cctor(Thread& thread, Words ip);
  // Objects.
  static bool new_object(Thread& thread, Words ip, uint8_t* fp);
  static bool new_vector(Thread& thread, Words ip, uint8_t* fp);
  static bool new_array(Thread& thread, Words ip, uint8_t* fp);
  static bool box(Thread& thread, Words ip, uint8_t* fp, const void* value);
  static bool unbox(Thread& thread, Words ip, uint8_t* fp);
  static bool unbox_any(Thread& thread, Words ip, uint8_t* fp);
  static bool cast(Thread& thread, Words ip, uint8_t* fp);
  static bool load_string(Thread& thread, Words ip, uint8_t* fp);
  static bool load_mirror(Thread& thread, Words ip, uint8_t* fp);
  static bool get_type(Thread& thread, Words ip, uint8_t* fp);
  static bool throw_deferred(Thread& thread, Words ip);
  // Arrays and memory.
  static bool store_element_reference(Thread& thread, Words ip, uint8_t* fp);
  static bool array_element_address(Thread& thread, Words ip, uint8_t* fp);
  static bool array_check_store(Thread& thread, Words ip, uint8_t* fp);
  static bool copy_block(Thread& thread, Words ip, uint8_t* fp);
  static bool local_alloc(Thread& thread, Words ip, uint8_t* fp);
  static bool thread_static_address(Thread& thread, Words ip, uint8_t* fp);
  /// What is due behind every native: false when what runs must stop; the native's status then counts no more.
  static bool go_on(Thread& thread, Status& status);
  // Stores the reason and gives false.
  static bool fail(Thread& thread, Error error);
};

/// Is the object an instance of the type? Classes by their ancestors, the rest by TypeSystem::is_assignable.
bool is_instance(types::TypeSystem& types, const Object* object, Type& type);

}  // namespace leanclr::interp
