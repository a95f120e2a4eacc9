// walk(): touches everything that an Image can give: every row of every table, every run and key, every heap
// value, method body and instruction. For good files the errors must be 0; for broken ones it must just end.
#pragma once

#include "metadata/image.h"

namespace leanclr::test {

struct WalkTotals {
  uint64_t rows = 0, strings = 0, blobs = 0, bodies = 0, clauses = 0, instructions = 0;
  uint64_t checksum = 0;  // over the bytes seen, so that each is really read
  uint64_t errors = 0;
  std::string first_error;
};

WalkTotals walk(const metadata::Image& image);

}  // namespace leanclr::test
