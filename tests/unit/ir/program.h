// Program: a written assembly beside the class library, with a heap: what importing and running its methods
// needs.
//
// Methods are added to `code`, then load() makes the assembly known; signatures are bytes as in §II.23.2.
#pragma once

#include "ir/importer.h"
#include "unit/ir/il_assembler.h"
#include "unit/types/assembly_writer.h"
#include "unit/types/world.h"

namespace leanclr::test {

/// Element types (§II.23.1.16), for signatures.
enum Element : uint8_t {
  kVoid = 0x01,
  kBool = 0x02,
  kI1 = 0x04,
  kU1 = 0x05,
  kI4 = 0x08,
  kU4 = 0x09,
  kI8 = 0x0A,
  kR4 = 0x0C,
  kR8 = 0x0D,
  kString = 0x0E,
  kByRef = 0x10,
  kValueType = 0x11,
  kClass = 0x12,
  kI = 0x18,
  kObject = 0x1C,
  kSzArray = 0x1D,
};

class Program final : private gc::RootSource {
 public:
  explicit Program(std::unique_ptr<World> world);
  ~Program();

  AssemblyWriter code;

  /// A method `name(parameters)` of the current type from the assembler's text. Gives its token.
  uint32_t method(std::string_view name, Buffer result_and_parameters, std::string_view il,
                  Buffer locals = {});
  /// Loads the assembly; once.
  bool load();
  types::Method* find(std::string_view name);
  Result<ir::Body*> import(std::string_view name, ir::Effort effort = ir::Effort::Full);

  World& world() { return *world_; }
  types::TypeSystem& types() { return world_->types(); }
  gc::Heap& heap() { return heap_; }
  objects::ObjectModel& objects() { return objects_; }

 private:
  void visit_roots(gc::Marker& marker) override;
  std::unique_ptr<World> world_;
  gc::Heap heap_;
  objects::ObjectModel objects_;
  types::Assembly* assembly_ = nullptr;
};

/// "int f(int, string)" → {kI4, kI4, kString}: a default-convention signature blob of types that take one
/// byte each.
Buffer method_signature(const Buffer& result_and_parameters, bool has_this = false);
/// One method "M" imported: its listing on one line, "0 add.i4 r2 r0 r1; 1 ret r2", or the error's text.
std::string listing(Program& program, Buffer result_and_parameters, std::string_view il, Buffer locals = {});
/// The listing of a Body with single spaces and "; " between instructions.
std::string one_line(const ir::Body& body);

}  // namespace leanclr::test
