// Symbols: the PDBs of the loaded assemblies. One is looked for when a trace first wants lines of its assembly, first
// beside the assembly, where the host finds it, then inside; one that belongs to another build is passed by.
// What it is not: a reader (metadata/portable_pdb.h).
#pragma once

#include <string>

#include "base/inflate.h"
#include "base/list.h"
#include "base/region.h"
#include "metadata/portable_pdb.h"

namespace leanclr::vm {

class Symbols {
 public:
  /// Asks the host for the PDB of that file name ("App.pdb"); it then calls add().
  using Ask = void (*)(void* context, const char* file_name);
  Symbols(Region& region, Ask ask, void* context) : region_(region), ask_(ask), context_(context) {}
  ~Symbols();
  Symbols(const Symbols&) = delete;
  Symbols& operator=(const Symbols&) = delete;

  /// A PDB under its file name. `bytes` come from region.allocate and become ours. A second one of that name takes the
  /// place of the first, unless that is in use.
  void add(std::string file_name, uint8_t* bytes, uint32_t size);
  /// Line 0 when it is not known, for whatever reason: symbols are a help, and broken ones are as none.
  metadata::SourcePosition position(const metadata::Image& image, metadata::RowNumber method_def, uint32_t il_offset);

 private:
  struct Pdb {
    std::string file_name;
    uint8_t* block = nullptr;  // what the host gave
    uint32_t size = 0;
    Inflated inflated;         // what lay inside the assembly
    metadata::PortablePdb reader;
    enum State : uint8_t { Unread, Useless, Usable } state = Unread;
  };
  Pdb& pdb_of(std::string file_name);
  static Status open(Pdb& pdb, const metadata::Image& image);
  static Status read(Pdb& pdb, Bytes bytes, const metadata::DebugDirectory& directory);
  Region& region_;
  Ask ask_;
  void* context_;
  OwningList<Pdb> pdbs_;
};

}  // namespace leanclr::vm
