// Calls by ABI text on Linux x64 (System V ABI, §3.2.3): integers and floats travel in registers of their own kind, the
// rest on the stack, so one function type covers every signature.
#include <sys/mman.h>

#include <cstring>

#include "base/platform/memory.h"
#include "base/platform/native_calls.h"

namespace leanclr::platform {

#if defined(__x86_64__)

namespace {

constexpr size_t kIntegers = 6;
constexpr size_t kFloats = 8;
constexpr size_t kOnStack = 16;
constexpr size_t kCodeBytes = CodePage::kCells * CodePage::kStubBytes;
constexpr size_t kPageBytes = 2 * kCodeBytes;
constexpr size_t kDistance = kCodeBytes - 7;  // from behind a stub's first instruction to its cell
static_assert(kCodeBytes % 4096 == 0 && kDistance < 1 << 16 && sizeof(CodeCell) == CodePage::kStubBytes);

bool is_float(char letter) { return letter == 'f' || letter == 'd'; }

}  // namespace

const char* const kCallLimit = "6 integers, 8 floats and 16 further arguments";

bool call_by_abi(const void* function, const char* abi, const uint64_t* args, uint64_t* ret) {
  uint64_t integers[kIntegers] = {}, stack[kOnStack] = {};
  double floats[kFloats] = {};
  size_t integer = 0, floating = 0, pushed = 0;
  for (const char* letter = abi + 1; *letter; ++letter, ++args) {
    // The upper half of a 32-bit argument is nobody's, but it must be zero where C sees a pointer.
    const uint64_t value = *letter == 'i' ? static_cast<uint32_t>(*args) : *args;
    if (is_float(*letter) && floating < kFloats) {
      std::memcpy(&floats[floating++], &value, sizeof(value));
    } else if (!is_float(*letter) && integer < kIntegers) {
      integers[integer++] = value;
    } else {
      if (pushed == kOnStack) return false;
      stack[pushed++] = value;
    }
  }
#define LEANCLR_ARGUMENTS                                                                                            \
  (integers[0], integers[1], integers[2], integers[3], integers[4], integers[5], floats[0], floats[1], floats[2],    \
   floats[3], floats[4], floats[5], floats[6], floats[7], stack[0], stack[1], stack[2], stack[3], stack[4], stack[5], \
   stack[6], stack[7], stack[8], stack[9], stack[10], stack[11], stack[12], stack[13], stack[14], stack[15])
  using U = uint64_t;
  using D = double;
  if (is_float(abi[0])) {
    auto call = reinterpret_cast<D (*)(U, U, U, U, U, U, D, D, D, D, D, D, D, D, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U)>(const_cast<void*>(function));
    const double result = call LEANCLR_ARGUMENTS;
    std::memcpy(ret, &result, sizeof(result));
  } else {
    auto call = reinterpret_cast<U (*)(U, U, U, U, U, U, D, D, D, D, D, D, D, D, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U)>(const_cast<void*>(function));
    const uint64_t result = call LEANCLR_ARGUMENTS;
    if (abi[0] != 'v') *ret = result;
  }
#undef LEANCLR_ARGUMENTS
  return true;
}

CodePage make_code_page() {
  bool is_zero;
  auto* memory = static_cast<uint8_t*>(reserve(kPageBytes, is_zero));
  if (!memory) return {};
  if (!commit(memory, kPageBytes)) return release(memory, kPageBytes), CodePage();
  // lea r11, [rip + cell of this stub]; jmp [r11]
  constexpr uint8_t kStub[CodePage::kStubBytes] = {0x4C, 0x8D, 0x1D, kDistance & 0xFF, kDistance >> 8, 0, 0,
                                                   0x41, 0xFF, 0x23, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC};
  for (size_t i = 0; i < CodePage::kCells; ++i) std::memcpy(memory + i * sizeof(kStub), kStub, sizeof(kStub));
  if (mprotect(memory, kCodeBytes, PROT_READ | PROT_EXEC) != 0) return release(memory, kPageBytes), CodePage();
  return {memory, reinterpret_cast<CodeCell*>(memory + kCodeBytes)};
}

void free_code_page(const CodePage& page) { release(page.stubs, kPageBytes); }

namespace {

/// The registers as the code below spills them; the result goes into both kinds.
struct Spilled {
  uint64_t integers[kIntegers];
  uint64_t floats[kFloats];
  uint64_t result;
};

}  // namespace

extern "C" __attribute__((used)) void leanclr_callback_spilled(Spilled* spilled, const CodeCell* cell, const uint64_t* stack) {
  const CallbackTarget& target = *static_cast<const CallbackTarget*>(cell->data);
  uint64_t args[kMostCallbackArguments];
  size_t integer = 0, floating = 0, count = 0;
  for (const char* letter = target.abi + 1; *letter; ++letter) {
    const uint64_t value = is_float(*letter) ? (floating < kFloats ? spilled->floats[floating++] : *stack++)
                                             : (integer < kIntegers ? spilled->integers[integer++] : *stack++);
    args[count++] = value;
  }
  spilled->result = 0;
  target.run(target.context, target.number, args, &spilled->result);
}

// r11 holds the cell's address. The frame: rbp, Spilled (15 words), one more for alignment.
asm(R"(
  .pushsection .text
  .type leanclr_callback_code, @function
leanclr_callback_code:
  .cfi_startproc
  pushq %rbp
  .cfi_def_cfa_offset 16
  .cfi_offset %rbp, -16
  movq %rsp, %rbp
  .cfi_def_cfa_register %rbp
  subq $128, %rsp
  movq %rdi, 0(%rsp)
  movq %rsi, 8(%rsp)
  movq %rdx, 16(%rsp)
  movq %rcx, 24(%rsp)
  movq %r8, 32(%rsp)
  movq %r9, 40(%rsp)
  movq %xmm0, 48(%rsp)
  movq %xmm1, 56(%rsp)
  movq %xmm2, 64(%rsp)
  movq %xmm3, 72(%rsp)
  movq %xmm4, 80(%rsp)
  movq %xmm5, 88(%rsp)
  movq %xmm6, 96(%rsp)
  movq %xmm7, 104(%rsp)
  movq %rsp, %rdi
  movq %r11, %rsi
  leaq 16(%rbp), %rdx
  call leanclr_callback_spilled@PLT
  movq 112(%rsp), %rax
  movq 112(%rsp), %xmm0
  leave
  .cfi_def_cfa %rsp, 8
  ret
  .cfi_endproc
  .size leanclr_callback_code, .-leanclr_callback_code
  .popsection
)");
extern "C" void leanclr_callback_code();

const void* callback_code() { return reinterpret_cast<const void*>(&leanclr_callback_code); }

#else

const char* const kCallLimit = "no calls on this machine";
bool call_by_abi(const void*, const char*, const uint64_t*, uint64_t*) { return false; }
CodePage make_code_page() { return {}; }
void free_code_page(const CodePage&) {}
const void* callback_code() { return nullptr; }

#endif

}  // namespace leanclr::platform
