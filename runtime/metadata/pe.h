// The PE file around the metadata (§II.25): sections and the CLI header.
//
// What it is not: a loader. Machine, imports, relocations and native code are not looked at.
#pragma once


#include "base/list.h"
#include "base/reader.h"
#include "metadata/tables.h"

namespace leanclr::metadata {

struct Section {
  uint32_t virtual_address, virtual_bytes;
  uint32_t file_offset, file_bytes;  // checked to lie inside the file
};

/// A relative virtual address and a size (§II.25.2.3.3).
struct DataDirectory {
  uint32_t rva = 0, bytes = 0;
};

struct PeFile {
  List<Section> sections;
  DataDirectory metadata, resources;
  DataDirectory debug;  // nothing when rva is 0
  Token entry_point;  // nil when native or in another file

  /// The file bytes from `rva` to the end of its section. BadImage when outside every section.
  Result<Bytes> at_rva(Bytes file, uint32_t rva) const;
  /// A directory's bytes. BadImage when not wholly inside one section.
  Result<Bytes> at(Bytes file, DataDirectory directory) const;
};

/// Reads the headers up to the CLI header (§II.25.2–3). Errors: BadImage.
Result<PeFile> read_pe(Bytes file);

}  // namespace leanclr::metadata
