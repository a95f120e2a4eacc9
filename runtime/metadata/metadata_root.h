// The metadata root (§II.24.2.1): which streams a block of metadata has. Shared by assemblies and portable PDBs.
//
// What it is not: a reader of what the streams hold.
#pragma once

#include "base/reader.h"

namespace leanclr::metadata {

/// The streams by name; those that are not there are empty. Of two with one name the first counts.
struct MetadataStreams {
  std::string_view version;
  Bytes tables;  // #~ or #-
  Bytes strings, user_strings, blobs, guids;
  Bytes pdb;     // #Pdb
};

/// Errors: BadImage (also without a tables stream).
Result<MetadataStreams> read_metadata_root(Reader root);

}  // namespace leanclr::metadata
