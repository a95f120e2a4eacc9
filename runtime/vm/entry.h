// Clr::Entry: one call of the host into the runtime. The budget starts with the outermost, or with the run that it belongs to,
// and ends with it.
#pragma once

#include "vm/clr.h"

namespace leanclr::vm {

class Clr::Entry {
 public:
  explicit Entry(Clr& clr) : clr_(clr) {
    if (!clr.limits.running()) clr.limits.start(clr.options_.budget);
  }
  ~Entry() {
    if (clr_.limits.entries() != 0) return;
    // Who waits for what this call did is gone on with soon.
    if (clr_.main_.has_ended || !clr_.ended_calls_.empty() || clr_.next_ready()) clr_.schedule(0);
    if (clr_.main_.entry || clr_.has_calls()) return;
    clr_.limits.finish();
    clr_.exit_requested = false;
  }
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

 private:
  Clr& clr_;
};

}  // namespace leanclr::vm
