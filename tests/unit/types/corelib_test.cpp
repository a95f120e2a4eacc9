// Everything in CoreLib can be built: the widest test of this layer.
#include "unit/types/world.h"

namespace leanclr::test {

using metadata::RowNumber;
using metadata::Table;
using metadata::Token;
using types::GenericContext;
using types::Type;
using types::TypeState;

namespace {

/// Counts what does not work, printing the first few through the report.
class Problems {
 public:
  explicit Problems(Report& report) : report_(report) {}
  template <typename T>
  bool check(const Result<T>& result, Token token) {
    if (result.ok()) return true;
    if (++count_ <= 10)
      fail(report_, __FILE__, __LINE__, std::to_string(token.value) + ": " + result.error().to_string());
    return false;
  }
  int count() const { return count_; }

 private:
  Report& report_;
  int count_ = 0;
};

/// Generic parameters enough for every open reference: what Var and MVar become does not matter here.
struct OpenContext {
  std::vector<Type*> types, methods;
  GenericContext get() { return {types, methods}; }
};
OpenContext open_context(World& world) {
  constexpr size_t kMost = 64;
  OpenContext context;
  if (Type* list = world.corelib_type("System.Collections.Generic", "List`1"))
    context.types.assign(kMost, list->generic_parameters[0]);
  context.methods = context.types;
  return context;
}

}  // namespace

TEST(every_corelib_type_is_built) {
  auto world = REQUIRE_WORLD();
  const metadata::Image& image = world->corelib().image();
  Problems problems(report_);
  for (RowNumber row = 1; row <= image.row_count(Table::TypeDef); ++row) {
    Token token(Table::TypeDef, row);
    auto type = world->types().resolve_type(world->corelib(), token, {});
    if (!problems.check(type, token)) continue;
    problems.check(world->types().ensure(*type.value(), TypeState::Complete), token);
  }
  EXPECT_EQ(problems.count(), 0);
}

TEST(every_corelib_field_and_method_has_its_types) {
  auto world = REQUIRE_WORLD();
  const metadata::Image& image = world->corelib().image();
  Problems problems(report_);
  for (RowNumber row = 1; row <= image.row_count(Table::Field); ++row) {
    Token token(Table::Field, row);
    auto field = world->types().resolve_field(world->corelib(), token, {});
    if (!problems.check(field, token)) continue;
    EXPECT(field.value()->type != nullptr);
    EXPECT(!field.value()->has_rva || field.value()->rva_data);
  }
  for (RowNumber row = 1; row <= image.row_count(Table::MethodDef); ++row) {
    Token token(Table::MethodDef, row);
    auto method = world->types().resolve_method(world->corelib(), token, {});
    if (!problems.check(method, token)) continue;
    problems.check(world->types().signature_of(*method.value()), token);
  }
  EXPECT_EQ(problems.count(), 0);
}

TEST(every_corelib_reference_resolves) {
  auto world = REQUIRE_WORLD();
  types::TypeSystem& types = world->types();
  types::Assembly& corelib = world->corelib();
  const metadata::Image& image = corelib.image();
  OpenContext open = open_context(*world);
  Problems problems(report_);
  for (RowNumber row = 1; row <= image.row_count(Table::TypeSpec); ++row) {
    Token token(Table::TypeSpec, row);
    problems.check(types.resolve_type(corelib, token, open.get()), token);
  }
  for (RowNumber row = 1; row <= image.row_count(Table::MemberRef); ++row) {
    Token token(Table::MemberRef, row);
    auto columns = image.row<Table::MemberRef>(row);
    REQUIRE(columns.ok());
    auto blob = image.blob(columns.value().signature);
    REQUIRE(blob.ok() && !blob.value().empty());
    if (blob.value()[0] == metadata::kSigField) problems.check(types.resolve_field(corelib, token, open.get()), token);
    else problems.check(types.resolve_method(corelib, token, open.get()), token);
  }
  for (RowNumber row = 1; row <= image.row_count(Table::MethodSpec); ++row) {
    Token token(Table::MethodSpec, row);
    problems.check(types.resolve_method(corelib, token, open.get()), token);
  }
  EXPECT_EQ(problems.count(), 0);
}

}  // namespace leanclr::test
