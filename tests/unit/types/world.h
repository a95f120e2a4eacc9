// A TypeSystem over the class library of LEANCLR_TEST_ASSEMBLIES, for the tests of types/.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <vector>

#include "types/type_system.h"
#include "unit/test.h"

namespace leanclr::test {

class World {
 public:
  /// Null when the class library is not there.
  static std::unique_ptr<World> create();

  /// A new TypeSystem with CoreLib alone, without reading its file again.
  bool restart();
  types::TypeSystem& types() { return *types_; }
  types::Assembly& corelib() { return *corelib_; }
  /// Adds a file of the class library by its simple name, or an assembly from bytes.
  Result<types::Assembly*> add(std::string_view simple_name);
  Result<types::Assembly*> add(std::string file_name, std::vector<uint8_t> bytes);
  /// The bytes of a file in the folder; empty when there is none.
  std::vector<uint8_t> read(std::string_view simple_name) const;
  /// A CoreLib type, Complete; null (and a message) when it does not build.
  types::Type* corelib_type(std::string_view name_space, std::string_view name);

 private:
  World() = default;
  static types::Assembly* resolve(void* context, std::string_view name, std::string_view requested_by);

  std::string folder_;
  std::vector<uint8_t> corelib_bytes_;
  std::list<std::vector<uint8_t>> files_;
  std::unique_ptr<Region> region_;
  std::unique_ptr<types::TypeSystem> types_;
  types::Assembly* corelib_ = nullptr;
};

}  // namespace leanclr::test

/// A World, or the end of the test when there is no class library.
#define REQUIRE_WORLD()                                                               \
  ({                                                                                  \
    auto world_ = ::leanclr::test::World::create();                                   \
    if (!world_) SKIP("LEANCLR_TEST_ASSEMBLIES holds no System.Private.CoreLib.dll"); \
    std::move(world_);                                                                \
  })
