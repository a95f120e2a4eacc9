// ErrorNumber: Interop.Error, as error_numbers.def lists it.
#pragma once

#include <cstdint>

namespace leanclr::icalls {

enum class ErrorNumber : int32_t {
  Success = 0,
#define ERROR_NUMBER(name, number, text) name = number,
#include "icalls/natives/error_numbers.def"
#undef ERROR_NUMBER
};

}  // namespace leanclr::icalls
