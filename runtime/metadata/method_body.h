// IL method bodies (§II.25.4): header, code and exception clauses. The IL itself is not looked at.
#pragma once


#include "base/list.h"
#include "base/reader.h"
#include "metadata/tables.h"

namespace leanclr::metadata {

enum class ClauseKind : uint8_t { Catch = 0, Filter = 1, Finally = 2, Fault = 4 };

/// One exception clause; all offsets are IL offsets, ends exclusive, checked against the code size.
struct ExceptionClause {
  ClauseKind kind = ClauseKind::Catch;
  uint32_t try_begin = 0, try_end = 0;
  uint32_t handler_begin = 0, handler_end = 0;
  Token catch_type;            // Catch only
  uint32_t filter_begin = 0;   // Filter only
};

struct MethodBody {
  Bytes code;
  uint32_t file_offset = 0;   // of code[0], for error places
  uint16_t max_stack = 8;
  bool init_locals = false;
  Token local_signature;      // StandAloneSig or nil
  List<ExceptionClause> clauses;
};

/// `bytes` start at the method's RVA (Image::at_rva). Errors: BadImage.
Result<MethodBody> read_method_body(Bytes bytes, uint32_t file_offset);

}  // namespace leanclr::metadata
