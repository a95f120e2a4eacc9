// The wasm module of tests/interop: the runtime and the C library.
#include <emscripten.h>

#include "targets.h"

extern "C" EMSCRIPTEN_KEEPALIVE void leanclr_module_start() { register_interop_targets(); }
