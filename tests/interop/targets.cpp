// Registers the functions of native.h under the library name "interop"; their invokers come from their types.
#include "targets.h"

#include "native.h"
#include "public/leanclr.hpp"

void register_interop_targets() {
#define TARGET(name) leanclr::register_pinvoke<&name>("[interop]" #name);
#include "targets.def"
#undef TARGET
}
