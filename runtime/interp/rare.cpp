// The instructions that the loop leaves out (RARE in ir/ops.def). See slow_path.h.
#include "interp/cases.h"
#include "interp/slow_path.h"

namespace leanclr::interp {

using ir::Op;

#define NEXT(words) return ip + (words)
#define FAIL(error_kind)       \
  do {                         \
    fail(thread, error_kind);  \
    return nullptr;            \
  } while (false)
#define BRANCH_IF(condition) return ip + ((condition) ? static_cast<int16_t>(ip->c) : 1)
#define CALL(words, call) \
  if (!(call)) break;     \
  NEXT(words)

SlowPath::Words SlowPath::rare(Thread& thread, Words ip, uint8_t* fp) {
  switch (ip->op) {
#define RARE(row) RARE_##row
#define RARE_UNARY CASE_UNARY
#define RARE_BINARY CASE_BINARY
#define RARE_IMMEDIATE CASE_IMMEDIATE
#define RARE_CHECKED_UNARY CASE_CHECKED_UNARY
#define RARE_CHECKED_BINARY CASE_CHECKED_BINARY
#define RARE_COMPARE_SET CASE_COMPARE_SET
#define RARE_COMPARE_BRANCH CASE_COMPARE_BRANCH
#define RARE_COMPARE_SET_IMMEDIATE CASE_COMPARE_SET_IMMEDIATE
#define RARE_FRAME_LOAD CASE_FRAME_LOAD
#define RARE_FRAME_STORE CASE_FRAME_STORE
#define RARE_LOAD CASE_LOAD
#define RARE_LOAD_STATIC CASE_LOAD_STATIC
#define RARE_STORE_STATIC CASE_STORE_STATIC
#define RARE_OP(name, text, operands, extension)  // written out below
#define OP(name, text, operands, extension)       // the loop has them
#include "ir/ops.def"

    case Op::LdStr: CALL(2, load_string(thread, ip, fp));
    case Op::LdMirror: CALL(2, load_mirror(thread, ip, fp));
    case Op::ThrowError: CALL(2, throw_deferred(thread, ip));
    case Op::Cctor: CALL(2, run_cctor(thread, ip));
    case Op::DelegateInit: CALL(2, delegate_init(thread, ip, fp));
    case Op::LoadVirtualFunction: CALL(2, load_virtual_function(thread, ip, fp));
    case Op::LoadStaticVt: std::memmove(fp + ip->a, ip[1].pointer<uint8_t>(), ip->c); NEXT(2);
    case Op::StoreStaticVt: std::memmove(ip[1].pointer<uint8_t>(), fp + ip->a, ip->c); NEXT(2);
    case Op::ThreadStaticAddress: CALL(2, thread_static_address(thread, ip, fp));
    case Op::ArrayCheckStore: CALL(1, array_check_store(thread, ip, fp));
    case Op::LocalAlloc: CALL(1, local_alloc(thread, ip, fp));
    case Op::NewArray: CALL(2, new_array(thread, ip, fp));
    case Op::Unbox: CALL(2, unbox(thread, ip, fp));
    case Op::CheckType:
      if (ADDRESS(ip->b) != ip[1].low) FAIL(ErrorKind::InvalidCast);
      NEXT(2);
    default: __builtin_unreachable();
  }
  return nullptr;
}

}  // namespace leanclr::interp
