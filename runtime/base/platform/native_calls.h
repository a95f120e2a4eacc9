// What interop's NativeCode asks of the process that it runs in: to call a C function whose type is known only now, and
// code of its own behind function pointers that managed code can hold.
//
// One file per host implements it (native_calls_<host>.cpp). A wasm module can do neither; its host does (leanclr_host).
// ABI texts are letters, the result first: v void, i 32 bits, l 64 bits, f float, d double. A value lies in 8 bytes, in
// the lowest of them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace leanclr::platform {

/// One function pointer made at run time: calling it jumps to `code`.
struct CodeCell {
  const void* code = nullptr;
  const void* data = nullptr;
};

/// Function pointers whose addresses fit 32 bits, made together.
struct CodePage {
  static constexpr size_t kCells = 2048;
  static constexpr size_t kStubBytes = 16;  // a cell has as many
  uint8_t* stubs = nullptr;  // null: this host makes no code
  CodeCell* cells = nullptr; // writable
  const void* function(size_t cell) const { return stubs + cell * kStubBytes; }
};
CodePage make_code_page();
void free_code_page(const CodePage& page);

/// What the cell of a callback holds as data.
struct CallbackTarget {
  const char* abi = nullptr;
  void (*run)(void* context, uint32_t number, const uint64_t* args, uint64_t* ret) = nullptr;
  void* context = nullptr;
  uint32_t number = 0;
};
constexpr size_t kMostCallbackArguments = 64;
/// The code of such a cell: packs the arguments of the C call and runs the target. Null: not on this host.
const void* callback_code();

/// False when the host cannot pass so many arguments, or cannot call by text at all.
bool call_by_abi(const void* function, const char* abi, const uint64_t* args, uint64_t* ret);
/// What call_by_abi takes, for messages.
extern const char* const kCallLimit;

}  // namespace leanclr::platform
