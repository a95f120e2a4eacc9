// The debug directory (PE format, "Debug Directory"): which PDB belongs to an assembly, and one that lies inside it.
//
// What it is not: a reader of PDBs; portable_pdb.h is. Old Windows PDBs are not known.
#pragma once

#include <array>

#include "metadata/image.h"

namespace leanclr::metadata {

/// What names a PDB's content: a GUID and a stamp, as its #Pdb stream begins.
using PdbId = std::array<uint8_t, 20>;

struct DebugDirectory {
  bool has_id = false;         // else there is no portable PDB beside the assembly
  PdbId id{};
  Bytes embedded;              // deflated; empty: none
  uint32_t embedded_bytes = 0; // when inflated
};

/// An image without such a directory gives an empty one. Errors: BadImage.
Result<DebugDirectory> read_debug_directory(const Image& image);

}  // namespace leanclr::metadata
