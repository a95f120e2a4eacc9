// Every method of the class library imports: nothing that the compiler writes may be taken for an invalid program.
#include <vector>

#include "unit/ir/program.h"

namespace leanclr::test {

using types::Method;
using types::Type;
using types::TypeState;

namespace {

class ImportWalk {
 public:
  explicit ImportWalk(Program& program)
      : program_(program), environment_{program.types(), program.objects()} {}

  void walk(types::Assembly& assembly) {
    for (metadata::RowNumber row = 2; row <= assembly.image().row_count(metadata::Table::TypeDef); ++row) {
      auto type = program_.types().resolve_type(assembly, metadata::Token(metadata::Table::TypeDef, row), {});
      if (Type* built = value_or<Type*>(type, nullptr)) walk_definition(*built);
    }
  }

  int imported = 0, refused = 0;
  std::string first_error;

 private:
  void walk_definition(Type& type) {
    if (!succeeded(program_.types().ensure(type, TypeState::Linked))) return;
    if (!type.flags.generic_definition) return walk_methods(type);
    if (is_constrained(type, metadata::Token(metadata::Table::TypeDef, type.row))) return;
    // A reference and a value type as arguments: code is made for each.
    for (Type* argument : {program_.types().known().string, program_.types().known().int32}) {
      std::vector<Type*> arguments(type.generic_parameters.size(), argument);
      Type* instance = value_or<Type*>(program_.types().instantiate(type, arguments), nullptr);
      if (instance) walk_methods(*instance);
    }
  }

  static bool is_constrained(const Type& type, metadata::Token owner) {
    const metadata::Image& image = type.assembly->image();
    metadata::RowRange parameters = image.rows_with_key<metadata::Table::GenericParam>(owner.value);
    for (metadata::RowNumber row = parameters.begin; row != parameters.end; ++row)
      if (!image.rows_with_key<metadata::Table::GenericParamConstraint>(row).empty()) return true;
    return false;
  }

  void walk_methods(Type& type) {
    if (!succeeded(program_.types().ensure(type, TypeState::Complete))) return;
    for (Method& method : type.methods) {
      if (method.rva == 0) continue;
      if (!method.is_generic_definition()) import(method);
      else if (!is_constrained(type, metadata::Token(metadata::Table::MethodDef, method.row)))
        walk_instances(method);
    }
  }

  void walk_instances(Method& definition) {
    for (Type* argument : {program_.types().known().string, program_.types().known().int32}) {
      std::vector<Type*> arguments(definition.generic_parameters.size(), argument);
      Method* instance = value_or<Method*>(program_.types().instantiate(definition, arguments), nullptr);
      if (instance) import(*instance);
    }
  }

  void import(Method& method) {
    auto body = ir::import_method(environment_, method, ir::Effort::Full);
    if (body.ok()) {
      ++imported;
      return;
    }
    Error error = body.take_error();
    std::string text = error.to_string();
    bool is_known = text.find("refanytype") != std::string::npos;
    if (is_known || (error.kind() != ErrorKind::InvalidProgram && error.kind() != ErrorKind::BadImage)) return;
    if (refused++ == 0) first_error = text;
  }

  Program& program_;
  ir::ImportEnvironment environment_;
};

}  // namespace

TEST(the_whole_class_library_imports) {
  Program program(REQUIRE_WORLD());
  ImportWalk walk(program);
  walk.walk(*program.types().known().object->assembly);
  EXPECT(walk.imported > 20'000);
  for (const char* name : {"System.Collections", "System.Collections.Immutable", "System.Linq", "System.Linq.Expressions", "System.Memory",
                           "System.Net.Http", "System.Private.DataContractSerialization", "System.Private.Uri", "System.Private.Xml",
                           "System.Reflection.Metadata", "System.Runtime.Numerics", "System.Text.Json", "System.Text.RegularExpressions",
                           "System.Threading.Tasks.Dataflow", "Microsoft.CSharp", "Microsoft.VisualBasic.Core"})
    walk.walk(*REQUIRE_OK(program.types().load_assembly(name, "this test")));
  EXPECT(walk.imported > 80'000);
  EXPECT_EQ(walk.refused, 0);
  EXPECT_EQ(walk.first_error, "");
}

}  // namespace leanclr::test
