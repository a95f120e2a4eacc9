// The C++ side of bench/kernels/PInvoke.cs.
#include <emscripten.h>

#include "public/leanclr.hpp"

namespace {

int32_t add(int32_t a, int32_t b) { return a + b; }

}  // namespace

extern "C" EMSCRIPTEN_KEEPALIVE void leanclr_module_start() {
  leanclr::register_pinvoke<&add>("Kernels.PInvoke::AddCpp(System.Int32,System.Int32)");
}
