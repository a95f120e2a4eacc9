// One-byte mutants of a compiled assembly: each question about each of them ends in an answer or a typed
// error. What memory errors there are, the sanitizers of the debug build find.
#include <vector>
#include <cstdlib>

#include "unit/types/walk.h"
#include "unit/types/world.h"

namespace leanclr::test {

TEST(mutants_of_an_assembly_end_in_errors) {
  auto world = REQUIRE_WORLD();
  std::vector<uint8_t> original = world->read("33-dispatch");
  if (original.empty()) SKIP("LEANCLR_TEST_ASSEMBLIES holds no 33-dispatch.dll");
  constexpr uint32_t kMutants = 300;
  const char* wanted = std::getenv("LEANCLR_MUTANTS");
  uint32_t count = wanted ? static_cast<uint32_t>(std::atoi(wanted)) : kMutants;
  uint32_t seed = 12345, refused = 0, broken = 0, unharmed = 0;
  for (uint32_t i = 0; i < count; ++i) {
    std::vector<uint8_t> mutant = original;
    seed = seed * 1664525 + 1013904223;
    size_t position = (seed >> 8) % mutant.size();
    mutant[position] = static_cast<uint8_t>(mutant[position] ^ (1 + (seed >> 3) % 255));
    REQUIRE(world->restart());
    auto added = world->add("mutant.dll", std::move(mutant));
    if (!added.ok()) {
      (void)added.take_error();
      ++refused;
      continue;
    }
    WalkResult walked = walk_types(world->types(), *added.value(), *world->types().known().string);
    ++(walked.bad ? broken : unharmed);
  }
  EXPECT(broken > 0 && unharmed > 0);
  EXPECT_EQ(refused + broken + unharmed, count);
}

}  // namespace leanclr::test
