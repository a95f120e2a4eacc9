// What the wasm module exports: runtime/public/leanclr.h as WebAssembly sees it, where every pointer is a number.
// The C header says what each function does.

/** leanclr_status */
export const Status = { Ok: 0, Error: 1, ManagedException: 2, Pending: 3 } as const;

/** leanclr_options.flags */
export const Flags = { GcStress: 1, TraceCalls: 2 } as const;

export interface Exports {
  memory: WebAssembly.Memory;
  __indirect_function_table: WebAssembly.Table;
  /** Of C code, mutable. */
  __stack_pointer: WebAssembly.Global;
  _initialize?(): void;
  /** An embedder's hook: his RegisterCustomPInvokeMethods() runs here. Nonzero: failed. */
  leanclr_module_start?(): number | void;
  /** wasm/exports.cpp: leanclr_create with a host whose functions are this module's imports; 0 when it failed. */
  leanclr_module_create(stackBytes: number, memoryLimit: number, flags: number): number;

  leanclr_destroy(runtime: number): void;
  leanclr_alloc(runtime: number, size: number): number;
  leanclr_free(runtime: number, block: number): void;
  leanclr_add_roots(runtime: number, block: number, size: number): void;
  leanclr_remove_roots(runtime: number, block: number): void;
  leanclr_add_assembly(runtime: number, fileName: number, bytes: number, size: number): number;
  leanclr_add_symbols(runtime: number, fileName: number, bytes: number, size: number): void;
  leanclr_missing_references(runtime: number): number;
  leanclr_set_property(runtime: number, key: number, value: number): number;
  leanclr_start(runtime: number): number;
  leanclr_start_main(runtime: number, assembly: number, argc: number, argv: number, exitCode: number): number;
  leanclr_run_pending(runtime: number, exitCode: number, next: number): number;
  leanclr_give_up(runtime: number): number;
  leanclr_set_budget(runtime: number, milliseconds: number, instructions: bigint): void;
  leanclr_interrupt(runtime: number): void;
  leanclr_find_method(runtime: number, key: number, out: number): number;
  leanclr_method_signature(runtime: number, method: number): number;
  leanclr_call(runtime: number, method: number, args: number, ret: number): number;
  leanclr_begin_call(runtime: number, method: number, args: number, ret: number, call: number): number;
  leanclr_take_call(runtime: number, call: number, ret: number): number;
  leanclr_new_string(runtime: number, chars: number, length: number): number;
  leanclr_register_function(runtime: number, key: number, address: number): number;
  leanclr_callback(runtime: number, number: number, args: number, ret: number): void;
  leanclr_find_type(runtime: number, name: number): number;
  leanclr_type_shape(runtime: number, type: number): number;
  leanclr_type_members(runtime: number, type: number): number;
  leanclr_method_defaults(runtime: number, method: number): number;
  leanclr_instantiate_type(runtime: number, definition: number, args: number, count: number): number;
  leanclr_vector_type(runtime: number, element: number): number;
  leanclr_instantiate_method(runtime: number, definition: number, args: number, count: number): number;
  leanclr_is_assignable(runtime: number, target: number, source: number): number;
  leanclr_type_statics(runtime: number, type: number): number;
  leanclr_call_virtual(runtime: number, method: number, args: number, ret: number): number;
  leanclr_new_object(runtime: number, type: number, length: number): number;
  leanclr_new_host_delegate(runtime: number, type: number): number;
  leanclr_new_host_exception(runtime: number, message: number, stack: number): number;
  leanclr_throw(runtime: number, exception: number, trace: number): void;
  leanclr_exception_object(runtime: number): number;
  leanclr_new_handle(runtime: number, object: number, weak: number): number;
  leanclr_free_handle(runtime: number, handle: number): void;
  leanclr_handle_target(runtime: number, handle: number): number;
  leanclr_set_host_roots(runtime: number, block: number): void;
  leanclr_register_host_pinvoke(runtime: number, key: number, id: number): number;
  leanclr_replace_host_pinvoke(runtime: number, key: number, id: number): number;
  leanclr_unregister_pinvoke(runtime: number, key: number): number;
  leanclr_list_pinvokes(runtime: number): number;
  leanclr_list_externs(runtime: number, assembly: number): number;
  leanclr_set_host_exception(runtime: number, message: number, stack: number): void;
  leanclr_error_kind(runtime: number): number;
  leanclr_error_message(runtime: number): number;
  leanclr_exception_type(runtime: number): number;
  leanclr_exception_message(runtime: number): number;
  leanclr_exception_stack(runtime: number): number;
  leanclr_exception_inner(runtime: number): number;
  leanclr_memory_in_use(runtime: number): number;
  leanclr_version(): number;
}

/** The functions that the module imports as "leanclr": leanclr_host, without its table. */
export interface HostCalls {
  write(context: number, fd: number, bytes: number, size: number): void;
  resolve_assembly(context: number, name: number, requestedBy: number): number;
  resolve_symbols(context: number, fileName: number): number;
  call(context: number, id: number, signature: number, args: number, ret: number): number;
  schedule(context: number, milliseconds: number): void;
  sleep(context: number, milliseconds: number): void;
  now(context: number): number;
  bind_function(context: number, address: number, abi: number): number;
  call_function(context: number, address: number, abi: number, args: number, ret: number): number;
  make_callbacks(context: number, abi: number, first: number, count: number): number;
}
