// IlAssembler: a method body (§II.25.4) from a line of IL, for programs that no compiler writes.
//
//   "start: ldloc.0; ldc.i4.s 5; blt.s start; ldloc.0; ret"
//
// Instructions are separated by semicolons and may carry labels; operands are decimal or 0x numbers, or
// labels (several for switch). `bytes 24 FF` stands for raw bytes. Clauses come last: `.catch TRY TRY_END
// HANDLER HANDLER_END TOKEN`,
// `.filter TRY TRY_END HANDLER HANDLER_END FILTER`, `.finally …`, `.fault …` with four labels.
// What it is not: a check of anything; a text that it does not understand aborts the test.
#pragma once

#include <string_view>

#include "unit/metadata/image_builder.h"

namespace leanclr::test {

/// The instructions' bytes alone.
Buffer assemble_code(std::string_view text);
/// The whole body, with a fat header. `locals` is a StandAloneSig token or 0.
Buffer assemble(std::string_view text, uint32_t locals = 0);

}  // namespace leanclr::test
