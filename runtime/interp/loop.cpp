// The dispatch loop. See loop.h; the instructions are described in ir/ops.def, and most cases are made from it.
#include "interp/loop.h"

#include "gc/heap_inline.h"
#include "interp/cases.h"
#include "interp/slow_path.h"
#include "interp/trace.h"
#include "interp/unwind.h"

namespace leanclr::interp {
namespace {

using ir::Body;
using ir::Op;
using ir::Word;
using objects::Array;
using objects::String;

// Out of line: the loop stays small.
[[gnu::noinline]] void copy_small(void* to, const void* from, uint32_t bytes) { copy_value(to, from, bytes); }
[[gnu::noinline]] void clear_small(uint8_t* at, uint32_t bytes) { clear_bytes(at, bytes); }

}  // namespace

// How the cases of cases.h end. `fp` and `ip` are the loop's own variables.
#define NEXT(words) \
  ip += (words);    \
  break
#define FAIL(error_kind) \
  do {                   \
    fault = error_kind;  \
    goto fail;           \
  } while (false)
#define BRANCH_IF(condition)                                  \
  if (condition) goto branch;                                 \
  NEXT(1)
#define LEAVE_LOOP(exit)      \
  do {                        \
    thread.fuel_left_ = fuel; \
    return exit;              \
  } while (false)
// A slow operation: the frame is described first, since it may collect or throw.
#define SLOW(words, call)  \
  frame->ip = ip + 1;      \
  if (!(call)) goto raise; \
  NEXT(words)

Loop::Exit Loop::run(Thread& thread, Frame* const entry, int32_t fuel) {
  Frame* frame = thread.frame_;
  uint8_t* fp = frame->base;
  Word* ip = const_cast<Word*>(frame->ip) - 1;
  gc::Heap& heap = thread.objects_.heap();
  const objects::CoreFields& core = thread.objects_.fields();
  // What a call needs: set by the call instructions, used at `enter`.
  Method* callee = nullptr;
  uint8_t* callee_base = nullptr;
  uint8_t* callee_result = nullptr;
  bool is_dispatched = false;
  ErrorKind fault = ErrorKind::None;  // used at `fail`

  // A case has code of its own before it goes to a shared end: where all it does is that, compilers lower the switch to
  // something slower (a fifth, measured).
  for (;;) {
    switch (ip->op) {
#define UNARY CASE_UNARY
#define BINARY CASE_BINARY
#define IMMEDIATE CASE_IMMEDIATE
#define CHECKED_UNARY CASE_CHECKED_UNARY
#define CHECKED_BINARY CASE_CHECKED_BINARY
#define COMPARE_SET CASE_COMPARE_SET
#define COMPARE_BRANCH CASE_COMPARE_BRANCH
#define COMPARE_SET_IMMEDIATE CASE_COMPARE_SET_IMMEDIATE
#define COMPARE_BRANCH_IMMEDIATE CASE_COMPARE_BRANCH_IMMEDIATE
#define FRAME_LOAD CASE_FRAME_LOAD
#define FRAME_STORE CASE_FRAME_STORE
#define LOAD CASE_LOAD
#define LOAD_STATIC CASE_LOAD_STATIC
#define STORE CASE_STORE
#define STORE_STATIC CASE_STORE_STATIC
#define RARE(row)                                // SlowPath::rare has them
#define OP(name, text, operands, extension)      // the rest is written out below
#include "ir/ops.def"

      case Op::Nop: NEXT(1);
      case Op::Mov: put<int64_t>(fp + ip->a, get<int64_t>(fp + ip->b)); NEXT(1);
      case Op::MovVt: copy_small(fp + ip->a, fp + ip->b, ip[1].low); NEXT(2);
      case Op::Pack: SET(u8, ip->a, uint64_t{REG(u4, ip->b)} | uint64_t{REG(u4, ip->c)} << 32); NEXT(1);
      case Op::LdcI4: SET(i4, ip->a, ip->immediate()); NEXT(1);
      case Op::LdcI8: SET(u8, ip->a, ip[1].bits); NEXT(2);
      case Op::ZeroVt: clear_small(fp + ip->a, ip[1].low); NEXT(2);
      case Op::Lea: SET(u4, ip->a, address_of(fp + ip->b)); NEXT(1);

      // --- control
      case Op::Br: {
        int32_t displacement = ip->immediate();
        ip += displacement;
        if (displacement <= 0 && --fuel < 0) goto yield;
        break;
      }
      case Op::IncBLtI4: {
        const int32_t value = static_cast<int32_t>(REG(u4, ip->a) + 1);
        SET(i4, ip->a, value);
        BRANCH_IF(value < REG(i4, ip->b));
      }
      case Op::IncBLtI4Imm: {
        const int32_t value = static_cast<int32_t>(REG(u4, ip->a) + 1);
        SET(i4, ip->a, value);
        BRANCH_IF(value < static_cast<int16_t>(ip->b));
      }
      case Op::IncBLtLength: {
        const int32_t value = static_cast<int32_t>(REG(u4, ip->a) + 1);
        SET(i4, ip->a, value);
        Array* array = static_cast<Array*>(OBJECT(ip->b));
        if (!array) FAIL(ErrorKind::NullReference);
        BRANCH_IF(value < static_cast<int32_t>(array->length));
      }
      case Op::Switch: {
        uint32_t value = REG(u4, ip->a);
        const int32_t displacement = value < ip->b ? static_cast<int32_t>(ip[1 + value].low) : 1 + ip->b;
        ip += displacement;
        if (displacement <= 0 && --fuel < 0) goto yield;
        break;
      }
      case Op::Ret: put<int64_t>(frame->result, get<int64_t>(fp + ip->a)); goto leave;
      case Op::RetVt: copy_small(frame->result, fp + ip->a, ip[1].low); goto leave;
      case Op::RetVoid: goto leave;
      case Op::Throw: {
        Object* exception = OBJECT(ip->a);
        if (!exception) FAIL(ErrorKind::NullReference);
        thread.failure_ = thread.raise(exception);
        goto raise;
      }
      case Op::Rethrow: thread.failure_ = thread.raise(OBJECT(ip->a)); goto raise;
      case Op::CallFinally:
        SET(i8, ip->a, (ip - frame->body->code) + 1);
        ip += ip->immediate();
        break;
      case Op::EndFinally: {
        int64_t resume = REG(i8, ip->a);
        if (resume > 0) {
          ip = frame->body->code + resume;
          break;
        }
        frame->ip = ip + 1;
        if (!Unwinder(thread, entry).resume(*frame, ip->a)) LEAVE_LOOP(Exit::Exception);
        goto reload;
      }
      case Op::EndFilter: put<int32_t>(frame->result, REG(i4, ip->a)); goto leave;

      // --- calls
      case Op::CallInstance:
        if (ADDRESS(ip->a) == 0) FAIL(ErrorKind::NullReference);
        [[fallthrough]];
      case Op::Call:
        callee = ip[1].pointer<Method>();
        callee_base = fp + ip->a;
        callee_result = fp + ip->b;
        is_dispatched = false;
        frame->ip = ip + 2;
        goto enter;
      case Op::CallVirtual: {
        Object* object = OBJECT(ip->a);
        if (!object) FAIL(ErrorKind::NullReference);
        std::span<Method*> vtable = object->type->vtable;
        callee = ip->c < vtable.size() ? vtable[ip->c] : nullptr;
        if (!callee) {
          callee = SlowPath::resolve_virtual(thread, ip, object);
          if (!callee) goto raise;
        }
        callee_base = fp + ip->a;
        callee_result = fp + ip->b;
        is_dispatched = true;
        frame->ip = ip + 2;
        goto enter;
      }
      case Op::CallInterface: {
        Object* object = OBJECT(ip->a);
        if (!object) FAIL(ErrorKind::NullReference);
        frame->ip = ip + 3;
        if (ip[2].low == object->type.address()) {
          callee = pointer_at<Method>(ip[2].high);
        } else {
          callee = SlowPath::resolve_interface(thread, ip, object);
          if (!callee) goto raise;
        }
        callee_base = fp + ip->a;
        callee_result = fp + ip->b;
        is_dispatched = true;
        goto enter;
      }
      case Op::CallDelegate: {
        Object* object = OBJECT(ip->a);
        if (!object) FAIL(ErrorKind::NullReference);
        frame->ip = ip + 2;
        callee_base = fp + ip->a;
        callee_result = fp + ip->b;
        is_dispatched = false;
        if (objects::field_at<Address>(object, core.multicast_delegates) != 0) {
          callee = ip[1].pointer<Method>();
        } else {
          callee = pointer_at<Method>(objects::field_at<Address>(object, core.delegate_method));
          if (objects::field_at<uint8_t>(object, core.delegate_bound)) {
            put<Address>(callee_base, objects::field_at<Address>(object, core.delegate_target));
            is_dispatched = true;
          } else {
            callee_base += 8;
            if (objects::field_at<uint8_t>(object, core.delegate_method_is_virtual)) {
              callee = SlowPath::resolve_open(thread, *callee, pointer_at<Object>(get<Address>(callee_base)));
              if (!callee) goto raise;
              is_dispatched = true;
            }
          }
        }
        goto enter;
      }
      case Op::CallIndirect:
        callee = pointer_at<Method>(ADDRESS(ip->c));
        if (!callee) FAIL(ErrorKind::NullReference);
        if (ip[1].high != ADDRESS(ip->c) && !SlowPath::check_function(thread, ip, fp)) goto raise;
        callee_base = fp + ip->a;
        callee_result = fp + ip->b;
        is_dispatched = false;
        frame->ip = ip + 2;
        goto enter;
      case Op::CallUnmanaged:
        frame->ip = ip + 2;
        callee = SlowPath::call_unmanaged(thread, ip, fp);
        if (!callee) goto raise;
        if (callee == SlowPath::kCalled) {
          NEXT(2);
        }
        callee_base = fp + ip->a;
        callee_result = fp + ip->b;
        is_dispatched = false;
        goto enter;
      case Op::CallNative:
        frame->ip = ip + 2;
        if (!SlowPath::call_native(thread, ip, fp)) goto raise;
        NEXT(2);
      case Op::NullCheck:
        if (ADDRESS(ip->a) == 0) FAIL(ErrorKind::NullReference);
        NEXT(1);

      // --- memory
      case Op::LoadVt: {
        BASE_ADDRESS(ip->b);
        copy_small(fp + ip->a, pointer_at<uint8_t>(base) + ip->c, ip[1].low);
        NEXT(2);
      }
      case Op::StoreVt: {
        BASE_ADDRESS(ip->a);
        copy_small(pointer_at<uint8_t>(base) + ip->c, fp + ip->b, ip[1].low);
        NEXT(2);
      }
      case Op::LoadElementVt: {
        ARRAY_ELEMENT(ip->b, ip->c);
        copy_small(fp + ip->a, array->element(index), array->type->element_size);
        NEXT(1);
      }
      case Op::StoreElementVt: {
        ARRAY_ELEMENT(ip->a, ip->b);
        copy_small(array->element(index), fp + ip->c, array->type->element_size);
        NEXT(1);
      }
      case Op::StoreElementRef: {
        ARRAY_ELEMENT(ip->a, ip->b);
        Object* value = OBJECT(ip->c);
        if (!value || value->type == array->type->element) {
          array->elements<Ref<Object>>()[index] = value;
          NEXT(1);
        }
        SLOW(1, SlowPath::store_element_reference(thread, ip, fp));
      }
      case Op::ElementAddress: {
        ARRAY_ELEMENT(ip->b, ip->c);
        if (ip[1].low != 0 && ip[1].low != address_of(array->type->element)) FAIL(ErrorKind::ArrayTypeMismatch);
        SET(u4, ip->a, address_of(array->element(index)));
        NEXT(2);
      }
      case Op::SpanAddress: {
        SPAN_ELEMENT(ip->b, ip->c);
        SET(u4, ip->a, address_of(span) + index * ip[1].low);
        NEXT(2);
      }
      case Op::OffsetAddress: {
        BASE_ADDRESS(ip->b);
        SET(u4, ip->a, base + ip[1].low);
        NEXT(2);
      }
      case Op::ArrayElementAddress: SLOW(2, SlowPath::array_element_address(thread, ip, fp));
      case Op::CopyBlock:
      case Op::InitBlock: SLOW(1, SlowPath::copy_block(thread, ip, fp));
      case Op::InitObject: {
        BASE_ADDRESS(ip->a);
        clear_small(pointer_at<uint8_t>(base), ip[1].low);
        NEXT(2);
      }

      // --- objects
      case Op::New: {
        Type& type = *ip[1].pointer<Type>();
        if (ip->c != 0 && !heap.wants_collection()) {
          if (Object* object = heap.try_allocate_cell(type, ip->c - 1)) {
            SET(u4, ip->a, address_of(object));
            NEXT(2);
          }
        }
        SLOW(2, SlowPath::new_object(thread, ip, fp));
      }
      case Op::NewVector: SLOW(2, SlowPath::new_vector(thread, ip, fp));
      case Op::Length: {
        Array* array = static_cast<Array*>(OBJECT(ip->b));
        if (!array) FAIL(ErrorKind::NullReference);
        SET(u4, ip->a, array->length);
        NEXT(1);
      }
      case Op::Box: SLOW(2, SlowPath::box(thread, ip, fp, fp + ip->b));
      case Op::BoxAddress: SLOW(2, SlowPath::box(thread, ip, fp, pointer_at<uint8_t>(ADDRESS(ip->b))));
      case Op::UnboxAny: SLOW(2, SlowPath::unbox_any(thread, ip, fp));
      case Op::CastClass:
      case Op::IsInst: {
        Object* object = OBJECT(ip->b);
        if (!object || object->type.address() == ip[1].low) {
          SET(u4, ip->a, address_of(object));
          NEXT(2);
        }
        SLOW(2, SlowPath::cast(thread, ip, fp));
      }
      case Op::GetType: SLOW(1, SlowPath::get_type(thread, ip, fp));
      case Op::StringChar: {
        String* string = static_cast<String*>(OBJECT(ip->b));
        if (!string) FAIL(ErrorKind::NullReference);
        uint32_t index = REG(u4, ip->c);
        if (index >= static_cast<uint32_t>(string->length)) FAIL(ErrorKind::IndexOutOfRange);
        SET(u4, ip->a, string->chars[index]);
        NEXT(1);
      }
      default: {
        frame->ip = ip + 1;
        Word* const next = SlowPath::rare(thread, ip, fp);
        if (!next) goto raise;
        const bool is_back = next <= ip;
        ip = next;
        if (is_back && --fuel < 0) goto yield;
        break;
      }
    }
    continue;

  branch: {
    const int32_t displacement = static_cast<int16_t>(ip->c);
    ip += displacement;
    if (displacement <= 0 && --fuel < 0) goto yield;
    continue;
  }

  enter: {
    const Body* body = callee->body;
    if (!body) [[unlikely]] {
      body = SlowPath::body(thread, *callee);
      if (!body) goto raise;
    }
    if (frame + 1 >= thread.frames_end_ ||
        static_cast<size_t>(thread.localloc_ - callee_base) < body->frame_bytes + thread.red_zone_) [[unlikely]] {
      thread.failure_ = thread.overflow();
      goto raise;
    }
    if (is_dispatched && body->unbox_this) put<Address>(callee_base, get<Address>(callee_base) + types::kObjectHeaderBytes);
    if (body->zero_end > body->zero_begin) clear_small(callee_base + body->zero_begin, body->zero_end - body->zero_begin);
    ++frame;
    frame->body = body;
    frame->base = callee_base;
    frame->result = callee_result;
    frame->localloc = thread.localloc_;
    thread.frame_ = frame;
    fp = callee_base;
    ip = body->code;
    if (--fuel < 0) goto yield;
    continue;
  }

  leave:
    thread.localloc_ = frame->localloc;
    thread.frame_ = frame - 1;
    if (frame == entry) LEAVE_LOOP(Exit::Returned);
    --frame;
    fp = frame->base;
    ip = const_cast<Word*>(frame->ip);
    continue;

  fail:
    thread.failure_ = Error(fault);
  raise:
    // Inside an instruction that has moved on to a return address already, ip still stands at the instruction.
    frame->ip = ip + 1;
    if (!Unwinder(thread, entry).raise()) LEAVE_LOOP(Exit::Exception);
  reload:
    frame = thread.frame_;
    fp = frame->base;
    ip = const_cast<Word*>(frame->ip) - 1;
    continue;

  yield:
    frame->ip = ip + 1;
    LEAVE_LOOP(Exit::Yielded);
  }
}

}  // namespace leanclr::interp
