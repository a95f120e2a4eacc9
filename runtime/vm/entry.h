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
    if (clr_.limits.entries() != 0 || clr_.main_.entry) return;
    clr_.limits.finish();
    clr_.exit_requested = false;
  }
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

 private:
  Clr& clr_;
};

}  // namespace leanclr::vm
