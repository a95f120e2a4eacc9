// See symbols.h.
#include "vm/symbols.h"

namespace leanclr::vm {
namespace {

/// "App.dll" → "App.pdb".
std::string pdb_name(const std::string& assembly) { return assembly.substr(0, assembly.rfind('.')) + ".pdb"; }

}  // namespace

Symbols::~Symbols() {
  for (auto& pdb : pdbs_) region_.free(pdb->block);
}

Symbols::Pdb& Symbols::pdb_of(std::string file_name) {
  for (auto& pdb : pdbs_)
    if (pdb->file_name == file_name) return *pdb;
  Pdb& pdb = pdbs_.add(new Pdb);
  pdb.file_name = std::move(file_name);
  return pdb;
}

void Symbols::add(std::string file_name, uint8_t* bytes, uint32_t size) {
  Pdb& pdb = pdb_of(std::move(file_name));
  if (pdb.state == Pdb::Usable) {
    region_.free(bytes);
    return;
  }
  region_.free(pdb.block);
  pdb.block = bytes;
  pdb.size = size;
  pdb.state = Pdb::Unread;
}

metadata::SourcePosition Symbols::position(const metadata::Image& image, metadata::RowNumber method_def, uint32_t il_offset) {
  Pdb& pdb = pdb_of(pdb_name(image.file_name()));
  if (pdb.state == Pdb::Unread) {
    if (!pdb.block && ask_) ask_(context_, pdb.file_name.c_str());
    pdb.state = Pdb::Useless;
    (void)succeeded(open(pdb, image));
  }
  if (pdb.state != Pdb::Usable) return {};
  return value_or(pdb.reader.position(method_def, il_offset), {});
}

Status Symbols::open(Pdb& pdb, const metadata::Image& image) {
  const metadata::DebugDirectory directory = TRY(metadata::read_debug_directory(image));
  if (pdb.block && directory.has_id) (void)succeeded(read(pdb, {pdb.block, pdb.size}, directory));
  if (pdb.state == Pdb::Usable || directory.embedded.empty()) return {};
  pdb.inflated = TRY(inflate(directory.embedded, directory.embedded_bytes));
  return read(pdb, pdb.inflated.bytes(), directory);
}

Status Symbols::read(Pdb& pdb, Bytes bytes, const metadata::DebugDirectory& directory) {
  pdb.reader = TRY(metadata::PortablePdb::parse(bytes));
  if (directory.has_id && pdb.reader.id() != directory.id) return failure(ErrorKind::BadImage, "a PDB of another build");
  pdb.state = Pdb::Usable;
  return {};
}

}  // namespace leanclr::vm
