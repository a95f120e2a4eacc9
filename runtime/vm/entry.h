// Clr::Entry: one call of the host into the runtime. The budget starts with the outermost, or with the run that it belongs to,
// and ends with it.
#pragma once

#include "vm/clr.h"

namespace leanclr::vm {

class Clr::Entry {
 public:
  [[gnu::always_inline]] explicit Entry(Clr& clr) : clr_(clr) {
    if (!clr.limits.running()) clr.limits.start(clr.options_.budget);
  }
  [[gnu::always_inline]] ~Entry() {
    if (clr_.limits.entries() != 0) return;
    if (clr_.main_.entry || clr_.working_stacks_ > 0 || !clr_.ended_calls_.empty()) clr_.leave_others();
    else clr_.end_outermost();
  }
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

 private:
  Clr& clr_;
};

}  // namespace leanclr::vm
