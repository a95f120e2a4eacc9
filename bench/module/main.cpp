// The C++ side of bench/kernels/PInvoke.cs.
#include <emscripten.h>

#include "public/leanclr.hpp"

namespace {

using leanclr::RuntimeApi;

int32_t add(int32_t a, int32_t b) { return a + b; }

leanclr::RtResultVoid add_invoker(leanclr::metadata::RtManagedMethodPointer, const leanclr::metadata::RtMethodInfo*,
                                  const leanclr::interp::RtStackObject* params, leanclr::interp::RtStackObject* ret) {
  size_t offset = 0;
  const auto a = RuntimeApi::get_argument<int32_t>(params, offset);
  const auto b = RuntimeApi::get_argument<int32_t>(params, offset);
  RuntimeApi::set_return_value<int32_t>(ret, add(a, b));
  RET_VOID_OK();
}

}  // namespace

extern "C" EMSCRIPTEN_KEEPALIVE void leanclr_module_start() {
  leanclr::register_pinvoke<&add>("Kernels.PInvoke::AddCpp(System.Int32,System.Int32)");
  RuntimeApi::register_pinvoke_func("Kernels.PInvoke::AddByHand(System.Int32,System.Int32)", reinterpret_cast<leanclr::vm::PInvokeFunction>(&add), add_invoker);
  leanclr::register_pinvoke("[bench]AddByAddress", &add);
}
