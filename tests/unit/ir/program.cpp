// See program.h.
#include "unit/ir/program.h"

#include <sstream>

namespace leanclr::test {

Program::Program(std::unique_ptr<World> world)
    : code("Program"),
      world_(std::move(world)),
      heap_(world_->types().region(), {.stress = true}),
      objects_(heap_, world_->types()) {
  CHECK(objects_.bind().ok());
  heap_.add_root_source(*this);
  code.type("P", AssemblyWriter::kObject);
}

Program::~Program() { heap_.remove_root_source(*this); }

void Program::visit_roots(gc::Marker& marker) {
  objects_.visit_roots(marker);
  auto mark = [](void* context, Ref<void>* root) { static_cast<gc::Marker*>(context)->mark(static_cast<gc::Object*>(root->get())); };
  types().visit_roots(mark, &marker);
}

Buffer method_signature(const Buffer& result_and_parameters, bool has_this) {
  constexpr uint8_t kHasThis = 0x20;
  // A byref or array marker belongs to the type that follows it.
  size_t values = 0;
  for (uint8_t byte : result_and_parameters) values += byte != kByRef && byte != kSzArray;
  Buffer signature;
  signature.push_back(has_this ? kHasThis : uint8_t{0});
  signature.push_back(static_cast<uint8_t>(values - 1));
  for (uint8_t byte : result_and_parameters) signature.push_back(byte);
  return signature;
}

uint32_t Program::method(std::string_view name, Buffer result_and_parameters, std::string_view il,
                         Buffer locals) {
  constexpr uint8_t kLocals = 0x07;
  uint32_t token = 0;
  if (!locals.empty()) {
    size_t count = 0;
    for (uint8_t byte : locals) count += byte != kByRef && byte != kSzArray;
    locals.insert(locals.begin(), {kLocals, static_cast<uint8_t>(count)});
    token = code.signature(locals);
  }
  return code.method(name, method_signature(result_and_parameters), assemble(il, token));
}

bool Program::load() {
  auto added = world_->add("program.dll", code.build());
  if (!added.ok()) std::fprintf(stderr, "%s\n", added.take_error().to_string().c_str());
  else assembly_ = added.value();
  return assembly_;
}

types::Method* Program::find(std::string_view name) {
  if (!assembly_ && !load()) return nullptr;
  for (metadata::RowNumber row = 1; row <= assembly_->image().row_count(metadata::Table::MethodDef); ++row) {
    auto resolved = types().resolve_method(*assembly_, metadata::Token(metadata::Table::MethodDef, row), {});
    auto* method = value_or<types::Method*>(resolved, nullptr);
    if (method && method->name == name) return method;
  }
  return nullptr;
}

Result<ir::Body*> Program::import(std::string_view name, ir::Effort effort) {
  types::Method* method = find(name);
  if (!method) return Error(ErrorKind::MissingMethod, "no such method in the program");
  ir::ImportEnvironment environment{types(), objects_};
  return ir::import_method(environment, *method, effort);
}

std::string one_line(const ir::Body& body) {
  std::istringstream words(ir::print(body));
  std::string result;
  for (std::string line; std::getline(words, line);) {
    std::istringstream parts(line);
    if (!result.empty()) result += ";";
    for (std::string part; parts >> part;) result += (result.empty() ? "" : " ") + part;
  }
  return result;
}

std::string listing(Program& program, Buffer result_and_parameters, std::string_view il, Buffer locals) {
  program.method("M", std::move(result_and_parameters), il, std::move(locals));
  auto body = program.import("M");
  return body.ok() ? one_line(*body.value()) : body.take_error().to_string();
}

}  // namespace leanclr::test
