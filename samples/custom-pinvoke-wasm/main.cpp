// The C++ side of the sample: functions that C# calls through [DllImport], registered by hand and by type.
#include <emscripten.h>

#include "public/leanclr.hpp"

using namespace leanclr;

// Add: a C++ function. The invoker unpacks the arguments; its type is the same for every function.

int32_t my_add(int32_t a, int32_t b)
{
    return a + b;
}

RtResultVoid my_add_invoker(metadata::RtManagedMethodPointer, const metadata::RtMethodInfo*, const interp::RtStackObject* params, interp::RtStackObject* ret)
{
    size_t offset = 0;
    auto a = RuntimeApi::get_argument<int32_t>(params, offset);
    auto b = RuntimeApi::get_argument<int32_t>(params, offset);
    int32_t result = my_add(a, b);
    RuntimeApi::set_return_value<int32_t>(ret, result);
    RET_VOID_OK();
}

// Mul: a JavaScript function that the module imports. The build writes it into custom-pinvoke.imports.mjs.

EM_JS(int32_t, js_mul, (int32_t a, int32_t b), {
    return Math.imul(a, b);
});

void RegisterCustomPInvokeMethods()
{
    RuntimeApi::register_pinvoke_func(
        "[CoreTests]test.CustomPInvoke::Add(System.Int32,System.Int32)",
        (vm::PInvokeFunction)&my_add,
        my_add_invoker
    );
    // The invoker comes from js_mul's type and is compared with the C# declaration when the method is bound.
    register_pinvoke<&js_mul>("[CoreTests]test.CustomPInvoke::Mul(System.Int32,System.Int32)");
}

// The JS host calls this once the runtime exists. Greet is registered by the host script.
extern "C" EMSCRIPTEN_KEEPALIVE void leanclr_module_start()
{
    RegisterCustomPInvokeMethods();
}
