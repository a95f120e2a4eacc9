// Reads the class library's files and keeps their bytes alive.
#include <vector>

#include "unit/types/world.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace leanclr::test {

namespace {

std::vector<uint8_t> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

std::unique_ptr<World> World::create() {
  const char* folder = std::getenv("LEANCLR_TEST_ASSEMBLIES");
  if (!folder) return nullptr;
  std::unique_ptr<World> world(new World);
  world->folder_ = folder;
  auto region = Region::create(512 << 20);
  if (!region.ok()) return nullptr;
  world->region_ = region.take_value();
  world->corelib_bytes_ = world->read("System.Private.CoreLib");
  return world->restart() ? std::move(world) : nullptr;
}

bool World::restart() {
  if (corelib_bytes_.empty()) return false;
  types_ = std::make_unique<types::TypeSystem>(*region_, &World::resolve, this);
  files_.clear();
  auto corelib = types_->add_assembly("System.Private.CoreLib.dll", corelib_bytes_);
  Status bound = corelib.ok() ? types_->bind_corelib() : Status(corelib.take_error());
  if (!bound.ok()) {
    std::fprintf(stderr, "%s\n", bound.take_error().to_string().c_str());
    return false;
  }
  corelib_ = corelib.value();
  return true;
}

std::vector<uint8_t> World::read(std::string_view simple_name) const {
  return read_file(folder_ + "/" + std::string(simple_name) + ".dll");
}

Result<types::Assembly*> World::add(std::string_view simple_name) {
  return add(std::string(simple_name) + ".dll", read(simple_name));
}

Result<types::Assembly*> World::add(std::string file_name, std::vector<uint8_t> bytes) {
  files_.push_back(std::move(bytes));
  return types_->add_assembly(std::move(file_name), files_.back());
}

types::Type* World::corelib_type(std::string_view name_space, std::string_view name) {
  auto type = types_->type_by_name(*corelib_, name_space, name);
  Status built =
      type.ok() ? types_->ensure(*type.value(), types::TypeState::Complete) : Status(type.take_error());
  if (built.ok()) return type.value();
  std::fprintf(stderr, "%s\n", built.take_error().to_string().c_str());
  return nullptr;
}

types::Assembly* World::resolve(void* context, std::string_view name, std::string_view) {
  return value_or<types::Assembly*>(static_cast<World*>(context)->add(name), nullptr);
}

}  // namespace leanclr::test
