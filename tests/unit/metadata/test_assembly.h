// Assemblies that the build puts into the folder LEANCLR_TEST_ASSEMBLIES, for tests on real files.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "unit/test.h"

namespace leanclr::test {

/// The folder, or null when the variable is not set.
inline const char* assemblies_folder() { return std::getenv("LEANCLR_TEST_ASSEMBLIES"); }

/// The file's bytes; empty when it cannot be read.
inline std::vector<uint8_t> read_test_assembly(const std::string& name) {
  std::ifstream file(std::string(assemblies_folder()) + "/" + name, std::ios::binary);
  return std::vector<uint8_t>(std::istreambuf_iterator<char>(file), {});
}

}  // namespace leanclr::test

/// Declares `bytes` with the content of an assembly, or skips the test when there is no folder of them.
#define READ_TEST_ASSEMBLY(bytes, name)                                                  \
  if (!::leanclr::test::assemblies_folder()) SKIP("LEANCLR_TEST_ASSEMBLIES is not set"); \
  const std::vector<uint8_t> bytes = ::leanclr::test::read_test_assembly(name);          \
  REQUIRE(!bytes.empty())
