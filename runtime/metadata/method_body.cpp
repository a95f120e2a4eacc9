// Method headers and exception sections (§II.25.4).
#include "metadata/method_body.h"

namespace leanclr::metadata {
namespace {

// §II.25.4.1 and §II.25.4.4
constexpr uint8_t kFormatMask = 0x03, kTinyFormat = 0x02, kFatFormat = 0x03;
constexpr uint16_t kMoreSections = 0x08, kInitLocals = 0x10;
constexpr uint32_t kFatHeaderBytes = 12;
// §II.25.4.5
constexpr uint8_t kSectionExceptionTable = 0x01, kSectionFat = 0x40, kSectionMore = 0x80;
constexpr uint32_t kSectionHeaderBytes = 4, kSmallClauseBytes = 12, kFatClauseBytes = 24;

/// A clause as it stands in the file, in either format.
struct RawClause {
  uint32_t flags, try_offset, try_length, handler_offset, handler_length, type_or_filter;
};

Result<RawClause> read_raw_clause(Reader& reader, bool fat) {
  RawClause raw;
  raw.flags = fat ? TRY(reader.u32()) : TRY(reader.u16());
  raw.try_offset = fat ? TRY(reader.u32()) : TRY(reader.u16());
  raw.try_length = fat ? TRY(reader.u32()) : TRY(reader.u8());
  raw.handler_offset = fat ? TRY(reader.u32()) : TRY(reader.u16());
  raw.handler_length = fat ? TRY(reader.u32()) : TRY(reader.u8());
  raw.type_or_filter = TRY(reader.u32());
  return raw;
}

bool is_inside(uint32_t offset, uint32_t length, size_t code_size) {
  return offset <= code_size && length <= code_size - offset;
}

Result<ExceptionClause> read_clause(Reader& reader, bool fat, size_t code_size) {
  RawClause raw = TRY(read_raw_clause(reader, fat));
  if (raw.flags > 4 || raw.flags == 3) return reader.bad("unknown kind of exception clause");
  ExceptionClause clause;
  clause.kind = static_cast<ClauseKind>(raw.flags);
  bool is_filter = clause.kind == ClauseKind::Filter;
  if (!is_inside(raw.try_offset, raw.try_length, code_size) ||
      !is_inside(raw.handler_offset, raw.handler_length, code_size) ||
      (is_filter && raw.type_or_filter >= code_size))
    return reader.bad("exception clause outside the method's code");
  clause.try_begin = raw.try_offset;
  clause.try_end = raw.try_offset + raw.try_length;
  clause.handler_begin = raw.handler_offset;
  clause.handler_end = raw.handler_offset + raw.handler_length;
  if (is_filter) clause.filter_begin = raw.type_or_filter;
  if (clause.kind == ClauseKind::Catch) clause.catch_type = Token(raw.type_or_filter);
  return clause;
}

Status align_to_4(Reader& reader) { return reader.skip((4 - reader.position() % 4) % 4); }

Status read_sections(Reader& reader, MethodBody& body) {
  for (bool more = true; more;) {
    TRY(align_to_4(reader));
    uint32_t header = TRY(reader.u32());
    uint8_t kind = header & 0xFF;
    bool fat = kind & kSectionFat;
    uint32_t section_bytes = fat ? header >> 8 : (header >> 8) & 0xFF;
    // Some compilers leave the section header out of the size; a division that ignores 4 bytes serves both.
    uint32_t clause_bytes = fat ? kFatClauseBytes : kSmallClauseBytes;
    uint32_t count = section_bytes / clause_bytes;
    if (kind & kSectionExceptionTable) {
      for (uint32_t i = 0; i < count; ++i)
        body.clauses.push_back(TRY(read_clause(reader, fat, body.code.size())));
    } else {
      TRY(reader.skip(section_bytes < kSectionHeaderBytes ? 0 : section_bytes - kSectionHeaderBytes));
    }
    more = kind & kSectionMore;
  }
  return {};
}

Result<MethodBody> read_fat_body(Reader& reader) {
  MethodBody body;
  uint16_t flags = TRY(reader.u16());
  body.max_stack = TRY(reader.u16());
  uint32_t code_size = TRY(reader.u32());
  body.local_signature = Token(TRY(reader.u32()));
  body.init_locals = flags & kInitLocals;
  uint32_t header_bytes = (flags >> 12) * 4u;
  if (header_bytes < kFatHeaderBytes) return reader.bad("method header too small");
  if (!body.local_signature.is_nil() && body.local_signature.table() != Table::StandAloneSig)
    return reader.bad("the locals' signature is not in StandAloneSig");
  TRY(reader.seek(header_bytes));
  body.file_offset = reader.file_offset();
  body.code = TRY(reader.take(code_size));
  if (flags & kMoreSections) TRY(read_sections(reader, body));
  return body;
}

}  // namespace

Result<MethodBody> read_method_body(Bytes bytes, uint32_t file_offset) {
  Reader reader(bytes, file_offset);
  uint8_t first = TRY(reader.u8());
  if ((first & kFormatMask) == kFatFormat) {
    TRY(reader.seek(0));
    return read_fat_body(reader);
  }
  if ((first & kFormatMask) != kTinyFormat) return reader.bad("unknown format of method header");
  MethodBody body;
  body.file_offset = reader.file_offset();
  body.code = TRY(reader.take(first >> 2));
  return body;
}

}  // namespace leanclr::metadata
