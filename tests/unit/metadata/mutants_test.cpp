// Broken copies of a real assembly: parsing and walking them must end, in success or in an error that names
// the file. The sanitizers are the judge of every read.
#include <vector>
#include <random>

#include "metadata/image.h"
#include "unit/metadata/test_assembly.h"
#include "unit/metadata/walk.h"

namespace leanclr::metadata {
namespace {

constexpr const char* kTiny = "Tiny.dll";
constexpr int kMutants = 2000;

bool is_typed(const ErrorView& error) {
  return error.kind() == ErrorKind::BadImage && error.place().file == kTiny;
}

TEST(small_assembly_is_walked_without_an_error) {
  READ_TEST_ASSEMBLY(bytes, kTiny);
  std::unique_ptr<Image> image = REQUIRE_OK(Image::parse(kTiny, bytes));
  test::WalkTotals totals = test::walk(*image);
  EXPECT_EQ(totals.first_error, "");
  EXPECT(totals.rows > 0 && totals.bodies > 0);
}

TEST(truncations_are_errors) {
  READ_TEST_ASSEMBLY(bytes, kTiny);
  for (size_t length = 0; length < bytes.size(); ++length) {
    // A copy of exactly that length, so that the sanitizer sees any read past it.
    const std::vector<uint8_t> part(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(length));
    Result<std::unique_ptr<Image>> image = Image::parse(kTiny, part);
    REQUIRE(!image.ok());
    EXPECT(is_typed(image.take_error()));
  }
}

TEST(one_byte_mutants_end_in_success_or_error) {
  READ_TEST_ASSEMBLY(bytes, kTiny);
  std::mt19937 random(20240917);
  int refused = 0, walked_with_errors = 0;
  for (int i = 0; i < kMutants; ++i) {
    std::vector<uint8_t> mutant = bytes;
    size_t at = random() % mutant.size();
    mutant[at] = static_cast<uint8_t>(mutant[at] + 1 + random() % 255);
    Result<std::unique_ptr<Image>> image = Image::parse(kTiny, mutant);
    if (image.ok()) {
      walked_with_errors += test::walk(*image.value()).errors != 0;
    } else {
      ++refused;
      EXPECT(is_typed(image.take_error()));
    }
  }
  EXPECT(refused > 0 && refused < kMutants);
  EXPECT(walked_with_errors > 0);
}

}  // namespace
}  // namespace leanclr::metadata
