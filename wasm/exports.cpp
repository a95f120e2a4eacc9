// What the wasm module adds to the C interface: leanclr_create with a host whose functions are the module's imports
// (js/src/imports.ts supplies them). The leanclr_* functions themselves are exported at link time, from leanclr.h's list
// (cmake/module.cmake). Not here: anything that knows the runtime's insides.
#include <emscripten.h>

#include "public/leanclr.h"

#define LEANCLR_IMPORT(name) __attribute__((import_module("leanclr"), import_name(#name)))

extern "C" {

LEANCLR_IMPORT(write) void leanclr_host_write(void* context, int32_t fd, const uint8_t* bytes, uint32_t size);
LEANCLR_IMPORT(resolve_assembly)
int32_t leanclr_host_resolve_assembly(void* context, const char* name, const char* requested_by);
LEANCLR_IMPORT(resolve_symbols) int32_t leanclr_host_resolve_symbols(void* context, const char* file_name);
LEANCLR_IMPORT(call)
int32_t leanclr_host_call(void* context, uint32_t id, const char* signature, const leanclr_slot* args, leanclr_slot* ret);
LEANCLR_IMPORT(schedule) void leanclr_host_schedule(void* context, double milliseconds);
LEANCLR_IMPORT(sleep) void leanclr_host_sleep(void* context, double milliseconds);
LEANCLR_IMPORT(now) double leanclr_host_now(void* context);
LEANCLR_IMPORT(bind_function) uint32_t leanclr_host_bind_function(void* context, uint32_t function, const char* abi);
LEANCLR_IMPORT(call_function)
int32_t leanclr_host_call_function(void* context, uint32_t function, const char* abi, const leanclr_slot* args, leanclr_slot* ret);
LEANCLR_IMPORT(make_callbacks)
uint32_t leanclr_host_make_callbacks(void* context, const char* abi, uint32_t first, uint32_t count);

// Options that are 0 mean leanclr_options' defaults. Null when there is no memory for a runtime.
EMSCRIPTEN_KEEPALIVE leanclr_runtime* leanclr_module_create(uint32_t stack_bytes, uint32_t memory_limit, uint32_t flags) {
  leanclr_options options = {};
  options.size = sizeof(options);
  options.stack_bytes = stack_bytes;
  options.memory_limit = memory_limit;
  options.flags = flags;
  options.host.write = leanclr_host_write;
  options.host.resolve_assembly = leanclr_host_resolve_assembly;
  options.host.resolve_symbols = leanclr_host_resolve_symbols;
  options.host.call = leanclr_host_call;
  options.host.schedule = leanclr_host_schedule;
  options.host.sleep = leanclr_host_sleep;
  options.host.now = leanclr_host_now;
  options.host.bind_function = leanclr_host_bind_function;
  options.host.call_function = leanclr_host_call_function;
  options.host.make_callbacks = leanclr_host_make_callbacks;
  leanclr_runtime* runtime = nullptr;
  leanclr_create(&options, &runtime);
  return runtime;
}
}
