// Private to public/: what a leanclr_runtime is, and the thread's current one.
#pragma once

#include <string>

#include "public/leanclr.h"
#include "vm/clr.h"

// One per thread. A wasm module without atomics has one thread, and its linker refuses thread_local.
#ifdef __wasm__
#define LEANCLR_PER_THREAD static
#else
#define LEANCLR_PER_THREAD thread_local
#endif

struct leanclr_runtime {
  std::unique_ptr<leanclr::vm::Clr> clr;
  std::string error_kind, error_message;
  std::string text;  // the last text given out
};

namespace leanclr {

/// The one mutable static of the project: which runtime the seed API's static calls mean.
leanclr_runtime*& current_runtime();

/// Remembers an error as the cause of the last failure.
leanclr_status failed(leanclr_runtime& runtime, const ErrorView& error);

}  // namespace leanclr
