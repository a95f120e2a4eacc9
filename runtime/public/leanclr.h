/*
 * leanclr.h: the C interface of the runtime. Valid C99; what the wasm module exports and embedders call.
 *
 * Everything hangs off a leanclr_runtime; several may exist in a process and share nothing. One thread at a
 * time may be inside a runtime. Texts are UTF-8; a `const char*` result stays valid until the next call on the
 * same runtime. Functions that can fail give a leanclr_status; leanclr_error_* then tell the cause.
 * What it is not: a way to reach runtime internals; C++ users who bind functions include leanclr.hpp.
 */
#ifndef LEANCLR_H
#define LEANCLR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct leanclr_runtime leanclr_runtime;
typedef struct leanclr_method leanclr_method;

typedef enum leanclr_status {
  LEANCLR_OK = 0,
  LEANCLR_ERROR = 1,            /* a typed error: leanclr_error_kind, leanclr_error_message */
  LEANCLR_MANAGED_EXCEPTION = 2, /* a managed exception left the call: leanclr_exception_* as well */
  LEANCLR_PENDING = 3           /* Main waits: leanclr_run_pending goes on with it */
} leanclr_status;

/* One 8-byte stack slot; integers of less than 32 bits are widened to 32, references are 32-bit addresses. */
typedef union leanclr_slot {
  int32_t i4;
  int64_t i8;
  float r4;
  double r8;
  uint32_t address;
} leanclr_slot;

/* What the host supplies. Every function may be null. `context` comes back as first argument. */
typedef struct leanclr_host {
  void* context;
  /* Bytes written to stdout (1) or stderr (2). */
  void (*write)(void* context, int32_t fd, const uint8_t* bytes, uint32_t size);
  /* A referenced assembly is not loaded yet: add it with leanclr_add_assembly and return nonzero, or return 0. */
  int32_t (*resolve_assembly)(void* context, const char* name, const char* requested_by);
  /* Calls the host function `id` of a P/Invoke entry. `signature`: see leanclr_method_signature. Returns 0, or
     nonzero when the function threw, after leanclr_set_host_exception. The signature's address stays the same for
     a bound method and is not reused while the runtime lives: hosts cache what they derive from it. */
  int32_t (*call)(void* context, uint32_t id, const char* signature, const leanclr_slot* args, leanclr_slot* ret);
  /* C# has something to run in so many milliseconds: leanclr_run_pending then. It may have run before, where C# waits. */
  void (*schedule)(void* context, double milliseconds);
  /* Waits: Thread.Sleep, Task.Wait. By default the operating system's sleep. */
  void (*sleep)(void* context, double milliseconds);
  /* Milliseconds of a clock that never goes back. By default the operating system's. */
  double (*now)(void* context);
  /* A stack trace wants lines and the assembly's PDB ("App.pdb") is not there: add it with leanclr_add_symbols and
     return nonzero, or return 0. Asked once per assembly. */
  int32_t (*resolve_symbols)(void* context, const char* file_name);
  /* In a module, where a function pointer is an index in the table and code is the host's to make; natively they stay
     null. `abi` is a C type, one letter per value, the result first: v void, i 32 bits, l 64 bits, f float, d double. It
     stays at its address while the runtime lives.
     bind_function: the index of a function void (uint32_t function, const leanclr_slot* args, leanclr_slot* ret) that
     calls functions of that type; 0 when the host can make none; 0xFFFF8000 when `function` is no index but one of the
     host's own functions, for call_function; 0xFFFF0000 when `function` is of another type, and where
     the host knows it, 3 bits for each of its letters above that, from the lowest: v 1, i 2, l 3, f 4, d 5.
     call_function: calls it, where bind_function gave 0 or 0xFFFF8000. 1: the values do not fit; 2: it threw, after
     leanclr_set_host_exception or leanclr_throw.
     make_callbacks: the index of the first of `count` functions of that type in a row. Each packs its arguments and calls
     leanclr_callback; their numbers begin with `first`. 0 when the host can make none. */
  uint32_t (*bind_function)(void* context, uint32_t function, const char* abi);
  int32_t (*call_function)(void* context, uint32_t function, const char* abi, const leanclr_slot* args, leanclr_slot* ret);
  uint32_t (*make_callbacks)(void* context, const char* abi, uint32_t first, uint32_t count);
} leanclr_host;

typedef struct leanclr_options {
  uint32_t size;              /* sizeof(leanclr_options) */
  uint32_t stack_bytes;       /* managed stack; 0: 1 MiB, which is about 40,000 small frames */
  uint32_t memory_limit;      /* bytes the runtime may hold at once; 0: 512 MiB natively, 2 GiB in wasm */
  uint32_t flags;             /* LEANCLR_GC_STRESS, LEANCLR_TRACE_CALLS */
  leanclr_host host;
} leanclr_options;

enum {
  LEANCLR_GC_STRESS = 1, /* collect at every safepoint, poison freed memory */
  /* leanclr_host.call is told of every call of a registered C or C++ function: with the id LEANCLR_TRACE_BEGIN before it
     (`args` has the arguments as C# passed them, `ret` is null), then with LEANCLR_TRACE_END (`ret` has the result, `args`
     is null) or LEANCLR_TRACE_FAILED (`signature` is what went wrong). In the first two `signature` is the registered key,
     a line break, and the signature as of leanclr_method_signature. What it fails with is the call's error. */
  LEANCLR_TRACE_CALLS = 2
};
#define LEANCLR_TRACE_BEGIN 0xFFFFFFFEu
#define LEANCLR_TRACE_END 0xFFFFFFFDu
#define LEANCLR_TRACE_FAILED 0xFFFFFFFCu

/* Creates an empty runtime. On failure *out is null. The options are copied; those of an earlier header, which end
   sooner, are taken as well. */
leanclr_status leanclr_create(const leanclr_options* options, leanclr_runtime** out);
void leanclr_destroy(leanclr_runtime* runtime);

/* Memory in the runtime's region: what managed code may hold an address of. 16-byte aligned; null when out. */
void* leanclr_alloc(leanclr_runtime* runtime, uint32_t size);
void leanclr_free(leanclr_runtime* runtime, void* block);
/* Memory of the region, aligned to 4, in which every word keeps the object alive that it points into: argument blocks that
   hold references before a call or after it. The block stays until it is removed again by its address. */
void leanclr_add_roots(leanclr_runtime* runtime, void* block, uint32_t size);
void leanclr_remove_roots(leanclr_runtime* runtime, void* block);

/* Makes an assembly known under its file name ("App.dll"). `bytes` must come from leanclr_alloc; the runtime
   takes ownership, also on failure. Errors: BadImage naming file and reason. */
leanclr_status leanclr_add_assembly(leanclr_runtime* runtime, const char* file_name, uint8_t* bytes, uint32_t size);
/* Makes an assembly's portable PDB known under its file name ("App.pdb"), so that stack traces have lines; `bytes` as
   above. It is read when a trace is first shown, and passed by when it belongs to another build of the assembly. */
void leanclr_add_symbols(leanclr_runtime* runtime, const char* file_name, uint8_t* bytes, uint32_t size);
/* The names that a loaded assembly refers to and that are not loaded yet, one per line: hosts fetch the closure. */
const char* leanclr_missing_references(leanclr_runtime* runtime);
/* An AppContext property (runtimeconfig.json's configProperties). Before leanclr_start. */
leanclr_status leanclr_set_property(leanclr_runtime* runtime, const char* key, const char* value);

/* Binds CoreLib, runs AppContext.Setup. Assemblies may be added before and after. */
leanclr_status leanclr_start(leanclr_runtime* runtime);

/* Runs the entry point of the assembly of that simple name ("App"). `exit_code` gets Main's result or
   Environment.ExitCode. An unhandled exception is LEANCLR_MANAGED_EXCEPTION after its text went to stderr. */
leanclr_status leanclr_run_main(leanclr_runtime* runtime, const char* assembly, int32_t argc, const char* const* argv,
                                int32_t* exit_code);

/* The same without blocking, for hosts that have an event loop. start: LEANCLR_PENDING when Main waits, for its task or in
   its middle. run_pending: runs the jobs, timers and waiting calls that are due, for some milliseconds at most; LEANCLR_PENDING until
   Main is done, LEANCLR_OK without a run. *next gets the milliseconds until there is more to run, a negative number
   when nothing is pending. An error of either has ended the run. */
leanclr_status leanclr_start_main(leanclr_runtime* runtime, const char* assembly, int32_t argc, const char* const* argv,
                                  int32_t* exit_code);
leanclr_status leanclr_run_pending(leanclr_runtime* runtime, int32_t* exit_code, double* next);
/* Ends a run whose Main waits and calls that wait, when the host knows that nothing can wake them. Error: Deadlock. */
leanclr_status leanclr_give_up(leanclr_runtime* runtime);

/* What every run and every call from outside may use that begins from now on; 0: no limit. A call that belongs to a run or
   to another call (the host function of a P/Invoke calls back) uses that one's. `milliseconds` are the clock's, waits
   included. `instructions` are counted where code can go on for long, one for each call and each jump backwards: the same
   code stops at the same place. When it is used up the error is BudgetExceeded: no `catch` sees it, `finally` blocks get 5
   more milliseconds, statics stay, and the next call works. */
void leanclr_set_budget(leanclr_runtime* runtime, double milliseconds, uint64_t instructions);
/* Stops what runs, a Main that waits included, in the same way; the error is Interrupted. From any thread, also inside
   leanclr_host's functions. Does nothing when nothing runs. */
void leanclr_interrupt(leanclr_runtime* runtime);

/* Finds a static method: "[Assembly]Ns.Type::Method(System.Int32,System.String)"; assembly and parameter list may
   be left out. Errors: MissingMethod, AmbiguousEntry. */
leanclr_status leanclr_find_method(leanclr_runtime* runtime, const char* key, leanclr_method** out);
/* The marshalling signature, one letter per value, the return value first, then the parameters:
   v void, z bool, c char, b/B int8/uint8, h/H int16/uint16, i/I int32/uint32, l/L int64/uint64, f float,
   d double, n/N nint/nuint, p pointer, s string. An enum is its underlying integer. Everything else is 't', the decimal
   address of its leanclr_type and ';'. Before an array or byref parameter '<' says [Out] and '>' [In]. An instance method's
   `this` is not in it. Null for a method that such a call cannot express; the error then says why. */
const char* leanclr_method_signature(leanclr_runtime* runtime, leanclr_method* method);
/* Calls it with one slot per parameter. A string slot holds the address of a String: its length in UTF-16 code
   units is an int32 at +8, the code units start at +12; 0 is null. */
leanclr_status leanclr_call(leanclr_runtime* runtime, leanclr_method* method, const leanclr_slot* args, leanclr_slot* ret);

/* The same of a method that may wait in its middle. *call gets 0 when it has ended, and *ret its result; else the number
   by which leanclr_take_call tells of its end. The arguments may be given up at once. */
leanclr_status leanclr_begin_call(leanclr_runtime* runtime, leanclr_method* method, const leanclr_slot* args, leanclr_slot* ret, uint32_t* call);
/* One of those calls that has ended since, as leanclr_call would have told: *call gets its number, 0 when there is none.
   Hosts ask behind leanclr_run_pending, until there is none. `ret` has room for the largest result. */
leanclr_status leanclr_take_call(leanclr_runtime* runtime, uint32_t* call, leanclr_slot* ret);

/* A new String object (its address), or 0 when out of memory. It stays alive until the next managed call starts
   to run unless it is passed to that call or returned from a host function. */
uint32_t leanclr_new_string(leanclr_runtime* runtime, const uint16_t* chars, uint32_t length);

/* Types and objects, for hosts that read and write values of any type themselves. Objects do not move; one that the host
   holds over a managed call is in its roots or has a handle. Addresses of types are for ever. */
typedef struct leanclr_type leanclr_type;
/* By reflection's name, "[Assembly]Ns.Outer+Inner`1[System.Int32]"; the assembly may be left out. Null: an error. */
leanclr_type* leanclr_find_type(leanclr_runtime* runtime, const char* name);
/* What values of a type look like, in lines:
     kind: P primitive, enum or string, V value type, C class, I interface, D delegate, A vector, M other array, & byref
     full name
     bytes of the value; of an element, or of what a byref is of
     the base type, as in a signature
     P: its letter; an array's element, a byref's target, Nullable's value; else the types of the generic arguments
   then for V each field, "offset value name"; for D "signature address" of its Invoke. A vector's length is an uint32 at
   +12, its elements start at +16; a box's value starts at +8, and every object starts with its type's address. */
const char* leanclr_type_shape(leanclr_runtime* runtime, leanclr_type* type);
/* The public members that a type declares itself, one a line: methods "m" or static "s", then "address parameters
   type-parameters name"; fields "F" or static "S", then "offset value name"; constants "L", then "constant name"; interfaces
   "i" and the type. A constant is its letter and the value's bytes in hexadecimal digits; null and default(T) are nothing. */
const char* leanclr_type_members(leanclr_runtime* runtime, leanclr_type* type);
/* What a call of a method may leave out: "..." where the last parameter is a `params` array; then a line for each parameter, '='
   and a constant, or nothing where there must be an argument. A decimal's constant is 'm' and its DecimalConstantAttribute. */
const char* leanclr_method_defaults(leanclr_runtime* runtime, leanclr_method* method);
leanclr_type* leanclr_instantiate_type(leanclr_runtime* runtime, leanclr_type* definition, leanclr_type* const* arguments, uint32_t count);
/* The type of vectors of an element type. */
leanclr_type* leanclr_vector_type(leanclr_runtime* runtime, leanclr_type* element);
leanclr_method* leanclr_instantiate_method(leanclr_runtime* runtime, leanclr_method* definition, leanclr_type* const* arguments, uint32_t count);
/* May an object of `source` be stored where a `target` is expected? */
int32_t leanclr_is_assignable(leanclr_runtime* runtime, leanclr_type* target, leanclr_type* source);
/* The type's static fields, after its static constructor; null: there are none, or it failed. */
uint8_t* leanclr_type_statics(leanclr_runtime* runtime, leanclr_type* type);
/* leanclr_call of the method that an instance method means on the object in the first slot. */
leanclr_status leanclr_call_virtual(leanclr_runtime* runtime, leanclr_method* method, const leanclr_slot* args, leanclr_slot* ret);
/* A zeroed object, box, or vector of that length. Its constructor has not run. 0: an error. */
uint32_t leanclr_new_object(leanclr_runtime* runtime, leanclr_type* type, uint32_t length);
/* A delegate whose calls are leanclr_host.call's with the id 0xFFFFFFFF, the delegate itself in the first slot, the
   arguments by Invoke's signature behind it. 0: an error. */
uint32_t leanclr_new_host_delegate(leanclr_runtime* runtime, leanclr_type* type);
/* A JSException. 0: an error. Runs managed code. */
uint32_t leanclr_new_host_exception(leanclr_runtime* runtime, const char* message, const char* stack);
/* Inside leanclr_host.call, before returning nonzero: the exception that the host function threw. `trace`, unless empty,
   takes the place of its trace so far. */
void leanclr_throw(leanclr_runtime* runtime, uint32_t exception, const char* trace);
/* The object behind the last LEANCLR_MANAGED_EXCEPTION, or 0. */
uint32_t leanclr_exception_object(leanclr_runtime* runtime);
/* A number that keeps an object alive, or (weak) tells whether it lives; 0 when out of memory. */
uint32_t leanclr_new_handle(leanclr_runtime* runtime, uint32_t object, int32_t weak);
void leanclr_free_handle(leanclr_runtime* runtime, uint32_t handle);
/* 0 when the object is gone. */
uint32_t leanclr_handle_target(leanclr_runtime* runtime, uint32_t handle);
/* The first of the blocks, from leanclr_alloc, whose words keep alive what they point into. A block starts with the next
   one's address and its own top, where the words end. */
void leanclr_set_host_roots(leanclr_runtime* runtime, uint32_t block);

/* A C function as the target of `extern` methods: see leanclr.hpp for keys. `invoker` unpacks the slots. */
typedef leanclr_status (*leanclr_invoker)(void* target, const leanclr_slot* args, leanclr_slot* ret);
leanclr_status leanclr_register_pinvoke(leanclr_runtime* runtime, const char* key, void* target, leanclr_invoker invoker);
/* A C function of any type as target: how it is called follows from the C# declaration. */
leanclr_status leanclr_register_function(leanclr_runtime* runtime, const char* key, void (*function)(void));
/* A host function as target; `id` is handed to leanclr_host.call. A second entry under one key: DuplicateEntry. */
leanclr_status leanclr_register_host_pinvoke(leanclr_runtime* runtime, const char* key, uint32_t id);
/* Replaces an entry's target, of whatever kind, by a host function. Takes effect on the next call. */
leanclr_status leanclr_replace_host_pinvoke(leanclr_runtime* runtime, const char* key, uint32_t id);
leanclr_status leanclr_unregister_pinvoke(leanclr_runtime* runtime, const char* key);
/* Every registered key, one per line. */
const char* leanclr_list_pinvokes(leanclr_runtime* runtime);
/* The extern methods of an assembly, a line for each, with tabs between: key, library, entry point, state ("bound",
   "missing", "mismatch"), kind of target ("C++", "function", "JavaScript"; empty: none), the registered key that serves it,
   what is wrong. Null when the assembly cannot be read. */
const char* leanclr_list_externs(leanclr_runtime* runtime, const char* assembly);

/* What the functions of leanclr_host.make_callbacks call: with one slot per argument, and one for the result. */
void leanclr_callback(leanclr_runtime* runtime, uint32_t number, const leanclr_slot* args, leanclr_slot* ret);

/* Inside leanclr_host.call, before returning nonzero: what the host function threw. */
void leanclr_set_host_exception(leanclr_runtime* runtime, const char* message, const char* stack);

/* The cause of the last failure. Kinds are the names of error_kinds.def ("BadImage", "EntryPointNotFound", …). */
const char* leanclr_error_kind(leanclr_runtime* runtime);
const char* leanclr_error_message(leanclr_runtime* runtime);
/* After LEANCLR_MANAGED_EXCEPTION: "System.InvalidOperationException", its Message, its StackTrace. */
const char* leanclr_exception_type(leanclr_runtime* runtime);
const char* leanclr_exception_message(leanclr_runtime* runtime);
const char* leanclr_exception_stack(leanclr_runtime* runtime);

/* Makes the three above answer for the InnerException of what they answered for; 0 when there is none. */
int32_t leanclr_exception_inner(leanclr_runtime* runtime);

/* Bytes of the region in use: heap, stacks, types, assemblies. */
uint32_t leanclr_memory_in_use(leanclr_runtime* runtime);
const char* leanclr_version(void);

#ifdef __cplusplus
}
#endif
#endif /* LEANCLR_H */
