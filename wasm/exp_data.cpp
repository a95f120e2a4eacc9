// musl's exp, exp2 and the functions built on them read __exp_data. This one, which the linker prefers to the library's,
// has the same numbers; its table is computed when the module starts. Layout and coefficients are musl's (1.2, MIT licence):
// tests/managed/29-math compares a result next to each entry, bit by bit, with dotnet's.
#include "base/exp_table.h"

extern "C" struct ExpData {
  double inverse_ln2_times_size;
  double shift;
  double negative_ln2_high_by_size, negative_ln2_low_by_size;
  double polynomial[4];
  double exp2_shift;
  double exp2_polynomial[5];
  uint64_t table[2 * leanclr::kExpTableSize];
} __exp_data;

ExpData __exp_data = {
    0x1.71547652b82fep0 * leanclr::kExpTableSize,
    0x1.8p52,
    -0x1.62e42fefa0000p-8,
    -0x1.cf79abc9e3b3ap-47,
    {0x1.ffffffffffdbdp-2, 0x1.555555555543cp-3, 0x1.55555cf172b91p-5, 0x1.1111167a4d017p-7},
    0x1.8p52 / leanclr::kExpTableSize,
    {0x1.62e42fefa39efp-1, 0x1.ebfbdff82c424p-3, 0x1.c6b08d70cf4b5p-5, 0x1.3b2abd24650ccp-7, 0x1.5d7e09b4e3a84p-10},
    {}};

__attribute__((constructor)) static void fill_table() { leanclr::fill_exp_table(__exp_data.table); }
