// Signature headers and encoded type tokens (§II.23.2).
#include "metadata/signature.h"

#include <vector>

#include "unit/test.h"

namespace leanclr::metadata {
namespace {

using Buffer = std::vector<uint8_t>;

Result<MethodSignatureHeader> header_of(const Buffer& bytes) {
  Reader reader(bytes);
  return read_method_header(reader);
}
Result<Token> token_of(const Buffer& bytes) {
  Reader reader(bytes);
  return read_type_token(reader);
}

TEST(signature_headers) {
  MethodSignatureHeader plain = REQUIRE_OK(header_of({0x00, 0x02, 0x08, 0x08, 0x08}));
  EXPECT(!plain.has_this());
  EXPECT_EQ(plain.parameters, 2u);
  EXPECT_EQ(plain.generic_parameters, 0u);
  MethodSignatureHeader generic = REQUIRE_OK(header_of({0x30, 0x01, 0x00, 0x1E, 0x00}));
  EXPECT(generic.has_this());
  EXPECT_EQ(generic.generic_parameters, 1u);
  EXPECT_EQ(generic.kind(), kSigDefault);
  EXPECT(header_of({0x28, 0x00, 0x08}).ok());  // a property
  EXPECT(header_of({0x09, 0x00, 0x01}).ok());  // unmanaged
}

TEST(signature_headers_that_are_none) {
  EXPECT(!succeeded(header_of({})));
  EXPECT(!succeeded(header_of({0x00})));
  EXPECT(!succeeded(header_of({0x06, 0x08})));                    // a field
  EXPECT(!succeeded(header_of({0x07, 0x01, 0x08})));              // locals
  EXPECT(!succeeded(header_of({0x00, 0x03, 0x08, 0x08, 0x08})));  // a parameter short
  EXPECT(!succeeded(header_of({0x00, 0xDF, 0xFF, 0xFF, 0xFF, 0x08})));
}

TEST(signature_type_tokens) {
  EXPECT_EQ(REQUIRE_OK(token_of({0x08})).value, 0x02000002u);
  EXPECT_EQ(REQUIRE_OK(token_of({0x49})).value, 0x01000012u);  // the example of §II.23.2.8
  EXPECT_EQ(REQUIRE_OK(token_of({0x06})).value, 0x1B000001u);
  EXPECT(!succeeded(token_of({0x07})));
  EXPECT(!succeeded(token_of({0xDF, 0xFF, 0xFF, 0xFC})));  // a row that fits no token
}

}  // namespace
}  // namespace leanclr::metadata
