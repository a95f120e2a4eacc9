// PortablePdb: where in the source a method's instructions come from (Portable PDB format 1.0).
//
// Reads the two tables that answer that, Document and MethodDebugInformation; scopes, local names and what else such a
// file has are not looked at. A view: the bytes must outlive it. Nothing is decoded before it is asked for.
#pragma once

#include <string>

#include "metadata/debug_directory.h"
#include "metadata/metadata_root.h"

namespace leanclr::metadata {

/// A place in a source file; line 0 when it is not known.
struct SourcePosition {
  std::string file;
  uint32_t line = 0, column = 0;
};

class PortablePdb {
 public:
  PortablePdb() = default;
  /// Errors: BadImage.
  static Result<PortablePdb> parse(Bytes bytes);

  const PdbId& id() const { return id_; }
  /// The last sequence point with a line at or before the IL offset. Errors: BadImage.
  Result<SourcePosition> position(RowNumber method_def, uint32_t il_offset) const;

 private:
  struct Table {
    Bytes rows;
    uint32_t row_bytes = 0;
    /// Empty past the end.
    Bytes row(RowNumber number) const;
  };
  Status read_tables(Reader stream);
  Result<Bytes> blob(uint32_t offset) const;
  Result<std::string> document_name(RowNumber document) const;
  MetadataStreams streams_;
  PdbId id_{};
  uint32_t blob_width_ = 2, document_width_ = 2;
  Table documents_, methods_;
};

}  // namespace leanclr::metadata
