// Loop: the dispatch loop. One function over pre-decoded instructions; managed calls and returns stay inside it.
//
// It is left and entered again every 20,000 calls and back edges (Yielded): JavaScript engines replace a running wasm
// function by its optimised code only when it is entered anew. Limits may ask for it more often.
#pragma once

#include "interp/thread.h"

namespace leanclr::interp {

class Loop {
 public:
  enum class Exit : uint8_t {
    Returned,   // the entry frame returned; its result is stored
    Yielded,    // poll, then call run again
    Exception,  // an exception left the entry frame; it is pending on the thread
  };
  /// Runs from thread.frame_ (its ip points one word behind where to go on) until `entry` is left, or until `fuel` is
  /// used up; thread.fuel_left_ is what remains of it.
  static Exit run(Thread& thread, Frame* entry, int32_t fuel);
};

}  // namespace leanclr::interp
